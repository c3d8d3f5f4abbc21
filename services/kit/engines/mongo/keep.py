"""The keep in a database."""

from collections.abc import Sequence

from pymongo import ReplaceOne
from pymongo.collection import Collection as Documents
from pymongo.database import Database
from pymongo.errors import (
    DuplicateKeyError,
)

from schemas.documents import Json
from services.kit.engines.mongo.asking import asking
from services.kit.engines.mongo.committing import MOST_REPLACED, insert_new
from services.kit.engines.mongo.docs import shown, without_own
from services.kit.store import OWNED


class MongoKeep:
    def __init__(self, database: Database[Json]):
        self._database = database
        for kind in OWNED:
            database[f"keep_{kind}"].create_index([("of", 1)])
            database[f"keep_{kind}"].create_index([("by", 1)])

    def put(self, kind: str, id: str, doc: Json) -> None:
        """One operation, whole or not at all."""
        with asking():
            self._kept(kind).replace_one({"_id": id}, {**doc, "_id": id}, upsert=True)

    def put_each(self, kind: str, docs: Sequence[Json]) -> None:
        """Each for itself: those before an error stay. A bounded number goes in one operation."""
        puts = [ReplaceOne({"_id": doc["id"]}, _row(doc), upsert=True) for doc in docs]
        with asking():
            for at in range(0, len(puts), MOST_REPLACED):
                part = puts[at : at + MOST_REPLACED]
                self._kept(kind).bulk_write(part, ordered=False)

    def put_each_once(self, kind: str, docs: Sequence[Json]) -> None:
        """Looks for what is there first, which costs less than failing to insert it."""
        with asking():
            insert_new(self._kept(kind), [_row(doc) for doc in docs])

    def put_once(self, kind: str, id: str, doc: Json) -> Json:
        """The unique `_id` decides between processes that put at once."""
        with asking():
            try:
                self._kept(kind).insert_one({**doc, "_id": id})
            except DuplicateKeyError:
                return self.get(kind, id) or doc
        return doc

    def change(self, kind: str, id: str, before: Json, after: Json) -> bool:
        """One operation: it replaces the document only where every field is as in `before`."""
        with asking():
            kept = self._kept(kind)
            done = kept.replace_one({**before, "_id": id}, {**after, "_id": id})
        return done.matched_count > 0

    def get(self, kind: str, id: str) -> Json | None:
        """None when there is none."""
        with asking():
            return shown(self._kept(kind).find_one({"_id": id}))

    def all(self, kind: str) -> list[Json]:
        """All at once in memory: the kinds it is asked for are small."""
        with asking():
            found = self._kept(kind).find().sort("_id", 1)
            return [without_own(doc) for doc in found]

    def of(self, kind: str, subject: str) -> list[Json]:
        """By the indexes of `of` and `by`, which only the kinds `OWNED` have."""
        theirs = {"$or": [{"of": subject}, {"of": None, "by": subject}]}
        with asking():
            found = self._kept(kind).find(theirs).sort("_id", 1)
            return [without_own(doc) for doc in found]

    def drop(self, kind: str, *ids: str) -> None:
        """One operation. The files of the server keep what is gone until it overwrites them."""
        with asking():
            self._kept(kind).delete_many({"_id": {"$in": list(ids)}})

    def _kept(self, kind: str) -> Documents[Json]:
        return self._database[f"keep_{kind}"]


def _row(doc: Json) -> Json:
    return doc | {"_id": doc["id"]}
