"""Rounds, opened and closed by time."""

from functools import partial

from schemas.documents import Json
from services.district import territory
from services.district.indexes import by_place
from services.grids.model.lifecycles import ROUND
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (
    Collection(
        "rounds",
        (
            *by_place("state", "since"),
            ("division", "state", "since"),
            ("state", "opens_at"),
            ("state", "closes_at"),
        ),
    ),
)


# What versions before did not say.
FORMERLY: Json = {"per": "door", "once": False}


def fold_announced(docs: Overlay, event: Event) -> None:
    round = FORMERLY | event.without("round", "by", "over")
    round |= {"id": event.data["round"]}
    docs.put("rounds", ROUND.begun(round | territory.lies_in(round["division"])))


def fold_step(docs: Overlay, event: Event, *, step: str) -> None:
    round = docs.the("rounds", event.data["round"])
    docs.put("rounds", ROUND.after(round, step))


def fold_cancelled(docs: Overlay, event: Event) -> None:
    round = docs.the("rounds", event.data["round"])
    round |= {"reason": event.data["reason"], "cancelled_at": event.time}
    docs.put("rounds", ROUND.after(round, "cancel"))


OWN: Folds = {
    "round_announced.v1": fold_announced,
    "round_opened.v1": partial(fold_step, step="open"),
    "round_closed.v1": partial(fold_step, step="close"),
    "round_cancelled.v1": fold_cancelled,
}
