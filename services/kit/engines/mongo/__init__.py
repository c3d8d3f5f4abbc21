"""The store on MongoDB: one database per service, majority reads and writes, no transactions.

Appending relies on unique indexes. Committing views relies on one document, the cursor: moving it and recording what
is to be written is one guarded update. The writes follow, and whoever finds them unfinished finishes them.
"""

from collections.abc import Sequence
from contextlib import closing
from urllib.parse import urlsplit

from pymongo import MongoClient

from schemas.documents import Json
from services.kit.engines.mongo.asking import asking
from services.kit.engines.mongo.store import MongoStore
from services.kit.errors import Unavailable
from services.kit.views import (
    Collection,
)

TIMEOUT_MS = 2000


def is_there(url: str, service: str) -> bool:
    """By its log. Raises `Unavailable` when the database does not answer."""
    with closing(_client(url)) as client, asking():
        return "log" in client[_database(url, service)].list_collection_names()


def open_store(
    url: str, service: str, collections: Sequence[Collection]
) -> "MongoStore":
    """A database for each service, with what is missing of its indexes. Raises `Unavailable`."""
    client = _client(url)
    try:
        return MongoStore(client, _database(url, service), collections)
    except Unavailable:
        client.close()
        raise


def _database(url: str, service: str) -> str:
    prefix = urlsplit(url).path.strip("/") or "xfh"
    return f"{prefix}_{service}"


def _client(url: str) -> "MongoClient[Json]":
    return MongoClient(
        url,
        timeoutMS=TIMEOUT_MS,
        serverSelectionTimeoutMS=TIMEOUT_MS,
        w="majority",
        journal=True,
        readConcernLevel="majority",
    )
