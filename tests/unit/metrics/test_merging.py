"""Two people who are one are counted once, and of a month that is over it is told as what came late."""

from datetime import UTC, datetime

import pytest

from schemas.documents import Json
from schemas.fields import instant
from services.kit.log import Fact
from services.kit.views import Find, Overlay
from services.metrics.folds import merging
from services.metrics.folds.cells import ACTIVITIES, cell_id
from services.metrics.folds.late import OF_ACTIVITIES
from services.metrics.folds.presences import presence
from services.metrics.folds.signups import seats_of
from services.metrics.service import Metrics
from tests.examples.activities import MERGED, SESSION
from tests.given import given, given_from
from tests.unit.activities.stage import (
    CLOSED,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    confirmed,
    fact,
)

JULY = datetime(2026, 7, 2, 1, tzinfo=UTC)

GONE, INTO = MERGED["person"], MERGED["into"]
ABSENT: Json = {"attended": False, "walked_in": False, "minutes": 0, "hours": "scanned"}
CAME: Json = ABSENT | {"attended": True, "minutes": 60}
SHOWN = (
    "person_times",
    "unique_participants",
    "attended_minutes",
    "confirmed",
    "turned_up",
    "no_shows",
)


def check_in(person: str) -> Fact:
    at = {"at": instant(STARTS), "way": "scanned", "minutes": 60, "hours": "scanned"}
    return fact("checked_in.v1", session=SESSION, person=person, **at)


def stands(signup: str, by: str, *people: str) -> Json:
    party = [{"person": person} for person in people]
    return {"signup": signup, "by": by, "state": "confirmed", "party": party}


def regrouped(type: str, signups: list[Json], gone: list[str], **people: Json) -> Fact:
    content = {
        "signups": signups,
        "gone": gone,
        "people": [{"person": person} | stand for person, stand in people.items()],
        "unrated": [],
    }
    return fact(type, session=SESSION, **MERGED, **content)


BOTH_CAME = (
    PUBLISHED,
    OPENED,
    confirmed("G1", GONE, ticket=1),
    confirmed("G2", INTO, ticket=2),
    STARTED,
    check_in(GONE),
    check_in(INTO),
    CLOSED,
)
MERGES = regrouped(
    "seats_merged.v1",
    [stands("G2", INTO, INTO), stands("G1", INTO)],
    [GONE],
    **{INTO: CAME},
)
PARTS = regrouped(
    "seats_parted.v1", [stands("G1", GONE, GONE)], [], **{GONE: CAME, INTO: CAME}
)


def shown(docs: Overlay) -> Json:
    cell = docs.the(ACTIVITIES, cell_id("510108", "2026-06"))
    return {name: cell[name] for name in SHOWN}


def test_one_attendance_one_seat_and_one_participant_fewer() -> None:
    docs = given(Metrics)
    given_from(docs, Metrics, "activities", *BOTH_CAME)
    before = shown(docs)
    given_from(docs, Metrics, "activities", MERGES)
    assert before == _figures(2, 120)
    assert shown(docs) == _figures(1, 60)
    given_from(docs, Metrics, "activities", PARTS)
    assert shown(docs) == before


def _figures(people: int, minutes: int) -> Json:
    counted = dict.fromkeys(SHOWN, people)
    return counted | {"attended_minutes": minutes, "no_shows": 0}


def test_in_a_month_that_is_over_it_is_a_late_change_with_what_was_before() -> None:
    docs = given(Metrics)
    given_from(docs, Metrics, "activities", *BOTH_CAME)
    given_from(docs, Metrics, "activities", MERGES, now=JULY)
    find = Find(OF_ACTIVITIES, {"district": "510108", "month": "2026-06"}, "at")
    (late,) = docs.find(find)
    assert late["before"]["person_times"] == 2
    assert late["after"]["person_times"] == 1


def ratings(docs: Overlay) -> list[int]:
    """How many each of the two answers for."""
    answers = [presence(docs, SESSION, person)["answers"] for person in (GONE, INTO)]
    return [one.get("ratings", 0) for one in answers]


def test_what_is_left_of_who_is_merged_is_answered_for_by_who_stays_until_an_undo() -> (
    None
):
    docs = given(Metrics)
    given_from(docs, Metrics, "activities", *BOTH_CAME)
    said = {"session": SESSION, "person": GONE, "score": 5, "note": "N1"}
    given_from(docs, Metrics, "activities", fact("activity_rated.v1", **said))
    assert ratings(docs) == [1, 0]
    given_from(docs, Metrics, "activities", MERGES)
    assert ratings(docs) == [0, 1]
    given_from(docs, Metrics, "activities", PARTS)
    assert ratings(docs) == [1, 0]


def test_of_two_ratings_one_is_taken_away_until_an_undo() -> None:
    docs = given(Metrics)
    given_from(docs, Metrics, "activities", *BOTH_CAME)
    for person, score in ((GONE, 3), (INTO, 5)):
        said = {"session": SESSION, "person": person, "score": score, "note": "N1"}
        given_from(docs, Metrics, "activities", fact("activity_rated.v1", **said))
    unrated = {"unrated": [{"person": INTO, "score": 3}]}
    counted = [rated(docs)]
    for one in (MERGES, PARTS):
        again = fact(one.type, **one.data | unrated)
        given_from(docs, Metrics, "activities", again)
        counted.append(rated(docs))
    assert counted == [(2, 1), (1, 1), (2, 1)]


def rated(docs: Overlay) -> tuple[int, int]:
    cell = docs.the(ACTIVITIES, cell_id("510108", "2026-06"))
    return cell["ratings"], cell["satisfied"]


@pytest.mark.parametrize(
    ("before", "by", "party", "joined"),
    [
        ([], INTO, [INTO, "R7"], []),
        (["R7"], INTO, [INTO, "R7", "R8"], ["R7"]),
        ([GONE], "R5", ["R5", INTO], [INTO]),
        ([INTO], "R5", ["R5", GONE], [GONE]),
        (["R7"], "R5", ["R5", GONE], []),
        ([GONE], INTO, [INTO], []),
    ],
)
def test_who_joined_a_party_has_joined_it_by_either_id(
    before: list[str], by: str, party: list[str], joined: list[str]
) -> None:
    said = {"by": by, "party": [{"person": person} for person in party]}
    assert merging._who_joined({"joined": before}, said, MERGED)["joined"] == joined


@pytest.mark.parametrize("by", ["R5", INTO])
def test_whoever_joined_answers_for_their_own_seat_again_after_an_undo(by: str) -> None:
    """Also of who had another seat, which was the one they kept, and of who signed up for the party."""
    joins = {"instead_of": f"{by}~grandma", "to": {"person": GONE}}
    joined = fact("party_joined.v1", session=SESSION, signup="G1", person=GONE, **joins)
    merges = regrouped("seats_merged.v1", [stands("G1", by)], [GONE], **{INTO: ABSENT})
    theirs = {GONE: ABSENT, INTO: ABSENT}
    parts = regrouped("seats_parted.v1", [stands("G1", by, GONE)], [], **theirs)
    party = confirmed("G1", by, f"{by}~grandma", ticket=1)
    told = PUBLISHED, OPENED, party, joined
    docs = given_from(given(Metrics), Metrics, "activities", *told)
    before = seats_of(docs.the("signups", "G1"))
    given_from(docs, Metrics, "activities", merges, parts)
    assert before[GONE] == 1
    assert seats_of(docs.the("signups", "G1"))[GONE] == 1
