"""Which needs somebody finds, and what of them they see."""

from typing import Any

import schemas.cobuild as schemas
from services.cobuild import views
from services.cobuild.rules import needs
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from tests.examples import cobuild as examples
from tests.given import NOW, asked, example_of, refused
from tests.unit.cobuild.needs import COMMANDS, listed
from tests.unit.cobuild.stage import (
    CLAIMED,
    LIAISON,
    OFFERED,
    RAISED,
    RESIDENT,
    STRANGER,
    STREET,
    UNIT,
    VERIFIED,
    WORKER,
    stage,
)


def test_words_and_persons_are_shown_to_those_concerned() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED)

    def shown(who: Asked) -> dict[str, Any]:
        return views.needs.get_need(
            docs,
            {"need": "N1"},
            Asked(who.actor, NOW, "", {"N1": examples.WORDS}.__getitem__),
        )

    assert (
        shown(RESIDENT)["words"]
        == shown(WORKER)["words"]
        == shown(LIAISON)["words"]
        == examples.WORDS
    )
    assert "beneficiary" in shown(WORKER)
    assert not {"beneficiary", "by"} & shown(LIAISON).keys()
    assert not {"words", "beneficiary", "by"} & shown(STRANGER).keys()


ANALYST = asked(("district_analyst", "510108"), id="P11")

OTHER_LIAISON = asked(("unit_liaison", "unit/U2"), id="P10")

IN_A_GRID = example_of(examples, "need_raised.v1", grid="WG-0001")


def test_a_need_not_yet_verified_is_for_whose_it_is_and_who_serves_the_place() -> None:
    docs = stage(*UNIT, IN_A_GRID)
    for who in (RESIDENT, WORKER, STREET):
        assert views.needs.get_need(docs, {"need": "N1"}, who)["grid"] == "WG-0001"
    for who in (STRANGER, ANALYST, LIAISON):
        with refused("not_found", Unknown, says="没有这个需求"):
            views.needs.get_need(docs, {"need": "N1"}, who)
        with refused("not_found", Unknown, says="没有这个需求"):
            views.matching.matches_of_need(docs, {"need": "N1", "limit": 5}, who)
        assert listed(docs, who, state="raised,rejected,withdrawn") == []
    assert (
        listed(docs, WORKER, state="raised")
        == listed(docs, STREET, state="raised")
        == ["N1"]
    )


def test_of_a_listed_need_others_see_what_the_work_needs_and_no_more() -> None:
    docs = stage(*UNIT, OFFERED, IN_A_GRID, VERIFIED, CLAIMED)
    for who in (STRANGER, ANALYST, OTHER_LIAISON):
        shown = views.needs.get_need(docs, {"need": "N1"}, who)
        assert (
            not {"grid", "reason", "similar", "by", "beneficiary", "notes", "words"}
            & shown.keys()
        )
        assert listed(docs, who, state="claimed") == ["N1"]
    assert views.needs.get_need(docs, {"need": "N1"}, LIAISON)["grid"] == "WG-0001"


def test_pages_of_needs_are_of_what_the_asker_sees_alone() -> None:
    elsewhere = {"community": "510108016001", "need": "N2", "note": "N2"}
    docs = stage(RAISED, example_of(examples, "need_raised.v1", **elsewhere))
    question = schemas.needs.ListNeeds().load({"state": "raised", "limit": 1})
    found = views.needs.list_needs(docs, question, WORKER)
    assert ([need["id"] for need in found["items"]], found["next"]) == (["N1"], None)


def test_what_resembles_a_residents_need_is_told_of_listed_ones_alone() -> None:
    docs = stage(RAISED)
    assert (
        needs.raise_need(docs, COMMANDS["raise_need"], STRANGER).data["similar"] == []
    )
    assert [
        each["need"]
        for each in needs.raise_need(docs, COMMANDS["raise_need"], WORKER).data[
            "similar"
        ]
    ] == ["N1"]


def test_my_needs_are_mine_and_those_i_raised_where_i_still_work() -> None:
    docs = stage(example_of(examples, "need_raised.v1", by="P6", beneficiary="P9"))
    mine = schemas.needs.MyNeeds().load({})
    for who, seen in (
        (asked(("resident", "*"), id="P9"), ["N1"]),
        (WORKER, ["N1"]),
        (asked(("resident", "*"), ("community_worker", "510108016001"), id="P6"), []),
    ):
        assert [
            need["id"] for need in views.needs.my_needs(docs, mine, who)["items"]
        ] == seen
