"""Times of the week as people type them: `周一至周五 9:00-12:00、14:00-18:00；周末 10:00-16:00`."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from schemas.exchange.cleaning import narrow
from schemas.exchange.moments import HALF, OF_CLOCKS, clock_of, in_digits
from schemas.opening_hours import DAYS, MOST_SPANS

CHINESE = {
    name: day
    for names in ("一二三四五六日", "1234567")
    for name, day in zip(names, DAYS, strict=True)
} | {"天": "SU"}
WEEK = {
    "每天": DAYS,
    "天天": DAYS,
    "每日": DAYS,
    "全周": DAYS,
    "工作日": DAYS[:5],
    "周末": DAYS[5:],
    "双休日": DAYS[5:],
}
TO = r"\s*[-~〜至到]+\s*"
# 每周五天 and 每周五日 may be five days, and nobody knows which; 周六日 and 周三、日 are two.
ONE_DAY = (
    r"(?:[每逢]?(?:周|星期|礼拜)\s*)?"
    r"([一二三四五六](?!\s*天)|(?<=[六周期拜至到~、,;和及\s-])日|(?<=[周期拜至到~、,;\s-])天"
    r"|(?<=[周期拜])[1-7](?![0-9:点时])|MO|TU|WE|TH|FR|SA|SU)"
)
SOME_DAYS = re.compile(
    rf"(?:[每逢]个?)?(?P<named>{'|'.join(WEEK)})|{ONE_DAY}(?:{TO}{ONE_DAY})?",
    re.IGNORECASE,
)
TIME = (
    rf"((?:{HALF})?)\s*([0-9]{{1,2}}(?::[0-9]{{2}}(?::00)?|[点时](?:半|[0-9]{{1,2}}分?|整)?)?)"
    r"\s*((?:[ap]m)?)"
)
ALL_DAY = re.compile(
    "24小时(?:营业|开放|服务)?"
)  # 全天 may mean as long as people work.
OPEN = re.compile(f"{TIME}{TO}{TIME}", re.IGNORECASE)
UNSURE = re.compile("[1-7](?![0-9])")
BETWEEN = re.compile(r"[\s、,;:.。和及/()]*")
# Characters; twenty spans in words have half as many.
LONGEST, LONGEST_SLOT = 1_000, 60
SLOT = re.compile(r"(.+?)\s*(上午|下午|晚上)")
HALVES = {"上午": "am", "下午": "pm", "晚上": "evening"}


class Days(NamedTuple):
    days: list[str]


class Open(NamedTuple):
    """`is_sure` is false where the hour may be one of the afternoon as well: `2:00`."""

    opens: str = "00:00"
    closes: str = "24:00"
    is_sure: bool = True

    def on(self, day: str) -> dict[str, str]:
        """The span of a day, as the schema of opening hours has it."""
        return {"day": day, "opens": self.opens, "closes": self.closes}


def spans(text: str) -> list[Any]:
    """The spans of the week, of too many just enough to tell; the text itself where it is something else."""
    if len(text) > LONGEST:
        return [text]
    told: list[Any] = []
    days: list[str] = []
    before: Days | Open | None = None
    for part in _parts(in_digits(narrow(text), OF_CLOCKS)):
        match part:
            case Days() if joined := _joined(before, days, part.days):
                days = joined
            case Open() if days and not _goes_back(before, part):
                told += [part.on(day) for day in days]
            case _:
                return [text]
        before = part
        if len(told) > MOST_SPANS:
            break
    return told if isinstance(before, Open) else [text]


def slots(text: str) -> list[str]:
    """`周一至周五上午` as a slot for each day, `MO-am` and so on; the text itself where it is something else."""
    slot = SLOT.fullmatch(narrow(text)) if len(text) <= LONGEST_SLOT else None
    if slot is None:
        return [text]
    days: list[str] = []
    before: Days | Open | None = None
    for part in _parts(slot[1]):
        joined = _joined(before, days, part.days) if isinstance(part, Days) else None
        if joined is None:
            return [text]
        days, before = joined, part
    return [f"{day}-{HALVES[slot[2]]}" for day in days]


def _joined(
    before: Days | Open | None, days: list[str], more: list[str]
) -> list[str] | None:
    """The days of both where they stand together, and then 每天 is each of those before it.

    None where one has all of the other: 周末（周六） may mean either.
    """
    if not isinstance(before, Days):
        return more
    if {*more} == {*DAYS}:
        return days
    if {*more} < {*days} or {*days} < {*more}:
        return None
    return list(dict.fromkeys([*days, *more]))


def _goes_back(before: Days | Open | None, span: Open) -> bool:
    """In `9:00-12:00、2:00-5:00` two is no hour of the night."""
    return isinstance(before, Open) and not span.is_sure and span.opens < before.closes


def _parts(text: str) -> Iterator[Days | Open | None]:
    """What stands between the commas, in order; None, and no more, for what is neither days nor times."""
    at = _after_signs(text, 0)
    while at < len(text):
        if found := SOME_DAYS.match(text, at):
            yield Days(_days(found))
        elif found := ALL_DAY.match(text, at):
            yield Open()
        elif found := OPEN.match(text, at):
            yield _open(found)
        else:
            yield None
            return
        at = _after_signs(text, found.end())


def _after_signs(text: str, at: int) -> int:
    found = BETWEEN.match(text, at)
    return found.end() if found else at


def _days(found: re.Match[str]) -> list[str]:
    """From one day to another, over the end of the week where it must be."""
    named, first, last = found.groups()
    if named:
        return list(WEEK[named])
    start = DAYS.index(_day(first))
    end = DAYS.index(_day(last or first))
    if end < start:
        return [*DAYS[start:], *DAYS[: end + 1]]
    return list(DAYS[start : end + 1])


def _day(said: str) -> str:
    return CHINESE.get(said, said.upper())


def _open(found: re.Match[str]) -> Open | None:
    """In `下午2:00-5:00` both are in the afternoon. None where there is no such time of day, and where it is
    not sure which: `2:00-5:00pm`.
    """
    half, first, said, other, last, also = found.groups()
    if bool(said) != bool(also):
        return None
    opens = clock_of(half + _hours(first) + said)
    closes = clock_of(other + _hours(last) + also, half)
    is_sure = bool(half or said) or not UNSURE.match(first)
    return Open(opens[:5], closes[:5], is_sure) if opens and closes else None


def _hours(said: str) -> str:
    """In `9-18` they are hours."""
    return f"{said}点" if said.isdigit() else said
