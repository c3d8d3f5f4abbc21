"""What is told of units: their standing, their offerings that pause by themselves, the meetings they chair."""

from functools import partial

from services.district import hosts, territory
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay
from services.notices.folds import told

COLLECTIONS = (hosts.UNITS, Collection("offerings"), Collection("meetings"))
tell = partial(told.tell, "cobuild")
fold_registrar = hosts.known_by("unit", "name", "by", "community")


def fold_unit_registered(docs: Overlay, event: Event) -> None:
    fold_registrar(docs, event)
    to = [territory.street_of(event.data["community"])]
    tell(docs, event, "unit_to_approve", to, {"unit": event.data["name"]})


def fold_unit_decided(kind: str) -> Fold:
    """Told to who registered it: nobody holds a role of the unit yet."""

    def fold(docs: Overlay, event: Event) -> None:
        unit = docs.the("units", event.data["unit"])
        tell(
            docs,
            event,
            kind,
            [told.person(unit["by"])],
            {"unit": unit["name"], **told.said(event, "reason")},
        )

    return fold


def fold_unit_standing(kind: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        unit = docs.the("units", event.data["unit"])
        words = {"unit": unit["name"], **told.said(event, "reason")}
        tell(docs, event, kind, [told.unit(unit["id"])], words)

    return fold


def fold_unit_appealed(docs: Overlay, event: Event) -> None:
    unit = docs.the("units", event.data["unit"])
    tell(
        docs,
        event,
        "application_appealed",
        [territory.street_of(unit["community"])],
        {"title": unit["name"]},
    )


def fold_appeal_decided(docs: Overlay, event: Event) -> None:
    _tell_registrar(
        docs, event, "appeal_upheld" if event.data["upheld"] else "appeal_dismissed"
    )


def fold_approval_withdrawn(docs: Overlay, event: Event) -> None:
    _tell_registrar(docs, event, "approval_withdrawn")


def _tell_registrar(docs: Overlay, event: Event, kind: str) -> None:
    unit = docs.the("units", event.data["unit"])
    tell(
        docs,
        event,
        kind,
        [told.person(unit["by"])],
        {"title": unit["name"], **told.said(event, "reason")},
    )


def fold_offering(docs: Overlay, event: Event) -> None:
    before = docs.get("offerings", event.data["offering"]) or {}
    known = told.said(event, "unit", "title")
    docs.put("offerings", {**before, "id": event.data["offering"], **known})


def fold_offering_stopped(kind: str) -> Fold:
    """Paused by itself."""

    def fold(docs: Overlay, event: Event) -> None:
        offering = docs.the("offerings", event.data["offering"])
        tell(
            docs,
            event,
            kind,
            [told.unit(offering["unit"])],
            {"title": offering["title"]},
        )

    return fold


def fold_meeting_called(docs: Overlay, event: Event) -> None:
    words = told.said(event, "held_at", "place")
    docs.put(
        "meetings", {"id": event.data["meeting"], "chair": event.data["chair"], **words}
    )
    tell(docs, event, "meeting_called", [told.unit(event.data["chair"])], words)


def fold_meeting_cancelled(docs: Overlay, event: Event) -> None:
    meeting = docs.the("meetings", event.data["meeting"])
    words = {"held_at": meeting["held_at"], **told.said(event, "reason")}
    tell(docs, event, "meeting_cancelled", [told.unit(meeting["chair"])], words)


FOLDS: Folds = {
    "unit_registered.v1": fold_unit_registered,
    "unit_updated.v1": hosts.known_by("unit", "name"),
    "unit_approved.v1": fold_unit_decided("unit_approved"),
    "unit_rejected.v1": fold_unit_decided("unit_rejected"),
    "unit_appealed.v1": fold_unit_appealed,
    "unit_appeal_decided.v1": fold_appeal_decided,
    "unit_approval_withdrawn.v1": fold_approval_withdrawn,
    "unit_suspended.v1": fold_unit_standing("unit_suspended"),
    "unit_reinstated.v1": fold_unit_standing("unit_reinstated"),
    "unit_ended.v1": fold_unit_standing("unit_ended"),
    "unit_halted.v1": fold_unit_standing("unit_halted"),
    "unit_freed.v1": fold_unit_standing("unit_freed"),
    "offering_published.v1": fold_offering,
    "offering_published.v2": fold_offering,
    "offering_revised.v1": fold_offering,
    "offering_expired.v1": fold_offering_stopped("offering_expired"),
    "offering_used_up.v1": fold_offering_stopped("offering_used_up"),
    "meeting_called.v1": fold_meeting_called,
    "meeting_cancelled.v1": fold_meeting_cancelled,
}
