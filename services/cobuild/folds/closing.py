"""How needs come to their end, and their commitments with them."""

from schemas.documents import pick, pick_present, without
from services.cobuild.folds import needs
from services.cobuild.folds.commitments import IN_TIME_AGAIN, commitment_of
from services.cobuild.folds.needs import need_of, noted, to_suggest
from services.cobuild.folds.records import record
from services.cobuild.model.lifecycles import COMMITMENT, NEED
from services.kit.log import Event
from services.kit.views import Folds, Overlay


def fold_confirmed(docs: Overlay, event: Event) -> None:
    need = need_of(docs, event) | pick_present(event.data, "close_at", "score")
    need = noted(need, event, "rating")
    needs.put(docs, NEED.after(need, "confirm"), close="off")
    commitment = commitment_of(docs, event) | pick_present(event.data, "score")
    docs.put("commitments", COMMITMENT.after(commitment, "confirm"))
    record(docs, commitment["unit"], event, confirmed=1)


def fold_rated(docs: Overlay, event: Event) -> None:
    need = need_of(docs, event) | pick(event.data, "score")
    need = noted(need, event, "rating")
    needs.put(docs, NEED.after(need, "rate"))


def fold_disputed(docs: Overlay, event: Event) -> None:
    need = need_of(docs, event) | {"waits_since": event.time}
    need = noted(need, event, "complaint")
    needs.put(docs, NEED.after(need, "dispute"))
    commitment = commitment_of(docs, event)
    docs.put("commitments", COMMITMENT.after(commitment, "dispute"))
    if commitment["state"] == "confirmed":
        record(docs, commitment["unit"], event, confirmed=-1)


def fold_sent_back(docs: Overlay, event: Event) -> None:
    """Not done after all: the clock of closing runs on, unless it has run out before or there is none."""
    need = need_of(docs, event) | pick(event.data, "reason")
    need = NEED.after(need, "send_back")
    runs = "close_by" in need and "close" not in need["overdue"]
    needs.put(docs, need, close="running" if runs else "off")
    commitment = COMMITMENT.after(commitment_of(docs, event), "send_back")
    commitment |= pick(event.data, "due", "due_at", "reason") | IN_TIME_AGAIN
    docs.put("commitments", commitment)
    record(docs, commitment["unit"], event, open=1, fulfilled=-1)


def fold_closed(docs: Overlay, event: Event) -> None:
    """After a dispute it is settled, and its commitment with it; else time has closed it."""
    need = need_of(docs, event) | pick_present(event.data, "reason")
    if need["state"] != "disputed":
        needs.put(docs, NEED.after(need, "close"), close="off")
        return
    need["settled_at"] = event.time
    needs.put(docs, NEED.after(need, "settle"), close="off")
    commitment = commitment_of(docs, event)
    docs.put("commitments", COMMITMENT.after(commitment, "settle"))


def fold_reopened(docs: Overlay, event: Event) -> None:
    """As one verified now; its rating counts no more."""
    need = noted(need_of(docs, event), event, "complaint")
    need = without(need, "commitment", "unit", "score", "settled_at")
    need |= pick(event.data, "claim_by", "close_by", "basis")
    need |= {"verified_at": event.time, "reopened": need["reopened"] + 1}
    need |= {"waited": 0, "overdue": [], "responded": False}
    need["notes"] = without(need["notes"], "rating")
    need = to_suggest(NEED.after(need, "reopen"), event)
    needs.put(docs, need, claim="running", close="running")


OWN: Folds = {
    "need_confirmed.v1": fold_confirmed,
    "need_rated.v1": fold_rated,
    "need_disputed.v1": fold_disputed,
    "need_sent_back.v1": fold_sent_back,
    "need_closed.v1": fold_closed,
    "need_reopened.v1": fold_reopened,
}
