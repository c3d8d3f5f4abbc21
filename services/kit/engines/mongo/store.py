"""A service's database."""

import re
from collections.abc import Sequence

from pymongo import MongoClient
from pymongo.errors import (
    DuplicateKeyError,
)

from schemas.documents import Json
from services.kit.engines.generations import Generations
from services.kit.engines.mongo.asking import asking
from services.kit.engines.mongo.keep import MongoKeep
from services.kit.engines.mongo.log import MongoLog
from services.kit.engines.mongo.views import MongoViews
from services.kit.errors import Unavailable
from services.kit.views import (
    Collection,
)

GENERATION = re.compile(r"g\d+")  # How the names of its collections begin.


class MongoStore:
    def __init__(
        self, client: MongoClient[Json], name: str, collections: Sequence[Collection]
    ):
        self._client, self._database, self._collections = (
            client,
            client[name],
            collections,
        )
        with asking():
            self._generations = self._database["generations"]
            if self._generations.find_one({"_id": "views"}) is None:
                self._first_generation()
            self.log = MongoLog(self._database)
            self.keep = MongoKeep(self._database)
        self.views = MongoViews(self._database, collections, Generations(self._serving))

    def rebuilding(self) -> MongoViews:
        """Of processes that begin one at once, the first makes the generation and the others go on with it."""
        with asking():
            guard = {"_id": "views", "rebuilding": None}
            serving = self._serving()
            begun = {"$set": {"rebuilding": serving + 1}}
            if self._generations.update_one(guard, begun).matched_count:
                self._drop_all_but(serving)
            now = self._generations.find_one({"_id": "views"}) or {}
            number = int(now["rebuilding"])
        return MongoViews(
            self._database, self._collections, Generations(lambda: number)
        )

    def swap(self) -> None:
        """Does nothing when another process has swapped."""
        with asking():
            now = self._generations.find_one({"_id": "views"}) or {}
            if now["rebuilding"] is not None:
                served = {"serving": now["rebuilding"], "rebuilding": None}
                self._generations.update_one(
                    {"_id": "views", "rebuilding": now["rebuilding"]}, {"$set": served}
                )

    def ping(self) -> None:
        """Asks the server, not the disk: a full one shows when something is written."""
        with asking():
            self._client.admin.command("ping")

    def close(self) -> None:
        """Ends the connections of this process; others keep theirs."""
        self._client.close()

    def _serving(self) -> int:
        with asking():
            known = self._generations.find_one({"_id": "views"})
        if (
            known is None
        ):  # Made when the store was opened, so somebody has dropped the database.
            raise Unavailable("数据库不见了，请系统管理员放回原来的数据并重新启动")
        return int(known["serving"])

    def _first_generation(self) -> None:
        try:
            self._generations.insert_one(
                {"_id": "views", "serving": 1, "rebuilding": None}
            )
        except DuplicateKeyError:
            return  # Another process has just made it.

    def _drop_all_but(self, serving: int) -> None:
        self._database["cursors"].delete_many(
            {"_id": {"$not": {"$regex": f"^g{serving}:"}}}
        )
        for name in self._database.list_collection_names():
            generation, _, _ = name.partition("_")
            if GENERATION.fullmatch(generation) and generation != f"g{serving}":
                self._database.drop_collection(name)
