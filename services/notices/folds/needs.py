"""What is told of needs and of what becomes of them: to who asked, to the unit that does it, to the office."""

from functools import partial

from schemas.documents import Json
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay
from services.notices.folds import deadlines, notices

COLLECTIONS = (Collection("needs"), Collection("commitments"))
tell = partial(notices.tell, "cobuild")


def fold_raised(docs: Overlay, event: Event) -> None:
    """Told of it later is whose need it is; and the office, where somebody of it has raised it."""
    data = event.data
    own = data.get("beneficiary")
    askers = ([notices.person(own)] if own else []) + (
        [data["community"]] if own != data["by"] else []
    )
    known = {**notices.said(event, "category", "community", "title"), "askers": askers}
    docs.put("needs", {"id": data["need"], **known})
    words = notices.said(event, "category", "urgency")
    tell(docs, event, "need_to_verify", [data["community"]], words)
    if own not in (None, data["by"]):
        tell(docs, event, "need_raised_for", [notices.person(own)], words)


def fold_verified(docs: Overlay, event: Event) -> None:
    need = {**docs.the("needs", event.data["need"]), "title": event.data["title"]}
    docs.put("needs", need)
    tell(docs, event, "need_verified", need["askers"], {"title": need["title"]})


def fold_to_askers(kind: str, *names: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        need = docs.the("needs", event.data["need"])
        tell(
            docs,
            event,
            kind,
            need["askers"],
            {**_called(need), **notices.said(event, *names)},
        )

    return fold


def fold_to_office(kind: str, *, street: bool = False) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        need = docs.the("needs", event.data["need"])
        office = need["community"]
        to = [office, territory.street_of(office)] if street else [office]
        tell(docs, event, kind, to, {**_called(need), **notices.said(event, "clock")})

    return fold


def fold_appeal_decided(docs: Overlay, event: Event) -> None:
    fold_to_askers(
        "appeal_upheld" if event.data["upheld"] else "appeal_dismissed", "reason"
    )(docs, event)


def fold_claimed(docs: Overlay, event: Event) -> None:
    _no_longer_suggested(docs, event)
    commitment = _take(docs, event)
    need = docs.the("needs", event.data["need"])
    words = {
        **_called(need),
        "unit": _name(docs, commitment["unit"]),
        "due": event.data["due"],
    }
    tell(docs, event, "need_claimed", need["askers"], words)


def fold_dispatched(docs: Overlay, event: Event) -> None:
    fold_claimed(docs, event)
    need = docs.the("needs", event.data["need"])
    words = {**_called(need), **notices.said(event, "due", "lease_until")}
    tell(
        docs,
        event,
        "need_dispatched",
        [notices.unit(event.data["unit"])],
        words,
        event.data["lease_until"],
    )


def fold_undertaken(docs: Overlay, event: Event) -> None:
    known = notices.said(event, "category", "community", "title")
    docs.put(
        "needs",
        {"id": event.data["need"], **known, "askers": [event.data["community"]]},
    )
    _take(docs, event)


def fold_begun(docs: Overlay, event: Event) -> None:
    _put(
        docs,
        deadlines.without(docs, event, _commitment(docs, event), "lease_ends_soon"),
    )


def fold_postponed(docs: Overlay, event: Event) -> None:
    _put(docs, _remind_of_due(docs, event, _commitment(docs, event)))
    fold_to_askers("need_postponed", "due", "reason")(docs, event)


def fold_commitment_overdue(docs: Overlay, event: Event) -> None:
    to = [notices.unit(_commitment(docs, event)["unit"])]
    tell(
        docs,
        event,
        "commitment_overdue",
        to,
        {**_need(docs, event), "due": event.data["due"]},
    )


def fold_let_go(docs: Overlay, event: Event) -> None:
    _end(docs, event)
    fold_to_askers("need_released")(docs, event)


def fold_lapsed(docs: Overlay, event: Event) -> None:
    fold_let_go(docs, event)
    tell(
        docs,
        event,
        "lease_ended",
        [notices.unit(event.data["unit"])],
        _need(docs, event),
    )


def fold_fulfilled(docs: Overlay, event: Event) -> None:
    _end(docs, event)
    fold_to_askers("need_fulfilled")(docs, event)


def fold_suggested(docs: Overlay, event: Event) -> None:
    """The unit asked before is asked no more."""
    need = _no_longer_suggested(docs, event)
    data = event.data
    words = {**_called(need), "why": data["reasons"], "answer_by": data["answer_by"]}
    tell(
        docs,
        event,
        "need_suggested",
        [notices.unit(data["unit"])],
        words,
        data["answer_by"],
    )
    docs.put("needs", {**need, "suggested": f"{event.id}.need_suggested.0"})


def fold_suggesting_ended(docs: Overlay, event: Event) -> None:
    need = _no_longer_suggested(docs, event)
    kind = "need_unanswered" if event.data["told"] else "need_unmatched"
    tell(
        docs,
        event,
        kind,
        [need["community"]],
        {**_called(need), "told": event.data["told"]},
    )


def fold_no_longer_suggested(docs: Overlay, event: Event) -> None:
    _no_longer_suggested(docs, event)


def _no_longer_suggested(docs: Overlay, event: Event) -> Json:
    need = docs.the("needs", event.data["need"])
    if "suggested" in need:
        notices.take_back("cobuild", docs, event, need["suggested"])
    need = {name: value for name, value in need.items() if name != "suggested"}
    docs.put("needs", need)
    return need


def fold_to_other_sides(kind: str, moment: str = "") -> Fold:
    """To who takes part in the commitment, but the side it comes from; `moment` is what its time is called."""

    def fold(docs: Overlay, event: Event) -> None:
        words = {**_need(docs, event), "side": event.data["side"]}
        words |= {moment: event.data["starts_at"]} if moment else {}
        tell(docs, event, kind, _other_sides(docs, event), words)

    return fold


def _other_sides(docs: Overlay, event: Event) -> list[str]:
    need = docs.the("needs", event.data["need"])
    people = [asker for asker in need["askers"] if asker.startswith("person/")]
    sides = {
        "unit": [notices.unit(_commitment(docs, event)["unit"])],
        "community": [need["community"]],
        "beneficiary": people,
    }
    return [
        to
        for side, several in sides.items()
        for to in several
        if side != event.data["side"]
    ]


def fold_to_unit(kind: str, *names: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        words = {**_need(docs, event), **notices.said(event, *names)}
        tell(docs, event, kind, [notices.unit(_commitment(docs, event)["unit"])], words)

    return fold


def fold_disputed(docs: Overlay, event: Event) -> None:
    to = [
        notices.unit(_commitment(docs, event)["unit"]),
        docs.the("needs", event.data["need"])["community"],
    ]
    tell(docs, event, "need_disputed", to, _need(docs, event))


def fold_sent_back(docs: Overlay, event: Event) -> None:
    _put(docs, _remind_of_due(docs, event, _commitment(docs, event)))
    fold_to_unit("need_sent_back", "due", "reason")(docs, event)


def fold_closed(docs: Overlay, event: Event) -> None:
    """Closed by time, nobody needs to hear of it; settled after a dispute, both sides do."""
    if "reason" in event.data:
        to = [
            *docs.the("needs", event.data["need"])["askers"],
            notices.unit(_commitment(docs, event)["unit"]),
        ]
        tell(
            docs,
            event,
            "need_settled",
            to,
            {**_need(docs, event), **notices.said(event, "reason")},
        )


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    _no_longer_suggested(docs, event)
    if "commitment" in event.data:
        _end(docs, event)
        fold_to_unit("need_withdrawn", "reason")(docs, event)


def _take(docs: Overlay, event: Event) -> Json:
    commitment: Json = {
        "id": event.data["commitment"],
        "unit": event.data["unit"],
        "reminders": {},
    }
    if "lease_until" in event.data:
        said = _need(docs, event), event.data["lease_until"]
        commitment = deadlines.before_lease_ends(docs, event, commitment, *said)
    commitment = _remind_of_due(docs, event, commitment)
    _put(docs, commitment)
    return commitment


def _remind_of_due(docs: Overlay, event: Event, commitment: Json) -> Json:
    words = {**_need(docs, event), "due": event.data["due"]}
    return deadlines.before_due(docs, event, commitment, words, event.data["due_at"])


def _end(docs: Overlay, event: Event) -> None:
    _put(
        docs,
        deadlines.without(
            docs, event, _commitment(docs, event), "lease_ends_soon", "due_soon"
        ),
    )


def _put(docs: Overlay, commitment: Json) -> None:
    docs.put("commitments", commitment)


def _commitment(docs: Overlay, event: Event) -> Json:
    return docs.the("commitments", event.data["commitment"])


def _need(docs: Overlay, event: Event) -> Json:
    return _called(docs.the("needs", event.data["need"]))


def _called(need: Json) -> Json:
    """Before somebody has verified it, a need has no title but its category."""
    return {"title": need.get("title", need["category"])}


def _name(docs: Overlay, unit: str) -> str:
    return str(docs.the("units", unit)["name"])


FOLDS: Folds = {
    "need_raised.v1": fold_raised,
    "need_verified.v1": fold_verified,
    "need_rejected.v1": fold_to_askers("need_rejected", "reason"),
    "need_appealed.v1": fold_to_office("need_appealed", street=True),
    "need_appeal_decided.v1": fold_appeal_decided,
    "resident_asked.v1": fold_to_askers("need_question"),
    "resident_answered.v1": fold_to_office("need_answered"),
    "need_overdue.v1": fold_to_office("need_overdue", street=True),
    "need_claimed.v1": fold_claimed,
    "need_dispatched.v1": fold_dispatched,
    "resolution_undertaken.v1": fold_undertaken,
    "commitment_begun.v1": fold_begun,
    "commitment_postponed.v1": fold_postponed,
    "commitment_overdue.v1": fold_commitment_overdue,
    "commitment_declined.v1": fold_let_go,
    "commitment_withdrawn.v1": fold_let_go,
    "commitment_lapsed.v1": fold_lapsed,
    "need_suggested.v1": fold_suggested,
    "need_passed_up.v1": fold_no_longer_suggested,
    "suggesting_ended.v1": fold_suggesting_ended,
    "commitment_discussed.v1": fold_to_other_sides("commitment_message"),
    "time_proposed.v1": fold_to_other_sides("time_proposed", "proposed_at"),
    "time_agreed.v1": fold_to_other_sides("time_agreed", "agreed_at"),
    "need_fulfilled.v1": fold_fulfilled,
    "need_confirmed.v1": fold_to_unit("need_confirmed"),
    "need_disputed.v1": fold_disputed,
    "need_sent_back.v1": fold_sent_back,
    "need_closed.v1": fold_closed,
    "need_reopened.v1": fold_to_office("need_reopened"),
    "need_withdrawn.v1": fold_withdrawn,
}
