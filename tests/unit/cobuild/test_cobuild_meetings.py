"""Joint meetings: the chair goes round, who came is recorded once, resolutions become needs or commitments."""

from datetime import timedelta
from typing import Any

import pytest

from services.cobuild import views
from services.cobuild.model.ids import turn_id
from services.cobuild.rules import closing, commitments, meetings, needs, units
from services.cobuild.service import Cobuild
from services.kit.errors import Forbidden, Invalid, Unknown
from services.kit.log import Event
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.given import NOW, asked, example_of, refused
from tests.unit.cobuild.stage import (
    LIAISON,
    STREET,
    UNIT,
    WORKER,
    another_unit,
    stage,
    take,
)

COMMANDS = examples.COMMANDS
CALLED = example_of(examples, "meeting_called.v1")
RESOLVED = example_of(examples, "resolution_passed.v1")
CANCEL = {"meeting": "M1", "reason": "改期"}
AFTERWARDS = asked(("street_admin", "510108015"), id="P4", now=NOW + timedelta(days=9))


def three_units() -> Overlay:
    return stage(*UNIT, *another_unit(2), *another_unit(3))


def called(docs: Overlay, number: int, **changes: str) -> str:
    """Who takes the chair of the meeting called next."""
    who = asked(("street_admin", "510108015"), id="P4", new_id=f"M{number}")
    held_at = f"2026-06-{number + 1:02}T06:00:00.000Z"
    fact = take(
        docs,
        meetings.call_meeting(
            docs, {**examples.CONVENED, "held_at": held_at, **changes}, who
        ),
    )
    return str(fact.data["chair"])


def test_the_chair_goes_round() -> None:
    docs = three_units()
    assert [called(docs, number) for number in range(1, 6)] == [
        "U1",
        "U2",
        "U3",
        "U1",
        "U2",
    ]


def test_another_chair_needs_a_reason_and_the_one_passed_over_comes_next() -> None:
    docs = three_units()
    with refused("reason_missing", Invalid):
        called(docs, 1, chair="U3")
    assert called(docs, 1, chair="U3", reason="甲单位临时有事") == "U3"
    assert [called(docs, number) for number in range(2, 5)] == ["U1", "U2", "U3"]


def test_the_chair_of_a_cancelled_meeting_keeps_its_turn() -> None:
    docs = three_units()
    called(docs, 1)
    take(
        docs, meetings.cancel_meeting(docs, {"meeting": "M1", "reason": "改期"}, STREET)
    )
    assert called(docs, 2) == "U1"


def test_a_meeting_recorded_later_gives_nobody_another_turn() -> None:
    docs = three_units()
    called(docs, 20)
    called(docs, 1, chair="U1", reason="补录")
    assert (
        docs.the("turns", turn_id("510108015", "U1"))["chaired_at"]
        == "2026-06-21T06:00:00.000Z"
    )
    take(
        docs,
        meetings.cancel_meeting(docs, {"meeting": "M20", "reason": "改期"}, STREET),
    )
    assert (
        docs.the("turns", turn_id("510108015", "U1"))["chaired_at"]
        == "2026-06-02T06:00:00.000Z"
    )


def test_a_halted_unit_does_not_take_the_chair() -> None:
    docs = three_units()
    news = Event(
        1,
        "E1",
        "partner_suspended.v1",
        "partner/Q1",
        "2026-06-01T01:00:00.000Z",
        {"partner": "Q1"},
        "",
    )
    take(docs, units.halt(docs, news, asked()))
    assert (
        views.meetings.get_next_chair(docs, {"division": "510108015"}, STREET)["unit"]
        == "U2"
    )


def test_without_units_there_is_no_meeting() -> None:
    with refused("no_units"):
        meetings.call_meeting(stage(), examples.CONVENED, STREET)


def test_a_unit_from_elsewhere_takes_no_chair_and_is_not_present() -> None:
    docs = stage(*UNIT, *another_unit(2, community="510108016001"), CALLED)
    with refused("not_found", Unknown):
        meetings.call_meeting(
            docs, {**examples.CONVENED, "chair": "U2", "reason": "试试"}, STREET
        )
    with refused("not_found", Unknown):
        meetings.record_attendance(docs, {"meeting": "M1", "units": ["U2"]}, AFTERWARDS)


def test_another_street_calls_no_meeting_here() -> None:
    with refused("out_of_scope", Forbidden):
        Cobuild.call_meeting.rule(
            three_units(), examples.CONVENED, asked(("street_admin", "510108016"))
        )


def test_attendance_is_corrected_by_sending_the_list_again() -> None:
    docs = three_units()
    called(docs, 1)
    take(
        docs,
        meetings.record_attendance(
            docs, {"meeting": "M1", "units": ["U1", "U2"]}, AFTERWARDS
        ),
    )
    fact = take(
        docs,
        meetings.record_attendance(
            docs, {"meeting": "M1", "units": ["U2", "U3"]}, AFTERWARDS
        ),
    )
    assert (fact.data["present"], fact.data["absent"]) == (["U3"], ["U1"])
    assert docs.the("meetings", "M1")["present"] == 2
    with refused("nothing_new"):
        meetings.record_attendance(
            docs, {"meeting": "M1", "units": ["U3", "U2"]}, AFTERWARDS
        )


@pytest.mark.parametrize("missing", ["no_minutes", "no_attendance"])
def test_a_meeting_is_concluded_with_minutes_and_attendance(missing: str) -> None:
    facts = [
        example_of(examples, "attendance_recorded.v1"),
        example_of(examples, "minutes_recorded.v1"),
    ]
    with refused(missing):
        meetings.conclude_meeting(
            stage(*UNIT, CALLED, facts[missing == "no_attendance"]),
            {"meeting": "M1"},
            STREET,
        )


@pytest.mark.parametrize(
    ("rule", "command"),
    [
        (meetings.record_minutes, "record_minutes"),
        (meetings.record_attendance, "record_attendance"),
        (meetings.pass_resolution, "pass_resolution"),
    ],
)
def test_nothing_is_recorded_of_what_has_not_been_held(rule: Any, command: str) -> None:
    with refused("not_held_yet"):
        rule(stage(*UNIT, CALLED), COMMANDS[command], STREET)
    assert (
        rule(stage(*UNIT, CALLED), COMMANDS[command], AFTERWARDS).stream == "meeting/M1"
    )


@pytest.mark.parametrize("recorded", ["attendance_recorded.v1", "minutes_recorded.v1"])
def test_what_has_been_held_is_not_cancelled(recorded: str) -> None:
    with refused("already_held"):
        meetings.cancel_meeting(
            stage(*UNIT, CALLED, example_of(examples, recorded)), CANCEL, STREET
        )


def test_the_resolution_of_a_cancelled_meeting_is_not_carried_out() -> None:
    docs = stage(*UNIT, CALLED, RESOLVED)
    take(docs, meetings.cancel_meeting(docs, CANCEL, STREET))
    with refused("meeting_cancelled"):
        commitments.undertake_resolution(docs, COMMANDS["undertake_resolution"], STREET)
    with refused("meeting_cancelled"):
        needs.raise_need(docs, {**COMMANDS["raise_need"], "resolution": "R1"}, STREET)


def test_a_resolution_becomes_a_need_or_a_commitment_once() -> None:
    docs = stage(*UNIT, CALLED, RESOLVED)
    raised = {**COMMANDS["raise_need"], "resolution": "R1"}
    take(docs, needs.raise_need(docs, raised, STREET))
    shown = views.meetings.get_meeting(docs, {"meeting": "M1"}, LIAISON)
    assert shown["resolutions"][0]["outcome"] == "need"
    with refused("already_carried_out"):
        commitments.undertake_resolution(docs, COMMANDS["undertake_resolution"], STREET)
    with refused("already_carried_out"):
        needs.raise_need(docs, raised, STREET)


def test_a_resolution_undertaken_is_a_commitment_under_way() -> None:
    docs = stage(*UNIT, CALLED, RESOLVED)
    take(
        docs,
        commitments.undertake_resolution(
            docs, COMMANDS["undertake_resolution"], STREET
        ),
    )
    commitment = docs.the("commitments", STREET.new_id)
    assert (commitment["state"], commitment["origin"], commitment["unit"]) == (
        "underway",
        "resolution",
        "U1",
    )
    fulfilled = {**COMMANDS["fulfil_commitment"], "commitment": STREET.new_id}
    take(docs, commitments.fulfil_commitment(docs, fulfilled, LIAISON))
    confirmed = closing.confirm_need(docs, {"need": STREET.new_id}, WORKER)
    assert confirmed.data["in_time"] is True
