"""Needs as the figures see them: when received, verified and confirmed, how soon answered, how rated."""

from collections.abc import Callable, Iterator

from schemas.documents import Json, pick, pick_present
from services.district.calendar import day_of
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay
from services.metrics.folds.contributions import Contribution, contribute
from services.metrics.model.counts import Figures

COLLECTIONS = (Collection("needs"),)
SATISFIED = 4
NOTHING_YET: Json = {
    "verified": None,
    "response": None,
    "closed": None,
    "score": None,
    "reopened": False,
    "in_time": False,
}

Change = Callable[[Json, Event], Json]


def fold_need(change: Change) -> Fold:
    """Changes the need, and with it what it contributes."""

    def fold(docs: Overlay, event: Event) -> None:
        id = event.data["need"]
        before = docs.get("needs", id) or {"id": id}
        need = before | change(before, event)
        docs.put("needs", need)
        for now in contributions(need):
            contribute(docs, event, f"need/{id}", need["community"], now)

    return fold


def received(need: Json, event: Event) -> Json:
    begun = {"received": day_of(event.time), "state": "raised"}
    return (
        NOTHING_YET | pick_present(event.data, "community", "category", "grid") | begun
    )


def undertaken(need: Json, event: Event) -> Json:
    """A resolution taken on as it is recorded: received, but never waiting for anybody to claim it."""
    claimed = {"state": "claimed", "title": event.data["title"]}
    return received(need, event) | claimed


def verified(need: Json, event: Event) -> Json:
    title = event.data["title"]
    return {
        "verified": day_of(event.time),
        "state": "verified",
        "title": title,
    }


def became(state: str) -> Change:
    def change(need: Json, event: Event) -> Json:
        return {"state": state}

    return change


def appeal_decided(need: Json, event: Event) -> Json:
    """While it is appealed it counts as rejected."""
    return {"state": "raised"} if event.data["upheld"] else {}


def taken_on(state: str) -> Change:
    """Only the first response since the need was first verified counts."""

    def change(need: Json, event: Event) -> Json:
        response = need["response"]
        is_told = "response_minutes" in event.data
        if is_told and response is None and not need["reopened"]:
            response = pick(event.data, "response_minutes", "in_time")
        return {"state": state, "response": response}

    return change


def confirmed(need: Json, event: Event) -> Json:
    content = event.data
    closed = {"state": "confirmed", "closed": day_of(event.time)}
    met = {"in_time": content["in_time"], "met_by": content["commitment"]}
    return closed | met | pick_present(content, "score")


def rated(need: Json, event: Event) -> Json:
    return {"score": event.data["score"]}


def closed(need: Json, event: Event) -> Json:
    """By time it stays confirmed; after a dispute it is settled, which nobody confirmed."""
    return {"state": "confirmed" if need["state"] == "confirmed" else "settled"}


def reopened(need: Json, event: Event) -> Json:
    return {
        "state": "verified",
        "reopened": True,
        "score": None,
    }


def contributions(need: Json) -> Iterator[Contribution]:
    """What the need contributes now, by each of the days it is counted by."""
    values = {"need_category": need["category"]}
    yield Contribution("received", need["received"], _of_received(need), values=values)
    if need["verified"]:
        minutes = need["response"]["response_minutes"] if need["response"] else None
        figures = _of_verified(need)
        yield Contribution("verified", need["verified"], figures, minutes, values)
    if need["closed"]:
        closures = {"closures": int(need["state"] == "confirmed")}
        values = values | pick_present(need, "grid")
        yield Contribution("closed", need["closed"], closures, values=values)


def _of_received(need: Json) -> Figures:
    state, score = need["state"], need["score"]
    is_confirmed = state == "confirmed"
    ended = is_confirmed or state == "settled"
    is_rated = ended and score is not None
    return {
        "needs_received": 1,
        "needs_rejected": int(state == "rejected"),
        "needs_withdrawn": int(state == "withdrawn"),
        "needs_confirmed": int(is_confirmed),
        "needs_confirmed_in_time": int(is_confirmed and need["in_time"]),
        "needs_ended": int(ended),
        "needs_rated": int(is_rated),
        "needs_satisfied": int(is_rated and score >= SATISFIED),
    }


def _of_verified(need: Json) -> Figures:
    response = need["response"]
    is_open = need["state"] in {"verified", "claimed"} and not need["reopened"]
    return {
        "needs_verified": 1,
        "responses": int(response is not None),
        "needs_claimed_in_time": int(response is not None and response["in_time"]),
        "responses_open": int(response is None and is_open),
    }


OWN: Folds = {
    "need_raised.v1": fold_need(received),
    "need_verified.v1": fold_need(verified),
    "need_rejected.v1": fold_need(became("rejected")),
    "need_appeal_decided.v1": fold_need(appeal_decided),
    "need_confirmed.v1": fold_need(confirmed),
    "need_rated.v1": fold_need(rated),
    "need_disputed.v1": fold_need(became("disputed")),
    "need_closed.v1": fold_need(closed),
    "need_reopened.v1": fold_need(reopened),
}
