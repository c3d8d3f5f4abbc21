"""A visit corrected afterwards, and one that a device sends again: nothing is lost, nothing counts that was not so."""

from datetime import timedelta
from typing import Any

import pytest

from schemas.documents import Json
from schemas.fields import instant
from services.grids.rules import visits
from services.grids.views.visits import get_visit
from services.kit.errors import Invalid
from services.kit.views import Overlay
from tests.examples import grids as examples
from tests.given import NOW, example_of, refused
from tests.unit.grids.stage import (
    DOOR,
    FOLLOWUP,
    ROUND,
    VISITED,
    late,
    member,
    stage,
    take,
    visit,
)

HOUR = timedelta(hours=1)
DONE = example_of(examples, "finding_resolved.v1")
GAS = [{"item": "gas", "value": "no"}]


def corrected(docs: Overlay, **said: Any) -> Json:
    fact = visits.correct(docs, {"visit": "V1", **said}, member())
    take(docs, fact)
    return fact.data


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        ({"outcome": "met"}, examples.ANSWERS),
        ({"outcome": "met", "answers": GAS}, GAS),
        ({"outcome": "met", "answers": []}, []),
        ({"outcome": "not_in"}, []),
    ],
)
def test_what_was_answered_stands_until_something_else_is_said_of_it(
    said: Json, answers: list[Json]
) -> None:
    docs = stage(VISITED)
    assert corrected(docs, **said)["answers"] == answers
    asked_at = docs.the("asked_at", f"{ROUND}:{DOOR}")
    assert asked_at["answers"] == sorted(answers, key=lambda one: str(one["item"]))
    assert asked_at["outcome"] == said["outcome"]


def test_a_visit_says_at_which_door_it_was() -> None:
    shown = get_visit(stage(VISITED), {"visit": "V1"}, member())
    assert (shown["walk"], shown["grid_name"]) == (1, "灯塔苑一网格")


# Who was told what


def to_tell(docs: Overlay) -> list[str]:
    told: list[str] = docs.the("doors", DOOR)["to_tell"]
    return told


@pytest.mark.parametrize("outcome", ["not_in", "empty", "moved"])
def test_nobody_is_told_anything_where_nobody_is(outcome: str) -> None:
    docs = stage(FOLLOWUP, DONE)
    with refused("told_without_meeting", Invalid):
        visits.record(docs, visit(outcome, told=["F1"]), member())
    take(docs, visits.record(docs, visit("refused", told=["F1"]), member()))
    assert to_tell(docs) == []


def test_a_visit_that_met_nobody_after_all_told_nobody_anything() -> None:
    docs = stage(FOLLOWUP, DONE)
    take(docs, visits.record(docs, visit(told=["F1"]), member()))
    assert to_tell(docs) == []
    corrected(docs, outcome="not_in")
    assert to_tell(docs) == ["F1"]
    corrected(docs, outcome="met")
    assert to_tell(docs) == []
    take(docs, visits.withdraw(docs, {"visit": "V1"}, member()))
    assert to_tell(docs) == ["F1"]


def test_it_stays_told_while_another_visit_told_it_too() -> None:
    docs = stage(FOLLOWUP, DONE)
    for id in ("V1", "V2"):
        take(docs, visits.record(docs, visit(told=["F1"]), member(new_id=id)))
    corrected(docs, outcome="moved")
    assert to_tell(docs) == []


# What a device sends again


def sent(docs: Overlay, said: Json, off: timedelta = timedelta()) -> None:
    """By a clock that is off, and set right meanwhile by so much."""
    command = said | {"device_now": instant(NOW + off)}
    take(docs, visits.record_late(docs, command, member()))


@pytest.mark.parametrize(
    "changed",
    [
        {"outcome": "refused", "answers": []},
        {"answers": GAS},
        {"answers": []},
        {"round": None, "answers": []},
        {"told": ["F1"]},
        {"at": instant(NOW - 2 * HOUR)},
    ],
)
def test_a_number_that_says_something_else_now_is_no_visit_known_already(
    changed: Json,
) -> None:
    docs = stage(FOLLOWUP)
    said = late(NOW - HOUR, "n-1", round=ROUND, answers=examples.ANSWERS)
    sent(docs, said)
    other = {name: value for name, value in (said | changed).items() if value}
    with refused("nonce_reused"):
        sent(docs, visit(other["outcome"]) | other)
    with refused("visit_known"):
        sent(docs, said)


@pytest.mark.parametrize("off_s", [-240, -4, 0, 2, 4, 240])
def test_sent_again_by_a_clock_set_right_meanwhile_it_is_known(off_s: int) -> None:
    docs = stage()
    said = late(NOW - HOUR, "n-1")
    sent(docs, said, timedelta(seconds=off_s))
    with refused("visit_known"):
        sent(docs, said)


def test_what_was_corrected_is_known_as_it_was_sent() -> None:
    docs = stage()
    said = late(NOW - HOUR, "n-1", round=ROUND, answers=examples.ANSWERS)
    sent(docs, said)
    corrected(docs, outcome="not_in")
    with refused("visit_known"):
        sent(docs, said)
    take(docs, visits.withdraw(docs, {"visit": "V1"}, member()))
    with refused("visit_known"):
        sent(docs, said)
