"""Rounds from door to door: told to who goes there when they open, and to the offices what residents may ask about."""

from datetime import datetime, timedelta
from functools import partial

from schemas.documents import Json, pick
from schemas.fields import instant
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay
from services.notices.folds import notices
from services.notices.model.addressees import to_person

BEFORE_IT_ENDS = timedelta(days=3)
MOST_TOLD = 10_000  # A district has some six thousand members.

COLLECTIONS = (Collection("grid_rounds"),)
tell = partial(notices.tell, "grids")
remind = partial(notices.remind, "grids")


def fold_announced(docs: Overlay, event: Event) -> None:
    """Where doors are asked more than they may be, everybody there hears it with the reason."""
    round = pick(event.data, "title", "division", "until", "closes_at")
    docs.put("grid_rounds", round | {"id": event.data["round"], "reminders": []})
    if "over" not in event.data:
        return
    communities = _communities(docs, round["division"])
    streets = sorted(set(map(territory.street_of, communities)))
    words = pick(round, "title") | {"reason": event.data["override"]}
    tell(docs, event, "burden_overridden", [*communities, *streets], words)


def fold_opened(docs: Overlay, event: Event) -> None:
    round = docs.the("grid_rounds", event.data["round"])
    members = _members(docs, round["division"])
    persons = [to_person(member["person"]) for member in members]
    tell(docs, event, "round_opened", persons, pick(round, "title", "until"))
    _remind(docs, event, round)


def _remind(docs: Overlay, event: Event, round: Json) -> None:
    """The communities, shortly before it ends; not of one that is shorter than that."""
    at = instant(datetime.fromisoformat(round["closes_at"]) - BEFORE_IT_ENDS)
    if at > event.time:
        to = _communities(docs, round["division"])
        words = pick(round, "title", "until")
        ids = remind(docs, event, "round_ends_soon", to, words, at)
        docs.change("grid_rounds", round["id"], reminders=ids)


def fold_cancelled(docs: Overlay, event: Event) -> None:
    for id in docs.the("grid_rounds", event.data["round"])["reminders"]:
        notices.take_back("grids", docs, event, id)


def _communities(docs: Overlay, division: str) -> list[str]:
    """Those in it where somebody goes from door to door, or it itself."""
    communities = {member["community"] for member in _members(docs, division)}
    return sorted(communities) or [division]


def _members(docs: Overlay, division: str) -> list[Json]:
    here = territory.within({"division": division}) | {"state": "in_office"}
    return docs.find(Find("grid_members", here, "id", limit=MOST_TOLD))


FOLDS: Folds = {
    "round_announced.v1": fold_announced,
    "round_opened.v1": fold_opened,
    "round_cancelled.v1": fold_cancelled,
}
