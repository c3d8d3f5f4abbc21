"""Quiet hours, by a clock that is moved."""

from datetime import UTC, datetime, timedelta

import pytest

from schemas.documents import Json
from services.district.calendar import LOCAL
from services.notices.model.timing import after_quiet, is_urgent, send_at, spread
from tests.given import NOW

NIGHT = {"quiet_from": "22:00", "quiet_until": "07:00"}
NOON = {"quiet_from": "12:30", "quiet_until": "14:00"}


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LOCAL)


@pytest.mark.parametrize(
    ("choices", "now", "then"),
    [
        ({}, "2026-06-01 23:00", "2026-06-01 23:00"),
        (NIGHT, "2026-06-01 21:59:59", "2026-06-01 21:59:59"),
        (NIGHT, "2026-06-01 22:00", "2026-06-02 07:00"),
        (NIGHT, "2026-06-01 23:59:59", "2026-06-02 07:00"),
        (NIGHT, "2026-06-02 00:00", "2026-06-02 07:00"),
        (NIGHT, "2026-06-02 06:59:59", "2026-06-02 07:00"),
        (NIGHT, "2026-06-02 07:00", "2026-06-02 07:00"),
        (NIGHT, "2026-12-31 22:30", "2027-01-01 07:00"),
        (NOON, "2026-06-01 12:29", "2026-06-01 12:29"),
        (NOON, "2026-06-01 12:29:59", "2026-06-01 12:29:59"),
        (NOON, "2026-06-01 12:30", "2026-06-01 14:00"),
        (NOON, "2026-06-01 13:15", "2026-06-01 14:00"),
        (NOON, "2026-06-01 13:59:59", "2026-06-01 14:00"),
        (NOON, "2026-06-01 14:00", "2026-06-01 14:00"),
    ],
)
def test_what_falls_into_quiet_hours_waits_until_they_end(
    choices: dict[str, str], now: str, then: str
) -> None:
    assert after_quiet(choices, local(now)) == local(then)
    assert after_quiet(choices, local(now).astimezone(UTC)) == local(then), (
        "whatever zone the clock speaks"
    )


def test_no_minute_of_a_day_waits_longer_than_the_night_nor_into_it() -> None:
    for minute in range(24 * 60):
        at = local("2026-06-01 00:00") + timedelta(minutes=minute)
        sent = after_quiet(NIGHT, at)
        assert at <= sent <= at + timedelta(hours=9)
        assert 7 <= sent.hour < 22


@pytest.mark.parametrize(
    ("hours", "urgent"), [(-1, True), (0, True), (24, True), (25, False)]
)
def test_what_must_be_known_within_a_day_is_urgent(hours: int, urgent: bool) -> None:
    assert (
        is_urgent({"soon": (NOW + timedelta(hours=hours)).isoformat()}, NOW) == urgent
    )
    assert not is_urgent({}, NOW)


def test_a_fourth_within_the_hour_waits_for_its_end() -> None:
    recent = [NOW - timedelta(minutes=minutes) for minutes in (50, 20, 10)]
    assert spread(recent, NOW) == NOW + timedelta(minutes=10)
    assert spread(recent[1:], NOW) == NOW


def test_what_must_be_known_in_a_day_and_a_moment_is_not_urgent_yet() -> None:
    a_day = timedelta(days=1)
    assert is_urgent({"soon": (NOW + a_day).isoformat()}, NOW)
    assert not is_urgent(
        {"soon": (NOW + a_day + timedelta(milliseconds=1)).isoformat()}, NOW
    )


BASES = {
    "ready_at": local("2026-06-01 21:30").isoformat(),
    "group_at": local("2026-06-01 21:50").isoformat(),
}
SOON = {"soon": local("2026-06-02 20:00").isoformat()}


@pytest.mark.parametrize(
    ("delivery", "choices", "now", "then"),
    [
        (BASES, {"digest": True}, "2026-06-01 21:00", "2026-06-01 21:50"),
        (BASES, {"digest": False}, "2026-06-01 21:00", "2026-06-01 21:30"),
        (BASES, {"digest": True, **NIGHT}, "2026-06-01 21:55", "2026-06-01 21:55"),
        (BASES, {"digest": True, **NIGHT}, "2026-06-01 22:05", "2026-06-02 07:00"),
        (
            BASES | SOON,
            {"digest": True, **NIGHT},
            "2026-06-01 22:05",
            "2026-06-01 22:05",
        ),
    ],
)
def test_when_it_goes_out_follows_from_when_it_was_ready_and_what_is_chosen(
    delivery: Json, choices: Json, now: str, then: str
) -> None:
    assert send_at(delivery, choices, local(now)) == local(then)
