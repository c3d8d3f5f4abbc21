"""Nobody is in two places at once, however many seats there are."""

import pytest

from services.activities.rules import changes, overlaps, signups
from services.activities.service import Activities
from services.kit.log import Fact
from tests.examples.activities import ACTIVITY, CONTENT, SESSION, STREAM
from tests.given import given_from, refused
from tests.unit.activities.stage import BEFORE, resident, secretary
from tests.unit.activities.test_dates import series


def test_nobody_is_in_two_places_at_once() -> None:
    docs = series(several=2)
    other = {**CONTENT, "activity": "A2", "title": "端午诗会"}
    plan = {
        **CONTENT["sessions"][0],
        "session": "A2.1",
        "starts_at": "2026-06-13T02:59:00.000Z",
    }
    plan["ends_at"] = "2026-06-13T05:00:00.000Z"
    given_from(
        docs,
        Activities,
        "activities",
        Fact("activity_published.v2", "activity/A2", {**other, "sessions": [plan]}),
    )
    given_from(
        docs,
        Activities,
        "activities",
        Fact("activity_opened.v1", "activity/A2", {"activity": "A2"}),
    )
    told = {
        "activity": "A2",
        "session": "A2.1",
        "signup": "G1",
        "by": "R1",
        "ticket": 1,
    }
    party = [{"person": "R1", "relation": "self"}]
    given_from(
        docs,
        Activities,
        "activities",
        Fact("signup_confirmed.v1", "activity/A2", {**told, "party": party}),
    )
    command = {"activity": ACTIVITY, "session": SESSION, "party": party}
    with refused("overlapping", says="端午诗会"):
        signups.sign_up(docs, command, resident("R1"))
    assert signups.sign_up(
        docs, {**command, "session": f"{ACTIVITY}.2"}, resident("R1")
    )
    moved = {**plan, "starts_at": "2026-06-13T03:00:00.000Z"}
    changed = {"changed": ["starts_at"], "moved": ["A2.1"], "reason": "晚点"}
    change = Fact(
        "activity_changed.v1", "activity/A2", {**other, "sessions": [moved], **changed}
    )
    given_from(docs, Activities, "activities", change)
    assert signups.sign_up(docs, command, resident("R1"))


def test_a_session_moved_onto_another_one_overlaps_it() -> None:
    docs = series(several=2)
    sign_up_second = {
        "activity": ACTIVITY,
        "session": f"{ACTIVITY}.2",
        "party": [{"person": "R1", "relation": "self"}],
    }
    fact = signups.sign_up(docs, sign_up_second, resident("R1", new_id="S1"))
    given_from(docs, Activities, "activities", fact, now=BEFORE)
    plans = [
        docs.the("contents", ACTIVITY)["sessions"][0],
        dict(docs.the("contents", ACTIVITY)["sessions"][1]),
    ]
    plans[1] |= {
        "starts_at": "2026-06-13T02:00:00.000Z",
        "ends_at": "2026-06-13T04:00:00.000Z",
    }
    changed = {"changed": ["starts_at"], "moved": [f"{ACTIVITY}.2"], "reason": "提前"}
    given_from(
        docs,
        Activities,
        "activities",
        Fact("activity_changed.v1", STREAM, {**CONTENT, "sessions": plans, **changed}),
    )
    with refused("overlapping"):
        signups.sign_up(docs, {**sign_up_second, "session": SESSION}, resident("R1"))


def test_however_many_seats_and_moved_sessions_there_are_about_then_none_is_overlooked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(overlaps, "MOST_AT_A_TIME", 1)
    docs = series()

    def take(fact: Fact) -> None:
        given_from(docs, Activities, "activities", fact)

    def move(number: int, hour: int) -> Fact:
        said = {
            "session": f"{ACTIVITY}.{number}",
            "starts_at": f"2026-06-13T0{hour}:00:00.000Z",
        }
        command = {"activity": ACTIVITY, "which": "one", "reason": "换", **said}
        return changes.change(docs, command, secretary())

    def ask(number: int) -> Fact:
        party = [{"person": "R1", "relation": "self"}]
        command = {
            "activity": ACTIVITY,
            "session": f"{ACTIVITY}.{number}",
            "party": party,
        }
        return signups.sign_up(docs, command, resident("R1", new_id=f"S{number}"))

    for number, hour in ((1, 3), (2, 5)):
        take(move(number, hour))
        take(ask(number))
    take(move(3, 6))
    with refused("overlapping", says="6月13日 周六 13:00"):
        ask(3)
