"""A code alone is no grid: what stands under one in a community says nothing of another that wrote the same.

A community none of whose grids are on the roll may write any code, also one of a neighbour's.
"""

from schemas.documents import without
from services.grids.rules import doors, members, visits
from services.grids.rules.findings import concerns
from services.grids.views import doors as views
from services.grids.views import rounds
from services.kit.errors import Forbidden, Unknown
from services.kit.views import Overlay
from tests.examples import grids as examples
from tests.given import asked, example_of, refused
from tests.unit.grids.stage import (
    COMMANDS,
    DOOR,
    FOLLOWUP,
    OTHER_WORKER,
    WORKER,
    stage,
    take,
    visit,
)

ELSEWHERE = "510108016001"
THERE = {"community": ELSEWHERE, "grid": examples.GRID}
RECORDED = without(COMMANDS["record_door"], "courtyard")
PAGE = {"after": None, "limit": 10}
NEIGHBOUR = asked(("grid_member", ELSEWHERE), id="P40")


def with_a_neighbour() -> Overlay:
    docs = stage(FOLLOWUP)
    appointed = members.appoint(docs, THERE | {"person": "P40"}, OTHER_WORKER)
    return take(docs, appointed)


def test_who_works_next_door_lists_their_own_doors_alone() -> None:
    docs = with_a_neighbour()
    for who in (OTHER_WORKER, NEIGHBOUR):
        assert views.list_doors(docs, THERE | PAGE, who)["items"] == []
        assert views.list_day(docs, THERE | PAGE, who)["items"] == []
    own = examples.HERE | PAGE
    assert len(views.list_doors(docs, own, WORKER)["items"]) == 2


def test_a_member_of_the_same_code_next_door_goes_to_none_of_these_doors() -> None:
    docs = with_a_neighbour()
    with refused("not_found", Unknown):
        views.get_door(docs, {"door": DOOR}, NEIGHBOUR)
    with refused("not_your_grid", Forbidden):
        visits.record(docs, visit("not_in"), NEIGHBOUR)
    assert not concerns(docs, docs.the("findings", "F1"), NEIGHBOUR)


def test_a_number_on_a_walk_is_taken_in_its_own_grid_alone() -> None:
    docs = with_a_neighbour()
    assert doors.record(docs, RECORDED | THERE, OTHER_WORKER)
    with refused("walk_taken"):
        doors.record(docs, COMMANDS["record_door"], WORKER)


def test_who_is_a_member_here_may_be_one_there() -> None:
    docs = stage()
    assert members.appoint(docs, THERE | {"person": examples.PERSON}, OTHER_WORKER)


def test_a_round_of_grids_counts_the_grid_of_each_community() -> None:
    announced = example_of(
        examples, "round_announced.v1", round="R5", division="510108", per="grid"
    )
    opened = example_of(examples, "round_opened.v1", round="R5")
    docs = take(with_a_neighbour(), announced, opened)
    take(docs, doors.record(docs, RECORDED | THERE, OTHER_WORKER))
    for door, who in ((DOOR, WORKER), ("N1", OTHER_WORKER)):
        take(docs, visits.record(docs, visit("not_in", door=door, round="R5"), who))
    for here, who in ((examples.HERE, WORKER), (THERE, OTHER_WORKER)):
        about = {"round": "R5", "community": here["community"]} | PAGE
        (counted,) = rounds.list_coverage(docs, about, who)["items"]
        assert (counted["grid"], counted["tried"]) == (examples.GRID, 1)
