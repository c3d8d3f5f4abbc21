"""Who holds which role where."""

from datetime import datetime

from schemas.fields import instant
from services.district.calendar import LOCAL, day_ends, local_day
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.people.folds.ending import end_ways_in, touch_access
from services.people.model.lifecycles import GRANT

OPEN = ("planned", "held")
COLLECTIONS = (
    Collection(
        "grants",
        (
            ("person", "id"),
            ("person", "state", "id"),
            ("person", "role", "scope", "state", "id"),
            ("scope", "state", "id"),
            ("state", "begins"),
            ("state", "ends"),
        ),
    ),
)


def fold_granted(docs: Overlay, event: Event) -> None:
    """In force at once, unless its first day is still to come."""
    content = event.without("grant")
    grant = GRANT.begun(content | {"id": event.data["grant"]} | _term(event))
    today = local_day(datetime.fromisoformat(event.time))
    if content["since"] <= today:
        grant = GRANT.after(grant, "begin")
    docs.put("grants", grant)
    end_ways_in(docs, content["person"])
    touch_access(docs, content["person"])


def _term(event: Event) -> dict[str, str]:
    """When it begins and, where it has an end, ends: as moments."""
    first = datetime.fromisoformat(event.data["since"]).replace(tzinfo=LOCAL)
    term = {"begins": instant(first)}
    if "until" in event.data:
        term["ends"] = instant(day_ends(event.data["until"]))
    return term


def fold_begun(docs: Overlay, event: Event) -> None:
    _take(docs, event, "begin")


def fold_revoked(docs: Overlay, event: Event) -> None:
    _take(docs, event, "revoke")
    docs.change("grants", event.data["grant"], reason=event.data["reason"])


def fold_expired(docs: Overlay, event: Event) -> None:
    _take(docs, event, "expire")


def _take(docs: Overlay, event: Event, step: str) -> None:
    grant = docs.the("grants", event.data["grant"])
    docs.put("grants", GRANT.after(grant, step))
    touch_access(docs, grant["person"])


FOLDS: Folds = {
    "role_granted.v1": fold_granted,
    "role_begun.v1": fold_begun,
    "role_revoked.v1": fold_revoked,
    "role_expired.v1": fold_expired,
}
