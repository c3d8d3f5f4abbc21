"""An activity may name the grid it is held in: one of its community's on the day of every session."""

from datetime import timedelta
from typing import Any

from services.activities.rules import changes, postings, templates
from services.activities.service import Activities
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import branches
from tests.examples.activities import ACTIVITY, COMMANDS, CONTENT, STREAM
from tests.given import example_of, given_from, refused
from tests.unit.activities.stage import OPENED, STARTS, fact, secretary, stage

HERE = {"community": CONTENT["community"]}
RECORDED = example_of(branches, "grid_recorded.v1", **HERE)
ENDED = example_of(branches, "grid_ended.v1", **HERE, valid_to="2026-06-13")
DRAFTED = Fact("activity_drafted.v2", STREAM, {**CONTENT, "grid": "W-0101"})
PUBLISHED = Fact("activity_published.v2", STREAM, {**CONTENT, "grid": "W-0101"})
LATER = {"starts_at": "2026-06-14T01:00:00.000Z", "ends_at": "2026-06-14T03:00:00.000Z"}


def grids(*facts: Fact, before: tuple[Fact, ...] = ()) -> Overlay:
    return given_from(stage(*before), Activities, "branches", *facts)


def draft(docs: Overlay, **said: Any) -> Fact:
    return postings.draft(
        docs, {**COMMANDS["draft_activity"], "grid": "W-0101", **said}, secretary()
    )


def change(docs: Overlay, **said: Any) -> Fact:
    return changes.change(
        docs,
        {"activity": ACTIVITY, "which": "all", "reason": "雨", **said},
        secretary(),
    )


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
    with refused("grid_elsewhere", says="2026年6月14日"):
        draft(grids(RECORDED, ENDED), repeats="FREQ=DAILY;COUNT=2")


def test_a_draft_whose_grid_was_redrawn_is_not_published() -> None:
    gone = example_of(branches, "grid_ended.v1", **HERE, valid_to="2026-06-12")
    with refused("grid_elsewhere"):
        postings.publish(
            grids(RECORDED, gone, before=(DRAFTED,)),
            {"activity": ACTIVITY},
            secretary(),
        )


def test_a_session_does_not_move_to_a_day_on_which_its_grid_is_no_more() -> None:
    docs = grids(RECORDED, ENDED, before=(PUBLISHED, OPENED))
    with refused("grid_elsewhere", says="2026年6月14日"):
        change(docs, **LATER)
    with refused("grid_elsewhere", says="2026年6月14日"):
        change(docs, also=[LATER])


def test_what_is_held_in_a_grid_redrawn_since_may_otherwise_change() -> None:
    gone = example_of(branches, "grid_ended.v1", **HERE, valid_to="2026-06-12")
    changed = change(grids(RECORDED, gone, before=(PUBLISHED, OPENED)), place="二楼")
    assert changed.data["grid"] == "W-0101"


NEW = example_of(
    branches, "grid_recorded.v1", **HERE, grid="W-0202", valid_from="2026-06-13"
)
GONE = example_of(branches, "grid_ended.v1", **HERE, valid_to="2026-06-12")
DAYS = [f"2026-06-{day}T01:00:00.000Z" for day in (13, 14, 15)]


def three_days(**of_the_second: str) -> Fact:
    first = CONTENT["sessions"][0]
    sessions = [
        {
            **first,
            "session": f"{ACTIVITY}.{number}",
            "starts_at": day,
            "ends_at": day.replace("T01", "T03"),
        }
        for number, day in enumerate(DAYS, start=1)
    ]
    sessions[1] |= of_the_second
    return Fact(
        "activity_published.v2",
        STREAM,
        {**CONTENT, "grid": "W-0101", "sessions": sessions},
    )


def grids_held(docs: Overlay) -> list[str]:
    return [
        docs.the("sessions", f"{ACTIVITY}.{number}")["grid"] for number in (1, 2, 3)
    ]


def test_the_grid_of_sessions_to_come_changes_and_that_of_those_held_stays() -> None:
    docs = grids(
        RECORDED,
        NEW,
        before=(
            three_days(),
            OPENED,
            fact("session_started.v1", session=f"{ACTIVITY}.1"),
        ),
    )
    changed = change(docs, grid="W-0202")
    assert changed.data["changed"] == ["grid"]
    given_from(docs, Activities, "activities", changed)
    assert grids_held(docs) == ["W-0101", "W-0202", "W-0202"]
    assert docs.the("activities", ACTIVITY)["grid"] == "W-0101"
    given_from(
        docs,
        Activities,
        "activities",
        change(docs, which="one", session=f"{ACTIVITY}.3", grid="W-0101"),
    )
    assert grids_held(docs) == ["W-0101", "W-0202", "W-0101"]


def test_a_grid_changed_to_is_the_communitys_that_day() -> None:
    docs = grids(RECORDED, ENDED, NEW, before=(three_days(), OPENED))
    with refused("grid_elsewhere", says="W-0303"):
        change(docs, grid="W-0303")
    given_from(
        docs,
        Activities,
        "activities",
        change(docs, which="following", session=f"{ACTIVITY}.2", grid="W-0202"),
    )
    later = {"starts_at": "2026-06-15T02:00:00.000Z"}
    assert change(docs, which="one", session=f"{ACTIVITY}.3", **later).data[
        "moved"
    ] == [f"{ACTIVITY}.3"]


def test_a_grid_that_is_the_same_is_no_change() -> None:
    with refused("nothing_changes"):
        change(grids(RECORDED, before=(three_days(), OPENED)), grid="W-0101")


def test_the_grid_stays_once_somebody_may_be_there_and_the_place_once_it_begins() -> (
    None
):
    docs = grids(RECORDED, NEW, before=(three_days(), OPENED))
    first = {
        "activity": ACTIVITY,
        "which": "one",
        "session": f"{ACTIVITY}.1",
        "reason": "雨",
    }
    soon, now = secretary(now=STARTS - timedelta(minutes=30)), secretary(now=STARTS)
    with refused("doors_open", says="（6月13日 周六 9:00）"):
        changes.change(docs, {**first, "grid": "W-0202"}, soon)
    assert changes.change(docs, {**first, "place": "二楼"}, soon)
    with refused("already_begun", says="（6月13日 周六 9:00）"):
        changes.change(docs, {**first, "place": "二楼"}, now)
    assert changes.change(docs, {**first, "capacity": 9}, now)


def test_a_change_for_all_leaves_out_what_nobody_started_in_time() -> None:
    docs = grids(RECORDED, NEW, before=(three_days(), OPENED))
    command = {
        "activity": ACTIVITY,
        "which": "all",
        "reason": "雨",
        "grid": "W-0202",
        "place": "二楼",
    }
    given_from(
        docs,
        Activities,
        "activities",
        changes.change(docs, command, secretary(now=STARTS)),
    )
    assert grids_held(docs) == ["W-0101", "W-0202", "W-0202"]
    assert docs.the("sessions", f"{ACTIVITY}.1")["place"] == CONTENT["place"]


def test_a_session_added_lies_where_it_says_or_where_the_first_does() -> None:
    docs = grids(RECORDED, NEW, before=(three_days(), OPENED))
    times = {
        "starts_at": "2026-06-20T01:00:00.000Z",
        "ends_at": "2026-06-20T03:00:00.000Z",
    }
    given_from(
        docs, Activities, "activities", change(docs, also=[{**times, "grid": "W-0202"}])
    )
    assert docs.the("sessions", f"{ACTIVITY}.4")["grid"] == "W-0202"
    given_from(
        docs,
        Activities,
        "activities",
        change(docs, also=[{**times, "starts_at": "2026-06-20T02:00:00.000Z"}]),
    )
    assert docs.the("sessions", f"{ACTIVITY}.5")["grid"] == "W-0101"


def test_when_the_first_session_goes_the_activity_lies_where_the_next_does() -> None:
    docs = grids(RECORDED, NEW, before=(three_days(grid="W-0202"), OPENED))
    assert docs.the("activities", ACTIVITY)["grid"] == "W-0101"
    given_from(
        docs,
        Activities,
        "activities",
        fact("sessions_cancelled.v1", sessions=[f"{ACTIVITY}.1"], reason="雨"),
    )
    assert docs.the("activities", ACTIVITY)["grid"] == "W-0202"


def copied(docs: Overlay, starts_at: str = "2026-07-01T01:00:00.000Z") -> Fact:
    command = {"activity": ACTIVITY, "starts_at": starts_at}
    return templates.copy_activity(docs, command, secretary(new_id="A2"))


def test_a_copy_leaves_a_grid_behind_that_was_redrawn_and_says_so() -> None:
    docs = grids(RECORDED, GONE, NEW, before=(three_days(), OPENED))
    copy = copied(docs)
    assert not any("grid" in said for said in (copy.data, *copy.data["sessions"]))
    given_from(docs, Activities, "activities", copy)
    (left,) = docs.the("activities", "A2")["left_behind"]
    assert (left["field"], left["value"]) == ("grid", "W-0101")
    assert "W-0101" in left["text"]
    published = postings.publish(docs, {"activity": "A2"}, secretary())
    assert "left_behind" not in published.data
    given_from(docs, Activities, "activities", published)
    assert "left_behind" not in docs.the("activities", "A2")


def test_a_copy_keeps_the_grids_that_stand_each_for_its_session() -> None:
    docs = grids(RECORDED, before=(three_days(), OPENED))
    assert (copied(docs).data["grid"], "left_behind" in copied(docs).data) == (
        "W-0101",
        False,
    )
    docs = grids(RECORDED, GONE, NEW, before=(three_days(grid="W-0202"), OPENED))
    copy = copied(docs).data
    assert ("grid" in copy, [plan.get("grid") for plan in copy["sessions"]]) == (
        False,
        [None, "W-0202", None],
    )
    assert copy["left_behind"] == [{"field": "grid", "value": "W-0101"}]
