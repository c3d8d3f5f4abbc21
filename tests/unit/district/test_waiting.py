"""What waits for somebody: in one order, page after page, whatever kinds it is of."""

import random
from collections.abc import Callable

import pytest

from schemas.documents import Json
from schemas.waiting import KINDS, MOST_COUNTED, AskWaiting
from services.district import waiting
from services.district.waiting import Task, Waits
from services.kit.entrypoints import Asked
from services.kit.views import Find, Nothing, Overlay, Reads
from services.xfh.registry import SERVICES, load
from tests.given import asked

ME = asked(("street_admin", "510108015"))
DATED, OLD, ODD = "commitment_due", "need_to_verify", "need_disputed"


def finds(collection: str, by: str) -> Callable[[Asked], list[Find]]:
    return lambda asked: [
        Find(collection, {"place": place}, by) for place in ("a", "b")
    ]


def shown(views: Reads, doc: Json, asked: Asked) -> Json:
    return {"title": doc["id"], "since": "2026-01-01T00:00:00Z", "names": {}}


def is_even(views: Reads, doc: Json, asked: Asked) -> bool:
    return bool(doc["even"])


TASKS = (
    Task(DATED, finds("promises", "due"), shown, "get", ("do",), is_dated=True),
    Task(OLD, finds("things", "since"), shown, "get", ("do",)),
    Task(ODD, finds("things", "since"), shown, "get", ("do",), waits=is_even),
)


def stage(seed: int, many: int = 30) -> Overlay:
    """Some promises and some things, many of them at the same moments."""
    dice, docs = random.Random(seed), Overlay(Nothing())
    for number in range(many):
        collection, by = dice.choice([("promises", "due"), ("things", "since")])
        about = {
            "place": dice.choice("abc"),
            by: f"2026-06-{dice.randint(1, 5):02}T00:00:00Z",
            "even": number % 2 == 0,
        }
        docs.put(collection, {"id": f"D{number:02}", **about})
    return docs


def everything(docs: Overlay, limit: int, **asks: object) -> list[Json]:
    question, found = {**AskWaiting().load(asks), "limit": limit}, []
    while True:
        page = waiting.page(docs, TASKS, question, ME)
        found += page["items"]
        if page["next"] is None:
            return found
        question = {**question, "after": page["next"]}


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("limit", [1, 3, 100])
def test_every_page_together_is_the_whole_list_in_its_order(
    seed: int, limit: int
) -> None:
    docs = stage(seed)
    found = everything(docs, limit)
    wanted = [
        (doc.get("due", f"~{doc.get('since')}"), f"{task}:{doc['id']}")
        for (_, _), doc in docs.changed.items()
        for task in (
            (DATED,) if "due" in doc else (OLD, ODD) if doc["even"] else (OLD,)
        )
        if doc["place"] in "ab"
    ]
    assert [(item["by"], item["id"]) for item in found] == sorted(wanted)
    assert [item["kind"] for item in found if "due" in item] == [DATED] * sum(
        "due" in item for item in found
    )


def test_what_is_past_its_time_is_overdue_and_what_has_none_is_not() -> None:
    docs = Overlay(Nothing())
    for id, due in (("D1", "2026-06-01T00:59:59Z"), ("D2", "2026-06-01T01:00:00Z")):
        docs.put("promises", {"id": id, "place": "a", "due": due})
    docs.put(
        "things",
        {"id": "D3", "place": "a", "since": "2025-06-01T01:00:00Z", "even": False},
    )
    assert [(item["title"], item["overdue"]) for item in everything(docs, 10)] == [
        ("D1", True),
        ("D2", False),
        ("D3", False),
    ]


def test_a_list_of_some_kinds_has_these_alone() -> None:
    assert {
        item["kind"] for item in everything(stage(1), 7, kind=f"{OLD},{DATED}")
    } == {OLD, DATED}


def counted_of(docs: Overlay) -> Json:
    counted: Json = waiting.counts_waiting(TASKS).answer(docs, {}, ME)
    return counted


def test_what_is_counted_is_what_is_listed_up_to_a_limit() -> None:
    docs = stage(2)
    counts = counted_of(docs)["items"]
    listed = [item["kind"] for item in everything(docs, 100)]
    assert {count["kind"]: count["count"] for count in counts} == {
        kind: listed.count(kind) for kind in set(listed)
    }
    assert not any(count["more"] for count in counts)
    for number in range(MOST_COUNTED + 1):
        docs.put(
            "promises",
            {"id": f"M{number:03}", "place": "a", "due": "2026-06-01T01:00:00Z"},
        )
    counted = {count["kind"]: count for count in counted_of(docs)["items"]}
    assert (counted[DATED]["count"], counted[DATED]["more"]) == (MOST_COUNTED, True)


def test_every_kind_is_of_one_service_and_has_its_words() -> None:
    services = [load(name) for name in SERVICES]
    told = [
        task.kind
        for service in services
        if issubclass(service, Waits)
        for task in service.tasks
    ]
    assert len(told) == len(set(told))
    assert set(told) <= KINDS.keys()
