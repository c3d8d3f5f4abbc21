"""An activity may name the grid it is held in: one of its community's on the day of every session."""

from typing import Any

from services.activities.rules import changes, postings
from services.activities.service import Activities
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import branches
from tests.examples.activities import ACTIVITY, COMMANDS, CONTENT, STREAM
from tests.given import example_of, given_from, refused
from tests.unit.activities.stage import OPENED, secretary, stage

HERE = {"community": CONTENT["community"]}
RECORDED = example_of(branches, "grid_recorded.v1", **HERE)
ENDED = example_of(branches, "grid_ended.v1", **HERE, valid_to="2026-06-13")
DRAFTED = Fact("activity_drafted.v2", STREAM, {**CONTENT, "grid": "W-0101"})
PUBLISHED = Fact("activity_published.v2", STREAM, {**CONTENT, "grid": "W-0101"})
LATER = {"starts_at": "2026-06-14T01:00:00.000Z", "ends_at": "2026-06-14T03:00:00.000Z"}


def grids(*facts: Fact, before: tuple[Fact, ...] = ()) -> Overlay:
    return given_from(stage(*before), Activities, "branches", *facts)


def draft(docs: Overlay, **said: Any) -> Fact:
    return postings.draft(docs, {**COMMANDS["draft_activity"], "grid": "W-0101", **said}, secretary())


def change(docs: Overlay, **said: Any) -> Fact:
    return changes.change(docs, {"activity": ACTIVITY, "which": "all", "reason": "雨", **said}, secretary())


def test_any_grid_may_be_named_while_the_community_has_none_recorded() -> None:
    assert draft(grids(), grid="anything").data["grid"] == "anything"


def test_the_activity_and_its_events_carry_the_grid() -> None:
    docs = grids(RECORDED, before=(DRAFTED,))
    assert docs.the("activities", ACTIVITY)["grid"] == "W-0101"
    published = postings.publish(docs, {"activity": ACTIVITY}, secretary())
    assert published.data["grid"] == "W-0101"


def test_a_grid_must_be_the_communitys_on_the_day_of_every_session() -> None:
    with refused("grid_elsewhere", says="W-0102"):
        draft(grids(RECORDED), grid="W-0102")
    assert draft(grids(RECORDED, ENDED))
    with refused("grid_elsewhere", says="2026-06-14"):
        draft(grids(RECORDED, ENDED), repeats="FREQ=DAILY;COUNT=2")


def test_a_draft_whose_grid_was_redrawn_is_not_published() -> None:
    gone = example_of(branches, "grid_ended.v1", **HERE, valid_to="2026-06-12")
    with refused("grid_elsewhere"):
        postings.publish(grids(RECORDED, gone, before=(DRAFTED,)), {"activity": ACTIVITY}, secretary())


def test_a_session_does_not_move_to_a_day_on_which_its_grid_is_no_more() -> None:
    docs = grids(RECORDED, ENDED, before=(PUBLISHED, OPENED))
    with refused("grid_elsewhere", says="2026-06-14"):
        change(docs, **LATER)
    with refused("grid_elsewhere", says="2026-06-14"):
        change(docs, also=[LATER])


def test_what_is_held_in_a_grid_redrawn_since_may_otherwise_change() -> None:
    gone = example_of(branches, "grid_ended.v1", **HERE, valid_to="2026-06-12")
    fact = change(grids(RECORDED, gone, before=(PUBLISHED, OPENED)), place="二楼")
    assert fact.data["grid"] == "W-0101"
