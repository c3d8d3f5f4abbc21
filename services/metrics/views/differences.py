"""Why a month's figures are no longer what they were: the facts whose contribution changed after the month had ended.

Between two positions of a log each fact is told once: what it contributed before its first change and after its last.
Of additive figures these add up to the difference. Of the others the facts behind it are told, and that they do not.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from schemas.documents import Json
from schemas.metrics.definitions import BY_IDENTIFIER, MINUTES_BY_CLASS, PERCENTILES
from services.district import territory
from services.kit.views import Find, Reads
from services.metrics.folds.late import OF_ACTIVITIES, OF_NEEDS
from services.metrics.reckoning.titles import host_name, title_of

ORDER = {figure: place for place, figure in enumerate(BY_IDENTIFIER)}
SOURCES = {OF_ACTIVITIES: "activities", OF_NEEDS: "cobuild"}
MINUTES = tuple(definition.identifier for definition in MINUTES_BY_CLASS)
COUNTED_OF_NOTHING = "这个数字不由场次、需求或项目构成"
NOT_ADDITIVE = {
    "unique_participants": (
        ("person_times",),
        "一个人可以参加多场；列出人次有变化的场次，人数不是它们的和",
    ),
    "active_units": (
        ("fulfilments", "person_times"),
        "按到月末 90 天内的完成和主办计，不可相加；更早的月份有变化也会使它改变",
    ),
    "covered": (
        ("closures", "person_times"),
        "一个社区有一次签到或办结即覆盖，不可相加",
    ),
    "coverage": (("closures", "person_times"), "覆盖社区 ÷ 社区数，不可相加"),
    "communities": ((), f"按登记的区划计；{COUNTED_OF_NOTHING}"),
    "grids_covered": (
        ("closures", "person_times"),
        "一个微网格有一次签到或办结即覆盖，不可相加",
    ),
    "grid_coverage": (("closures", "person_times"), "覆盖微网格 ÷ 微网格数，不可相加"),
    "grids": ((), f"按登记的微网格计；{COUNTED_OF_NOTHING}"),
    **dict.fromkeys(
        PERCENTILES,
        (("responses",), "是排序得到的，不可相加；列出认领用时有变化的需求"),
    ),
}


class Between(NamedTuple):
    """The changes to a month in a scope, after the one position of each log up to the other."""

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
        parts = [definition.part, definition.whole]
        return {
            "explained_by": parts,
            "note": f"{definition.meaning}；两部分各自可以逐项相加",
        }
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
    found = list(
        islice(_passing(views, between, question["after"]), question["limit"] + 1)
    )
    passed = found[: question["limit"]]
    items = [
        shown
        for _, changed in passed
        if changed and (shown := _shown(views, changed, about, withheld))["changes"]
    ]
    return {"items": items, "next": passed[-1][0] if len(found) > len(passed) else None}


def _passing(
    views: Reads, between: Between, after: list[str] | None
) -> Iterator[tuple[list[str], Json | None]]:
    """(the place of a fact, what changed of it) in order, from where a page ended; None when nothing did meanwhile."""
    last, since = after or ("", "")
    for collection in sorted(SOURCES):
        if collection < last:
            continue
        for key, changed in _facts(
            views, collection, between, since if collection == last else ""
        ):
            yield [collection, key], changed


def _facts(
    views: Reads, collection: str, between: Between, after: str
) -> Iterator[tuple[str, Json | None]]:
    """Each fact is found by skipping what the one before it has: what a fact costs does not grow with its changes."""
    where = {
        territory.LEVELS[len(between.scope)]: between.scope,
        "month": between.month,
    }
    beyond = (
        f"{after};" if after else ""
    )  # The next character after the colon that follows a key.
    while following := views.find(Find(collection, where, "at", since=beyond, limit=1)):
        key = following[0]["key"]
        yield key, _changed(views, Find(collection, where, "at"), between, key)
        beyond = f"{key};"


def _changed(views: Reads, of_scope: Find, between: Between, key: str) -> Json | None:
    """The fact's last change between the positions, with what it contributed before the first of them."""
    source = SOURCES[of_scope.collection]
    first, beyond = (
        f"{key}:{position[source] + 1:012}"
        for position in (between.after, between.until)
    )
    within = replace(of_scope, since=first, until=beyond, limit=1)
    changes = views.find(within)
    if not changes:
        return None
    (last,) = views.find(replace(within, newest_first=True))
    return {**last, "before": changes[0]["before"]}


def _shown(
    views: Reads, changed: Json, about: frozenset[str], withheld: frozenset[str]
) -> Json:
    before, after = changed["before"], changed["after"]
    differing = [
        name
        for name in before.keys() | after.keys()
        if before.get(name, 0) != after.get(name, 0)
    ]
    return {
        **{name: changed[name] for name in ("fact", "day", "community", "seq")},
        "kind": changed["fact"].partition("/")[0],
        **title_of(views, changed["fact"]),
        "place": host_name(views, f"community/{changed['community']}"),
        "told_at": changed["time"],
        "changes": [
            {"figure": name, **_named(name), **_told(name, before, after, withheld)}
            for name in sorted(about.intersection(differing), key=ORDER.__getitem__)
        ],
    }


def _told(figure: str, before: Json, after: Json, withheld: frozenset[str]) -> Json:
    if figure in withheld:
        return {"before": None, "after": None}
    return {"before": before.get(figure, 0), "after": after.get(figure, 0)}


def _named(figure: str) -> Json:
    definition = BY_IDENTIFIER[figure]
    return {"name": definition.name, "unit": definition.unit}
