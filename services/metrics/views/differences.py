"""Why a month's figures are no longer what they were: the facts whose contribution changed after the month had ended.

Between two positions of a log each fact is told once: what it contributed before its first change and after its last.
Of additive figures these add up to the difference. Of the others the facts behind it are told, and that they do not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from schemas.documents import Json, pick
from schemas.metrics.definitions import BY_IDENTIFIER, MINUTES_BY_CLASS, PERCENTILES
from services.district import territory
from services.kit.views import Find, Reads
from services.metrics.folds.late import OF_ACTIVITIES, OF_DOORSTEP, OF_NEEDS
from services.metrics.model.counts import difference, nonzero
from services.metrics.reckoning.titles import host_name, title_of

ORDER = {figure: place for place, figure in enumerate(BY_IDENTIFIER)}
SOURCES = {OF_ACTIVITIES: "activities", OF_NEEDS: "cobuild", OF_DOORSTEP: "grids"}
MINUTES = tuple(definition.identifier for definition in MINUTES_BY_CLASS)
COUNTED_OF_NOTHING = "这个数字不由场次、需求或项目构成"
OF_COVERAGE = ("closures", "person_times")
NOT_ADDITIVE: dict[str, tuple[tuple[str, ...], str]] = {
    "unique_participants": (
        ("person_times",),
        "一个人可以参加多场；列出人次有变化的场次，人数不是它们的和",
    ),
    "active_units": (
        ("fulfilments", "person_times"),
        "按到月末 90 天内的完成和主办计，不可相加；更早的月份有变化也会使它改变",
    ),
    "covered": (OF_COVERAGE, "一个社区有一次签到或办结即覆盖，不可相加"),
    "coverage": (OF_COVERAGE, "覆盖社区 ÷ 社区数，不可相加"),
    "communities": ((), f"按登记的区划计；{COUNTED_OF_NOTHING}"),
    "grids_covered": (OF_COVERAGE, "一个微网格有一次签到或办结即覆盖，不可相加"),
    "grid_coverage": (OF_COVERAGE, "覆盖微网格 ÷ 微网格数，不可相加"),
    "grids": ((), f"按登记的微网格计；{COUNTED_OF_NOTHING}"),
    "doors": ((), f"按登记的门户计；{COUNTED_OF_NOTHING}"),
    "asks_per_door": (("asks",), "入户提问 ÷ 时段末在册的门户，不可相加"),
    "grids_active": (("visits",), "一个微网格 30 天内有一次走访即计入，不可相加"),
    "finding_p50": (
        ("findings_resolved",),
        "是排序得到的，不可相加；列出办结有变化的发现",
    ),
} | dict.fromkeys(
    PERCENTILES,
    (("responses",), "是排序得到的，不可相加；列出认领用时有变化的需求"),
)


class Between(NamedTuple):
    """The changes to a month in a scope, after the one position of each log up to the other.

    A report of before there was a service has no position of its log.
    """

    scope: str
    month: str
    after: Mapping[str, int]
    until: Mapping[str, int]


def explained_by(figure: str) -> Json:
    """The figures whose facts explain a difference, and a note where these do not simply add up to it."""
    definition = BY_IDENTIFIER[figure]
    if figure in NOT_ADDITIVE:
        figures, note = NOT_ADDITIVE[figure]
        return {"explained_by": list(figures), "note": note}
    if definition.part:
        note = f"{definition.meaning}；两部分各自可以逐项相加"
        return {"explained_by": [definition.part, definition.whole], "note": note}
    return {"explained_by": list(MINUTES) if figure == "service_minutes" else [figure]}


def relevant(figure: str | None) -> frozenset[str]:
    """The additive figures a difference is about; of no figure in particular, all of them."""
    if figure is None:
        return frozenset(BY_IDENTIFIER)
    return frozenset(explained_by(figure)["explained_by"])


def page(
    views: Reads,
    between: Between,
    figure: str | None,
    withheld: frozenset[str],
    question: Json,
) -> Json:
    """`{"items", "next"}`, as `paging.page`; a page may be shorter than asked for, and others follow it.

    Of a figure that is `withheld` it says that it changed, not how.
    """
    about = relevant(figure)
    limit = question["limit"]
    passing = list(islice(_passing(views, between, question["after"]), limit + 1))
    items = []
    for _, change in passing[:limit]:
        changes = _changes(change, about, withheld) if change else []
        if change and changes:
            items.append(_shown(views, change) | {"changes": changes})
    is_last = len(passing) <= limit
    return {"items": items, "next": None if is_last else passing[limit - 1][0]}


def _passing(
    views: Reads, between: Between, after: list[str] | None
) -> Iterator[tuple[list[str], Json | None]]:
    """(the place of a fact, what changed of it) in order, from where a page ended; None when nothing did meanwhile."""
    last, since = after or ("", "")
    for collection in sorted(SOURCES):
        if collection < last:
            continue
        begins_after = since if collection == last else ""
        for key, change in _facts(views, collection, between, begins_after):
            yield [collection, key], change


def _facts(
    views: Reads, collection: str, between: Between, after: str
) -> Iterator[tuple[str, Json | None]]:
    """Each fact is found by skipping what the one before it has: what a fact costs does not grow with its changes."""
    level = territory.LEVELS[len(between.scope)]
    there = Find(collection, {level: between.scope, "month": between.month}, "at")
    beyond = _after(after) if after else ""
    while following := views.find(replace(there, since=beyond, limit=1)):
        key = following[0]["key"]
        yield key, _changed(views, there, between, key)
        beyond = _after(key)


def _after(key: str) -> str:
    """Beyond all changes of a fact: with the next character after the colon that follows its key."""
    return f"{key};"


def _changed(views: Reads, there: Find, between: Between, key: str) -> Json | None:
    """The fact's last change between the positions, with what it contributed before the first of them."""
    source = SOURCES[there.collection]
    since = _at(key, between.after.get(source, 0) + 1)
    until = _at(key, between.until.get(source, 0) + 1)
    within = replace(there, since=since, until=until, limit=1)
    first = views.find(within)
    if not first:
        return None
    (last,) = views.find(replace(within, newest_first=True))
    return last | pick(first[0], "before")


def _at(key: str, seq: int) -> str:
    return f"{key}:{seq:012}"


def _shown(views: Reads, change: Json) -> Json:
    """The fact that changed, and what it and its place are called."""
    fact = change["fact"]
    about = pick(change, "fact", "day", "community", "seq")
    names = title_of(views, fact) | {
        "place": host_name(views, f"community/{change['community']}")
    }
    kind = {"kind": fact.partition("/")[0]}
    return about | kind | names | {"told_at": change["time"]}


def _changes(
    change: Json, about: frozenset[str], withheld: frozenset[str]
) -> list[Json]:
    """Figure by figure what it contributed before and after, of those that differ."""
    before = change["before"]
    after = change["after"]
    differing = nonzero(difference(before, after)).keys() & about
    changes = []
    for figure in sorted(differing, key=ORDER.__getitem__):
        definition = BY_IDENTIFIER[figure]
        named = {"figure": figure, "name": definition.name, "unit": definition.unit}
        values = {"before": before.get(figure, 0), "after": after.get(figure, 0)}
        told = dict.fromkeys(values) if figure in withheld else values
        changes.append(named | told)
    return changes
