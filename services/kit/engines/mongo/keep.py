"""The keep in a database."""

from collections.abc import Sequence

from pymongo.database import Database
from pymongo.errors import (
    DuplicateKeyError,
)

from schemas.documents import Json
from services.kit.engines.mongo.asking import asking
from services.kit.engines.mongo.docs import shown, without_own
from services.kit.store import OWNED


class MongoKeep:
    def __init__(self, database: Database[Json]):
        self._database = database
        for kind in OWNED:
            database[f"keep_{kind}"].create_index([("of", 1)])
            database[f"keep_{kind}"].create_index([("by", 1)])

    def put(self, kind: str, id: str, doc: Json) -> None:
        with asking():
            self._database[f"keep_{kind}"].replace_one(
                {"_id": id}, {**doc, "_id": id}, upsert=True
            )

    def put_each(self, kind: str, docs: Sequence[Json]) -> None:
        for doc in docs:
            self.put(kind, doc["id"], doc)

    def put_each_once(self, kind: str, docs: Sequence[Json]) -> None:
        for doc in docs:
            self.put_once(kind, doc["id"], doc)

    def put_once(self, kind: str, id: str, doc: Json) -> Json:
        with asking():
            try:
                self._database[f"keep_{kind}"].insert_one({**doc, "_id": id})
            except DuplicateKeyError:
                return self.get(kind, id) or doc
        return doc

    def change(self, kind: str, id: str, before: Json, after: Json) -> bool:
        with asking():
            kept = self._database[f"keep_{kind}"]
            done = kept.replace_one({**before, "_id": id}, {**after, "_id": id})
        return done.matched_count > 0

    def get(self, kind: str, id: str) -> Json | None:
        with asking():
            return shown(self._database[f"keep_{kind}"].find_one({"_id": id}))

    def all(self, kind: str) -> list[Json]:
        with asking():
            found = self._database[f"keep_{kind}"].find().sort("_id", 1)
            return [without_own(doc) for doc in found]

    def of(self, kind: str, subject: str) -> list[Json]:
        theirs = {"$or": [{"of": subject}, {"of": None, "by": subject}]}
        with asking():
            found = self._database[f"keep_{kind}"].find(theirs).sort("_id", 1)
            return [without_own(doc) for doc in found]

    def drop(self, kind: str, *ids: str) -> None:
        with asking():
            self._database[f"keep_{kind}"].delete_many({"_id": {"$in": list(ids)}})
