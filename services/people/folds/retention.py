"""Until when a person's record is kept: three years from what last renewed it."""

from schemas.fields import instant
from schemas.people.retention import YEARS_KEPT
from services.district.calendar import day_ends, day_of
from services.kit.log import Event
from services.kit.views import Folds, Overlay
from services.people.model import ages

BY = "keep_until"
PURPOSE = "record"


def kept_from(day: str) -> str:
    """The moment up to which a record is kept that was renewed on the day."""
    return _end_of(ages.years_after(day, YEARS_KEPT))


def renew(docs: Overlay, person: str, day: str) -> None:
    """The record is kept from that day; what has a later end keeps it."""
    known = docs.get("persons", person)
    if known is not None and known["state"] == "recorded":
        until = max(known.get(BY, ""), kept_from(day))
        docs.change("persons", person, **{BY: until})


def renew_by(docs: Overlay, event: Event, person: str) -> None:
    renew(docs, person, day_of(event.time))


def fold_kept(docs: Overlay, event: Event) -> None:
    until = _end_of(event.data["until"])
    docs.change("persons", event.data["person"], **{BY: until})


def _end_of(day: str) -> str:
    return instant(day_ends(day))


FOLDS: Folds = {"person_kept.v1": fold_kept}
