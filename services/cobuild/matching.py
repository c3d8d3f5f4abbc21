"""Which offerings suit a need, and why: points by part, each with its reason in words.

The unit whose turn it is longest and that has least to do comes first among equals, so that none is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from services.cobuild.occurrences import occurrences, period_of
from services.cobuild.rules.found import the
from services.cobuild.usage import used_in
from services.kit.calendar import LOCAL, local_day
from services.kit.entrypoints import Asked
from services.kit.log import Data
from services.kit.views import Doc, Find, Reads

AHEAD = timedelta(days=28)
TURN_COMES_AFTER = timedelta(days=90)
MOST_CANDIDATES = 200
EVERYBODY = "全体居民"
HALF_BEGINS = {"am": 0, "pm": 12, "evening": 18}
DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Pair:
    """A need and an offering, with what else bears on how well they go together."""

    need: Doc
    offering: Doc
    record: Doc
    declined: int
    used: int
    now: datetime


Part = Callable[[Pair], tuple[float, str]]


def category(pair: Pair) -> tuple[float, str]:
    same = pair.need["category"] == pair.offering["category"]
    return (1.0, "类别相同") if same else (0.0, f"类别是{pair.offering['category']}")


def place(pair: Pair) -> tuple[float, str]:
    for level, part, text in (("community", 1.0, "同一社区"), ("street", 0.6, "同一街道"), ("district", 0.2, "同区")):
        if pair.need[level] == pair.offering[level]:
            return part, text
    return 0.0, "不在同一区"


def audience(pair: Pair) -> tuple[float, str]:
    wanted, served = pair.need["audience"], pair.offering["audience"]
    if wanted in served:
        return 1.0, f"面向{wanted}"
    return (0.7, "面向全体居民") if EVERYBODY in served else (0.0, f"面向{'、'.join(served)}")


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
    free = pair.offering["capacity"] - pair.used
    return max(0, free) / pair.offering["capacity"], f"本期还有 {max(0, free)} 次"


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
    return part, f"距上次 {since.days} 天，手上 {pair.record['open']} 项" if last else "还没有接过"


def declines(pair: Pair) -> tuple[float, str]:
    """Minus points: how often the unit has declined needs of this category, three times at most."""
    return min(pair.declined, 3) / 3, f"这类需求拒接过 {pair.declined} 次" if pair.declined else "没有拒接过"


# What each part is worth at most, how it is reckoned, and in which words it is explained.
PARTS: dict[str, tuple[int, Part, str]] = {
    "category": (30, category, "类别相同得满分"),
    "place": (20, place, "同社区满分，同街道六成，同区二成"),
    "audience": (15, audience, "面向同一人群满分，面向全体居民七成"),
    "time": (10, time, "四周内有提出人要的时间，或时间可约定，得满分"),
    "capacity": (5, capacity, "本期剩余次数的比例"),
    "record": (5, record, "（确认完成 + 1）÷（确认完成 + 失效 + 退出 + 2）"),
    "turn": (15, turn, "距上次接单的天数，九十天满分，再除以（1 + 手上的项数）"),
    "declines": (-15, declines, "拒接过同类需求的扣分，三次扣满"),
}


def weights() -> list[Data]:
    return [{"part": part, "weight": weight, "text": text} for part, (weight, _, text) in PARTS.items()]


def of_need(views: Reads, need: Doc, limit: int, asked: Asked) -> list[Data]:
    """The best offerings for a need: published ones of its category in the district, and of any in its community."""
    alike: list[Doc] = []
    for where in (
        {"street": need["street"], "category": need["category"]},
        {"district": need["district"], "category": need["category"]},
        {"community": need["community"]},
    ):
        query = {**where, "state": "published"}
        since = local_day(asked.now)
        alike += views.find(Find("offerings", query, "valid_until", since, limit=MOST_CANDIDATES))
    there = {offering["id"]: offering for offering in alike}.values()
    offerings = [offering for offering in there if not the(views, "units", offering["unit"])["halted"]]
    found = [{**match(views, need, offering, asked.now), "title": offering["title"]} for offering in offerings]
    return sorted(found, key=lambda match: (-match["score"], _last_at(views, match), match["offering"]))[:limit]


def of_offering(views: Reads, offering: Doc, limit: int, asked: Asked) -> list[Data]:
    """The best needs for an offering: unclaimed ones of its category in the district, and of any in its community."""
    alike: list[Doc] = []
    for where in (
        {"street": offering["street"], "category": offering["category"]},
        {"district": offering["district"], "category": offering["category"]},
        {"community": offering["community"]},
    ):
        alike += views.find(Find("needs", {**where, "state": "verified"}, "raised_at", limit=MOST_CANDIDATES))
    needs = {need["id"]: need for need in alike}.values()
    found = [{**match(views, need, offering, asked.now), "title": need["title"]} for need in needs]
    return sorted(found, key=lambda match: (-match["score"], match["need"]))[:limit]


def match(views: Reads, need: Doc, offering: Doc, now: datetime) -> Data:
    nothing = {"confirmed": 0, "lapsed": 0, "withdrawn": 0, "open": 0, "last_at": ""}
    declined = views.get("declines", f"{offering['unit']}:{need['category']}") or {"times": 0}
    used = used_in(views, offering["id"], period_of(offering, now))
    pair = Pair(need, offering, views.get("records", offering["unit"]) or nothing, declined["times"], used, now)
    reasons = [_reason(name, pair) for name in PARTS]
    return {
        "offering": offering["id"],
        "need": need["id"],
        "unit": offering["unit"],
        "unit_name": the(views, "units", offering["unit"])["name"],
        "score": sum(reason["points"] for reason in reasons),
        "reasons": reasons,
    }


def _reason(name: str, pair: Pair) -> Data:
    weight, part, _ = PARTS[name]
    share, text = part(pair)
    return {"part": name, "points": round(weight * share), "of": max(0, weight), "text": text}


def _last_at(views: Reads, match: Data) -> str:
    """When the unit last took something on: of two equal ones the longer ago comes first."""
    record = views.get("records", match["unit"])
    return record["last_at"] if record else ""


def _slot(moment: datetime) -> str:
    local = moment.astimezone(LOCAL)
    half = max((hour, name) for name, hour in HALF_BEGINS.items() if hour <= local.hour)[1]
    return f"{DAY_CODES[local.weekday()]}-{half}"
