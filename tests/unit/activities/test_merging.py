"""Two people who are one: one seat, one attendance, all the marks together; and what an undo gives back."""

from collections.abc import Callable

import pytest

from schemas.documents import Json
from schemas.fields import instant
from services.activities.model.merging import as_called, seated
from services.activities.rules import merging
from services.activities.rules.signups import sign_up
from services.activities.service import Activities
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.service import entrypoints
from services.kit.views import Find, Overlay, Reads
from tests.examples.activities import ACTIVITY, MERGED, SESSION, STREAM
from tests.given import refused
from tests.unit.activities.attending_stage import (
    LATER,
    SESSIONS,
    happens,
    held,
    record,
    recount_all,
    seat,
    typed,
)
from tests.unit.activities.stage import (
    OPENED,
    PUBLISHED,
    confirmed,
    fact,
    resident,
    secretary,
    stage,
    waitlisted,
)

GONE, INTO = MERGED["person"], MERGED["into"]
NOW = secretary(now=LATER)
Rule = Callable[[Reads, Json, Asked], Fact]


def merge(docs: Overlay) -> list[Fact]:
    """Each session is moved as time would do it."""
    happens(docs, Fact("attendee_merged.v1", f"attendee/{GONE}", MERGED))
    return _do_all(docs, "merge_at", merging.merge_seats)


def part(docs: Overlay) -> list[Fact]:
    happens(docs, Fact("attendee_parted.v1", f"attendee/{GONE}", MERGED))
    return _do_all(docs, "part_at", merging.part_seats)


def _do_all(docs: Overlay, by: str, rule: Rule) -> list[Fact]:
    facts = []
    for merging_of in docs.find(Find("mergings", {}, by)):
        facts.append(rule(docs, merging_of, NOW))
        happens(docs, facts[-1])
    recount_all(docs)
    return facts


def came(docs: Overlay, person: str, since: int, until: int, nonce: str) -> None:
    record(docs, typed(person, "in", since, f"{nonce}-in"))
    record(docs, typed(person, "out", until, f"{nonce}-out"))


def test_two_attendances_of_one_session_are_one_with_the_minutes_of_all_marks() -> None:
    docs = held(GONE, INTO)
    came(docs, GONE, 0, 40, "a")
    came(docs, INTO, 50, 90, "b")
    merge(docs)
    both = seat(docs, INTO)
    assert (both["attended"], both["minutes"], len(both["scans"])) == (True, 80, 4)
    assert docs.the("seatings", SESSIONS[0])["attended"] == 1
    assert docs.the("seatings", SESSIONS[0])["minutes"] == 80
    assert "person" not in seat(docs, GONE)


def test_who_was_at_two_places_at_once_is_counted_where_they_entered_first() -> None:
    docs = held(GONE, INTO)
    came(docs, GONE, 0, 100, "a")
    record(docs, typed(INTO, "in", 60, "b", SESSIONS[1]))
    record(docs, typed(INTO, "out", 120, "c", SESSIONS[1]))
    merge(docs)
    minutes = [seat(docs, INTO, session)["minutes"] for session in SESSIONS[:2]]
    assert minutes == [100, 20]


def test_the_record_is_the_survivors_and_its_owners_again_after_an_undo() -> None:
    docs = held(GONE, INTO)
    came(docs, GONE, 0, 40, "a")
    before = {person: years(docs, person) for person in (GONE, INTO)}
    merge(docs)
    assert years(docs, INTO) == before[GONE]
    assert years(docs, GONE) == {"attendances": 0, "minutes": 0}
    part(docs)
    assert {person: years(docs, person) for person in (GONE, INTO)} == before


def years(docs: Overlay, person: str) -> Json:
    doc = docs.get("years", f"{person}:2026:all") or {}
    return {name: doc.get(name, 0) for name in ("attendances", "minutes")}


def test_the_surer_seat_is_kept_and_the_other_goes_to_who_waits() -> None:
    docs = stage(
        PUBLISHED,
        OPENED,
        confirmed("G1", GONE, ticket=1),
        confirmed("G2", "R5", ticket=2),
        waitlisted("G3", INTO, ticket=3, position=1),
        waitlisted("G4", "R6", ticket=4, position=2),
    )
    merge(docs)
    assert seat(docs, INTO, SESSION)["signup"] == "G1"
    assert seat(docs, INTO, SESSION)["state"] == "confirmed"
    assert docs.the("signups", "G3")["state"] == "cancelled"
    seating = docs.the("seatings", SESSION)
    assert (seating["taken"], seating["waiting"]) == (2, 1)


def test_of_two_confirmed_seats_one_is_free_and_is_to_be_given_away() -> None:
    docs = stage(
        PUBLISHED,
        OPENED,
        confirmed("G1", GONE, ticket=1),
        confirmed("G2", INTO, ticket=2),
        waitlisted("G3", "R6", ticket=3, position=1),
    )
    merge(docs)
    seating = docs.the("seatings", SESSION)
    assert seating["taken"] == 1
    assert seating["settle_at"] == instant(LATER)


def test_guests_are_the_survivors_and_of_one_name_they_are_one() -> None:
    grandma = f"{GONE}~grandma"
    assert as_called(grandma, GONE, INTO) == f"{INTO}~grandma"
    docs = stage(
        PUBLISHED,
        OPENED,
        confirmed("G1", GONE, grandma, ticket=1),
        confirmed("G2", INTO, f"{INTO}~grandma", ticket=2),
    )
    merge(docs)
    assert docs.the("seatings", SESSION)["taken"] == 2
    assert seat(docs, f"{INTO}~grandma", SESSION)["state"] == "confirmed"
    part(docs)
    assert seat(docs, grandma, SESSION)["person"] == grandma


def test_of_two_ratings_the_survivors_counts() -> None:
    docs = held(GONE, INTO)
    for person, minute in ((GONE, 0), (INTO, 5)):
        came(docs, person, minute, 60, person)
    happens(docs, rated(GONE, 2), rated(INTO, 5))
    merge(docs)
    find = Find("ratings", {"session": SESSIONS[0]}, "score")
    assert [rating["score"] for rating in docs.find(find)] == [5]
    part(docs)
    assert [rating["score"] for rating in docs.find(find)] == [2, 5]
    assert seat(docs, GONE)["score"] == 2


def rated(person: str, score: int) -> Fact:
    about = {"session": SESSIONS[0], "person": person, "note": f"N-{person}"}
    return fact("activity_rated.v1", score=score, **about)


def test_certificates_are_the_survivors_and_go_back() -> None:
    docs = held(GONE)
    docs.put("certificates", {"id": "C1", "person": GONE, "issued_at": "2026-06-01"})
    merge(docs)
    assert docs.the("certificates", "C1")["person"] == INTO
    part(docs)
    assert docs.the("certificates", "C1")["person"] == GONE


def test_certificates_of_who_was_merged_further_go_back_one_by_one() -> None:
    docs = held(GONE)
    docs.put("certificates", {"id": "C1", "person": GONE, "issued_at": "2026-06-01"})
    further = MERGED | {"merge": "G2", "person": INTO, "into": "R77"}
    whose = []
    for type, two in (
        ("attendee_merged.v1", MERGED),
        ("attendee_merged.v1", further),
        ("attendee_parted.v1", further),
        ("attendee_parted.v1", MERGED),
    ):
        happens(docs, Fact(type, f"attendee/{two['person']}", two))
        whose.append(docs.the("certificates", "C1")["person"])
    assert whose == [INTO, "R77", INTO, GONE]


def test_a_merge_that_is_undone_before_its_turn_moves_nothing() -> None:
    docs = held(GONE, INTO)
    happens(docs, Fact("attendee_merged.v1", f"attendee/{GONE}", MERGED))
    assert part(docs) == []
    assert docs.find(Find("mergings", {}, "merge_at")) == []
    assert seat(docs, GONE)["person"] == GONE


def test_what_is_moved_is_in_the_stream_of_its_activity() -> None:
    docs = held(GONE, INTO)
    assert {moved.stream for moved in merge(docs)} == {STREAM}


def test_the_merge_of_people_is_followed() -> None:
    names = {mark.name for mark in entrypoints(Activities)}
    assert {"follow_merged", "follow_undone", "merge_seats", "part_seats"} <= names


@pytest.mark.parametrize(
    ("before", "after"),
    [("confirmed", "cancelled"), ("waiting", "cancelled"), ("declined", "declined")],
)
def test_who_is_of_the_party_no_more_has_given_up_a_seat_that_stood(
    before: str, after: str
) -> None:
    docs = stage(PUBLISHED, OPENED)
    told = {"signup": "G1", "party": [{"person": INTO}], "state": "confirmed"}
    held_before = {"person": GONE, "signup": "G1", "state": before}
    assert seated(docs, held_before, [told])["state"] == after


NOTHING_KNOWN: Json = {
    "scans": [],
    "attended": False,
    "score": None,
    "state": "cancelled",
}


@pytest.mark.parametrize(
    ("known", "is_of_use"),
    [
        ({}, False),
        ({"scans": ["in"]}, True),
        ({"attended": True}, True),
        ({"score": 1}, True),
        ({"state": "confirmed"}, True),
        ({"contest": "C1"}, True),
    ],
)
def test_a_seat_is_kept_for_whatever_is_known_of_it(
    known: Json, is_of_use: bool
) -> None:
    assert merging._is_of_use(NOTHING_KNOWN | known) is is_of_use


CANCELLED = fact(
    "signup_cancelled.v1", signup="G2", session=SESSION, late=False, promoted=[]
)


@pytest.mark.parametrize(
    ("own", "latest"),
    [
        ([confirmed("G2", INTO, ticket=2)], "G2"),
        ([confirmed("G2", INTO, ticket=2), CANCELLED], "G1"),
        ([], "G1"),
    ],
    ids=["stands", "given up", "none"],
)
def test_the_latest_sign_up_is_the_survivors_own_while_it_stands(
    own: list[Fact], latest: str
) -> None:
    docs = stage(PUBLISHED, OPENED, waitlisted("G1", GONE, ticket=1, position=1), *own)
    merge(docs)
    assert docs.the("signers", f"{SESSION}:{INTO}")["signup"] == latest


def given_up(signup: str) -> Fact:
    said = {"signup": signup, "session": SESSION, "late": False, "promoted": []}
    return fact("signup_cancelled.v1", **said)


@pytest.mark.parametrize(
    ("own", "latest"),
    [
        ([], None),
        ([confirmed("G2", INTO, ticket=2), given_up("G2")], "G2"),
        ([confirmed("G2", INTO, ticket=2)], "G2"),
    ],
)
def test_parted_again_each_has_the_latest_sign_up_of_their_own(
    own: list[Fact], latest: str | None
) -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("G1", GONE, "R5", ticket=1), *own)
    merge(docs)
    part(docs)
    signers = [docs.get("signers", f"{SESSION}:{one}") or {} for one in (GONE, INTO)]
    assert [signer.get("signup") for signer in signers] == ["G1", latest]


def test_parted_again_nobody_is_kept_from_signing_up_by_what_is_the_others() -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("G1", GONE, "R5", ticket=1))
    merge(docs)
    part(docs)
    party = {"activity": ACTIVITY, "party": [{"person": INTO, "relation": "self"}]}
    assert sign_up(docs, party, resident(INTO)).data["by"] == INTO
    with refused("already_signed_up"):
        sign_up(docs, party, resident(GONE))


def test_who_is_called_nearly_like_who_is_merged_keeps_their_seat() -> None:
    """Seats are found by the beginning of their ids."""
    near = f"{GONE}0"
    docs = held(GONE, INTO, near)
    came(docs, near, 0, 40, "a")
    before = seat(docs, near)
    (moved,) = [fact for fact in merge(docs) if fact.data["session"] == SESSIONS[0]]
    assert seat(docs, near) == before
    assert near not in str(moved.data)


def test_a_place_in_the_queue_that_was_given_up_comes_back_after_an_undo() -> None:
    docs = stage(
        PUBLISHED,
        OPENED,
        confirmed("G1", INTO, ticket=1),
        waitlisted("G3", GONE, ticket=3, position=1),
    )
    merge(docs)
    assert docs.the("signups", "G3")["state"] == "cancelled"
    part(docs)
    again = docs.the("signups", "G3")
    assert (again["state"], [one["person"] for one in again["party"]]) == (
        "waiting",
        [GONE],
    )


@pytest.mark.parametrize("party", [(GONE, INTO), (INTO, GONE), (INTO, "R5", GONE)])
def test_a_party_of_both_that_was_given_up_is_of_both_again_after_an_undo(
    party: tuple[str, ...],
) -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("G1", *party, ticket=1), given_up("G1"))
    before = docs.the("signups", "G1")["party"]
    merge(docs)
    part(docs)
    assert docs.the("signups", "G1")["party"] == before


def test_who_came_as_the_one_alone_came_in_that_role_until_an_undo() -> None:
    docs = held(GONE, INTO)
    docs.change("seats", f"{SESSIONS[0]}:{INTO}", role="participant", role_text="参与")
    came(docs, GONE, 0, 40, "a")
    before = seat(docs, INTO)["role"]
    merge(docs)
    assert (before, seat(docs, INTO)["role"]) == ("participant", "helper")
    part(docs)
    assert seat(docs, INTO)["role"] == before
