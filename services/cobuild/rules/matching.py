"""Which offerings suit a need, and why: points by part, each with its reason in words.

The unit whose turn it is longest and that has least to do comes first among equals, so that none is left out.
"""

from bisect import insort
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache, partial
from operator import itemgetter

from schemas import audiences
from schemas.audiences import EVERYBODY
from schemas.documents import Json
from services.cobuild.model.occurrences import occurrences, period_of
from services.cobuild.model.usage import used_in
from services.cobuild.rules.rights import is_active, the
from services.district.calendar import LOCAL, local_day
from services.kit.entrypoints import Asked
from services.kit.lists.paging import every
from services.kit.views import Find, Reads

AHEAD = timedelta(days=28)
TURN_COMES_AFTER = timedelta(days=90)
READ_AT_ONCE = 500
HALF_BEGINS = {"am": 0, "pm": 12, "evening": 18}
NO_RECORD = {"confirmed": 0, "lapsed": 0, "withdrawn": 0, "open": 0, "last_at": ""}
DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Pair:
    """A need and an offering, with what else bears on how well they go together."""

    need: Json
    offering: Json
    record: Json
    declined: int
    used: Callable[[], int]
    now: datetime


Rank = tuple[int, str, str, str]
Part = Callable[[Pair], tuple[float, str]]


def category(pair: Pair) -> tuple[float, str]:
    same = pair.need["category"] == pair.offering["category"]
    return (1.0, "类别相同") if same else (0.0, f"类别是{pair.offering['category']}")


def place(pair: Pair) -> tuple[float, str]:
    for level, part, text in (
        ("community", 1.0, "同一社区"),
        ("street", 0.6, "同一街道"),
        ("district", 0.2, "同区"),
    ):
        if pair.need[level] == pair.offering[level]:
            return part, text
    return 0.0, "不在同一区"


def audience(pair: Pair) -> tuple[float, str]:
    """Full where all of whom it is for are served; less where everybody is, and least where it is a part of them."""
    wanted, served = pair.need["audience"], pair.offering["audience"]
    says = f"面向{'、'.join(map(audiences.in_words, served))}"
    if wanted in served:
        return 1.0, f"面向{wanted}"
    apart = audiences.contained(wanted) - audiences.of_all(served)
    if not apart:
        return 1.0, f"{says}，要的是{audiences.in_words(wanted)}"
    if EVERYBODY in served:
        return 0.7, f"面向{EVERYBODY}，要的是{wanted}"
    part = 0.5 if apart < audiences.contained(wanted) else 0.0
    return part, f"{says}，要的是{audiences.in_words(wanted)}"


def time(pair: Pair) -> tuple[float, str]:
    """Full when no time was asked for or none is fixed."""
    slots = pair.need.get("slots")
    if not slots or "starts_at" not in pair.offering:
        return 1.0, "时间可以约定"
    starts = list(occurrences(pair.offering, pair.now, pair.now + AHEAD))
    fitting = [each for each in starts if _slot(each) in slots]
    if fitting:
        return 1.0, f"{fitting[0].astimezone(LOCAL):%m-%d %H:%M} 正合适"
    return 0.0, "四周内没有合适的时间"


def capacity(pair: Pair) -> tuple[float, str]:
    free = max(0, pair.offering["capacity"] - pair.used())
    return free / pair.offering["capacity"], f"本期还有 {free} 次"


def record(pair: Pair) -> tuple[float, str]:
    """Kept promises of all that came to an end; a beginner is trusted halfway."""
    kept = pair.record["confirmed"]
    broken = pair.record["lapsed"] + pair.record["withdrawn"]
    text = f"确认完成 {kept} 次，未做成 {broken} 次" if kept or broken else "还没有记录"
    return (kept + 1) / (kept + broken + 2), text


def turn(pair: Pair) -> tuple[float, str]:
    """The longer since the last, and the less under way, the more."""
    last = pair.record["last_at"]
    since = pair.now - datetime.fromisoformat(last) if last else TURN_COMES_AFTER
    part = min(1.0, since / TURN_COMES_AFTER) / (1 + pair.record["open"])
    return (
        part,
        f"距上次 {since.days} 天，手上 {pair.record['open']} 项"
        if last
        else "还没有接过",
    )


def declines(pair: Pair) -> tuple[float, str]:
    """Minus points: how often the unit has declined needs of this category, three times at most."""
    return min(
        pair.declined, 3
    ) / 3, f"这类需求拒接过 {pair.declined} 次" if pair.declined else "没有拒接过"


# What each part is worth at most, how it is reckoned, and in which words it is explained.
PARTS: dict[str, tuple[int, Part, str]] = {
    "category": (30, category, "类别相同得满分"),
    "place": (20, place, "同社区满分，同街道六成，同区二成"),
    "audience": (
        15,
        audience,
        "面向的人群包含要的人群得满分，面向全体居民七成，只面向其中一部分五成",
    ),
    "time": (10, time, "四周内有提出人要的时间，或时间可约定，得满分"),
    "capacity": (5, capacity, "本期剩余次数的比例"),
    "record": (5, record, "（确认完成 + 1）÷（确认完成 + 失效 + 退出 + 2）"),
    "turn": (15, turn, "距上次接单的天数，九十天满分，再除以（1 + 手上的项数）"),
    "declines": (-15, declines, "拒接过同类需求的扣分，三次扣满"),
}
DEAR = {
    "time",
    "capacity",
}  # To reckon when an offering recurs takes long, and its bookings are a look each.
CHEAP = PARTS.keys() - DEAR


def weights() -> list[Json]:
    return [
        {"part": part, "weight": weight, "text": text}
        for part, (weight, _, text) in PARTS.items()
    ]


def of_need(views: Reads, need: Json, limit: int, asked: Asked) -> list[Json]:
    """The best of all offerings for a need: published ones of its category in the district, any in its community."""
    best = _best(_with_offerings(views, need, asked), limit)
    return [{**_match(views, pair), "title": pair.offering["title"]} for pair in best]


def next_for(
    views: Reads, need: Json, passed: Collection[str], asked: Asked
) -> Json | None:
    """The best match that fits in kind and for whom it is, of a unit that is none of `passed`; None without any."""
    pairs = (
        pair
        for pair in _with_offerings(views, need, asked)
        if pair.offering["unit"] not in passed
    )
    best = _best((pair for pair in pairs if _fits(pair)), 1)
    return _match(views, best[0]) if best else None


def _fits(pair: Pair) -> bool:
    return category(pair)[0] > 0 and audience(pair)[0] > 0


def _with_offerings(views: Reads, need: Json, asked: Asked) -> Iterator[Pair]:
    """The need with each offering it is worth looking at."""
    offerings = _alike(
        views,
        need,
        Find("offerings", {"state": "published"}, "valid_until", local_day(asked.now)),
    )
    units = {
        unit: the(views, "units", unit)
        for unit in {offering["unit"] for offering in offerings}
    }
    free = [offering for offering in offerings if is_active(units[offering["unit"]])]
    return _pairs(views, ((need, offering) for offering in free), asked.now)


def of_offering(views: Reads, offering: Json, limit: int, asked: Asked) -> list[Json]:
    """The best of all needs for an offering: unclaimed ones of its category in the district, any in its community."""
    needs = _alike(views, offering, Find("needs", {"state": "verified"}, "raised_at"))
    best = _best(_pairs(views, ((need, offering) for need in needs), asked.now), limit)
    return [{**_match(views, pair), "title": pair.need["title"]} for pair in best]


def _alike(views: Reads, doc: Json, find: Find) -> list[Json]:
    """Those of the same category in the district or of any in the community, each once."""
    places = (
        {"district": doc["district"], "category": doc["category"]},
        {"community": doc["community"]},
    )
    finds = (
        replace(find, where={**find.where, **place}, limit=READ_AT_ONCE)
        for place in places
    )
    return list(
        {found["id"]: found for find in finds for found in every(views, find)}.values()
    )


def _best(pairs: Iterable[Pair], limit: int) -> list[Pair]:
    """The first `limit` by score, then whose turn is longest ago, then by id.

    What is dear is reckoned only for those that full marks for it would bring so far.
    """
    most = sum(PARTS[part][0] for part in DEAR)
    hopeful = sorted(
        ((_points(pair, CHEAP) + most, pair) for pair in pairs),
        key=itemgetter(0),
        reverse=True,
    )
    found: list[tuple[Rank, Pair]] = []
    for hoped, pair in hopeful:
        if len(found) >= limit and hoped < -found[limit - 1][0][0]:
            break
        rank = (
            -_points(pair, PARTS),
            pair.record["last_at"],
            pair.offering["id"],
            pair.need["id"],
        )
        insort(found, (rank, pair), key=itemgetter(0))
    return [pair for _, pair in found[:limit]]


def _pairs(
    views: Reads, alike: Iterable[tuple[Json, Json]], now: datetime
) -> Iterator[Pair]:
    """What is known of a unit is looked up once, however many offerings it has."""

    @cache
    def record_of(unit: str) -> Json:
        return views.get("records", unit) or NO_RECORD

    @cache
    def declined_by(unit: str, category: str) -> int:
        declined = views.get("declines", f"{unit}:{category}")
        return int(declined["times"]) if declined else 0

    for need, offering in alike:
        unit = offering["unit"]
        used = partial(used_in, views, offering["id"], period_of(offering, now))
        yield Pair(
            need,
            offering,
            record_of(unit),
            declined_by(unit, need["category"]),
            used,
            now,
        )


def _match(views: Reads, pair: Pair) -> Json:
    reasons = [_reason(name, pair) for name in PARTS]
    return {
        "offering": pair.offering["id"],
        "need": pair.need["id"],
        "unit": pair.offering["unit"],
        "unit_name": the(views, "units", pair.offering["unit"])["name"],
        "score": sum(reason["points"] for reason in reasons),
        "reasons": reasons,
    }


def _points(pair: Pair, parts: Iterable[str]) -> int:
    return sum(_reason(name, pair)["points"] for name in parts)


def _reason(name: str, pair: Pair) -> Json:
    weight, part, _ = PARTS[name]
    share, text = part(pair)
    return {
        "part": name,
        "points": round(weight * share),
        "of": max(0, weight),
        "text": text,
    }


def _slot(moment: datetime) -> str:
    local = moment.astimezone(LOCAL)
    half = max(
        (hour, name) for name, hour in HALF_BEGINS.items() if hour <= local.hour
    )[1]
    return f"{DAY_CODES[local.weekday()]}-{half}"
