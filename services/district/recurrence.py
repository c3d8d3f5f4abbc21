"""When something that repeats takes place."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import dropwhile, islice

from dateutil.rrule import rrule, rrulestr

from schemas.documents import without
from schemas.opening_hours import DAYS
from schemas.recurrence import parts_of, until_of
from services.district.calendar import LOCAL, day_in_words, local_day
from services.kit.errors import Invalid

ROUNDS = {"DAILY": 1, "WEEKLY": 7}
"""How many days until one of these comes round again."""
A_DAY = timedelta(days=1)
FARTHEST_EXCEPTION = timedelta(days=3660)
NEVER = datetime(9999, 12, 31)  # noqa: DTZ001  # Local time, as dateutil reckons in it.
WEEKDAYS = "一二三四五六日"


def beginnings(
    first: datetime,
    repeats: str | None,
    since: datetime | None = None,
    *,
    until: datetime,
) -> Iterator[datetime]:
    """Each beginning before `until` in order: by `repeats` (RFC 5545) from `first` on, reckoned in local time.

    Without `repeats` `first` alone. Of those before `since` most are passed over: it takes no longer with the years.
    """
    start, end = _naive(first), _naive(until)
    wholes: Iterable[datetime] = [start]
    if repeats is not None:
        near = _naive(since) if since else start
        wholes = _repeated(start, repeats, near, min(end, _last(repeats)))
    for whole in wholes:
        # dateutil (4.0) reckons in whole seconds.
        naive = whole.replace(microsecond=start.microsecond)
        if naive < end:
            yield naive.replace(tzinfo=LOCAL)


def _repeated(
    start: datetime, repeats: str, since: datetime, last: datetime
) -> Iterable[datetime]:
    parts = parts_of(repeats)
    endless = without(parts, "COUNT", "UNTIL")
    text = ";".join(map("=".join, endless.items()))
    near = _passed_over(start, parts, since)
    rule = rrulestr(text, dtstart=_with_its_week(near, parts))
    assert isinstance(rule, rrule)
    count = int(parts["COUNT"]) if "COUNT" in parts else None
    begun = dropwhile(start.replace(microsecond=0).__gt__, rule.replace(until=last))
    return islice(begun, count)


def must_fit(first: datetime, repeats: str, except_on: Sequence[str]) -> None:
    """Raises `Invalid` when the first day is none of the rule's, or a day excepted is none of them."""
    if has_ended(repeats, first):
        says = f"重复规则的 UNTIL 早于首次 {_in_words(first)}"
        raise Invalid(says, code="first_not_on_rule", path="repeats")
    days = beginnings(first, repeats, until=first + A_DAY)
    if next(days, None) != first:
        says = f"首次是 {_in_words(first)}，不在重复规则里{_instead(first, repeats)}"
        raise Invalid(says, code="first_not_on_rule", path="starts_at")
    for place, day in enumerate(except_on):
        if not _takes_place(day, first, repeats):
            path = f"except_on/{place}"
            says = f"{day_in_words(day)} 本来就没有，不用例外"
            raise Invalid(says, code="exception_of_nothing", path=path)


def has_ended(repeats: str, by: datetime) -> bool:
    """True when the rule gives no moment from `by` on."""
    return _last(repeats) < _naive(by)


def _naive(moment: datetime) -> datetime:
    return moment.astimezone(LOCAL).replace(tzinfo=None)


def _last(repeats: str) -> datetime:
    """The last moment in local time."""
    last = until_of(repeats)
    if last is None:
        return NEVER
    if last.year == NEVER.year:
        return NEVER
    return _naive(last) if last.tzinfo else last


def _passed_over(first: datetime, parts: dict[str, str], since: datetime) -> datetime:
    """A later first time that gives the same from `since` on. A rule that counts is reckoned from its start."""
    days = ROUNDS.get(parts["FREQ"])
    if days is None or "COUNT" in parts:
        return first
    interval = int(parts.get("INTERVAL", "1"))
    round = days * interval * A_DAY
    rounds = (since - first) // round
    return first + max(0, rounds) * round


def _with_its_week(first: datetime, parts: dict[str, str]) -> datetime:
    """Its week's beginning, where days of a week are counted: dateutil (4.0, `_iter`) counts those of the first week
    from the first time on, and RFC 5545 all of them.
    """
    if parts["FREQ"] != "WEEKLY" or "BYSETPOS" not in parts:
        return first
    begins = DAYS.index(parts.get("WKST", DAYS[0]))
    return first - (first.weekday() - begins) % 7 * A_DAY


def _takes_place(day: str, first: datetime, repeats: str) -> bool:
    begins = datetime.combine(date.fromisoformat(day), time(), LOCAL)
    if begins - first > FARTHEST_EXCEPTION:
        return False
    near = beginnings(first, repeats, begins, until=begins + A_DAY)
    return any(beginning >= begins for beginning in near)


def _instead(first: datetime, repeats: str) -> str:
    soon = next(beginnings(first, repeats, until=first + FARTHEST_EXCEPTION), None)
    return f"；最近的一次是 {_in_words(soon)}" if soon else ""


def _in_words(moment: datetime) -> str:
    weekday = WEEKDAYS[moment.astimezone(LOCAL).weekday()]
    return f"{day_in_words(local_day(moment))}（周{weekday}）"
