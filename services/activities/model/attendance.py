"""One person in one session: the set of their scans, and what it says whatever order they arrived in.

Rules ask what a scan would change, folds record that it did: both by these functions.
"""

from collections.abc import Iterable
from datetime import datetime

from schemas.documents import Json, pick, without
from services.activities.model.hours import Interval
from services.activities.model.times import day_of, moment

WHERE = ("host", "community", "street", "district", "starts_at")
ALL = "all"  # The scope of totals that are of no place in particular.

Scan = dict[str, str]  # {direction: in | out, at, way}


def scanned(seat: Json, session: Json, scan: Scan) -> Json:
    """The seat with one scan more."""
    return _standing(seat, session, [*seat["scans"], scan])


def unscanned(seat: Json, session: Json, scan: Scan) -> Json:
    """The seat without a scan it has."""
    left = [*seat["scans"]]
    left.remove(scan)
    return _standing(seat, session, left)


def rescanned(seat: Json, session: Json, scans: list[Scan]) -> Json:
    """The seat with these scans instead of those it has."""
    return _standing(seat, session, scans)


def decided(seat: Json, session: Json, attended: bool) -> Json:
    """The seat with its hours decided by a person: no scan moves them from now on."""
    entered = {"entered": ""} | not_inside(seat)
    return _placed(entered | {"attended": attended, "hours": "adjusted"}, session)


def not_inside(seat: Json) -> Json:
    """The seat with nothing open about when the person left."""
    return without(seat, "inside")


def is_decided(seat: Json) -> bool:
    """Whether a person has decided the hours."""
    return bool(seat["hours"] == "adjusted")


def leaving_at(moment: str) -> Scan:
    """The mark of who is counted until then."""
    return {
        "direction": "out",
        "at": moment,
        "way": "backfilled",
    }


def last_scan(seat: Json, direction: str, at: str | None = None) -> Scan | None:
    """The latest scan of that direction, or the one `at` a moment."""
    for scan in reversed(in_order(seat["scans"])):
        if scan["direction"] == direction and at in (None, scan["at"]):
            return scan
    return None


def first_entry(seat: Json) -> str | None:
    """When the person first came; None when they have not."""
    return seat.get("entered") or None


def in_order(scans: Iterable[Scan]) -> list[Scan]:
    """By time; of two at one moment, coming is before going."""
    return sorted(scans, key=lambda scan: (scan["at"], scan["direction"], scan["way"]))


def stays(scans: Iterable[Scan]) -> list[Interval]:
    """From each entry to the next exit. An entry while inside and an exit while outside say nothing new."""
    intervals: list[Interval] = []
    since: str | None = None
    for scan in in_order(scans):
        if scan["direction"] == "in":
            since = since or scan["at"]
        elif since is not None:
            intervals.append((moment(since), moment(scan["at"])))
            since = None
    return intervals


def is_inside(scans: Iterable[Scan], at: datetime) -> bool:
    """True when a moment is within a stay that is known to its end."""
    return any(since <= at < until for since, until in stays(scans))


def _standing(seat: Json, session: Json, scans: list[Scan]) -> Json:
    entries = [scan["at"] for scan in scans if scan["direction"] == "in"]
    attended = seat["attended"] if is_decided(seat) else bool(entries)
    since = _inside_since(scans)
    after = not_inside(seat)
    if since is not None and not is_decided(seat):
        after["inside"] = 1
    after |= {
        "scans": scans,
        "inside_since": since,
        "attended": attended,
    }
    after["entered"] = min(entries, default="")
    return _placed(after, session)


def _inside_since(scans: list[Scan]) -> str | None:
    since: str | None = None
    for scan in in_order(scans):
        since = (since or scan["at"]) if scan["direction"] == "in" else None
    return since


def _placed(seat: Json, session: Json) -> Json:
    """The seat, found among the attendances of its person when it is one: by when, where and by whom it was held."""
    if not seat["attended"]:
        return without(seat, "recorded")
    year = day_of(session)[:4]
    return seat | pick(session, *WHERE) | {"year": year, "recorded": 1}
