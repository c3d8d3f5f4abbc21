"""Visits: who may say they were at a door, when that was, and what may be answered."""

from datetime import timedelta
from typing import Any

import pytest

from schemas.documents import Json
from schemas.fields import instant
from services.grids.rules import members, visits
from services.grids.views import doors as views
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import grids as examples
from tests.given import NOW, asked, example_of, refused
from tests.unit.grids.stage import (
    BEFORE,
    CARE_BEGUN,
    DOOR,
    OPENED,
    OTHER_WORKER,
    ROUND,
    STRANGER,
    WORKER,
    empty,
    late,
    member,
    stage,
    take,
    visit,
)

HOUR = timedelta(hours=1)
MET: Json = {"round": ROUND, "answers": examples.ANSWERS}


def record(said: Json, who: Asked | None = None, docs: Overlay | None = None) -> Fact:
    return visits.record(docs or stage(), said, who or member())


def send(said: Json, who: Asked | None = None, docs: Overlay | None = None) -> Fact:
    command = {"device_now": said["at"], **said}
    return visits.record_late(docs or stage(), command, who or member())


def test_a_member_records_what_came_of_it_and_nothing_else_is_required() -> None:
    fact = record(visit("not_in"))
    assert fact.stream == "visit/D1"
    assert fact.data == {
        **examples.HERE,
        "visit": "V1",
        "door": DOOR,
        "outcome": "not_in",
        "answers": [],
        "at": "2026-06-01T01:00:00.000Z",
        "way": "live",
        "member": "P3",
    }


def test_only_who_was_a_member_of_that_grid_at_that_moment_was_there() -> None:
    with refused("not_on_roster", Forbidden):
        record(visit(), member(id="P30"))
    elsewhere = example_of(
        examples, "member_appointed.v1", member="M2", person="P30", grid="W-0102"
    )
    with refused("not_your_grid", Forbidden):
        record(visit(), member(id="P30"), stage(elsewhere))
    with refused("not_on_roster", Forbidden):
        record(visit(), OTHER_WORKER)
    assert record(visit(), WORKER).data["member"] == WORKER.actor.id


def relieved() -> Overlay:
    docs = stage()
    return take(docs, members.relieve(docs, {"member": "M1"}, WORKER))


def test_what_was_queued_before_a_member_was_relieved_counts_and_what_came_after_does_not() -> (
    None
):
    afterwards = member(now=NOW + 7 * HOUR)
    now = {"device_now": "2026-06-01T08:00:00.000Z"}
    before = late(NOW - HOUR, "n-1", **now)
    assert send(before, afterwards, relieved()).data["at"] == "2026-06-01T00:00:00.000Z"
    for after in (NOW, NOW + HOUR):
        with refused("relieved_before"):
            send(late(after, "n-2", **now), afterwards, relieved())
    with refused("relieved_before"):
        record(visit(), afterwards, relieved())


def test_before_taking_office_nobody_was_there() -> None:
    with refused("relieved_before"):
        send(late(BEFORE - HOUR, "n-1", device_now="2026-06-01T01:00:00.000Z"))


def test_a_clock_that_is_off_is_set_right_by_what_it_shows_when_it_sends() -> None:
    said = late(NOW - HOUR + timedelta(minutes=4), "n-1")
    said["device_now"] = "2026-06-01T01:04:00.000Z"
    fact = send(said)
    assert (fact.data["at"], fact.data["clock_off_s"]) == (
        "2026-06-01T00:00:00.000Z",
        -240,
    )
    ahead = late(NOW + HOUR, "n-2", device_now="2026-06-01T01:00:00.000Z")
    with refused("in_the_future"):
        send(ahead)


def test_up_to_a_second_ahead_is_now() -> None:
    right = {"device_now": "2026-06-01T01:00:00.000Z"}
    ahead = NOW + timedelta(seconds=1)
    assert send(late(ahead, "n-1", **right)).data["at"] == instant(NOW)
    with refused("in_the_future"):
        send(late(ahead + timedelta(milliseconds=1), "n-2", **right))


def test_what_is_sent_at_once_is_not_in_the_future_by_a_clock_set_right() -> None:
    """By whole seconds: it is sent a tenth of one after it was made, by a clock 4.6 s behind."""
    made = NOW - timedelta(seconds=4.7)
    sent = instant(made + timedelta(seconds=0.1))
    assert send(late(made, "n-1", device_now=sent)).data["at"] == instant(NOW)


def test_sent_again_it_changes_nothing_and_a_number_used_for_another_is_said() -> None:
    said = late(NOW - HOUR, "n-1", "not_in", device_now="2026-06-01T01:00:00.000Z")
    docs = stage()
    take(docs, send(said, docs=docs))
    with refused("visit_known"):
        send(said, docs=docs)
    with refused("nonce_reused"):
        send(said | {"outcome": "met"}, docs=docs)
    with refused("nonce_reused"):
        send(said, WORKER, docs)
    with refused("not_on_roster", Forbidden):
        send(said, member(id="P30"), docs)
    assert send(said | {"device": "phone-2"}, docs=docs)


def test_sent_again_by_a_clock_that_was_set_a_second_meanwhile_it_is_the_same() -> None:
    made = NOW - HOUR
    right = {"device_now": "2026-06-01T01:00:00.000Z"}
    docs = stage()
    take(docs, send(late(made, "n-1", **right), docs=docs))
    second, moment = timedelta(seconds=1), timedelta(milliseconds=1)
    for apart in (-second, second):
        with refused("visit_known"):
            send(late(made + apart, "n-1", **right), docs=docs)
    for apart in (-second - moment, second + moment):
        with refused("nonce_reused"):
            send(late(made + apart, "n-1", **right), docs=docs)


def test_a_round_is_asked_where_and_while_it_is_under_way() -> None:
    with refused("door_elsewhere"):
        other = example_of(
            examples, "round_announced.v1", round="R9", division="510108016001"
        )
        record(visit(round="R9"), docs=stage(other))
    with refused("round_not_open"):
        send(
            late(
                NOW - timedelta(days=2),
                "n-1",
                round=ROUND,
                device_now="2026-06-01T01:00:00.000Z",
            )
        )
    july = member(now=NOW + timedelta(days=40))
    within = late(NOW, "n-1", round=ROUND, device_now="2026-07-11T01:00:00.000Z")
    assert send(within, july).data["round"] == ROUND
    with refused("round_not_open"):
        record(visit(round=ROUND), july)
    cancelled = stage(example_of(examples, "round_cancelled.v1"))
    with refused("round_not_open"):
        record(visit(round=ROUND), docs=cancelled)


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ([{"item": "lift", "value": "yes"}], "unknown_item"),
        ([{"item": "gas", "value": "yes"}] * 2, "unknown_item"),
        ([{"item": "gas", "value": "maybe"}], "bad_answer"),
        ([{"item": "gas", "value": "yes"}, {"item": "hose", "value": "新的"}], "bad_answer"),
        ([{"item": "changed", "value": "2026-02-30"}], "bad_answer"),
        ([{"item": "alarms", "value": "-1"}], "bad_answer"),
        ([{"item": "alarms", "value": "１"}], "bad_answer"),
        ([{"item": "hose", "value": "完好"}], "not_asked"),
        ([{"item": "gas", "value": "no"}, {"item": "hose", "value": "完好"}], "not_asked"),
    ],
)  # fmt: skip
def test_an_answer_is_one_that_can_be_given(answers: list[Json], code: str) -> None:
    with refused(code):
        record(visit(round=ROUND, answers=answers))


def test_nobody_answers_who_was_not_met_or_not_asked() -> None:
    with refused("answers_without_meeting", Invalid):
        record(visit("not_in", **MET))
    with refused("unknown_item"):
        record(visit(answers=examples.ANSWERS))
    assert record(visit(**MET)).data["answers"] == examples.ANSWERS
    assert record(visit(round=ROUND)).data["answers"] == []


def test_a_door_that_moved_was_where_it_was() -> None:
    moved = example_of(examples, "door_moved.v1")
    docs = stage(moved)
    said = late(NOW - HOUR, "n-1", device_now="2026-06-01T01:00:00.000Z")
    assert send(said, docs=docs).data["grid"] == "W-0101"
    with refused("not_your_grid", Forbidden):
        record(visit(), docs=docs)
    assert record(visit(), WORKER, docs).data["grid"] == "W-0102"


def test_a_door_that_is_closed_was_there_until_then() -> None:
    docs = stage(example_of(examples, "door_closed.v1"))
    said = late(NOW - HOUR, "n-1", device_now="2026-06-01T01:00:00.000Z")
    assert send(said, docs=docs)
    with refused("cannot_visit"):
        record(visit(), docs=docs)


def test_care_and_findings_are_of_that_door() -> None:
    of_another = example_of(examples, "care_begun.v1", care="C2", door="D2")
    docs = stage(CARE_BEGUN, of_another)
    assert record(visit(care="C1"), docs=docs).data["care"] == "C1"
    with refused("door_elsewhere"):
        record(visit(care="C2"), docs=docs)


def test_whoever_made_it_or_works_there_corrects_it() -> None:
    docs = stage(example_of(examples, "visit_recorded.v1"))
    changed = {"visit": "V1", "outcome": "refused", "answers": []}
    for who in (member(), WORKER):
        assert visits.correct(docs, changed, who).data["outcome"] == "refused"
    colleague = example_of(examples, "member_appointed.v1", member="M2", person="P4")
    with refused("not_yours", Forbidden):
        visits.correct(take(docs, colleague), changed, member(id="P4"))
    with refused("bad_answer"):
        bad = {
            "visit": "V1",
            "outcome": "met",
            "answers": [{"item": "gas", "value": "?"}],
        }
        visits.correct(docs, bad, member())


def shown(docs: Overlay, who: Asked | None = None) -> dict[str, Any]:
    return views.get_door(docs, {"door": DOOR}, who or member())


def test_the_next_visit_begins_from_what_was_answered_last() -> None:
    docs = stage()
    take(docs, record(visit(**MET), docs=docs))
    again = visit(round=ROUND, answers=[{"item": "gas", "value": "no"}])
    later = member(now=NOW + HOUR, new_id="V2")
    take(docs, record(again, later, docs))
    (round,) = shown(docs)["rounds"]
    assert round["outcome"] == "met"
    assert {answer["item"]: answer["value"] for answer in round["answers"]} == {
        "gas": "no",
        "hose": "老化",
    }


@pytest.mark.parametrize(
    ("changes", "asked_here", "asked_next_door"),
    [
        ({}, True, True),
        ({"once": True}, False, True),
        ({"once": True, "per": "grid"}, False, False),
    ],
)
def test_a_round_that_asks_once_asks_no_more_where_somebody_was_met(
    changes: Json, asked_here: bool, asked_next_door: bool
) -> None:
    announced = example_of(examples, "round_announced.v1", **changes)
    docs = take(stage(), announced, OPENED)
    take(docs, record(visit("not_in", round=ROUND), docs=docs))
    assert shown(docs)["rounds"], "nobody was met yet"
    take(docs, record(visit(**MET), member(new_id="V2"), docs))
    next_door = views.get_door(docs, {"door": "D2"}, member())
    assert bool(shown(docs)["rounds"]) == asked_here
    assert bool(next_door["rounds"]) == asked_next_door


def test_doors_are_shown_to_who_goes_there() -> None:
    docs = stage()
    with refused("not_found", Unknown):
        shown(docs, STRANGER)
    with refused("not_found", Unknown):
        shown(relieved(), member(now=NOW + HOUR))
    with refused("not_your_grid", Forbidden):
        page = {"after": None, "limit": 10, **examples.HERE}
        views.list_doors(docs, page, member(id="P30"))
    page = {"after": None, "limit": 10, **examples.HERE}
    listed = views.list_doors(docs, page, member())
    assert [door["walk"] for door in listed["items"]] == [1, 2]


def test_nobody_is_on_the_roster_of_an_empty_district() -> None:
    with refused("not_on_roster", Forbidden):
        docs = take(empty(), example_of(examples, "door_recorded.v1"))
        record(visit(), asked(("grid_member", "*")), docs)
