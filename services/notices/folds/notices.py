"""A notice as it is remembered: one small document for each addressee, derived from the event that tells of it."""

from collections.abc import Iterable, Mapping

from schemas.documents import Json, if_any, without
from services.kit.log import Event
from services.kit.views import Collection, Overlay
from services.notices.model.addressees import placed

# One collection for each log notices are folded from.
SOURCES = {
    "activities": "activity_notices",
    "branches": "branch_notices",
    "cobuild": "cobuild_notices",
    "grids": "grid_notices",
    "notices": "news_notices",
    "partners": "partner_notices",
}
INDEXES = (
    ("to", "at"),
    ("level", "street", "at"),
    ("level", "district", "at"),
    ("seq",),
)
NONE: Mapping[str, str] = {}
COLLECTIONS = tuple(Collection(name, INDEXES) for name in SOURCES.values())


def tell(
    source: str,
    docs: Overlay,
    event: Event,
    kind: str,
    to: Iterable[str],
    words: Json,
    soon: str = "",
    signups: Mapping[str, str] = NONE,
) -> None:
    """Tells each of `to`, once. `soon` is the moment before which it must be known, where there is one.

    `signups` are those by which it is of concern to some of them, by addressee.
    """
    for number, addressee in enumerate(dict.fromkeys(to)):
        doc = notice(event, kind, addressee, words, soon)
        doc |= if_any(signup=signups.get(addressee))
        put(source, docs, f"{event.id}.{kind}.{number}", doc)


def remind(
    source: str,
    docs: Overlay,
    event: Event,
    kind: str,
    to: Iterable[str],
    words: Json,
    at: str,
    soon: str = "",
) -> list[str]:
    """Tells each of `to` at that later moment, unless it is taken back before. The ids by which it is."""
    ids = []
    for number, addressee in enumerate(to):
        id = f"{event.id}.{kind}.{number}"
        doc = notice(event, kind, addressee, words, soon)
        put(source, docs, id, doc | {"at": at})
        ids.append(id)
    return ids


def notice(event: Event, kind: str, to: str, words: Json, soon: str = "") -> Json:
    """What one addressee is told, now, of what the event is about; it has no id yet."""
    known = {
        "kind": kind,
        "to": to,
        "at": event.time,
        "about": event.stream,
        "words": words,
    }
    return known | if_any(soon=soon)


def put(source: str, docs: Overlay, id: str, notice: Json) -> None:
    """Under its id, and by where an office finds it."""
    place = placed(notice["to"])
    docs.put(SOURCES[source], notice | place | {"id": id})


def take_back(source: str, docs: Overlay, event: Event, id: str) -> None:
    """What is true no more. Before its time nobody is told; afterwards it stays in the inbox and goes no further."""
    collection = SOURCES[source]
    notice = docs.change(collection, id, over=True, done_at=event.time)
    if notice["at"] > event.time:
        place = placed(notice["to"])
        docs.put(collection, without(notice, "to", *place))


def done(source: str, docs: Overlay, event: Event, id: str) -> None:
    """What it asks for is done, or can be done no more: it says so, wherever it is read."""
    docs.change(SOURCES[source], id, done_at=event.time)
