"""Who has a seat is reminded the day before, once, wherever the session has moved to; who waits is not."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas.notices.news import MOST_AT_ONCE
from services.kit.log import Fact
from services.kit.views import Find, Overlay
from services.notices.rules import news, reminders
from services.notices.service import Notices
from tests.examples.activities import CONTENT, SESSION, SIGNUP
from tests.given import NOW, asked, given_from, happened
from tests.unit.notices.stage import OTHER, after, begun, fact, told

PLAN = CONTENT["sessions"][0]
STARTS = datetime.fromisoformat(
    PLAN["starts_at"]
)  # Saturday the 13th, nine o'clock here.
EVE = datetime(2026, 6, 12, 0, 0, tzinfo=UTC)  # Friday, eight o'clock here.


def ring(docs: Overlay, now: datetime) -> list[dict[str, Any]]:
    """What the round of the day tells of, with the notices it leads to."""
    round = docs.get("rounds", "reminders") or {"after": []}
    rung = reminders.ring(docs, round, asked(now=now))
    given_from(docs, Notices, "notices", rung, now=now)
    while due := docs.find(Find("news", {}, "carry_at")):
        given_from(docs, Notices, "notices", news.carry(docs, due[0], asked()), now=now)
    return list(rung.data["sessions"])


def reminded(docs: Overlay) -> list[str]:
    return [
        notice["to"]
        for notice in told(docs, "notices")
        if notice["kind"] == "session_soon"
    ]


def moved(docs: Overlay, starts_at: str, **plan: Any) -> None:
    sessions = [
        {
            **PLAN,
            "starts_at": starts_at,
            "ends_at": starts_at.replace("T01", "T03"),
            **plan,
        }
    ]
    after(
        "activities",
        fact("activities", "activity_changed.v1", sessions=sessions),
        docs=docs,
    )


def test_who_has_a_seat_is_reminded_on_the_morning_before_and_who_waits_is_not() -> (
    None
):
    docs = begun("activities")
    assert ring(docs, EVE - timedelta(days=1)) == []
    ring(docs, EVE)
    assert reminded(docs) == ["person/R1"]
    (notice,) = told(docs, "notices")
    assert (notice["words"]["starts_at"], notice["soon"]) == (
        PLAN["starts_at"],
        PLAN["starts_at"],
    )


def test_nobody_is_reminded_twice_of_the_same_time() -> None:
    docs = begun("activities")
    for now in (EVE, EVE + timedelta(hours=1), EVE + timedelta(days=1)):
        ring(docs, now)
    assert reminded(docs) == ["person/R1"]


def test_what_was_put_off_is_told_again_before_its_new_day() -> None:
    docs = begun("activities")
    ring(docs, EVE)
    moved(docs, "2026-06-20T01:00:00.000Z")
    assert ring(docs, EVE + timedelta(days=1)) == []
    ring(docs, EVE + timedelta(days=7))
    assert reminded(docs) == ["person/R1", "person/R1"]


def test_a_morning_that_was_missed_is_made_up_for_until_the_session_begins() -> None:
    docs = begun("activities")
    ring(docs, STARTS - timedelta(minutes=1))
    assert reminded(docs) == ["person/R1"]
    late = begun("activities")
    ring(late, STARTS + timedelta(minutes=1))
    assert reminded(late) == []


@pytest.mark.parametrize(
    "gone",
    [
        fact("activities", "signup_cancelled.v1", promoted=[]),
        fact("activities", "sessions_cancelled.v1"),
        fact("activities", "activity_cancelled.v2"),
        fact("activities", "session_closed.v1"),
    ],
    ids=lambda gone: str(gone.type),
)
def test_nobody_is_reminded_of_what_they_do_not_go_to(gone: Fact) -> None:
    docs = begun("activities")
    after("activities", gone, docs=docs)
    ring(docs, EVE)
    assert reminded(docs) == []


@pytest.mark.parametrize(
    "seated",
    [
        fact("activities", "waiting_promoted.v1", promoted=[OTHER]),
        fact("activities", "offer_accepted.v1", signup=OTHER),
        fact(
            "activities",
            "signup_approved.v1",
            signup=OTHER,
            state="confirmed",
            position=0,
        ),
    ],
    ids=lambda seated: str(seated.type),
)
def test_whoever_gets_a_seat_later_is_reminded_as_well(seated: Fact) -> None:
    docs = begun("activities")
    after("activities", seated, docs=docs)
    ring(docs, EVE)
    assert sorted(reminded(docs)) == ["person/R1", "person/R5", "person/R6"]


def test_a_draft_and_what_nobody_has_a_seat_in_ring_for_nobody() -> None:
    docs = after(
        "activities",
        fact("activities", "activity_drafted.v2"),
        fact("activities", "signup_confirmed.v1"),
    )
    assert ring(docs, EVE) == []
    docs = begun("activities")
    after(
        "activities", fact("activities", "signup_declined.v1", signup=SIGNUP), docs=docs
    )
    assert ring(docs, EVE) == []


def test_a_festival_is_gone_through_in_parts_and_every_session_once() -> None:
    docs = begun("activities")
    many = [f"A9.{number:03}" for number in range(2 * MOST_AT_ONCE + 5)]
    for place, session in enumerate(many):
        docs.put("sessions", {**docs.the("sessions", SESSION), "id": session})
        after(
            "activities",
            fact(
                "activities", "signup_confirmed.v1", signup=f"G{place}", session=session
            ),
            docs=docs,
        )
    found: list[str] = []
    for part in range(3):
        found += [one["session"] for one in ring(docs, EVE + timedelta(seconds=part))]
    assert sorted(found) == sorted([*many, SESSION])
    assert docs.the("rounds", "reminders")["ring_at"] == "2026-06-13T00:00:00.000Z"


OPENED = happened(fact("activities", "activity_opened.v1"))


def test_the_rounds_begin_with_the_first_activity_that_opens_and_never_again() -> None:
    docs = begun("activities")
    first = reminders.begin(docs, OPENED, asked(now=NOW))
    assert first is not None
    assert first.data["ring_at"] == "2026-06-02T00:00:00.000Z", "NOW is nine o'clock"
    given_from(docs, Notices, "notices", first)
    assert reminders.begin(docs, OPENED, asked(now=NOW)) is None


def test_a_round_set_before_eight_is_that_of_the_same_morning() -> None:
    early = reminders.begin(
        begun("activities"), OPENED, asked(now=NOW - timedelta(hours=2))
    )
    assert early is not None
    assert early.data["ring_at"] == "2026-06-01T00:00:00.000Z"


def test_what_the_host_says_goes_to_who_has_a_seat_and_to_who_waits_without_a_word_of_it() -> (
    None
):
    docs = begun("activities")
    opened = news.open_message(
        docs, happened(fact("activities", "signed_up_told.v1"), seq=77), asked()
    )
    assert opened is not None
    assert (opened.type, opened.data["kind"], "reason" in opened.data) == (
        "news_opened.v2",
        "host_message",
        False,
    )
    given_from(docs, Notices, "notices", opened)
    (one,) = docs.find(Find("news", {}, "carry_at"))
    assert news.carry(docs, one, asked()).data["people"] == ["R1", "R5", "R6"]
