"""Whose time is service: what is counted, settled, certified and shown of who helped."""

from schemas.documents import Json
from services.activities.rules import (
    certificates,
    corrections,
    door,
    scans,
    sessions,
    settling,
    walkins,
)
from services.activities.service import Activities
from services.activities.views import closing, records
from services.activities.views import sessions as sessions_shown
from services.activities.views import signups as signups_shown
from services.kit.log import Fact
from tests.examples.activities import ACTIVITY, SESSION
from tests.given import given_from, refused
from tests.unit.activities.helpers import (
    AFTER,
    CERTIFIED,
    DURING,
    HELPERS,
    comes,
    happens,
    posted,
    sign_up,
)
from tests.unit.activities.stage import KEY, resident, secretary

MINE: Json = {"after": None, "limit": 20}


def test_minutes_of_who_takes_part_are_no_service() -> None:
    docs = posted()
    sign_up(docs, "R1")
    sign_up(docs, "R2", "helper")
    for person in ("R1", "R2"):
        comes(docs, person)
    assert docs.get("years", "R1:2026:all") is None
    assert docs.the("years", "R2:2026:all")["minutes"] == 60
    sums = {
        id: [docs.the("seatings", id)[name] for name in closing.TIMES]
        for id in (SESSION, HELPERS)
    }
    assert sums == {SESSION: [0, 60], HELPERS: [60, 0]}


def test_a_record_is_of_service_and_what_one_took_part_in_is_asked_for() -> None:
    docs = posted()
    sign_up(docs, "R1")
    sign_up(docs, "R2", "helper")
    for person in ("R1", "R2"):
        comes(docs, person)
    found = {
        (person, role): len(
            records.my_record(docs, {**MINE, "role": role}, resident(person))["items"]
        )
        for person in ("R1", "R2")
        for role in ("helper", "participant")
    }
    assert found == {
        ("R1", "helper"): 0, ("R1", "participant"): 1, ("R2", "helper"): 1, ("R2", "participant"): 0,
    }  # fmt: skip


def test_only_service_is_certified_and_the_refusal_says_what_to_do() -> None:
    docs = posted()
    sign_up(docs, "R1")
    comes(docs, "R1")
    with refused("nothing_to_certify", says="作为参与者到场的不计服务"):
        certificates.issue_certificate(docs, CERTIFIED, secretary(now=AFTER), KEY)


def test_a_certificate_of_before_goes_on_saying_what_it_was_issued_for() -> None:
    docs = posted()
    sign_up(docs, "R1")
    comes(docs, "R1")
    old = {
        **CERTIFIED,
        "certificate": "C1",
        "minutes": 60,
        "sessions": 1,
        "by": "S1",
        "code_hash": "0" * 64,
    }
    given_from(
        docs,
        Activities,
        "activities",
        Fact("certificate_issued.v1", "certificate/C1", old),
        now=AFTER,
    )
    assert [
        seat["minutes"]
        for seat in certificates.certified(docs, docs.the("certificates", "C1"))
    ] == [60]


def test_helpers_may_be_counted_where_participants_are_not() -> None:
    docs = posted(hours="none", helper_hours="length")
    sign_up(docs, "R1")
    sign_up(docs, "R2", "helper")
    for person in ("R1", "R2"):
        happens(
            docs,
            door.check_in(
                docs,
                {"activity": ACTIVITY, "person": person},
                secretary(now=DURING),
                KEY,
            ),
            DURING,
        )
    assert [
        docs.the("seats", f"{SESSION}:{person}")["minutes"] for person in ("R1", "R2")
    ] == [0, 120]


def test_without_a_check_out_only_those_are_settled_whose_time_counts_from_in_to_out() -> (
    None
):
    docs = posted(hours="length", helper_hours="in_out")
    sign_up(docs, "R1")
    sign_up(docs, "R2", "helper")
    for person in ("R1", "R2"):
        happens(
            docs,
            door.check_in(
                docs,
                {"activity": ACTIVITY, "person": person},
                secretary(now=DURING),
                KEY,
            ),
            DURING,
        )
    assert closing.prefilled(docs, docs.the("sessions", SESSION))[
        "without_checkout"
    ] == ["R2"]
    said = {"activity": ACTIVITY, "without_checkout": {"count": "session"}}
    happens(docs, sessions.close(docs, said, secretary(now=AFTER)), AFTER)
    told = happens(
        docs,
        settling.settle(docs, docs.the("sessions", SESSION), secretary(now=AFTER)),
        AFTER,
    )
    [one] = told.data["people"]
    assert (one["person"], one["minutes"], one["role"]) == ("R2", 90, "helper")
    assert docs.the("years", "R2:2026:all")["minutes"] == 90


def test_who_simply_comes_to_help_is_written_down_as_a_helper() -> None:
    docs = posted(helpers=1, capacity=1)
    said = {"activity": ACTIVITY, "person": "R9", "relation": "self", "role": "helper"}
    told = happens(
        docs, walkins.walk_in(docs, said, secretary(now=DURING), KEY), DURING
    )
    assert told.data["role"] == "helper"
    assert docs.the("seatings", HELPERS)["attended_walk_in"] == 1
    with refused("no_seat_left", says="1 个志愿者岗位"):
        walkins.walk_in(docs, {**said, "person": "R8"}, secretary(now=DURING), KEY)
    beyond = {**said, "person": "R8", "reason": "临时来帮忙"}
    assert (
        walkins.walk_in(docs, beyond, secretary(now=DURING), KEY).data["role"]
        == "helper"
    )


def test_a_walk_in_undone_frees_the_seat_of_its_kind() -> None:
    docs = posted(helpers=1, capacity=1)
    said = {"activity": ACTIVITY, "person": "R9", "relation": "self", "role": "helper"}
    happens(docs, walkins.walk_in(docs, said, secretary(now=DURING), KEY), DURING)
    undo = {"activity": ACTIVITY, "person": "R9", "undone": "in", "reason": "登记错了"}
    happens(docs, corrections.undo_check(docs, undo, secretary(now=DURING)), DURING)
    assert [docs.the("seatings", id)["taken"] for id in (SESSION, HELPERS)] == [0, 0]


def test_a_paper_list_says_who_came_to_help() -> None:
    docs = posted()
    line = {
        "activity": ACTIVITY,
        "person": "R9",
        "direction": "in",
        "at": "2026-06-13T01:00:00.000Z",
    }
    said = {**line, "reason": "名单上没有", "role": "helper"}
    assert scans.record_paper(docs, said, secretary(now=AFTER)).data["role"] == "helper"


def test_the_report_names_helpers_apart() -> None:
    docs = posted()
    sign_up(docs, "R1", "", "friend")
    sign_up(docs, "R2", "helper")
    for person in ("R1", "R2"):
        comes(docs, person)
    told = closing.prefilled(docs, docs.the("sessions", SESSION))
    assert (told["confirmed"], told["attended"], told["no_shows"]) == (3, 2, 1)
    assert told["helpers"] == {
        "confirmed": 1,
        "attended": 1,
        "walked_in": 0,
        "no_shows": 0,
        "waiting": 0,
    }
    assert (told["minutes"], told["attended_minutes"]) == (60, 60)
    assert "其中志愿者 1 人" in told["report"]
    assert "志愿服务时长合计 60 分钟。参与时长合计 60 分钟。" in told["report"]


def test_a_roster_shows_each_kind_and_both() -> None:
    docs = posted()
    sign_up(docs, "R1")
    sign_up(docs, "R2", "helper")
    question = {"activity": ACTIVITY, **MINE}
    for said, texts in (({}, ["参与者", "志愿者"]), ({"role": "helper"}, ["志愿者"])):
        seats = signups_shown.roster(docs, {**question, **said}, secretary())["items"]
        assert [seat["role_text"] for seat in seats] == texts
    asks = {**question, "role": "helper"}
    listed = signups_shown.list_signups(docs, asks, secretary())["items"]
    assert [signup["by"] for signup in listed] == ["R2"]


def test_a_party_is_called_by_its_ticket_on_every_page_of_a_roster() -> None:
    docs = posted()
    for person, role in (("R1", ""), ("R2", "helper"), ("R3", "")):
        sign_up(docs, person, role)
    question = {"activity": ACTIVITY, **MINE, "limit": 1}
    called = []
    for _ in range(3):
        page = signups_shown.roster(docs, question, secretary())
        called += [seat["party_text"] for seat in page["items"]]
        question |= {"after": page["next"]}
    assert called == ["第 1 组", "志愿者第 1 组", "第 2 组"]


def test_how_many_help_is_shown_beside_how_many_take_part() -> None:
    docs = posted(helpers=1, capacity=1)
    for person, role in (("R1", ""), ("R2", "helper"), ("R3", "helper")):
        sign_up(docs, person, role)
    shown = sessions_shown.get_session(docs, {"activity": ACTIVITY}, resident("R1"))
    assert [
        shown[name] for name in ("taken", "waiting", "helpers_taken", "helpers_waiting")
    ] == [1, 0, 1, 1]
