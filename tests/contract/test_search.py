"""Both engines find the same by parts of words: what a look at every document finds."""

import random

import pytest

from schemas.documents import Json
from services.kit.lists.search import folded, words_of
from services.kit.store import Store
from services.kit.views import Search
from tests.contract.engines import Open

CHARACTERS = "端午包粽子社区𠮷𪚥龘AbＡ12é🎋 "
TEXTS = [
    "《端午》",
    "包，粽",
    "粽",
    "包粽子",
    "粽子 社区",
    "𠮷",
    "𪚥龘",
    "ab",
    "ＡＢ",
    "1",
    "É",
    "午包",
    "子粽",
    "端午 端午",
    "🎋",
    "没有的",
]


def titled(id: str, title: str, *audience: str, seq: int = 1) -> Json:
    return {"id": id, "title": title, "audience": list(audience), "seq": seq}


def put(store: Store, *docs: Json) -> None:
    begun = store.views.begin("source")
    assert store.views.commit(
        begun, begun.position + 1, {("titled", doc["id"]): doc for doc in docs}
    )


def found(
    store: Store, text: str, after: str | None = None, limit: int = 100
) -> list[str]:
    return [
        doc["id"]
        for doc in store.views.search(Search("titled", words_of(text), after, limit))
    ]


def test_what_is_found_is_what_a_look_at_every_document_finds(store: Store) -> None:
    luck = random.Random(7)
    titles = {
        f"T{number:02}": "".join(luck.choices(CHARACTERS, k=luck.randint(0, 9)))
        for number in range(60)
    }
    put(store, *(titled(id, title) for id, title in titles.items()))
    for text in [
        *TEXTS,
        *(title[1:4] for title in titles.values() if title[1:4].strip()),
    ]:
        naive = [
            id
            for id, title in titles.items()
            if all(word in folded(title) for word in words_of(text))
        ]
        assert found(store, text) == sorted(naive, reverse=True), text


def test_a_page_goes_on_after_the_last(store: Store) -> None:
    put(store, *(titled(f"T{number}", "端午") for number in range(5)))
    assert found(store, "端午", limit=2) == ["T4", "T3"]
    assert found(store, "端午", after="T3", limit=2) == ["T2", "T1"]
    assert found(store, "端午", after="T0") == []


def test_a_word_does_not_reach_from_one_field_to_the_next(store: Store) -> None:
    put(store, titled("T1", "端午", "老人", "儿童"))
    assert [found(store, text) for text in ("午老", "人儿", "老人 端午")] == [
        [],
        [],
        ["T1"],
    ]


def test_what_is_called_otherwise_now_is_found_by_its_new_name_alone(
    store: Store,
) -> None:
    put(store, titled("T1", "端午"), titled("T2", "端午节"))
    put(store, titled("T1", "中秋", seq=2))
    assert [found(store, text) for text in ("端午", "中秋", "端")] == [
        ["T2"],
        ["T1"],
        ["T2"],
    ]


def test_what_is_kept_to_find_it_is_not_part_of_a_document(store: Store) -> None:
    doc = titled("T1", "端午")
    put(store, doc)
    assert store.views.get("titled", "T1") == doc
    assert store.views.search(Search("titled", ("端午",))) == [doc]


def test_a_rebuilt_generation_is_searched_in_the_same_way(opens: Open) -> None:
    store = opens()
    put(store, titled("T1", "端午"))
    following = store.rebuilding()
    following.commit(
        following.begin("source"), 1, {("titled", "T2"): titled("T2", "端午")}
    )
    store.swap()
    again = opens()
    assert found(again, "端午") == ["T2"]
    store.close()
    again.close()


def test_a_collection_that_is_not_searched_is_refused(store: Store) -> None:
    with pytest.raises(LookupError):
        store.views.search(Search("others", ("a",)))
