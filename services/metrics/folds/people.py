"""People at sessions: who attended, for how long, and where that makes one person more."""

from typing import Any

from schemas.activities.roles import HELPER, PARTICIPANT
from schemas.documents import Json
from schemas.persons import principal
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.metrics.folds import cells, presences, signers
from services.metrics.folds.presences import presence, signer
from services.metrics.folds.session_figures import count
from services.metrics.folds.years import count_person

COLLECTIONS = (*presences.COLLECTIONS, Collection("person_years"))

# What somebody answers for when these figures of theirs change.
ANSWERED = {
    "person_times": "present", "turned_up": "turned_up", "helper_times": "helping", "participant_times": "taking_part",
}  # fmt: skip


def fold_entered(docs: Overlay, event: Event) -> None:
    """Back in after leaving is the same attendance."""
    before = presence(docs, event.data["session"], event.data["person"])
    _put(docs, event, before, {**before, **_told(event.data), "attended": True})


def fold_walked_in(docs: Overlay, event: Event) -> None:
    """Somebody who had no seat: attends, and was not expected."""
    data = event.data
    person = data["party"][0]["person"]
    docs.put(
        "signups",
        {
            "id": data["signup"],
            "by": principal(person),
            "size": len(data["party"]),
            "confirmed": False,
        },
    )
    before = presence(docs, data["session"], person)
    _put(
        docs,
        event,
        before,
        {**before, **_told(event.data), "attended": True, "walked_in": True},
    )


def fold_hours(docs: Overlay, event: Event) -> None:
    """Gone, corrected or counted again: the hours as they stand now, and whether the attendance does."""
    before = presence(docs, event.data["session"], event.data["person"])
    _put(
        docs,
        event,
        before,
        {
            **before,
            **_told(event.data),
            "attended": event.data.get("attended", before["attended"]),
        },
    )


def fold_settled(docs: Overlay, event: Event) -> None:
    """Those who did not check out, each with what was counted for them."""
    for one in event.data["people"]:
        before = presence(docs, event.data["session"], one["person"])
        _put(docs, event, before, {**before, **_told(one)})


def fold_roles_changed(docs: Overlay, event: Event) -> None:
    """Those of whom somebody said afterwards that they helped, or that they did not."""
    for one in event.data["people"]:
        before = presence(docs, event.data["session"], one["person"])
        _put(docs, event, before, {**before, **_told(one)})


def fold_undone(docs: Overlay, event: Event) -> None:
    """Who did not simply come after all is expected like everybody else, should they sign up."""
    before = presence(docs, event.data["session"], event.data["person"])
    attended = event.data["attended"]
    walked_in = before["walked_in"] and attended
    _put(
        docs,
        event,
        before,
        {**before, **_told(event.data), "attended": attended, "walked_in": walked_in},
    )


def _told(data: Json) -> dict[str, Any]:
    """For how long, and as what. The first entries told of no minutes, and of nobody who helped."""
    hours: Json = {name: data[name] for name in ("minutes", "hours") if name in data}
    return {**hours, "role": data.get("role", PARTICIPANT)}


def _put(docs: Overlay, event: Event, before: Json, after: Json) -> None:
    session = docs.the("sessions", after["session"])
    old, new = figures_of(before), figures_of(after)
    changes = {
        name: change for name, change in cells.difference(old, new).items() if change
    }
    if "person_times" in changes:
        after = {**after, "signer": signer(docs, after)}
        count_person(docs, after, session, changes["person_times"])
    docs.put("presences", after)
    if changes:
        count(docs, event, session, changes, _answered(after, changes))


def _answered(after: Json, changes: cells.Figures) -> signers.Answers:
    """What the one who answers for the person answers for now; minutes are nobody's."""
    more = {
        name: changes[figure] for figure, name in ANSWERED.items() if figure in changes
    }
    return {after["signer"]: more} if more else {}


def figures_of(presence: Json) -> cells.Figures:
    """What it contributes to its session."""
    attended, helps = int(presence["attended"]), presence["role"] == HELPER
    return {
        "person_times": attended,
        "helper_times" if helps else "participant_times": attended,
        "turned_up": attended and int(not presence["walked_in"]),
        f"service_minutes_{presence['hours']}"
        if helps
        else "attended_minutes": presence["minutes"],
    }


OWN: Folds = {
    "checked_in.v1": fold_entered,
    "walked_in.v1": fold_walked_in,
    "checked_out.v1": fold_hours,
    "check_undone.v1": fold_undone,
    "hours_corrected.v1": fold_hours,
    "hours_recounted.v1": fold_hours,
    "hours_settled.v1": fold_settled,
    "roles_changed.v1": fold_roles_changed,
}
