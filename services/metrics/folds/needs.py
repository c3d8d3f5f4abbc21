"""Needs as the figures see them: when received, verified and confirmed, how soon answered, how rated."""

from collections.abc import Callable
from datetime import datetime

from schemas.documents import Json
from services.district.calendar import local_day
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay
from services.metrics.folds.contributions import Contribution, contribute

COLLECTIONS = (Collection("needs"),)
SATISFIED = 4

Change = Callable[[Json, Event], Json]


def fold_need(change: Change) -> Fold:
    """Changes the need, and with it what it contributes."""

    def fold(docs: Overlay, event: Event) -> None:
        before = docs.get("needs", event.data["need"]) or {"id": event.data["need"]}
        need = {**before, **change(before, event)}
        docs.put("needs", need)
        for contribution in contributions(need):
            contribute(
                docs, event, f"need/{need['id']}", need["community"], contribution
            )

    return fold


def received(need: Json, event: Event) -> Json:
    told: Json = {
        name: event.data[name]
        for name in ("community", "category", "grid")
        if name in event.data
    }
    nothing = dict.fromkeys(("verified", "response", "closed", "score"))
    return {
        **nothing,
        **told,
        "received": day_of(event),
        "state": "raised",
        "reopened": False,
        "in_time": False,
    }


def undertaken(need: Json, event: Event) -> Json:
    """A resolution taken on as it is recorded: received, but never waiting for anybody to claim it."""
    return {**received(need, event), "state": "claimed", "title": event.data["title"]}


def verified(need: Json, event: Event) -> Json:
    return {
        "verified": day_of(event),
        "state": "verified",
        "title": event.data["title"],
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
        first = (
            "response_minutes" in event.data
            and need["response"] is None
            and not need["reopened"]
        )
        told = (
            {name: event.data[name] for name in ("response_minutes", "in_time")}
            if first
            else None
        )
        return {"state": state, "response": told or need["response"]}

    return change


def confirmed(need: Json, event: Event) -> Json:
    rated = {"score": event.data["score"]} if "score" in event.data else {}
    told = {
        "closed": day_of(event),
        "in_time": event.data["in_time"],
        "met_by": event.data["commitment"],
    }
    return {"state": "confirmed", **told, **rated}


def rated(need: Json, event: Event) -> Json:
    return {"score": event.data["score"]}


def closed(need: Json, event: Event) -> Json:
    """By time it stays confirmed; after a dispute it is settled, which nobody confirmed."""
    return {"state": "confirmed" if need["state"] == "confirmed" else "settled"}


def reopened(need: Json, event: Event) -> Json:
    return {"state": "verified", "reopened": True, "score": None}


def day_of(event: Event) -> str:
    return local_day(datetime.fromisoformat(event.time))


def contributions(need: Json) -> list[Contribution]:
    """What the need contributes now, by each of the days it is counted by."""
    values = {"need_category": need["category"]}
    counted = [
        Contribution("received", need["received"], _of_received(need), values=values)
    ]
    if need["verified"]:
        minutes = need["response"]["response_minutes"] if need["response"] else None
        counted.append(
            Contribution(
                "verified", need["verified"], _of_verified(need), minutes, values
            )
        )
    if need["closed"]:
        closures = {"closures": int(need["state"] == "confirmed")}
        place = {"grid": need["grid"]} if "grid" in need else {}
        counted.append(
            Contribution("closed", need["closed"], closures, values={**values, **place})
        )
    return counted


def _of_received(need: Json) -> dict[str, int]:
    is_confirmed = need["state"] == "confirmed"
    ended = is_confirmed or need["state"] == "settled"
    is_rated = ended and need["score"] is not None
    return {
        "needs_received": 1,
        "needs_rejected": int(need["state"] == "rejected"),
        "needs_withdrawn": int(need["state"] == "withdrawn"),
        "needs_confirmed": int(is_confirmed),
        "needs_confirmed_in_time": int(is_confirmed and need["in_time"]),
        "needs_ended": int(ended),
        "needs_rated": int(is_rated),
        "needs_satisfied": int(is_rated and need["score"] >= SATISFIED),
    }


def _of_verified(need: Json) -> dict[str, int]:
    response = need["response"]
    waits = (
        response is None
        and need["state"] in {"verified", "claimed"}
        and not need["reopened"]
    )
    return {
        "needs_verified": 1,
        "responses": int(response is not None),
        "needs_claimed_in_time": int(response is not None and response["in_time"]),
        "responses_open": int(waits),
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
