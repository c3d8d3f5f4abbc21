"""Care day by day: whoever is looked in on every so many days is called in time, or is not."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta

from schemas.documents import Json
from services.kit.log import Event
from services.xfh.reconcile.cells import CHINA, Cells, day_of, ids_of
from services.xfh.reconcile.doors import Door

A_DAY = timedelta(days=1)
STOPS = ("care_paused.v1", "care_ended.v1", "door_closed.v1")
STARTS = ("care_begun.v1", "care_resumed.v1")
Due = tuple[date, bool]


def recompute(
    events: list[Event], visits: list[Json], doors: dict[str, Door]
) -> Iterator[Cells]:
    """The cells of every care, and behind how many doors there was something due in a community's month."""
    months: set[tuple[str, str]] = set()
    for begun in events:
        if begun.type == "care_begun.v1":
            door = begun.data["door"]
            for month, cells in _of_care(begun.data, events, visits, doors[door]):
                months.add((month, door))
                yield cells
    for month, _ in months:
        yield {month: {"people": 1}}


def _of_care(
    care: Json, events: list[Event], visits: list[Json], door: Door
) -> Iterator[tuple[str, Cells]]:
    """Of each due, the community's month and what it adds."""
    own = [event for event in events if _concerns(event, care)]
    met: dict[date, str] = {}
    for visit in visits:
        if visit.get("care") == care["care"] and visit["outcome"] == "met":
            met.setdefault(_date(day_of(visit["at"])), visit["community"])
    for day, is_called in _dues(care["every_days"], own, sorted(met)):
        place = met.get(day) or door.stood_at(_end_of(day))
        figures = {"care_due": 1, "care_calls": int(is_called)}
        cells = dict.fromkeys(ids_of(place, day.isoformat(), ()), figures)
        yield f"cared_for/{day:%Y-%m}:{place}", cells


def _concerns(event: Event, care: Json) -> bool:
    if event.type == "door_closed.v1":
        return bool(event.data["door"] == care["door"])
    return event.data.get("care") == care["care"] and event.type.startswith("care_")


def _dues(every: int, own: list[Event], calls: list[date]) -> Iterator[Due]:
    """(day, whether called), from each time it began or went on to the time it stopped."""
    missed = [event.data["due"] for event in own if event.type == "care_missed.v1"]
    seen = [_date(day_of(due)) - A_DAY for due in missed] + calls
    since: date | None = None
    for event in own:
        day = _date(day_of(event.time))
        if event.type in STARTS:
            since = day
        elif event.type in STOPS and since is not None:
            yield from _walk(since, day, every, calls, stops=True)
            since = None
    if since is not None:
        yield from _walk(since, max(seen, default=since), every, calls, stops=False)


def _walk(
    since: date, until: date, every: int, calls: Iterable[date], *, stops: bool
) -> Iterator[Due]:
    """Through the days after the one day up to the other; on the one it stops nothing is missed any more."""
    due = since + A_DAY * every
    last: date | None = None
    called = set(calls)
    day = since
    while day < until:
        day += A_DAY
        if day in called:
            if last is None:
                yield day, True
            last = day
        if day == due:
            if last is None and not (stops and day == until):
                yield day, False
            due = (last or day) + A_DAY * every
            last = None


def _date(day: str) -> date:
    return date.fromisoformat(day)


def _end_of(day: date) -> str:
    """The instant at which it is over, as events tell instants."""
    midnight = datetime.combine(day + A_DAY, datetime.min.time(), CHINA)
    return f"{midnight.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.000Z"
