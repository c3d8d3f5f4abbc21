"""Who was expected, who came without, and who is missed, in which cells."""

from services.kit.log import Fact
from tests.examples.activities import EVENTS
from tests.unit.activities.stage import CLOSED, PUBLISHED, confirmed
from tests.unit.metrics.in_cells import OF, after, came, figures, tell


def test_seats_are_those_confirmed_at_the_end() -> None:
    waits = Fact(
        "signup_waitlisted.v1",
        "activity/A",
        {**EVENTS["signup_waitlisted.v1"], "signup": "G2"},
    )
    asks = Fact(
        "signup_requested.v1",
        "activity/A",
        {**EVENTS["signup_requested.v1"], "signup": "G3"},
    )
    approved = Fact(
        "signup_approved.v1",
        "activity/A",
        {**EVENTS["signup_approved.v1"], "signup": "G3"},
    )
    promoted = Fact(
        "waiting_promoted.v1",
        "activity/A",
        {**EVENTS["waiting_promoted.v1"], "promoted": ["G2"]},
    )
    none = Fact(
        "waiting_promoted.v1",
        "activity/A",
        {**EVENTS["waiting_promoted.v1"], "promoted": []},
    )
    docs = after(
        PUBLISHED, confirmed("G1", "R1", ticket=1), waits, asks, approved, none, CLOSED
    )
    assert figures(docs, "confirmed") == [3]
    docs = after(
        PUBLISHED,
        confirmed("G1", "R1", ticket=1),
        waits,
        asks,
        promoted,
        promoted,
        CLOSED,
    )
    assert figures(docs, "confirmed") == [3]


def test_who_left_a_party_is_not_expected_and_late_is_missed() -> None:
    left = {**OF, "signup": "G1", "promoted": []}
    early = Fact("party_left.v1", "activity/A", {**left, "person": "R2", "late": False})
    late = Fact("party_left.v1", "activity/A", {**left, "person": "R3", "late": True})
    docs = after(
        PUBLISHED,
        confirmed("G1", "R1", "R2", "R3", ticket=1),
        early,
        late,
        came("R1"),
        CLOSED,
    )
    assert figures(docs, "confirmed", "turned_up", "no_shows") == [1, 1, 1]


def test_who_gets_the_seat_of_one_who_left_is_expected() -> None:
    waits = Fact(
        "signup_waitlisted.v1",
        "activity/A",
        {**EVENTS["signup_waitlisted.v1"], "signup": "G2"},
    )
    left = Fact(
        "party_left.v1",
        "activity/A",
        {**OF, "signup": "G1", "person": "R2", "late": False, "promoted": ["G2"]},
    )
    docs = after(PUBLISHED, confirmed("G1", "R1", "R2", ticket=1), waits, left, CLOSED)
    assert figures(docs, "confirmed") == [3]


def test_guests_are_people_of_their_own_wherever_the_same_signer_takes_them() -> None:
    docs = after(PUBLISHED, came("R1"), came("R1~child"), came("R2~child"))
    assert figures(docs, "person_times", "unique_participants") == [3, 3]


def test_who_simply_came_was_not_expected() -> None:
    docs = tell(
        after(PUBLISHED, confirmed("G1", "R1", "R2", ticket=1), came("R1")), "walked_in.v1", signup="G2",
        party=[{"person": "R3"}], minutes=0, hours="scanned",
    )  # fmt: skip
    docs = tell(docs, "session_closed.v1")
    assert figures(docs, "confirmed", "attended", "turned_up", "no_shows") == [
        2,
        2,
        1,
        1,
    ]
