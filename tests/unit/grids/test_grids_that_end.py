"""A grid that ends takes the time in office of its members with it; its doors wait for who works there."""

from datetime import timedelta

import pytest

from schemas.documents import Json
from services.district.waiting import page
from services.grids.rules import doors, members, visits
from services.grids.service import Grids
from services.grids.waiting import TASKS
from services.kit.entrypoints import Due
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import branches
from tests.examples import grids as examples
from tests.given import NOW, asked, example_of, given_from, refused
from tests.unit.grids.stage import (
    BASIS,
    COMMANDS,
    OTHER_WORKER,
    WORKER,
    empty,
    late,
    member,
    stage,
    take,
)

LAST = "2026-06-30"
MIDNIGHT = "2026-06-30T16:00:00.000Z"
JULY = NOW + timedelta(days=40)
HERE = {"grid": examples.GRID, "community": examples.COMMUNITY}
ENDED = example_of(branches, "grid_ended.v1", **HERE, valid_to=LAST)
DUE: Due = Grids.expire_member
OF_THE_COMMUNITY = ("community_worker", examples.COMMUNITY)


def told(docs: Overlay, *facts: Fact) -> Overlay:
    return given_from(docs, Grids, "branches", *facts)


def going_on(since: str) -> Fact:
    return example_of(branches, "grid_recorded.v1", **HERE, valid_from=since)


def term(docs: Overlay) -> Json:
    return docs.the("members", examples.MEMBER)


def expired() -> Overlay:
    docs = told(stage(), ENDED)
    late_by_a_day = JULY + timedelta(days=1)
    return take(docs, members.expire(docs, term(docs), WORKER), now=late_by_a_day)


def test_a_time_in_office_ends_with_the_last_day_of_the_grid() -> None:
    docs = told(stage(), ENDED)
    assert term(docs)["ends_at"] == MIDNIGHT
    assert DUE.ripe("2026-06-30T15:59:59.000Z").matches(term(docs)) is False
    assert DUE.ripe("2026-07-01T00:00:00.000Z").matches(term(docs))


def test_it_makes_no_difference_which_is_heard_of_first() -> None:
    first = given_from(told(empty(), ENDED), Grids, "grids", *BASIS)
    assert term(first)["ends_at"] == MIDNIGHT


@pytest.mark.parametrize(
    ("since", "ends"), [("2026-07-01", False), ("2026-07-03", True)]
)
def test_a_grid_that_goes_on_the_next_day_keeps_its_members(
    since: str, ends: bool
) -> None:
    docs = told(stage(), ENDED, going_on(since))
    assert ("ends_at" in term(docs)) is ends


def test_whoever_was_in_office_was_so_until_then_however_late_it_is_noted() -> None:
    docs = expired()
    assert (term(docs)["state"], term(docs)["until"]) == ("relieved", MIDNIGHT)
    sent = {"device_now": "2026-07-11T01:00:00.000Z"}
    for day, counts in ((29, True), (31, False)):
        said = late(NOW + timedelta(days=day), f"n-{day}", "not_in", **sent)
        if counts:
            assert visits.record_late(docs, said, member(now=JULY))
        else:
            with refused("relieved_before"):
                visits.record_late(docs, said, member(now=JULY))


def test_nobody_is_relieved_once_more() -> None:
    with refused("cannot_relieve"):
        members.relieve(expired(), COMMANDS["relieve_member"], WORKER)
    docs = take(told(stage(), ENDED), example_of(examples, "member_relieved.v1"))
    assert "ends_at" not in term(docs)


def waits(docs: Overlay, days: int, place: str = examples.COMMUNITY) -> list[Json]:
    worker = asked(("community_worker", place), now=NOW + timedelta(days=days))
    found = page(docs, TASKS, {"after": None, "limit": 10}, worker)
    return [one for one in found["items"] if one["kind"] == "grid_to_redraw"]


def test_doors_of_a_grid_that_has_ended_wait_for_who_works_there() -> None:
    docs = told(stage(), ENDED)
    assert waits(docs, 29) == waits(docs, 40, OTHER_WORKER.actor.roles[0].scope) == []
    (one,) = waits(docs, 40)
    assert one["names"] == HERE | {"door": "D1"}
    july = asked(OF_THE_COMMUNITY, now=JULY)
    for door, walk in (("D1", 1), ("D2", 2)):
        to = COMMANDS["move_door"] | {"door": door, "walk": walk}
        take(docs, doors.move(docs, to, july))
    assert waits(docs, 40) == []
    assert waits(told(stage(), ENDED, going_on("2026-07-01")), 40) == []
