"""When an activity is held next, as the clock stands: what is over by time waits for no event to be so."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from schemas.activities.contents import LONGEST_SESSION
from schemas.documents import Json
from schemas.fields import instant
from services.activities.model.lifecycles import SESSION
from services.activities.model.roles import as_for, seating_of
from services.activities.rules.signups import fits
from services.kit.entrypoints import Asked
from services.kit.lists.paging import every
from services.kit.views import Find, Reads

EARLIEST = datetime(2, 1, 1, tzinfo=UTC)  # No calendar reaches far before it.
FEW = 4  # Sessions read at first; the next is nearly always among them.
STILL_TO_COME = ("planned", "running")


def under_way_since(at: str) -> str:
    """The earliest a session can have begun that is not over then."""
    moment = max(datetime.fromisoformat(at), EARLIEST)
    return instant(moment - LONGEST_SESSION)


def next_date(views: Reads, activity: Json, at: str) -> Json | None:
    """The first session that is not over then; None when all are."""
    return next(dates_from(views, activity, at), None)


def next_or_last(views: Reads, activity: Json, at: str) -> Json:
    """The first that is not over then; when all are, the last."""
    return next_date(views, activity, at) or _last(views, activity)


def dates_from(views: Reads, activity: Json, at: str) -> Iterator[Json]:
    """The sessions that are not over then, in order of time: those of a draft as planned."""
    for date in _dates(views, activity, at):
        if date["ends_at"] > at and _counts(activity, date):
            yield date


def has_room(views: Reads, date: Json, role: str, party: int, asked: Asked) -> bool:
    """Whether a party of so many still fits, and sign-up has not ended."""
    seating = views.get("seatings", seating_of(date, role))
    cutoff = as_for(date, role)["cutoff"]
    is_open = date["state"] == "planned" and instant(asked.now) < cutoff
    if seating is None or not is_open:
        return False
    return fits(seating, "online", party, asked)


def last_to_come(views: Reads, activity: Json, at: str) -> Json | None:
    """The last of its sessions that is neither over nor cancelled, whatever the clock says; None when all are.

    Where all that are not over then are few they are known, for lists read those.
    """
    few = views.find(_few_from(activity, at))
    if len(few) < FEW and (last := _last_to_come(few[::-1])):
        return last
    return _last_to_come(every(views, _latest_first(activity)))


def _last_to_come(latest_first: Iterable[Json]) -> Json | None:
    to_come = (each for each in latest_first if each["state"] in STILL_TO_COME)
    return next(to_come, None)


def _few_from(activity: Json, at: str) -> Find:
    of = {"activity": activity["id"]}
    since = under_way_since(at)
    return Find("sessions", of, "starts_at", since=since, limit=FEW)


def _latest_first(activity: Json) -> Find:
    of = {"activity": activity["id"]}
    return Find("sessions", of, "starts_at", limit=FEW, newest_first=True)


def _dates(views: Reads, activity: Json, at: str) -> Iterator[Json]:
    if activity["shown"] == "hidden":
        return iter(_planned(views, activity))
    return every(views, _few_from(activity, at))


def _planned(views: Reads, activity: Json) -> list[Json]:
    content = views.the("contents", activity["id"])
    dates = [
        plan | {"id": plan["session"], "state": SESSION.initial}
        for plan in content["sessions"]
    ]
    return sorted(dates, key=_place)


def _place(date: Json) -> tuple[str, str]:
    return date["starts_at"], date["id"]


def _counts(activity: Json, date: Json) -> bool:
    """A session closed early is over; one that is cancelled is no date but of an activity cancelled as a whole."""
    if date["state"] == "cancelled":
        return bool(activity["state"] == "cancelled")
    return date["state"] in STILL_TO_COME


def _last(views: Reads, activity: Json) -> Json:
    """Of what was not cancelled, unless all was."""
    if activity["shown"] == "hidden":
        return _planned(views, activity)[-1]
    may_be_cancelled = activity["state"] == "cancelled"
    for date in every(views, _latest_first(activity)):
        if may_be_cancelled or date["state"] != "cancelled":
            return date
    raise LookupError(f"activity/{activity['id']} has no session left")
