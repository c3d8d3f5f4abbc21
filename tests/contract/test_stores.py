"""One contract for both engines: a store that is there, opened again, gone or out of reach."""

import uuid
from pathlib import Path

import pytest
from hypothesis import strategies as st

from services.kit.engines.mongo.store import MongoStore
from services.kit.errors import Unavailable
from services.kit.store import is_there, open_store
from tests.contract.engines import COLLECTIONS, TEXT, Open, event, mongo, put, thing


def test_everything_is_there_when_opened_again(opens: Open) -> None:
    first = opens()
    first.log.append([event(1)])
    put(first, thing("a", 1))
    first.keep.put("notes", "n1", {"text": TEXT})
    first.close()
    again = opens()
    assert again.log.head() == 1
    assert again.views.get("things", "a") == thing("a", 1)
    assert again.views.cursor("source") == 1
    assert again.keep.get("notes", "n1") == {"text": TEXT}
    again.close()


def test_a_database_that_is_dropped_while_it_is_used_is_not_begun_anew(
    mongodb: str | None,
) -> None:
    store = mongo(mongodb)()
    assert isinstance(store, MongoStore)
    store.log.append([event(1)])
    store._client.drop_database(store._database.name)
    with pytest.raises(Unavailable, match="数据库不见了"):
        store.views.commit(store.views.begin("source"), 1, {})
    store.close()


ranks = st.one_of(st.none(), st.integers(0, 4))

things = st.dictionaries(
    st.sampled_from("abcdefgh"), st.tuples(ranks, st.sampled_from("xy")), max_size=8
)


def test_whether_a_store_is_there_can_be_asked_without_making_one(
    tmp_path: Path, mongodb: str | None
) -> None:
    for url in (
        f"sqlite:{tmp_path / 'new'}",
        *([f"{mongodb.rstrip('/')}/t{uuid.uuid4().hex[:10]}"] if mongodb else []),
    ):
        assert not is_there(url, "service")
        assert not is_there(url, "service")
        store = open_store(url, "service", COLLECTIONS)
        assert is_there(url, "service")
        assert not is_there(url, "other")
        store.close()


def test_a_store_that_cannot_be_reached_is_unavailable_in_time() -> None:
    with pytest.raises(Unavailable):
        open_store("mongodb://127.0.0.1:9/", "service", COLLECTIONS)
    with pytest.raises(Unavailable):
        open_store("sqlite:/proc", "service", COLLECTIONS)
