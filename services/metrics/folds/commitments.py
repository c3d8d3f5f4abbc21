"""Commitments as the figures see them: due on a day, and whether what was promised was done."""

from collections.abc import Callable, Iterator

from schemas.documents import Json, pick
from services.district.calendar import day_of
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay
from services.metrics.folds import needs
from services.metrics.folds.contributions import Contribution, contribute

COLLECTIONS = (Collection("commitments"),)
# Never promised, or released by whom it was for: no longer due.
LEFT = {"declined", "cancelled"}

Change = Callable[[Event], Json]


def fold_commitment(change: Change) -> Fold:
    """Changes the commitment, and with it what it contributes."""

    def fold(docs: Overlay, event: Event) -> None:
        id = event.data["commitment"]
        before = docs.get("commitments", id) or {"id": id, "done": None}
        commitment = before | change(event)
        docs.put("commitments", commitment)
        need = docs.the("needs", event.data["need"])
        for now in contributions(commitment, need["category"]):
            contribute(docs, event, f"commitment/{id}", need["community"], now)

    return fold


def taken(event: Event) -> Json:
    return pick(event.data, "need", "unit", "due") | {"state": "open"}


def postponed(event: Event) -> Json:
    return {"due": event.data["due"]}


def became(state: str) -> Change:
    def change(event: Event) -> Json:
        return {"state": state}

    return change


def fulfilled(event: Event) -> Json:
    served = event.data["served"]
    return {
        "state": "fulfilled",
        "done": day_of(event.time),
        "served": served,
    }


def sent_back(event: Event) -> Json:
    return {"state": "open", "due": event.data["due"]}


def contributions(commitment: Json, category: str) -> Iterator[Contribution]:
    """What it contributes now, by the day it is due and, once it is, the day it was fulfilled."""
    values = {"need_category": category, "unit": commitment["unit"]}
    state = commitment["state"]
    due = {
        "commitments_due": int(state not in LEFT),
        "commitments_fulfilled": int(state == "fulfilled"),
        "commitments_open": int(state == "open"),
    }
    yield Contribution("due", commitment["due"], due, values=values)
    if commitment["done"]:
        done = {"fulfilments": int(state == "fulfilled")}
        yield Contribution("fulfilled", commitment["done"], done, values=values)


def both(of_need: Fold, of_commitment: Fold) -> Fold:
    """What happens to a commitment happens to its need as well."""

    def fold(docs: Overlay, event: Event) -> None:
        of_need(docs, event)
        of_commitment(docs, event)

    return fold


def fold_need_withdrawn(docs: Overlay, event: Event) -> None:
    needs.fold_need(needs.became("withdrawn"))(docs, event)
    if "commitment" in event.data:
        fold_commitment(became("cancelled"))(docs, event)


CLAIMED = needs.fold_need(needs.taken_on("claimed"))
GIVEN_BACK = needs.fold_need(needs.became("verified"))

OWN: Folds = {
    "need_claimed.v1": both(CLAIMED, fold_commitment(taken)),
    "need_dispatched.v1": both(CLAIMED, fold_commitment(taken)),
    "resolution_undertaken.v1": both(
        needs.fold_need(needs.undertaken), fold_commitment(taken)
    ),
    "commitment_begun.v1": CLAIMED,
    "commitment_declined.v1": both(GIVEN_BACK, fold_commitment(became("declined"))),
    "commitment_lapsed.v1": both(GIVEN_BACK, fold_commitment(became("lapsed"))),
    "commitment_withdrawn.v1": both(GIVEN_BACK, fold_commitment(became("withdrawn"))),
    "commitment_postponed.v1": fold_commitment(postponed),
    "need_fulfilled.v1": both(
        needs.fold_need(needs.taken_on("fulfilled")), fold_commitment(fulfilled)
    ),
    "need_sent_back.v1": both(
        needs.fold_need(needs.became("claimed")), fold_commitment(sent_back)
    ),
    "need_withdrawn.v1": fold_need_withdrawn,
}
