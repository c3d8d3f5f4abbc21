"""What is told of needs: to who asked, to the office of the place, to the street."""

from functools import partial

from schemas.documents import Json, pick_present
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay
from services.notices.folds import notices
from services.notices.folds.subjects import the_need
from services.notices.model.addressees import to_person

COLLECTIONS = (Collection("needs"),)
tell = partial(notices.tell, "cobuild")


def fold_raised(docs: Overlay, event: Event) -> None:
    """Told of it later is whose need it is; and the office, where somebody of it has raised it."""
    content = event.data
    known = pick_present(content, "category", "community", "title")
    known |= {"id": content["need"], "askers": _askers(content)}
    docs.put("needs", known)
    words = pick_present(content, "category", "urgency")
    to = [content["community"]]
    tell(docs, event, "need_to_verify", to, words)
    beneficiary = content.get("beneficiary")
    if beneficiary not in (None, content["by"]):
        tell(docs, event, "need_raised_for", [to_person(beneficiary)], words)


def _askers(content: Json) -> list[str]:
    beneficiary = content.get("beneficiary")
    askers = [to_person(beneficiary)] if beneficiary else []
    if beneficiary != content["by"]:
        askers.append(content["community"])
    return askers


def fold_verified(docs: Overlay, event: Event) -> None:
    need = docs.change("needs", event.data["need"], title=event.data["title"])
    tell(docs, event, "need_verified", need["askers"], titled(need))


def fold_to_askers(kind: str, *names: str) -> Fold:
    """Told to who asked, with what the event says by `names`."""

    def fold(docs: Overlay, event: Event) -> None:
        need = the_need(docs, event)
        words = titled(need) | pick_present(event.data, *names)
        tell(docs, event, kind, need["askers"], words)

    return fold


def fold_to_office(kind: str, *, street: bool = False) -> Fold:
    """Told to the office of the place, and perhaps to its street."""

    def fold(docs: Overlay, event: Event) -> None:
        need = the_need(docs, event)
        office = need["community"]
        to = [office, territory.street_of(office)] if street else [office]
        words = titled(need) | pick_present(event.data, "clock")
        tell(docs, event, kind, to, words)

    return fold


def fold_appeal_decided(docs: Overlay, event: Event) -> None:
    kind = "appeal_upheld" if event.data["upheld"] else "appeal_dismissed"
    fold_to_askers(kind, "reason")(docs, event)


def titled(need: Json) -> Json:
    """`{title}`. Before somebody has verified it, a need has no title but its category."""
    return {"title": need.get("title", need["category"])}


FOLDS: Folds = {
    "need_raised.v1": fold_raised,
    "need_verified.v1": fold_verified,
    "need_rejected.v1": fold_to_askers("need_rejected", "reason"),
    "need_appealed.v1": fold_to_office("need_appealed", street=True),
    "need_appeal_decided.v1": fold_appeal_decided,
    "resident_asked.v1": fold_to_askers("need_question"),
    "resident_answered.v1": fold_to_office("need_answered"),
    "need_overdue.v1": fold_to_office("need_overdue", street=True),
    "need_reopened.v1": fold_to_office("need_reopened"),
}
