"""A notice as it is remembered: one small document for each addressee, derived from the event that tells of it."""

from collections.abc import Iterable

from schemas.documents import Json
from schemas.persons import principal
from services.kit.log import Event
from services.kit.views import Collection, Overlay
from services.notices.model.addressees import placed

# One collection for each log notices are folded from.
SOURCES = {
    "activities": "activity_notices",
    "branches": "branch_notices",
    "cobuild": "cobuild_notices",
    "notices": "news_notices",
    "partners": "partner_notices",
}
INDEXES = (
    ("to", "at"),
    ("level", "street", "at"),
    ("level", "district", "at"),
    ("seq",),
)
COLLECTIONS = tuple(Collection(name, INDEXES) for name in SOURCES.values())


def tell(
    source: str,
    docs: Overlay,
    event: Event,
    kind: str,
    to: Iterable[str],
    words: Json,
    soon: str = "",
) -> None:
    """Tells each of `to`, once. `soon` is the moment before which it must be known, where there is one."""
    for number, addressee in enumerate(dict.fromkeys(to)):
        put(
            source,
            docs,
            f"{event.id}.{kind}.{number}",
            notice(event, kind, addressee, words, soon),
        )


def notice(event: Event, kind: str, to: str, words: Json, soon: str = "") -> Json:
    known = {
        "kind": kind,
        "to": to,
        "at": event.time,
        "about": event.stream,
        "words": words,
    }
    return {**known, "soon": soon} if soon else known


def put(source: str, docs: Overlay, id: str, notice: Json) -> None:
    docs.put(SOURCES[source], {"id": id, **placed(notice["to"]), **notice})


def take_back(source: str, docs: Overlay, event: Event, id: str) -> None:
    """What is true no more. Before its time nobody is told; afterwards it stays in the inbox and goes no further."""
    kept = {**docs.the(SOURCES[source], id), "over": True, "done_at": event.time}
    hidden = {"to", *placed(kept["to"])} if kept["at"] > event.time else set()
    docs.put(
        SOURCES[source],
        {name: value for name, value in kept.items() if name not in hidden},
    )


def done(source: str, docs: Overlay, event: Event, id: str) -> None:
    """What it asks for is done, or can be done no more: it says so, wherever it is read."""
    docs.put(SOURCES[source], {**docs.the(SOURCES[source], id), "done_at": event.time})


def said(event: Event, *names: str) -> Json:
    """What the event says of these, as far as it does."""
    return {name: event.data[name] for name in names if name in event.data}


def person(id: str) -> str:
    """Of a guest whoever named them is told, and nobody else."""
    return f"person/{principal(id)}"


def unit(id: str) -> str:
    return f"unit/{id}"


def host(host: str) -> str:
    """Whoever works for the host: `community/510108002001` is the office of that division."""
    return host.removeprefix("community/")
