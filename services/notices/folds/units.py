"""What is told of units: their standing, to who registered one and to who works for it."""

from functools import partial

from schemas.documents import pick_present
from services.district import hosts, territory
from services.kit.log import Event
from services.kit.views import Fold, Folds, Overlay
from services.notices.folds import notices
from services.notices.folds.subjects import the_unit
from services.notices.model.addressees import to_person, to_unit

COLLECTIONS = (hosts.UNITS,)
tell = partial(notices.tell, "cobuild")
fold_registrar = hosts.known_by("unit", "name", "by", "community")


def fold_registered(docs: Overlay, event: Event) -> None:
    fold_registrar(docs, event)
    to = [territory.street_of(event.data["community"])]
    words = {"unit": event.data["name"]}
    tell(docs, event, "unit_to_approve", to, words)


def fold_decided(kind: str) -> Fold:
    """Told to who registered it: nobody holds a role of the unit yet."""

    def fold(docs: Overlay, event: Event) -> None:
        unit = the_unit(docs, event)
        words = {"unit": unit["name"]} | pick_present(event.data, "reason")
        to = [to_person(unit["by"])]
        tell(docs, event, kind, to, words)

    return fold


def fold_standing(kind: str) -> Fold:
    """Told to who works for the unit."""

    def fold(docs: Overlay, event: Event) -> None:
        unit = the_unit(docs, event)
        words = {"unit": unit["name"]} | pick_present(event.data, "reason")
        to = [to_unit(unit["id"])]
        tell(docs, event, kind, to, words)

    return fold


def fold_appealed(docs: Overlay, event: Event) -> None:
    unit = the_unit(docs, event)
    to = [territory.street_of(unit["community"])]
    words = {"title": unit["name"]}
    tell(docs, event, "application_appealed", to, words)


def fold_appeal_decided(docs: Overlay, event: Event) -> None:
    kind = "appeal_upheld" if event.data["upheld"] else "appeal_dismissed"
    _tell_registrar(docs, event, kind)


def fold_approval_withdrawn(docs: Overlay, event: Event) -> None:
    _tell_registrar(docs, event, "approval_withdrawn")


def _tell_registrar(docs: Overlay, event: Event, kind: str) -> None:
    unit = the_unit(docs, event)
    words = {"title": unit["name"]} | pick_present(event.data, "reason")
    to = [to_person(unit["by"])]
    tell(docs, event, kind, to, words)


FOLDS: Folds = {
    "unit_registered.v1": fold_registered,
    "unit_updated.v1": hosts.changed("unit", "name"),
    "unit_approved.v1": fold_decided("unit_approved"),
    "unit_rejected.v1": fold_decided("unit_rejected"),
    "unit_appealed.v1": fold_appealed,
    "unit_appeal_decided.v1": fold_appeal_decided,
    "unit_approval_withdrawn.v1": fold_approval_withdrawn,
    "unit_suspended.v1": fold_standing("unit_suspended"),
    "unit_reinstated.v1": fold_standing("unit_reinstated"),
    "unit_ended.v1": fold_standing("unit_ended"),
    "unit_halted.v1": fold_standing("unit_halted"),
    "unit_freed.v1": fold_standing("unit_freed"),
}
