"""Two records side by side: what differs, and what is a clue."""

from services.people.views import merges as views
from tests.examples import people as examples
from tests.unit.people.merging import ALICE, ELSEWHERE, TWIN, worker_of
from tests.unit.people.stage import recorded

# What is shown


def test_two_records_stand_side_by_side_what_differs_first_and_masked() -> None:
    world = recorded()
    two = {"person": TWIN, "into": ALICE}
    lines = views.compare_persons(world.docs, two, world.worker)["items"]
    differs = [line["field"] for line in lines if not line["same"]]
    assert [line["field"] for line in lines][: len(differs)] == differs
    assert differs == ["姓名", "出生", "联系电话"]
    text = str(lines)
    assert examples.NAME not in text
    assert "13900005678" not in text
    assert "1950" not in text


def test_the_same_number_however_it_is_written_down_is_a_clue() -> None:
    world = recorded()
    world.record(TWIN, name="李国强", born="1962", contacts=[examples.CONTACT])
    question = {"division": examples.COMMUNITY}
    found = views.find_duplicates(world.docs, question, world.worker)["items"]
    assert [{pair["person"], pair["into"]} for pair in found] == [{ALICE, TWIN}]
    assert found[0]["clue"] == "电话相同"


def test_the_same_name_birth_and_community_are_a_clue_and_less_is_none() -> None:
    world = recorded()
    question = {"division": examples.COMMUNITY}
    world.record(TWIN, contacts=[])
    (pair,) = views.find_duplicates(world.docs, question, world.worker)["items"]
    assert pair["clue"] == "姓名、出生和社区相同"
    world.record(TWIN, contacts=[], born="1951")
    assert views.find_duplicates(world.docs, question, world.worker)["items"] == []
    there = worker_of(world, ELSEWHERE)
    assert views.find_duplicates(world.docs, question, there)["items"] == []
