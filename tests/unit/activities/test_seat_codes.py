"""The code of a seat: whose it is, while it lets somebody in, what it proves, and who is shown it."""

from datetime import timedelta

import marshmallow as ma
import pytest

from schemas.activities.door import CheckIn
from schemas.activities.scans import RecordScan, WalkIn
from schemas.documents import Json
from services.activities.rules import door, seat_codes
from services.activities.rules.codes import hash_of
from services.activities.views import seat_codes as shown
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused, Unknown
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, SESSION
from tests.given import refused
from tests.unit.activities.attending_stage import (
    LATER,
    SESSIONS,
    after_min,
    happens,
    held,
    record,
    refusal_of,
    seat,
)
from tests.unit.activities.stage import (
    KEY,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    confirmed,
    resident,
    secretary,
    stage,
    waitlisted,
)

NOW = STARTS + timedelta(minutes=5)


def code(person: str = "R1", session: str = SESSIONS[0]) -> str:
    return seat_codes.seat_code(session, person, KEY)


def scan(seat_code: str, minutes: float = 5, **more: str) -> Json:
    said = {"direction": "in", "device": "D1", "nonce": f"N{minutes}"}
    about = {"activity": ACTIVITY, "session": SESSIONS[0], "at": after_min(minutes)}
    return about | said | {"seat_code": seat_code} | more


def at_the_door(docs: Overlay, seat_code: str, who: Asked) -> Json:
    about = {"activity": ACTIVITY, "session": SESSION, "seat_code": seat_code}
    event = door.check_in(docs, about, who, KEY)
    happens(docs, event)
    return dict(event.data)


def running() -> Overlay:
    family = confirmed("G1", "R1", "R1~child", ticket=1)
    return stage(PUBLISHED, OPENED, family, STARTED)


def test_a_code_scanned_offline_lets_in_whose_seat_it_is() -> None:
    docs = held("R1", "R2")
    event = record(docs, scan(code("R2")))
    told = (event.data["person"], event.data["way"], event.data["at"])
    assert told == ("R2", "scanned", after_min(5))


def test_what_is_typed_of_it_lets_in_but_may_have_been_told_from_afar() -> None:
    docs = held("R1", "R2")
    event = record(docs, scan(code("R2")[:6]))
    assert (event.data["person"], event.data["way"]) == ("R2", "backfilled")


def test_a_code_is_read_as_people_write_it() -> None:
    docs = held(*(f"R{number}" for number in range(40)))
    session = docs.the("sessions", SESSIONS[0])
    for number in range(40):
        letters = code(f"R{number}")[:6]
        written = letters.lower().replace("o", "0").replace("i", "1").replace("b", "8")
        spaced = f" {written[:3]}-{written[3:]} "
        assert seat_codes.whose(docs, session, spaced, KEY) == f"R{number}"


@pytest.mark.parametrize("length", [0, 5, 7, 15, 17])
def test_a_part_of_it_or_more_than_it_is_nobodys(length: int) -> None:
    docs = held("R1")
    assert refusal_of(docs, scan((code() + "AAA")[:length])) == "bad_code"


def test_a_code_of_another_session_or_another_key_is_nobodys() -> None:
    docs = held("R1")
    foreign = seat_codes.seat_code(SESSIONS[0], "R1", b"another")
    for one in (code(session=SESSIONS[1]), foreign, foreign[:6], "ÄÖ" * 8):
        assert refusal_of(docs, scan(one)) == "bad_code"


def test_two_seats_of_one_short_code_are_told_apart_by_the_whole() -> None:
    """Two that collide are not to be found by trying: their letters are made to."""
    docs = held("R1", "R2")
    session = docs.the("sessions", SESSIONS[0])
    made = pytest.MonkeyPatch()
    with made.context() as patched:
        patched.setattr(
            seat_codes, "seat_code", lambda session, person, key: f"AAAAAA{person:A<10}"
        )
        with refused("ambiguous_code"):
            seat_codes.whose(docs, session, "AAAAAA", KEY)
        assert seat_codes.whose(docs, session, "AAAAAAR2AAAAAAAA", KEY) == "R2"


def test_a_code_is_good_from_the_opening_of_the_door_to_its_end() -> None:
    """An hour before, half an hour after, whenever it is sent."""
    docs = held("R1")
    assert refusal_of(docs, scan(code(), -61)) == "outside_session"
    assert refusal_of(docs, scan(code(), 151)) == "outside_session"
    assert refusal_of(docs, scan(code(), -60)) == ""
    assert refusal_of(docs, scan(code(), 150, direction="out")) == ""


def test_the_first_scan_wins_whichever_is_sent_first() -> None:
    for minutes in ((5, 9), (9, 5)):
        docs = held("R1")
        for minute in minutes:
            record(docs, scan(code(), minute))
        assert seat(docs, "R1")["entered"] == after_min(5)


def test_who_comes_second_with_a_code_is_told_since_when_somebody_is_there() -> None:
    docs = running()
    whole = seat_codes.seat_code(SESSION, "R1~child", KEY)
    event = at_the_door(docs, whole, secretary(now=NOW))
    assert (event["person"], event["way"]) == ("R1~child", "scanned")
    with refused("already_checked_in", says="child 已在 09:05 签到"):
        at_the_door(docs, whole, secretary(now=NOW + timedelta(minutes=9)))


def test_only_who_keeps_the_door_lets_in_by_it_and_never_themself() -> None:
    whole = seat_codes.seat_code(SESSION, "R1", KEY)
    with refused("not_your_host", Forbidden):
        at_the_door(running(), whole, resident("R1", now=NOW))
    docs = stage(PUBLISHED, OPENED, confirmed("G1", "S1", ticket=1), STARTED)
    own = seat_codes.seat_code(SESSION, "S1", KEY)
    with pytest.raises(Forbidden):
        at_the_door(docs, own, secretary(now=NOW))


def test_a_code_of_a_cancelled_seat_says_that_there_is_none() -> None:
    docs = stage(
        PUBLISHED, OPENED, waitlisted("G1", "R1", ticket=1, position=1), STARTED
    )
    with refused("still_waiting"):
        whole = seat_codes.seat_code(SESSION, "R1", KEY)
        at_the_door(docs, whole, secretary(now=NOW))


def codes_for(docs: Overlay, who: Asked, signup: str = "G1") -> Json:
    return shown.seat_codes(docs, {"signup": signup}, who, KEY)


def test_who_signed_up_is_shown_the_codes_of_their_party() -> None:
    answer = codes_for(running(), resident("R1", now=NOW))
    assert [one["person"] for one in answer["codes"]] == ["R1", "R1~child"]
    for one in answer["codes"]:
        assert one["code"] == seat_codes.seat_code(SESSION, one["person"], KEY)
        assert one["typed"] == one["code"][:6]
    assert answer["opens_at"] == "2026-06-13T00:00:00.000Z"
    assert answer["closes_at"] == "2026-06-13T03:30:00.000Z"


def test_a_companion_is_shown_their_own_alone() -> None:
    docs = stage(PUBLISHED, OPENED, confirmed("G1", "R1", "R2", ticket=1), STARTED)
    answer = codes_for(docs, resident("R2", now=NOW))
    assert [one["person"] for one in answer["codes"]] == ["R2"]


def test_without_a_seat_there_is_no_code() -> None:
    docs = stage(PUBLISHED, OPENED, waitlisted("G1", "R1", ticket=1, position=1))
    assert codes_for(docs, resident("R1"))["codes"] == []


def test_who_makes_records_is_not_shown_what_proves_them() -> None:
    with refused("not_yours", Forbidden):
        codes_for(running(), secretary(now=NOW))
    with pytest.raises(Unknown):
        codes_for(running(), resident("R9", now=NOW))


def test_the_door_takes_along_who_is_expected_and_hashes_of_their_codes() -> None:
    docs = held("R1", "R2")
    record(docs, scan(code("R2")))
    question = {"activity": ACTIVITY, "session": SESSIONS[0], "after": None, "limit": 9}
    answer = shown.door_list(docs, question, secretary(now=LATER), KEY)
    one, two = answer["items"]
    assert (one["person"], one["since"]) == ("R1", None)
    assert (two["person"], two["since"]) == ("R2", after_min(5))
    assert two["code_hash"] == hash_of(code("R2"))
    assert two["typed_hash"] == hash_of(code("R2")[:6])
    assert code("R2") not in str(answer)


def test_a_device_with_the_list_says_whose_it_is_and_must_be_right() -> None:
    docs = held("R1", "R2")
    assert refusal_of(docs, scan(code("R2"), person="R1")) == "bad_code"
    assert refusal_of(docs, scan(code("R2")[:6], person="R1")) == "bad_code"
    assert refusal_of(docs, scan("AAA", person="R1")) == "bad_code"
    event = record(docs, scan(code("R2"), person="R2"))
    assert (event.data["person"], event.data["way"]) == ("R2", "scanned")


def test_a_scan_names_one_by_one_way() -> None:
    schema = RecordScan()
    about = scan(code())
    assert schema.load(about)["seat_code"] == code()
    assert schema.load(about | {"person": "R1"})["person"] == "R1"
    for more in ({"own_code": "x"}, {"own_code": "x", "person": "R1"}):
        with pytest.raises(ma.ValidationError):
            schema.load(about | more)
    said = {"activity": ACTIVITY, "seat_code": code()}
    for more in ({"person": "R1"}, {"own_code": "x"}, {"code": "x"}):
        with pytest.raises(ma.ValidationError):
            CheckIn().load(said | more)
    with pytest.raises(ma.ValidationError):
        WalkIn().load(said)


def test_what_refuses_a_code_names_the_session() -> None:
    with pytest.raises(Refused) as refusal:
        record(held("R1"), scan("AAAAAA"))
    assert "座位码" in refusal.value.title
