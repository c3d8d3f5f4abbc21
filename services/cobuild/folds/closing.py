"""How needs come to their end, and their commitments with them."""

from schemas.documents import Json, pick, pick_present, without
from services.cobuild.folds import needs
from services.cobuild.folds.commitments import IN_TIME_AGAIN, commitment_of
from services.cobuild.folds.needs import need_of, noted, to_suggest
from services.cobuild.folds.records import record
from services.cobuild.model.lifecycles import COMMITMENT, NEED
from services.kit.log import Event
from services.kit.views import Folds, Overlay

AS_NEW: Json = {"waited": 0, "overdue": [], "responded": False}


def fold_confirmed(docs: Overlay, event: Event) -> None:
    content = event.data
    need = need_of(docs, event) | pick_present(content, "close_at", "score")
    need = noted(need, event, "rating")
    needs.put(docs, NEED.after(need, "confirm"), close="off")
    commitment = commitment_of(docs, event) | pick_present(content, "score")
    _put(docs, commitment, "confirm")
    record(docs, commitment["unit"], event, confirmed=1)


def _put(docs: Overlay, commitment: Json, step: str) -> None:
    docs.put("commitments", COMMITMENT.after(commitment, step))


def fold_rated(docs: Overlay, event: Event) -> None:
    need = need_of(docs, event) | pick(event.data, "score")
    need = noted(need, event, "rating")
    needs.put(docs, NEED.after(need, "rate"))


def fold_disputed(docs: Overlay, event: Event) -> None:
    need = need_of(docs, event) | {"waits_since": event.time}
    need = noted(need, event, "complaint")
    needs.put(docs, NEED.after(need, "dispute"))
    commitment = commitment_of(docs, event)
    _put(docs, commitment, "dispute")
    if commitment["state"] == "confirmed":
        record(docs, commitment["unit"], event, confirmed=-1)


def fold_sent_back(docs: Overlay, event: Event) -> None:
    """Not done after all: the clock of closing runs on, unless it has run out before or there is none."""
    content = event.data
    need = need_of(docs, event) | pick(content, "reason")
    runs = "close_by" in need and "close" not in need["overdue"]
    clock = "running" if runs else "off"
    needs.put(docs, NEED.after(need, "send_back"), close=clock)
    commitment = commitment_of(docs, event) | IN_TIME_AGAIN
    commitment |= pick(content, "due", "due_at", "reason")
    _put(docs, commitment, "send_back")
    record(docs, commitment["unit"], event, open=1, fulfilled=-1)


def fold_closed(docs: Overlay, event: Event) -> None:
    """After a dispute it is settled, and its commitment with it; else time has closed it."""
    need = need_of(docs, event) | pick_present(event.data, "reason")
    if need["state"] != "disputed":
        needs.put(docs, NEED.after(need, "close"), close="off")
        return
    need["settled_at"] = event.time
    needs.put(docs, NEED.after(need, "settle"), close="off")
    _put(docs, commitment_of(docs, event), "settle")


def fold_reopened(docs: Overlay, event: Event) -> None:
    """As one verified now; its rating counts no more."""
    need = noted(need_of(docs, event), event, "complaint")
    need = without(need, "commitment", "unit", "score", "settled_at")
    need |= pick(event.data, "claim_by", "close_by", "basis")
    need |= AS_NEW
    need["verified_at"] = event.time
    need["reopened"] += 1
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
