"""A need may name the grid it comes from, once there are grids one of its community's that day."""

from datetime import timedelta

from services.cobuild.rules import needs
from services.cobuild.service import Cobuild
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import branches
from tests.examples import cobuild as examples
from tests.given import NOW, example_of, given_from, refused
from tests.unit.cobuild.stage import RESIDENT, stage

RECORDED = example_of(branches, "grid_recorded.v1")
ENDED = example_of(branches, "grid_ended.v1", valid_to="2026-06-01")


def grids(*facts: Fact) -> Overlay:
    return given_from(stage(), Cobuild, "branches", *facts)


def raised(docs: Overlay, grid: str, who: Asked = RESIDENT) -> str:
    return str(
        needs.raise_need(
            docs, {**examples.COMMANDS["raise_need"], "grid": grid}, who
        ).data["grid"]
    )


def test_any_grid_may_be_named_while_the_community_has_none_recorded() -> None:
    assert raised(stage(), "anything") == "anything"
    elsewhere = example_of(branches, "grid_recorded.v1", community="510108016001")
    assert raised(grids(elsewhere), "anything") == "anything"


def test_a_need_keeps_the_grid_it_was_raised_in() -> None:
    docs = grids(RECORDED)
    fact = needs.raise_need(
        docs, {**examples.COMMANDS["raise_need"], "grid": "W-0101"}, RESIDENT
    )
    given_from(docs, Cobuild, "cobuild", fact)
    given_from(docs, Cobuild, "branches", ENDED)
    need = docs.the("needs", fact.data["need"])
    assert (need["grid"], need["community"]) == ("W-0101", "510108015001")


def test_a_grid_that_is_not_the_communitys_that_day_is_refused() -> None:
    with refused("grid_elsewhere", says="W-0102"):
        raised(grids(RECORDED), "W-0102")
    docs, tomorrow = (
        grids(RECORDED, ENDED),
        Asked(RESIDENT.actor, NOW + timedelta(days=1), "N1"),
    )
    assert raised(docs, "W-0101") == "W-0101"
    with refused("grid_elsewhere", says="2026年6月2日"):
        raised(docs, "W-0101", tomorrow)


def test_the_day_is_the_local_one() -> None:
    """16:00 in UTC is the next day in China."""
    late = Asked(RESIDENT.actor, NOW.replace(hour=15, minute=59), "N1")
    assert raised(grids(RECORDED, ENDED), "W-0101", late)
    with refused("grid_elsewhere"):
        raised(
            grids(RECORDED, ENDED),
            "W-0101",
            Asked(RESIDENT.actor, NOW.replace(hour=16), "N1"),
        )
