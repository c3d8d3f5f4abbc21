"""Check-in by roster and by code, check-out, hours and the rating."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import marshmallow as ma
import pytest

from schemas.activities.door import CheckIn
from schemas.activities.signups import Seat
from schemas.documents import Json, pick_present
from schemas.fields import instant
from services.activities.rules import codes, corrections, door, walkins
from services.activities.service import Activities
from services.activities.views import ratings as ratings_shown
from services.activities.views import signups as signups_shown
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, SESSION
from tests.given import given_from
from tests.given import refused as refused_as
from tests.unit.activities.stage import (
    CLOSED,
    KEY,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    confirmed,
    fact,
    resident,
    secretary,
    stage,
    waitlisted,
)

NOW = STARTS + timedelta(minutes=5)
RUNNING = (PUBLISHED, OPENED, confirmed("G1", "R1", "R1~child", ticket=1), STARTED)


def code(at_minutes: int = 5, session: str = SESSION) -> str:
    shown = door.door_code(
        {"id": session}, KEY, secretary(now=STARTS + timedelta(minutes=at_minutes))
    )
    return str(shown["code"])


def entering(docs: Overlay, who: Asked, **command: str) -> Fact:
    return door.check_in(docs, {"activity": ACTIVITY, **command}, who, KEY)


def refused(docs: Overlay, who: Asked, **command: str) -> str:
    with pytest.raises((Refused, Forbidden)) as refusal:
        entering(docs, who, **command)
    return refusal.value.code


def inside(
    person: str, at: str = "2026-06-13T01:05:00.000Z", way: str = "scanned"
) -> Fact:
    return fact("checked_in.v1", session=SESSION, person=person, at=at, way=way)


def test_a_resident_checks_in_with_the_code_at_the_door() -> None:
    event = entering(stage(*RUNNING), resident("R1", now=NOW), code=code())
    assert (event.data["person"], event.data["way"]) == ("R1", "scanned")


def test_a_resident_checks_in_the_family_they_signed_up_which_proves_nothing_of_them() -> (
    None
):
    for said in ("child", "R1~child"):
        event = entering(
            stage(*RUNNING), resident("R1", now=NOW), code=code(), person=said
        )
        told = (event.data["person"], event.data["way"], event.data["at"])
        assert told == ("R1~child", "backfilled", instant(NOW))


def test_nobody_makes_a_record_for_whom_they_named_by_id() -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("G1", "R1", "R2", ticket=1), STARTED)
    assert (
        refused(docs, resident("R1", now=NOW), code=code(), person="R2") == "not_yours"
    )
    assert entering(docs, resident("R2", now=NOW), code=code()).data["person"] == "R2"


@pytest.mark.parametrize("person", [{}, {"person": "R1"}, {"person": "child"}])
@pytest.mark.parametrize("minutes", [-60, -1, 0, 5, 6])
def test_who_scans_the_door_is_there_now_and_says_no_other_time(
    minutes: int, person: Json
) -> None:
    said = {"at": instant(STARTS + timedelta(minutes=minutes)), **person}
    for direction in (door.check_in, door.check_out):
        docs = stage(*RUNNING, inside("R1", at="2026-06-13T00:50:00.000Z"))
        with refused_as("time_is_now", Invalid):
            direction(
                docs,
                {"activity": ACTIVITY, "code": code(), **said},
                resident("R1", now=NOW),
                KEY,
            )


def own(shown_at_minutes: float, person: str = "R1") -> str:
    return str(
        codes.own_code(person, KEY, STARTS + timedelta(minutes=shown_at_minutes))[
            "code"
        ]
    )


def test_an_own_code_scanned_live_is_of_now() -> None:
    event = entering(stage(*RUNNING), secretary(now=NOW), own_code=own(4))
    assert (event.data["person"], event.data["way"], event.data["at"]) == (
        "R1",
        "scanned",
        instant(NOW),
    )


@pytest.mark.parametrize(
    ("at_minutes", "way"),
    [
        (-30, "backfilled"),
        (2.9, "backfilled"),
        (3.5, "scanned"),
        (5, "scanned"),
        (6, "backfilled"),
    ],
)
def test_an_earlier_time_is_believed_as_far_as_the_code_shown_is(
    at_minutes: float, way: str
) -> None:
    at = instant(STARTS + timedelta(minutes=at_minutes))
    event = entering(stage(*RUNNING), secretary(now=NOW), own_code=own(3), at=at)
    assert (event.data["at"], event.data["way"]) == (at, way)


def test_an_own_code_lives_two_minutes() -> None:
    assert (
        refused(stage(*RUNNING), secretary(now=NOW), own_code=own(2.9))
        == "code_expired"
    )


def test_an_own_code_is_good_for_one_mark() -> None:
    docs, shown = stage(*RUNNING), own(4)
    given_from(
        docs,
        Activities,
        "activities",
        entering(docs, secretary(now=NOW), own_code=shown),
    )
    with pytest.raises(Refused) as refusal:
        door.check_out(
            docs, {"activity": ACTIVITY, "own_code": shown}, secretary(now=NOW), KEY
        )
    assert refusal.value.code == "code_used"
    undone = corrections.undo_check(docs, {**UNDO, "person": "R1"}, secretary(now=NOW))
    given_from(docs, Activities, "activities", undone)
    assert refused(docs, secretary(now=NOW), own_code=shown) == "code_used", (
        "nor after that was undone"
    )
    later = {"activity": ACTIVITY, "person": "R9", "own_code": own(4, "R9")}
    walked = walkins.walk_in(
        docs, {**later, "relation": "self"}, secretary(now=NOW, new_id="W1"), KEY
    )
    assert walked.data["way"] == "scanned"
    given_from(docs, Activities, "activities", walked)
    with pytest.raises(Refused) as refusal:
        door.check_out(
            docs,
            {"activity": ACTIVITY, "own_code": later["own_code"]},
            secretary(now=NOW),
            KEY,
        )
    assert refusal.value.code == "code_used"


def test_one_look_at_the_end_makes_no_minutes_that_count_as_seen() -> None:
    """Whatever times are said with it: an earlier entry is a typed one."""
    ends = secretary(now=STARTS + timedelta(minutes=120))
    for entry in ({"own_code": own(119)}, {"person": "R1"}):
        docs = stage(*RUNNING)
        came = entering(docs, ends, at="2026-06-13T01:00:00.000Z", **entry)
        given_from(docs, Activities, "activities", came)
        left = door.check_out(
            docs, {"activity": ACTIVITY, "own_code": own(119.5)}, ends, KEY
        )
        assert (left.data["minutes"], left.data["hours"]) == (120, "backfilled")


def test_a_walk_in_by_an_earlier_time_is_written_in_afterwards() -> None:
    said = {
        "activity": ACTIVITY,
        "relation": "self",
        "own_code": own(4, "R9"),
        "at": "2026-06-13T01:00:00.000Z",
    }
    walked = walkins.walk_in(stage(*RUNNING), said, secretary(now=NOW), KEY)
    assert (walked.data["at"], walked.data["way"], walked.data["hours"]) == (
        said["at"],
        "backfilled",
        "backfilled",
    )


KEEPING = (PUBLISHED, OPENED, confirmed("G1", "S1", "R1", ticket=1), STARTED)
SELF = {"activity": ACTIVITY, "person": "S1"}
UNDO = {"activity": ACTIVITY, "undone": "in", "reason": "误扫"}


@pytest.mark.parametrize(
    "rule",
    [
        lambda docs, who: door.check_in(docs, SELF, who, KEY),
        lambda docs, who: door.check_in(docs, {"activity": ACTIVITY}, who, KEY),
        lambda docs, who: door.check_in(
            docs, {"activity": ACTIVITY, "person": "S1~grandma"}, who, KEY
        ),
        lambda docs, who: door.check_in(
            docs, {"activity": ACTIVITY, "own_code": own(4, "S1")}, who, KEY
        ),
        lambda docs, who: door.check_out(docs, SELF, who, KEY),
        lambda docs, who: walkins.walk_in(docs, {**SELF, "relation": "self"}, who, KEY),
        lambda docs, who: walkins.walk_in(
            docs,
            {"activity": ACTIVITY, "relation": "self", "own_code": own(4, "S1")},
            who,
            KEY,
        ),
        lambda docs, who: corrections.undo_check(docs, {**SELF, **UNDO}, who),
        lambda docs, who: door.appraise(docs, {**SELF, "grade": "优秀"}, who),
    ],
)
def test_who_keeps_the_door_marks_and_appraises_others(
    rule: Callable[[Overlay, Asked], Fact],
) -> None:
    with refused_as("own_hours", Forbidden):
        rule(stage(*KEEPING, inside("S1")), secretary(now=NOW))


def test_who_keeps_the_door_scans_its_code_like_everybody() -> None:
    event = entering(stage(*KEEPING), secretary(now=NOW), code=code())
    assert (event.data["person"], event.data["way"]) == ("S1", "scanned")


@pytest.mark.parametrize(
    "said", [{"own_code": "x", "person": "R1"}, {"own_code": "x", "code": "y"}]
)
def test_a_code_and_a_name_are_not_said_together(said: Json) -> None:
    with pytest.raises(ma.ValidationError):
        CheckIn().load({"activity": ACTIVITY, **said})


def test_nobody_checks_in_a_stranger_with_a_code() -> None:
    for person, code_of in (
        ("R1", "not_yours"),
        ("child", "not_yours"),
        ("R1~child", "anothers_guest"),
    ):
        assert (
            refused(
                stage(*RUNNING), resident("R2", now=NOW), code=code(), person=person
            )
            == code_of
        )


def test_the_host_checks_in_from_the_roster_without_a_code() -> None:
    event = entering(stage(*RUNNING), secretary(now=NOW), person="R1")
    assert event.data["way"] == "backfilled"


def test_only_the_host_checks_in_without_a_code() -> None:
    assert (
        refused(stage(*RUNNING), resident("R1", now=NOW), person="R1")
        == "not_your_host"
    )


@pytest.mark.parametrize(
    ("shown", "refusal"),
    [
        (code(at_minutes=2), "code_expired"),
        (code(session="another.1"), "wrong_code"),
        (code()[:-2] + "xx", "bad_code"),
        ("nonsense", "bad_code"),
    ],
)
def test_a_code_that_is_old_foreign_or_forged_is_refused(
    shown: str, refusal: str
) -> None:
    assert refused(stage(*RUNNING), resident("R1", now=NOW), code=shown) == refusal


def test_a_code_signed_with_another_key_is_forged() -> None:
    forged = door.door_code({"id": SESSION}, b"another key", secretary(now=NOW))["code"]
    assert refused(stage(*RUNNING), resident("R1", now=NOW), code=forged) == "bad_code"


def test_who_did_not_sign_up_or_still_waits_is_not_let_in() -> None:
    waiting = waitlisted("G2", "R5", ticket=2, position=1)
    docs = stage(
        PUBLISHED,
        OPENED,
        confirmed("G1", "R1", "R2", "R3", "R4", "R9", ticket=1),
        waiting,
        STARTED,
    )
    assert refused(docs, secretary(now=NOW), person="R7") == "not_signed_up"
    assert refused(docs, secretary(now=NOW), person="R5") == "still_waiting"


def test_a_person_is_checked_in_once_until_they_leave() -> None:
    docs = stage(*RUNNING, inside("R1"))
    assert refused(docs, secretary(now=NOW), person="R1") == "already_checked_in"


@pytest.mark.parametrize(
    ("at", "refusal"),
    [
        ("2026-06-12T23:59:00.000Z", "outside_session"),
        ("2026-06-13T01:20:00.000Z", "in_the_future"),
    ],
)
def test_a_scan_at_an_impossible_time_is_refused(at: str, refusal: str) -> None:
    assert refused(stage(*RUNNING), secretary(now=NOW), person="R1", at=at) == refusal


def test_a_scan_may_arrive_late_with_its_true_time() -> None:
    late = secretary(now=STARTS + timedelta(hours=30))
    event = entering(
        stage(*RUNNING, CLOSED), late, person="R1", at="2026-06-13T01:02:00.000Z"
    )
    assert event.data["at"] == "2026-06-13T01:02:00.000Z"


def test_before_publication_there_is_no_door() -> None:
    assert refused(stage(PUBLISHED), secretary(now=NOW), person="R1") == "not_running"


def leaving(docs: Overlay, at_minutes: int, way: str = "roster") -> Json:
    now = STARTS + timedelta(minutes=at_minutes)
    if way == "roster":
        return door.check_out(
            docs, {"activity": ACTIVITY, "person": "R1"}, secretary(now=now), KEY
        ).data
    shown = {"activity": ACTIVITY, "code": code(at_minutes)}
    return door.check_out(docs, shown, resident("R1", now=now), KEY).data


def test_checking_out_counts_whole_minutes_between_the_scans() -> None:
    out = leaving(stage(*RUNNING, inside("R1")), at_minutes=95, way="code")
    assert (out["minutes"], out["hours"]) == (90, "scanned")


def test_one_scan_from_the_roster_makes_the_hours_backfilled() -> None:
    assert (
        leaving(stage(*RUNNING, inside("R1")), at_minutes=95)["hours"] == "backfilled"
    )


def test_minutes_end_with_the_grace_after_the_session() -> None:
    assert leaving(stage(*RUNNING, inside("R1")), at_minutes=149)["minutes"] == 130


def test_leaving_and_coming_back_adds_up_and_counts_nothing_twice() -> None:
    docs = stage(*RUNNING, inside("R1"))
    given_from(
        docs, Activities, "activities", fact("checked_out.v1", **leaving_data(docs, 35))
    )
    given_from(
        docs, Activities, "activities", inside("R1", at="2026-06-13T01:40:00.000Z")
    )
    assert leaving(docs, at_minutes=65)["minutes"] == 55


def test_nobody_comes_in_again_at_a_time_they_were_inside() -> None:
    docs = stage(*RUNNING, inside("R1"))
    given_from(
        docs, Activities, "activities", fact("checked_out.v1", **leaving_data(docs, 35))
    )
    later = secretary(now=STARTS + timedelta(minutes=40))
    assert (
        refused(docs, later, person="R1", at="2026-06-13T01:25:00.000Z")
        == "already_checked_in"
    )


def leaving_data(docs: Overlay, at_minutes: int) -> Json:
    return {
        name: value
        for name, value in leaving(docs, at_minutes).items()
        if name != "activity"
    }


def test_who_is_not_inside_cannot_leave() -> None:
    with pytest.raises(Refused) as refusal:
        leaving(stage(*RUNNING), at_minutes=60)
    assert refusal.value.code == "not_checked_in"


def test_nobody_leaves_before_they_came() -> None:
    command = {"activity": ACTIVITY, "person": "R1", "at": "2026-06-13T01:01:00.000Z"}
    with pytest.raises(Refused) as refusal:
        door.check_out(stage(*RUNNING, inside("R1")), command, secretary(now=NOW), KEY)
    assert refusal.value.code == "before_check_in"
    came = {**command, "at": "2026-06-13T01:05:00.000Z"}
    left = door.check_out(stage(*RUNNING, inside("R1")), came, secretary(now=NOW), KEY)
    assert left.type.startswith("checked_out")


def rating(docs: Overlay, who: str, **command: object) -> Fact:
    return door.rate(
        docs,
        {"activity": ACTIVITY, "score": 5, **command},
        resident(who, now=NOW, new_id="NOTE"),
    )


@pytest.mark.parametrize("is_chosen", [True, False])
def test_who_holds_it_praises_it_in_nobodys_name_whatever_role_they_work_in(
    is_chosen: bool,
) -> None:
    host = secretary().actor
    if not is_chosen:
        host = replace(host, roles=(), offices=host.roles)
    who = resident("R1", now=NOW)
    for_them = replace(who, actor=replace(who.actor, through=host))
    with refused_as("own_work", Forbidden):
        said = {"activity": ACTIVITY, "score": 5}
        door.rate(stage(*RUNNING, inside("R1")), said, for_them)


def test_what_a_resident_says_stays_out_of_the_event() -> None:
    event = rating(stage(*RUNNING, inside("R1")), "R1", words="很热闹")
    assert event.data["note"] == "NOTE"
    assert event.notes == {"NOTE": "很热闹"}
    assert "很热闹" not in str(event.data)


def test_only_who_was_there_rates_and_once() -> None:
    docs = stage(*RUNNING, inside("R1"))
    with pytest.raises(Refused) as refusal:
        rating(docs, "R2")
    assert refusal.value.code == "not_attended"
    given_from(docs, Activities, "activities", rating(docs, "R1"))
    with pytest.raises(Refused) as refusal:
        rating(docs, "R1")
    assert refusal.value.code == "already_rated"


def rated() -> Overlay:
    docs = stage(
        PUBLISHED,
        OPENED,
        confirmed("G1", "R1", "R3", ticket=1),
        STARTED,
        inside("R1"),
        inside("R3"),
    )
    given_from(
        docs,
        Activities,
        "activities",
        rating(docs, "R1", words="很热闹"),
        rating(docs, "R3", score=2),
    )
    return docs


def deleting(docs: Overlay, who: str) -> Fact:
    return door.delete_words(docs, {"activity": ACTIVITY}, resident(who, now=NOW))


def test_what_one_said_can_be_deleted_at_any_time_and_the_score_stays() -> None:
    docs = rated()
    event = deleting(docs, "R1")
    assert (event.data["note"], event.erases) == ("NOTE", ("NOTE",))
    given_from(docs, Activities, "activities", event)
    with refused_as("no_words"):
        deleting(docs, "R1")
    assert listed(docs) == [{"score": 2}, {"score": 5}]


def test_nobody_deletes_what_another_said() -> None:
    for who in ("R3", "R2", "S1"):
        with refused_as("no_words"):
            deleting(rated(), who)


def told(docs: Overlay, asked: Asked) -> Json:
    shown = signups_shown.get_signup(docs, {"signup": "G1"}, asked)
    return pick_present(shown, "may_rate", "rated")


def test_who_was_there_is_told_what_they_thought_and_nobody_else_is() -> None:
    docs = rated()
    one = resident("R1", now=NOW)
    assert told(docs, one) == {"rated": {"score": 5, "has_words": True}}
    given_from(docs, Activities, "activities", deleting(docs, "R1"))
    assert told(docs, one) == {"rated": {"score": 5, "has_words": False}}
    for_them = replace(one.actor, through=secretary().actor)
    for other in (replace(one, actor=for_them), secretary(now=NOW)):
        assert told(docs, other) == {}
    assert told(stage(*RUNNING, inside("R1")), one) == {"may_rate": True}
    assert told(stage(*RUNNING), one) == {}


def listed(docs: Overlay) -> list[Json]:
    question = {"activity": ACTIVITY, "after": None, "limit": 20}
    keeper = secretary(now=NOW)
    noted = Asked(keeper.actor, keeper.now, "", {"NOTE": "很热闹"}.get)  # type: ignore[arg-type]
    return list(ratings_shown.list_ratings(docs, question, noted)["items"])


def test_the_host_reads_what_was_thought_and_not_by_whom() -> None:
    assert listed(rated()) == [{"score": 2}, {"score": 5, "words": "很热闹"}]
    assert "score" not in Seat().fields
