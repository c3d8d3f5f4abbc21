"""A change or cancellation reaches everybody who holds a seat, in batches, and nobody twice."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.notices.news import MOST_SIGNUPS
from services.kit.log import Event, Fact
from services.kit.views import Overlay
from services.notices.rules import news
from services.notices.service import Notices
from tests.examples.activities import CONTENT, SESSION, SIGNUP
from tests.given import NOW, asked, given_from, happened
from tests.unit.notices.stage import OTHER, after, begun, fact, told, waiting

PLAN = CONTENT["sessions"][0]


def changed(
    plan: dict[str, Any] | None = None, now: datetime = NOW, **whole: Any
) -> Event:
    sessions = [{**PLAN, **(plan or {})}]
    return happened(
        fact("activities", "activity_changed.v1", sessions=sessions, **whole),
        seq=99,
        now=now,
    )


def carried(docs: Overlay, opened: Fact) -> list[Fact]:
    """What it took to tell everybody; each batch is a second later."""
    given_from(docs, Notices, "notices", opened)
    id, batches = f"{opened.data['news']}.0", []
    while "carry_at" in docs.the("news", id):
        batches.append(news.carry(docs, docs.the("news", id), asked()))
        given_from(
            docs,
            Notices,
            "notices",
            batches[-1],
            now=NOW + timedelta(seconds=len(batches)),
        )
    return batches


def test_who_holds_a_seat_or_waits_for_one_hears_of_a_new_place() -> None:
    docs = begun("activities")
    opened = news.open_changed(docs, changed({"place": "二楼"}), asked())
    assert opened is not None
    assert opened.data["sessions"][0]["changed"] == ["place"]
    (batch,) = carried(docs, opened)
    assert batch.data["people"] == ["R1", "R5", "R6"]
    assert {(notice["kind"], notice["to"]) for notice in told(docs, "notices")} == {
        ("session_changed", f"person/{id}") for id in ("R1", "R5", "R6")
    }


@pytest.mark.parametrize(
    "cancelled",
    ["sessions_cancelled.v1", "activity_cancelled.v1", "activity_cancelled.v2"],
)
def test_a_cancellation_says_why_and_when_it_would_have_been(cancelled: str) -> None:
    docs = begun("activities")
    opened = news.open_cancelled(docs, happened(fact("activities", cancelled)), asked())
    assert opened is not None
    carried(docs, opened)
    notice = told(docs, "notices")[0]
    assert notice["kind"] == "session_cancelled"
    assert notice["words"] == {
        "title": "端午包粽子", "reason": "暴雨预警", "starts_at": PLAN["starts_at"], "place": PLAN["place"],
    }  # fmt: skip
    assert notice["soon"] == PLAN["starts_at"]


def test_who_has_cancelled_hears_no_more() -> None:
    docs = begun("activities")
    after(
        "activities", fact("activities", "signup_cancelled.v1", promoted=[]), docs=docs
    )
    opened = news.open_cancelled(
        docs, happened(fact("activities", "sessions_cancelled.v1")), asked()
    )
    assert opened is not None
    assert carried(docs, opened)[0].data["people"] == ["R5", "R6"]


def test_what_changes_nothing_for_those_who_come_is_not_told() -> None:
    docs = begun("activities")
    assert (
        news.open_changed(
            docs, changed({"capacity": 50}, changed=["capacity", "cohosts"]), asked()
        )
        is None
    )


@pytest.mark.parametrize("name", ["summary", "audience", "mode"])
def test_what_people_must_know_of_the_whole_is_told_by_its_name(name: str) -> None:
    opened = news.open_changed(
        begun("activities"),
        changed(None, NOW, changed=[name], **{name: "both"}),
        asked(),
    )
    assert opened is not None
    assert opened.data["sessions"][0]["changed"] == [name]


def test_another_link_is_told_without_the_link_and_while_the_session_is_under_way_as_well() -> (
    None
):
    docs, link = begun("activities"), "https://meeting.example.org/2"
    during = datetime.fromisoformat(PLAN["starts_at"]) + timedelta(minutes=5)
    for now in (NOW, during):
        event = changed(
            {"link": link}, now=now, changed=["link", "summary"], summary="改了介绍"
        )
        opened = news.open_changed(docs, event, asked())
        assert opened is not None
        assert opened.data["sessions"][0]["changed"] == (
            ["summary", "link"] if now == NOW else ["link"]
        )
        assert link not in str(opened.data)
    over = datetime.fromisoformat(PLAN["ends_at"])
    assert (
        news.open_changed(
            docs, changed({"link": link}, now=over, changed=["link"]), asked()
        )
        is None
    )


def test_what_has_begun_already_is_not_told() -> None:
    begun_just_now = datetime.fromisoformat(PLAN["starts_at"])
    past = happened(
        fact("activities", "activity_changed.v1", title="改名"), now=begun_just_now
    )
    assert news.open_changed(begun("activities"), past, asked()) is None


def test_what_nobody_signed_up_for_is_told_to_nobody() -> None:
    docs = begun("activities")
    after(
        "activities",
        *(
            fact("activities", "signup_declined.v1", signup=id)
            for id in (SIGNUP, OTHER)
        ),
        docs=docs,
    )
    assert news.open_changed(docs, changed(title="改名"), asked()) is None


def test_a_crowd_is_told_in_batches_each_person_once() -> None:
    """R1 signs up twice, for others: the two parties may fall into two batches."""
    docs = begun("activities")
    crowd = [waiting(f"G{n}", f"Q{n:04}") for n in range(2 * MOST_SIGNUPS)]
    again = [waiting("G-a", "R1", "R21"), waiting("G-b", "Q0000", "R22")]
    after("activities", *crowd, *again, docs=docs)
    opened = news.open_cancelled(
        docs, happened(fact("activities", "sessions_cancelled.v1"), seq=500), asked()
    )
    assert opened is not None
    batches = carried(docs, opened)
    assert [batch.data["more"] for batch in batches] == [True, True, False]
    assert all(len(batch.data["people"]) <= 2 * MOST_SIGNUPS for batch in batches)
    addressed = [notice["to"] for notice in told(docs, "notices")]
    assert len(addressed) == len(set(addressed)) == 2 * MOST_SIGNUPS + 5


def test_each_session_is_news_of_its_own() -> None:
    docs = begun("activities")
    second = {
        **PLAN,
        "session": f"{SESSION[:-1]}2",
        "starts_at": "2026-06-20T01:00:00.000Z",
    }
    after(
        "activities",
        fact("activities", "activity_changed.v1", sessions=[PLAN, second]),
        docs=docs,
    )
    after("activities", waiting("G8", "R8", session=second["session"]), docs=docs)
    event = happened(
        fact(
            "activities", "activity_cancelled.v2", sessions=[SESSION, second["session"]]
        ),
        seq=77,
    )
    opened = news.open_cancelled(docs, event, asked())
    assert opened is not None
    given_from(docs, Notices, "notices", opened)
    later = news.carry(docs, docs.the("news", f"{event.id}.1"), asked())
    assert later.data["people"] == ["R8"]
