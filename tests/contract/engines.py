"""The engines under contract: how to open a store on each, again and again on the same data."""

import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import mongomock

from schemas.documents import Json
from services.kit.engine.aside import SET_ASIDE
from services.kit.engines.mongo.store import MongoStore
from services.kit.log import Event
from services.kit.store import Store, open_store
from services.kit.views import Collection

COLLECTIONS = (
    Collection("things", (("kind", "rank"), ("kind", "id"), ("rank",))),
    Collection("others"),
    SET_ASIDE,
    Collection("titled", (("id",),), ("title", "audience")),
)

Open = Callable[[], Store]
TEXT = "名\x00字🎋" + "长" * 500


def sqlite(folder: Path) -> Open:
    return lambda: open_store(f"sqlite:{folder}", "service", COLLECTIONS)


def mongo(url: str | None, collections: Sequence[Collection] = COLLECTIONS) -> Open:
    """A database of its own on the server, or on a double when there is no server."""
    prefix = f"t{uuid.uuid4().hex[:10]}"
    if url is not None:
        return lambda: open_store(f"{url.rstrip('/')}/{prefix}", "service", collections)
    double: Any = mongomock.MongoClient()
    return lambda: MongoStore(double, f"{prefix}_service", collections)


def event(
    seq: int, stream: str = "a", version: int | None = None, key: str = "", **data: Any
) -> Event:
    return Event(
        seq=seq,
        id=f"E{seq}",
        type="thing_happened.v1",
        stream=stream,
        time="2026-06-13T01:00:00.000Z",
        data=data,
        trace="00-0-0-01",
        version=seq if version is None else version,
        key=key or f"k{seq}",
        digest="d",
        actor="R1",
    )


def thing(id: str, rank: int | str, kind: str = "x", seq: int = 1) -> Json:
    return {"id": id, "kind": kind, "rank": rank, "seq": seq}


def put(store: Store, *docs: Json) -> None:
    begun = store.views.begin("source")
    changed = {("things", doc["id"]): doc for doc in docs}
    assert store.views.commit(begun, begun.position + 1, changed)
