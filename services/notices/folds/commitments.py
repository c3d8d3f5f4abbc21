"""What is told of commitments, to both their sides: taken, put off, let go, done, disputed and settled."""

from functools import partial

from schemas.documents import Json, pick, pick_present
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay
from services.notices.folds import deadlines, notices
from services.notices.folds.needs import fold_to_askers, titled
from services.notices.folds.subjects import the_commitment, the_need, the_unit
from services.notices.folds.suggestions import no_longer_suggested
from services.notices.model.addressees import to_unit

COLLECTIONS = (Collection("commitments"),)
REMINDERS = ("lease_ends_soon", "due_soon")
tell = partial(notices.tell, "cobuild")


def fold_claimed(docs: Overlay, event: Event) -> None:
    no_longer_suggested(docs, event)
    _take(docs, event)
    need = the_need(docs, event)
    unit = the_unit(docs, event)
    words = titled(need) | pick(event.data, "due")
    words["unit"] = unit["name"]
    tell(docs, event, "need_claimed", need["askers"], words)


def fold_dispatched(docs: Overlay, event: Event) -> None:
    content = event.data
    fold_claimed(docs, event)
    to = [to_unit(content["unit"])]
    until = content["lease_until"]
    words = _title(docs, event) | pick_present(content, "due", "lease_until")
    tell(docs, event, "need_dispatched", to, words, until)


def fold_undertaken(docs: Overlay, event: Event) -> None:
    """What a meeting has resolved is a need nobody raised: the office is told of it."""
    content = event.data
    known = pick_present(content, "category", "community", "title")
    known |= {"id": content["need"], "askers": [content["community"]]}
    docs.put("needs", known)
    _take(docs, event)


def fold_begun(docs: Overlay, event: Event) -> None:
    commitment = the_commitment(docs, event)
    begun = deadlines.without_reminders(docs, event, commitment, "lease_ends_soon")
    docs.put("commitments", begun)


def fold_postponed(docs: Overlay, event: Event) -> None:
    _remind_anew(docs, event)
    fold_to_askers("need_postponed", "due", "reason")(docs, event)


def fold_to_unit(kind: str, *names: str) -> Fold:
    """Told to the unit that does it, with what the event says by `names`."""

    def fold(docs: Overlay, event: Event) -> None:
        words = _title(docs, event) | pick_present(event.data, *names)
        tell(docs, event, kind, [_unit(docs, event)], words)

    return fold


def fold_let_go(docs: Overlay, event: Event) -> None:
    _end(docs, event)
    fold_to_askers("need_released")(docs, event)


def fold_lapsed(docs: Overlay, event: Event) -> None:
    fold_let_go(docs, event)
    to = [to_unit(event.data["unit"])]
    tell(docs, event, "lease_ended", to, _title(docs, event))


def fold_fulfilled(docs: Overlay, event: Event) -> None:
    _end(docs, event)
    fold_to_askers("need_fulfilled")(docs, event)


def fold_disputed(docs: Overlay, event: Event) -> None:
    need = the_need(docs, event)
    to = [_unit(docs, event), need["community"]]
    tell(docs, event, "need_disputed", to, titled(need))


def fold_sent_back(docs: Overlay, event: Event) -> None:
    _remind_anew(docs, event)
    fold_to_unit("need_sent_back", "due", "reason")(docs, event)


def fold_closed(docs: Overlay, event: Event) -> None:
    """Closed by time, nobody needs to hear of it; settled after a dispute, both sides do."""
    if "reason" not in event.data:
        return
    need = the_need(docs, event)
    to = [*need["askers"], _unit(docs, event)]
    words = titled(need) | pick(event.data, "reason")
    tell(docs, event, "need_settled", to, words)


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    no_longer_suggested(docs, event)
    if "commitment" in event.data:
        _end(docs, event)
        fold_to_unit("need_withdrawn", "reason")(docs, event)


def _take(docs: Overlay, event: Event) -> None:
    content = event.data
    commitment: Json = {"id": content["commitment"], "unit": content["unit"]}
    commitment["reminders"] = {}
    if "lease_until" in content:
        title = _title(docs, event)
        until = content["lease_until"]
        commitment = deadlines.before_lease_ends(docs, event, commitment, title, until)
    docs.put("commitments", _reminded_of_due(docs, event, commitment))


def _remind_anew(docs: Overlay, event: Event) -> None:
    commitment = the_commitment(docs, event)
    docs.put("commitments", _reminded_of_due(docs, event, commitment))


def _reminded_of_due(docs: Overlay, event: Event, commitment: Json) -> Json:
    words = _title(docs, event) | pick(event.data, "due")
    return deadlines.before_due(docs, event, commitment, words, event.data["due_at"])


def _end(docs: Overlay, event: Event) -> None:
    commitment = the_commitment(docs, event)
    ended = deadlines.without_reminders(docs, event, commitment, *REMINDERS)
    docs.put("commitments", ended)


def _unit(docs: Overlay, event: Event) -> str:
    """The unit that does it, as one tells it."""
    return to_unit(the_commitment(docs, event)["unit"])


def _title(docs: Overlay, event: Event) -> Json:
    return titled(the_need(docs, event))


FOLDS: Folds = {
    "need_claimed.v1": fold_claimed,
    "need_dispatched.v1": fold_dispatched,
    "resolution_undertaken.v1": fold_undertaken,
    "commitment_begun.v1": fold_begun,
    "commitment_postponed.v1": fold_postponed,
    "commitment_overdue.v1": fold_to_unit("commitment_overdue", "due"),
    "commitment_declined.v1": fold_let_go,
    "commitment_withdrawn.v1": fold_let_go,
    "commitment_lapsed.v1": fold_lapsed,
    "need_fulfilled.v1": fold_fulfilled,
    "need_confirmed.v1": fold_to_unit("need_confirmed"),
    "need_disputed.v1": fold_disputed,
    "need_sent_back.v1": fold_sent_back,
    "need_closed.v1": fold_closed,
    "need_withdrawn.v1": fold_withdrawn,
}
