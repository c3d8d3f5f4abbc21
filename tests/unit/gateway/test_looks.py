"""Telling who was shown whose data: in batches, never in anybody's way, and what is lost is counted."""

from typing import Any

import pytest

from gateway.edge import looks
from gateway.edge.looks import Looks
from services.kit.actor import ANONYMOUS, SYSTEM, Actor, Role
from services.kit.errors import StoreFull, Unavailable
from services.kit.steady import Steady

WORKER = Actor(
    "P4", (Role("resident", "510108016001"), Role("community_worker", "510108015001"))
)
ASKED: dict[str, Any] = {"person": "R1"}


class People:
    """The bus as far as it is needed here; refuses while there is something to refuse with."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, dict[str, Any], str]] = []
        self.refusal: Exception | None = None

    def call(
        self, service: str, method: str, payload: dict[str, Any], **more: Any
    ) -> None:
        assert (service, more["actor"]) == ("people", SYSTEM)
        if self.refusal:
            raise self.refusal
        self.heard.append((method, payload, more["key"]))


@pytest.fixture
def people() -> People:
    return People()


@pytest.fixture
def made(people: People, monkeypatch: pytest.MonkeyPatch) -> Looks:
    """Tells when it is told to."""
    monkeypatch.setattr(Steady, "start", lambda self: None)
    bus: Any = people
    return Looks(bus)


def see(made: Looks, person: str = "R1", actor: Actor = WORKER) -> None:
    made.note("people", "get_person", {"person": person}, {"id": person}, actor)


def test_what_was_shown_is_told_with_who_saw_it_and_where_they_work(
    made: Looks, people: People
) -> None:
    see(made)
    made.tell()
    [(method, payload, _)] = people.heard
    [look] = payload["looks"]
    assert (method, payload["lost"]) == ("record_looks", 0)
    assert look.pop("ago_s") < 60
    assert look == {
        "kind": "record",
        "by": "P4",
        "place": "510108015001",
        "persons": ["R1"],
    }
    made.tell()
    assert len(people.heard) == 1


def test_one_s_own_and_what_the_platform_asks_is_no_look(
    made: Looks, people: People
) -> None:
    see(made, "P4")
    for nobody in (SYSTEM, ANONYMOUS):
        see(made, actor=nobody)
    made.note("people", "get_me", {}, {"id": "P4"}, WORKER)
    made.tell()
    assert people.heard == []


def test_of_a_list_those_in_it_are_told_without_guests(
    made: Looks, people: People
) -> None:
    seats = {"items": [{"person": "R1"}, {"person": "R1~奶奶"}, {"person": "R1"}]}
    made.note("activities", "roster", {"activity": "A1"}, seats, WORKER)
    found = {"items": [{"id": "R2"}]}
    made.note("people", "find_persons", {"name": "王"}, found, WORKER)
    made.note("people", "list_audit", {"division": "510108"}, {"items": []}, WORKER)
    made.tell()
    roster, search, audit = people.heard[0][1]["looks"]
    assert (roster["persons"], roster["about"]) == (["R1"], "activity/A1")
    assert (search["persons"], search["tried"]) == (["R2"], "王")
    assert (audit["kind"], audit["about"]) == ("audit", "510108")


@pytest.mark.parametrize("persons", [["R2"], []])
def test_who_tries_a_name_and_a_number_is_told_whatever_is_found(
    made: Looks, people: People, persons: list[str]
) -> None:
    tried = {"name": "王小明", "phone": "+8613800001234"}
    found = {"items": [{"id": person} for person in persons]}
    made.note("people", "find_by_number", tried, found, WORKER)
    made.tell()
    [look] = people.heard[0][1]["looks"]
    assert (look["persons"], look["tried"]) == (persons, "王小明")
    assert "13800001234" not in str(look)


def test_no_number_is_tried_in_vain_without_its_entry(
    made: Looks, people: People
) -> None:
    """It is told before the answer is given: how many on a day is counted by it."""
    tried: dict[str, Any] = {"name": "王小明", "phone": "+8613800001234"}
    nobody: dict[str, Any] = {"items": []}
    made.note("people", "find_by_number", tried, nobody, WORKER)
    made.must_record_guess(WORKER)
    looks = [look for _, payload, _ in people.heard for look in payload["looks"]]
    assert [(look["kind"], look["persons"]) for look in looks] == [("number", [])] * 2
    made.must_record_guess(ANONYMOUS)
    assert len(people.heard) == 2
    people.refusal = StoreFull("存储已满")
    with pytest.raises(Unavailable, match="现在记不下这次核对"):
        made.note("people", "find_by_number", tried, nobody, WORKER)
    with pytest.raises(Unavailable, match="现在记不下这次核对"):
        made.must_record_guess(WORKER)


def test_what_cannot_be_told_now_is_told_later_once(
    made: Looks, people: People
) -> None:
    see(made)
    people.refusal = Unavailable("暂时不可用")
    for _ in range(2):
        with pytest.raises(Unavailable):
            made.tell()
    see(made, "R2")
    people.refusal = None
    made.tell()
    told = [
        look["persons"] for _, payload, _ in people.heard for look in payload["looks"]
    ]
    assert told == [["R1"], ["R2"]]
    assert len({key for _, _, key in people.heard}) == 2


def test_beyond_a_bound_the_oldest_are_lost_and_counted(
    made: Looks, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "MOST_KEPT", 3)
    for number in range(5):
        see(made, f"R{number}")
    made.tell()
    [(_, payload, _)] = people.heard
    assert payload["lost"] == 2
    assert [look["persons"] for look in payload["looks"]] == [["R2"], ["R3"], ["R4"]]


def test_what_can_never_be_recorded_is_counted_and_holds_nobody_up(
    made: Looks, people: People
) -> None:
    see(made)
    people.refusal = ZeroDivisionError()
    with pytest.raises(ZeroDivisionError):
        made.tell()
    people.refusal = None
    see(made, "R2")
    made.tell()
    [(_, payload, _)] = people.heard
    assert (payload["lost"], len(payload["looks"])) == (1, 1)


def test_no_export_without_its_entry(made: Looks, people: People) -> None:
    made.must_record_export("活动名册", "activity/A1", WORKER)
    [(method, payload, _)] = people.heard
    assert method == "record_export"
    assert (payload["list"], payload["by"]) == ("活动名册", "P4")
    for refusal in (StoreFull("存储已满"), Unavailable("暂时不可用")):
        people.refusal = refusal
        with pytest.raises(Unavailable, match="现在记不下这次导出"):
            made.must_record_export("活动名册", "activity/A1", WORKER)


def test_of_a_list_that_is_named_everybody_was_seen_but_who_asks(
    made: Looks, people: People
) -> None:
    named = {"items": [{"id": "R1"}, {"id": WORKER.id}, {"id": "R2"}]}
    made.note("people", "name_persons", {"persons": []}, named, WORKER)
    own = {"items": [{"id": WORKER.id}]}
    made.note("people", "name_persons", {"persons": []}, own, WORKER)
    made.tell()
    [(_, payload, _)] = people.heard
    [look] = payload["looks"]
    assert (look["kind"], look["persons"]) == ("record", ["R1", "R2"])
