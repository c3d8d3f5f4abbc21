"""Quiet hours and what is chosen later: what waits, what is moved, and what is not sent any more."""

from datetime import datetime, timedelta
from typing import Any

from schemas.fields import instant
from services.notices.rules import planning
from tests.given import NOW
from tests.unit.notices.deliveries import NIGHT, TOLD, under_way
from tests.unit.notices.delivering_stage import CHANNELS, Stage


def test_urgent_news_waits_for_nothing() -> None:
    """An offer of a seat ends at midnight; a question does not end."""
    stage = Stage(now=NOW + timedelta(days=11, hours=14))  # 23:00 on 12 June.
    stage.give(person="R5")
    stage.give()
    for person in ("R5", "P1"):
        stage.choose(person=person, quiet_from="22:00", quiet_until="07:00")
    for type in ("activity_drafted.v2", "signup_waitlisted.v1"):
        stage.happens(type, "activities", **({"by": "R5"} if "signup" in type else {}))
    stage.plan_all()
    stage.happens("seat_offered.v1", "activities")
    stage.happens(TOLD)
    times = {planned["kind"]: planned["send_at"] for planned in stage.plan_all()}
    assert times["seat_offered"] == instant(stage.now)
    assert times["need_question"] == "2026-06-12T23:00:00.000Z"


def test_a_retry_keeps_the_quiet_hours() -> None:
    stage = Stage(now=NOW + timedelta(hours=12, minutes=59, seconds=30))  # 21:59:30.
    stage.choose(quiet_from="22:00", quiet_until="07:00")
    failed = stage.report(under_way(stage), "failed", code="not_reached")
    assert failed is not None
    assert failed.data["retry_at"] == "2026-06-01T23:00:00.000Z"


EVENING, MORNING = "2026-06-01T14:30:00.000Z", "2026-06-01T23:00:00.000Z"


def at_night(**chosen: Any) -> Stage:
    """22:30, and one told that waits as was chosen."""
    stage = Stage(now=datetime.fromisoformat(EVENING))
    stage.give()
    stage.choose(**chosen)
    stage.happens(TOLD)
    stage.plan_all()
    return stage


def test_quiet_hours_taken_back_let_go_out_what_waits_for_their_end() -> None:
    stage = at_night(**NIGHT)
    assert stage.begin() is None
    stage.choose()
    assert stage.begin() is not None


def test_quiet_hours_chosen_hold_for_what_waits_already() -> None:
    stage = at_night()
    stage.choose(**NIGHT)
    assert [each["send_at"] for each in stage.all()] == [MORNING]
    assert stage.begin() is None
    stage.choose(quiet_from="21:00", quiet_until="06:00")
    stage.now = datetime.fromisoformat("2026-06-01T22:00:00.000Z")
    assert stage.begin() is not None


def test_quiet_hours_chosen_hold_for_what_is_to_be_tried_again() -> None:
    stage = at_night()
    begun = stage.begin()
    assert begun is not None
    stage.report(begun.data["message"], "failed")
    stage.choose(**NIGHT)
    stage.later(minutes=2)
    assert stage.begin() is None
    stage.choose()
    assert stage.begin() is not None


def test_what_ought_to_have_gone_out_before_the_quiet_hours_waits_for_their_end() -> (
    None
):
    """Nobody delivered from the evening into the night."""
    stage = Stage(now=datetime.fromisoformat("2026-06-01T13:50:00.000Z"))
    stage.give()
    stage.choose(**NIGHT)
    for _ in range(2):
        stage.happens(TOLD)
    stage.plan_all()
    stage.later(hours=1)
    put_off = stage.begin()
    assert put_off is not None
    assert (put_off.type, len(put_off.data["deliveries"]), put_off.data["send_at"]) == (
        "deliveries_put_off.v1",
        2,
        MORNING,
    )
    assert stage.begin() is None
    stage.now = datetime.fromisoformat(MORNING)
    assert stage.begin() is not None


def fourth_within_the_hour(**chosen: Any) -> Stage:
    """Three went out, and a fourth was told."""
    stage = Stage()
    stage.give()
    stage.choose(**chosen)
    for _ in range(3):
        stage.happens(TOLD)
        stage.plan_all()
        assert stage.begin() is not None
    stage.happens(TOLD)
    stage.plan_all()
    return stage


def test_who_wants_no_more_digest_does_not_wait_for_its_hour() -> None:
    stage = fourth_within_the_hour()
    assert stage.begin() is None
    stage.choose(digest=False)
    assert stage.begin() is not None


def test_who_wants_a_digest_again_waits_for_its_hour() -> None:
    stage = fourth_within_the_hour(digest=False)
    stage.choose(digest=True)
    assert stage.begin() is None


def test_a_kind_no_longer_wanted_by_the_channel_is_not_sent() -> None:
    stage = Stage()
    stage.give()
    stage.happens(TOLD)
    stage.plan_all()
    stage.choose(wanted=[{"channel": "mail", "kinds": ["need_fulfilled"]}])
    dropped = stage.begin()
    assert dropped is not None
    assert (dropped.type, dropped.data["code"]) == (
        "deliveries_dropped.v1",
        "not_wanted",
    )


def test_a_kind_no_longer_wanted_is_not_sent_with_others() -> None:
    stage = Stage()
    stage.give()
    for type in ("need_fulfilled.v1", TOLD, *["need_fulfilled.v1"] * 3):
        stage.happens(type)
        stage.later(seconds=1)
    stage.plan_all()
    stage.choose(wanted=[{"channel": "mail", "kinds": ["need_fulfilled"]}])
    kinds = list[list[str]]()
    while (fact := stage.begin()) is not None:
        kinds.append(
            [stage.docs.the("deliveries", id)["kind"] for id in fact.data["deliveries"]]
        )
    assert sorted(kinds) == [["need_fulfilled"] * 4, ["need_question"]]


def test_urgent_news_goes_out_though_quiet_hours_are_chosen_afterwards() -> None:
    stage = Stage(
        now=NOW + timedelta(days=11, hours=14)
    )  # 23:00 on 12 June; the offer ends at midnight.
    stage.give(person="R5")
    for type in ("activity_drafted.v2", "signup_waitlisted.v1"):
        stage.happens(type, "activities", **({"by": "R5"} if "signup" in type else {}))
    stage.plan_all()
    stage.happens("seat_offered.v1", "activities")
    stage.plan_all()
    stage.choose(person="R5", **NIGHT)
    begun = stage.begin()
    assert begun is not None
    assert (
        stage.docs.the("deliveries", begun.data["deliveries"][0])["kind"]
        == "seat_offered"
    )


def test_what_was_planned_before_it_was_recorded_when_it_was_ready_is_moved_from_when_it_was_to_go_out() -> (
    None
):
    stage = Stage(now=datetime.fromisoformat(EVENING))
    stage.give()
    stage.happens(TOLD)
    planned = planning.plan(stage.docs, {}, stage.asked(), CHANNELS)
    assert planned is not None
    for each in planned.data["deliveries"]:
        del each["ready_at"], each["group_at"]
    stage.record(planned)
    stage.choose(**NIGHT)
    assert [each["send_at"] for each in stage.all()] == [MORNING]
