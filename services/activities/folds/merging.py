"""What is remembered of two ids that are one person's: whose seats are still to be moved, and what they were before.

Each session is moved by an event of its own, in the stream of its activity. What there was is kept beside it for as
long as the merge may be undone, which is for ever.
"""

from collections.abc import Iterator
from itertools import chain
from operator import itemgetter

from schemas.documents import Json, if_any, without
from services.activities.model.seating import seat_id
from services.kit.lists.paging import every
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay

COLLECTIONS = (
    Collection("attendees"),
    Collection("mergings", (("person", "id"), ("merge_at",), ("part_at",))),
)
BATCH = 100
ON_PAPER = ("certificates", "issued_at"), ("commendations", "on")


def fold_merged(docs: Overlay, event: Event) -> None:
    """Papers move at once, seats each in its turn."""
    content = event.data
    gone, into = content["person"], content["into"]
    docs.put("attendees", {"id": gone, "into": into})
    for collection, id in _papers(docs, gone):
        before = docs.the(collection, id).get("formerly", [])
        docs.change(collection, id, person=into, formerly=[*before, gone])
    for session, activity in sorted(_sessions_of(docs, gone)):
        is_to_merge(docs, event, session, activity, gone, into)


def fold_parted(docs: Overlay, event: Event) -> None:
    content = event.data
    gone = content["person"]
    docs.put("attendees", {"id": gone})
    for collection, id in _papers(docs, content["into"]):
        paper = docs.the(collection, id)
        *before, last = paper.get("formerly", [""])
        if last == gone:
            paper = without(paper, "formerly") | if_any(formerly=before)
            docs.put(collection, paper | {"person": gone})
    for merging in list(_mergings_of(docs, gone)):
        if "merge_at" in merging:
            docs.put("mergings", {"id": merging["id"]})
        else:
            docs.change("mergings", merging["id"], part_at=event.time)


def _mergings_of(docs: Overlay, person: str) -> Iterator[Json]:
    return every(docs, Find("mergings", {"person": person}, "id"))


def is_to_merge(
    docs: Overlay, event: Event, session: str, activity: str, gone: str, into: str
) -> None:
    merging = {
        "id": seat_id(session, gone),
        "session": session,
        "activity": activity,
        "person": gone,
        "into": into,
        "merge_at": event.time,
        "merge": event.data["merge"],
    }
    docs.put("mergings", merging)


def _papers(docs: Overlay, person: str) -> Iterator[tuple[str, str]]:
    """(collection, id) of each. Those of a collection are read before any is given out: it may be changed."""
    for collection, by in ON_PAPER:
        find = Find(collection, {"person": person}, by, limit=BATCH)
        for paper in list(every(docs, find)):
            yield collection, paper["id"]


def _sessions_of(docs: Overlay, person: str) -> set[tuple[str, str]]:
    """Where somebody has a seat, or has signed others up."""
    seats = Find("seats", {"person": person}, "starts_at", limit=BATCH)
    signups = Find("signups", {"by": person}, "starts_at", limit=BATCH)
    both = chain(every(docs, seats), every(docs, signups))
    return set(map(itemgetter("session", "activity"), both))


OWN: Folds = {
    "attendee_merged.v1": fold_merged,
    "attendee_parted.v1": fold_parted,
}
