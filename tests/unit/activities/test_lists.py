"""Activities stand where their next session does, by the clock; one's sign-ups where their sessions are now."""

from datetime import datetime, timedelta
from itertools import chain
from typing import Any

import pytest

from schemas.activities.postings import ListActivities
from schemas.activities.sessions import ListSessions
from schemas.activities.signups import MySignups
from schemas.documents import Json
from schemas.fields import instant
from services.activities.service import Activities
from services.activities.views import postings as postings_shown
from services.activities.views import sessions as sessions_shown
from services.activities.views import signups as signups_shown
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Overlay, Reads, Seen
from tests.counting import Counting
from tests.examples.activities import CONTENT
from tests.given import given_from
from tests.unit.activities.stage import STARTS, resident, secretary, stage

WEEK = timedelta(weeks=1)
DURING = STARTS + timedelta(hours=1)  # Each session lasts two hours.
AFTER = STARTS + timedelta(hours=3)


def content(activity: str, *starts: datetime, **said: Any) -> Json:
    sessions = [
        {
            "session": f"{activity}.{number}",
            "place": "活动室",
            "capacity": 5,
            "starts_at": instant(start),
            "ends_at": instant(start + timedelta(hours=2)),
            "cutoff": instant(start - timedelta(hours=1)),
        }
        for number, start in enumerate(starts, 1)
    ]
    return {**CONTENT, "activity": activity, "sessions": sessions, **said}


def posted(activity: str, *starts: datetime, **said: Any) -> list[Fact]:
    stream, whole = f"activity/{activity}", content(activity, *starts, **said)
    opened = Fact("activity_opened.v1", stream, {"activity": activity})
    return [
        *(
            Fact(f"activity_{done}.v2", stream, whole)
            for done in ("drafted", "published")
        ),
        opened,
    ]


def signed_up(activity: str, signup: str, *persons: str) -> Fact:
    party = [{"person": person, "relation": "self"} for person in persons]
    about = {
        "activity": activity,
        "session": f"{activity}.1",
        "signup": signup,
        "by": persons[0],
        "ticket": 1,
    }
    return Fact(
        "signup_confirmed.v1", f"activity/{activity}", {**about, "party": party}
    )


def listed(docs: Reads, asked: Asked, **said: Any) -> list[tuple[str, str]]:
    question = ListActivities().load({"since": instant(asked.now), **said})
    found = postings_shown.list_activities(docs, question, asked)
    return [(activity["id"], activity["next_session"]) for activity in found["items"]]


SERIES = posted("A1", STARTS, STARTS + WEEK, STARTS + 2 * WEEK)
SINGLE = posted("A2", STARTS + timedelta(days=2))
OF_A1 = {"activity": "A1"}
FIRST = {**OF_A1, "session": "A1.1"}


def test_a_series_that_has_begun_is_found_and_stands_by_its_next_session() -> None:
    docs = stage(*SERIES, *SINGLE)
    assert listed(docs, resident("R1")) == [("A1", "A1.1"), ("A2", "A2.1")]
    assert listed(docs, resident("R1", now=AFTER)) == [("A2", "A2.1"), ("A1", "A1.2")]
    assert listed(docs, resident("R1", now=AFTER + WEEK)) == [("A1", "A1.3")]
    assert listed(docs, resident("R1", now=AFTER + 2 * WEEK)) == []


def test_a_list_reads_of_each_activity_no_more_than_itself_and_its_session_twice() -> (
    None
):
    """In the order of the list, and among the few that come next."""
    starts = [STARTS + timedelta(days=day) for day in range(10)]
    facts = [posted(f"A{day}", start) for day, start in enumerate(starts)]
    counted = Counting(stage(*chain.from_iterable(facts)))
    assert len(listed(Seen(counted), resident("R1"))) == 10
    assert counted.read <= 3 * 10 + 5


@pytest.mark.parametrize("since", ["0001-01-01T00:00:00Z", "0001-01-02T23:59:59Z"])
def test_from_the_first_day_there_is_everything_is_found(since: str) -> None:
    docs = stage(*SERIES, *SINGLE)
    assert listed(docs, resident("R1"), since=since) == [("A1", "A1.1"), ("A2", "A2.1")]
    question = ListSessions().load({"since": since})
    found = sessions_shown.list_sessions(docs, question, resident("R1"))
    assert len(found["items"]) == 4


def test_what_is_under_way_is_still_to_be_found() -> None:
    docs = stage(*SERIES, *SINGLE)
    assert listed(docs, resident("R1", now=DURING)) == [("A1", "A1.1"), ("A2", "A2.1")]
    question = ListSessions().load(
        {"since": instant(DURING), "until": instant(AFTER + WEEK)}
    )
    found = sessions_shown.list_sessions(docs, question, resident("R1", now=DURING))
    assert [session["id"] for session in found["items"]] == ["A1.1", "A2.1", "A1.2"]


@pytest.mark.parametrize(
    "over",
    [
        [
            Fact(
                "sessions_cancelled.v1",
                "activity/A1",
                {**OF_A1, "sessions": ["A1.1"], "reason": "雨"},
            )
        ],
        [
            Fact(f"session_{done}.v1", "activity/A1", FIRST)
            for done in ("started", "closed")
        ],
    ],
    ids=["cancelled", "closed"],
)
def test_a_session_closed_or_cancelled_is_not_the_next(over: list[Fact]) -> None:
    assert listed(stage(*SERIES, *over), resident("R1")) == [("A1", "A1.2")]


def test_without_a_time_what_is_over_comes_first_where_its_last_session_was() -> None:
    docs = stage(
        *posted("A0", STARTS - 3 * WEEK, STARTS - WEEK),
        *posted("A3", STARTS - 2 * WEEK),
        *SERIES,
    )
    found = postings_shown.list_activities(
        docs, ListActivities().load({}), resident("R1")
    )["items"]
    assert [activity["id"] for activity in found] == ["A3", "A0", "A1"]
    assert [activity.get("next_session") for activity in found] == [None, None, "A1.1"]


def test_a_draft_is_found_while_any_of_its_sessions_is_to_come() -> None:
    docs = stage(posted("A1", STARTS, STARTS + WEEK)[0])
    for now, found in (
        (STARTS, [("A1", "A1.1")]),
        (AFTER, [("A1", "A1.2")]),
        (AFTER + WEEK, []),
    ):
        assert listed(docs, secretary(now=now), host="branch/B1") == found
        assert listed(docs, resident("R1", now=now), host="branch/B1") == []


@pytest.mark.parametrize(
    ("party", "found"), [(1, True), (3, True), (4, False), (6, False)]
)
def test_free_seats_are_those_a_party_still_gets_together(
    party: int, found: bool
) -> None:
    docs = stage(*SERIES[:3], signed_up("A1", "G1", "R5", "R6"), *SINGLE)
    sessions = ListSessions().load(
        {"activity": "A1", "free": party, "until": instant(AFTER)}
    )
    asked = resident("R1")
    assert [
        one["id"]
        for one in sessions_shown.list_sessions(docs, sessions, asked)["items"]
    ] == ["A1.1"] * found
    only = stage(*posted("A1", STARTS), signed_up("A1", "G1", "R5", "R6"))
    assert bool(listed(only, asked, free=party)) == found


def test_after_the_cutoff_no_seat_is_free() -> None:
    docs = stage(*posted("A1", STARTS))
    late = STARTS - timedelta(minutes=30)
    assert listed(docs, resident("R1", now=late), free=1) == []
    assert listed(docs, resident("R1", now=late)) == [("A1", "A1.1")]
    assert listed(stage(*SERIES), resident("R1", now=late), free=1) == [("A1", "A1.1")]


SIGNED_UP = {1: ("R1",), 2: ("R9", "R1"), 3: ("R1", "R9")}


@pytest.mark.parametrize("limit", [1, 2, 9])
def test_a_moved_session_moves_in_ones_own_list(limit: int) -> None:
    docs = stage(
        *(fact for n in (1, 2, 3) for fact in posted(f"A{n}", STARTS + n * WEEK))
    )
    given_from(
        docs,
        Activities,
        "activities",
        *(signed_up(f"A{n}", f"G{n}", *who) for n, who in SIGNED_UP.items()),
    )
    assert _mine(docs, limit) == ["G3", "G2", "G1"]
    moved = {
        **content("A1", STARTS + 4 * WEEK),
        "changed": ["starts_at"],
        "moved": ["A1.1"],
        "reason": "换时间",
    }
    given_from(
        docs,
        Activities,
        "activities",
        Fact("activity_changed.v1", "activity/A1", moved),
    )
    assert _mine(docs, limit) == ["G1", "G3", "G2"]


def _mine(docs: Overlay, limit: int) -> list[str]:
    told: list[str] = []
    after = None
    while True:
        page = signups_shown.my_signups(
            docs, {**MySignups().load({"limit": limit}), "after": after}, resident("R1")
        )
        told, after = told + [signup["id"] for signup in page["items"]], page["next"]
        assert after is None or len(page["items"]) == limit
        if after is None:
            return told
