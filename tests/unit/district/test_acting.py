"""Who is recorded where, as every service knows it."""

import pytest

from services.cobuild.service import Cobuild
from services.district.acting import (
    community_of,
    is_erased,
    list_acted,
    words_are_of,
)
from services.kit.views import Overlay
from tests.examples import people
from tests.given import asked, example_of, given, given_from


def known(*types: str, **said: object) -> Overlay:
    docs = given(Cobuild)
    for person in ("R1", "R2"):
        recorded = example_of(people, "person_recorded.v1", person=person)
        given_from(docs, Cobuild, "people", recorded)
    for type in types:
        given_from(docs, Cobuild, "people", example_of(people, type, **said))
    return docs


@pytest.mark.parametrize(("merged", "erased"), [([], "R1"), (["R2"], "R1 R2")])
def test_with_somebody_go_those_who_were_merged_into_them(
    merged: list[str], erased: str
) -> None:
    docs = known(
        "person_erased.v1", person="R1", **({"merged": merged} if merged else {})
    )
    for person in ("R1", "R2"):
        is_gone = person in erased
        assert is_erased(docs, person) == is_gone
        assert bool(community_of(docs, person)) != is_gone
        assert words_are_of(docs, person) == ("" if is_gone else person)


def test_whoever_was_merged_is_told_what_was_done_for_either_record() -> None:
    docs = known()
    for id, person in (("E1", "R1"), ("E2", "R2"), ("E3", "R1"), ("E4", "R9")):
        act = {"by": "W1", "act": "need_raised.v1", "at": id, "about": "need/N1"}
        docs.put("acted", act | {"id": id, "person": person})

    def told() -> list[str]:
        question = {"person": "R1"}
        me = asked(("resident", "*"), id="R1")
        return [act["id"] for act in list_acted(docs, question, me)["items"]]

    assert told() == ["E3", "E1"]
    docs.put("aliases", {"id": "R2", "into": "R1"})
    assert told() == ["E3", "E2", "E1"]


def test_of_whom_nothing_was_ever_recorded_it_is_not_said_that_they_are_erased() -> (
    None
):
    assert not is_erased(known(), "R8")
