"""How well a need and an offering go together: points by part, each with its reason in words."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from schemas import audiences
from schemas.audiences import EVERYBODY
from schemas.documents import Json
from services.cobuild.model.occurrences import occurrences
from services.district.calendar import LOCAL, local_minute

AHEAD = timedelta(days=28)
TURN_COMES_AFTER = timedelta(days=90)
MOST_DECLINES = 3
NOON, EVENING = 12, 18
DAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class Pair:
    """A need and an offering, with what else bears on how well they go together.

    `record` is the unit's, `declined` how often it has declined needs of this category, and `used` looks up how much
    of the offering is booked in the period of `now`.
    """

    need: Json
    offering: Json
    record: Json
    declined: int
    used: Callable[[], int]
    now: datetime


# Which part of the full points a pair gets, from 0 to 1, and why.
Share = tuple[float, str]
Part = Callable[[Pair], Share]


def category(pair: Pair) -> Share:
    """All or nothing."""
    offered = pair.offering["category"]
    if pair.need["category"] == offered:
        return 1.0, "类别相同"
    return 0.0, f"类别是{offered}"


def place(pair: Pair) -> Share:
    """The nearer the more: the same community, street or district."""
    for level, part, text in (
        ("community", 1.0, "同一社区"),
        ("street", 0.6, "同一街道"),
        ("district", 0.2, "同区"),
    ):
        if pair.need[level] == pair.offering[level]:
            return part, text
    return 0.0, "不在同一区"


def audience(pair: Pair) -> Share:
    """Full where all of whom it is for are served; less where everybody is, and least where it is a part of them."""
    wanted = pair.need["audience"]
    served = pair.offering["audience"]
    if wanted in served:
        return 1.0, f"面向{wanted}"
    members = audiences.contained(wanted)
    left_out = members - audiences.of_all(served)
    if left_out and EVERYBODY in served:
        return 0.7, f"面向{EVERYBODY}，要的是{wanted}"
    named = "、".join(map(audiences.in_words, served))
    says = f"面向{named}，要的是{audiences.in_words(wanted)}"
    if not left_out:
        return 1.0, says
    return (0.5 if left_out < members else 0.0), says


def time(pair: Pair) -> Share:
    """Full when no time was asked for or none is fixed."""
    slots = pair.need.get("slots")
    if not slots or "starts_at" not in pair.offering:
        return 1.0, "时间可以约定"
    for starts in occurrences(pair.offering, pair.now, pair.now + AHEAD):
        if _slot(starts) in slots:
            return 1.0, f"{local_minute(starts)} 正合适"
    return 0.0, "四周内没有合适的时间"


def _slot(moment: datetime) -> str:
    """`SA-pm`: the half of which day of the week."""
    local = moment.astimezone(LOCAL)
    return f"{DAY_CODES[local.weekday()]}-{_half(local.hour)}"


def _half(hour: int) -> str:
    if hour < NOON:
        return "am"
    return "pm" if hour < EVENING else "evening"


def capacity(pair: Pair) -> Share:
    """What is left of the current period, of all there is in one."""
    offered = pair.offering["capacity"]
    free = max(0, offered - pair.used())
    return free / offered, f"本期还有 {free} 次"


def record(pair: Pair) -> Share:
    """Kept promises of all that came to an end; a beginner is trusted halfway."""
    kept = pair.record["confirmed"]
    broken = pair.record["lapsed"] + pair.record["withdrawn"]
    share = (kept + 1) / (kept + broken + 2)
    if kept or broken:
        return share, f"确认完成 {kept} 次，未做成 {broken} 次"
    return share, "还没有记录"


def turn(pair: Pair) -> Share:
    """The longer since the last, and the less under way, the more."""
    last = pair.record["last_at"]
    open = pair.record["open"]
    if not last:
        return 1.0 / (1 + open), "还没有接过"
    since = pair.now - datetime.fromisoformat(last)
    share = min(1.0, since / TURN_COMES_AFTER) / (1 + open)
    return share, f"距上次 {since.days} 天，手上 {open} 项"


def declines(pair: Pair) -> Share:
    """Minus points: how often the unit has declined needs of this category, three times at most."""
    times = pair.declined
    text = f"这类需求拒接过 {times} 次" if times else "没有拒接过"
    return min(times, MOST_DECLINES) / MOST_DECLINES, text


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
# To reckon when an offering recurs takes long, and its bookings are a look each.
DEAR = {"time", "capacity"}
CHEAP = PARTS.keys() - DEAR
MOST_FOR_DEAR = sum(PARTS[part][0] for part in DEAR)


def weights() -> list[Json]:
    """`{part, weight, text}` of each part."""
    return [
        {"part": part, "weight": weight, "text": text}
        for part, (weight, _, text) in PARTS.items()
    ]


def points(pair: Pair, parts: Iterable[str]) -> int:
    """The sum of what the pair gets for these parts."""
    return sum(reason(part, pair)["points"] for part in parts)


def reason(name: str, pair: Pair) -> Json:
    """`{part, points, of, text}`: what the pair gets of what the part is worth, and why."""
    weight, part, _ = PARTS[name]
    share, text = part(pair)
    return {
        "part": name,
        "points": round(weight * share),
        "of": max(0, weight),
        "text": text,
    }


def fits(pair: Pair) -> bool:
    """True when it is of the kind that is needed, and for those who need it."""
    return category(pair)[0] > 0 and audience(pair)[0] > 0
