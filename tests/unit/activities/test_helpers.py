"""Who serves and who is served: places for helpers beside those for participants, and whose time is service."""

from datetime import timedelta
from typing import Any

import marshmallow as ma
import pytest

from schemas.activities.postings import DraftActivity
from schemas.documents import Json
from services.activities.rules import (
    certificates,
    changes,
    contests,
    corrections,
    door,
    offers,
    places,
    postings,
    roles,
    scans,
    sessions,
    settling,
    signups,
    templates,
    walkins,
)
from services.activities.service import Activities
from services.activities.views import closing, records
from services.activities.views import sessions as sessions_shown
from services.activities.views import signups as signups_shown
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid
from services.kit.log import Fact
from services.kit.views import Find, Overlay
from tests.examples.activities import ACTIVITY, CONTENT, POSTING, SESSION, STREAM
from tests.given import asked, given_from, refused
from tests.unit.activities.stage import (
    BEFORE,
    KEY,
    OPENED,
    STARTS,
    fact,
    resident,
    secretary,
    stage,
    street_admin,
)

HELPERS = f"{SESSION}:helpers"
DURING, AFTER = STARTS + timedelta(minutes=30), STARTS + timedelta(hours=3)
MINE: Json = {"after": None, "limit": 20}
CERTIFIED = {
    "person": "R1",
    "issuer": "branch/B1",
    "since": "2026-06-01",
    "until": "2026-06-13",
}


def posted(
    *facts: Fact,
    helpers: int = 2,
    capacity: int = 2,
    all_help: bool = False,
    **said: Any,
) -> Overlay:
    """One session with so many places of each kind; `said` is of the whole activity or, times apart, of the session."""
    plan = {**CONTENT["sessions"][0], "capacity": capacity}
    plan |= {
        name: said.pop(name)
        for name in ("helpers_cutoff", "kept_offline")
        if name in said
    }
    own = (
        {"all_help": True}
        if all_help
        else {"helper_terms": said.pop("helper_terms", {})}
    )
    plan |= {} if all_help else {"helpers": helpers}
    content = {**CONTENT, **own, **said, "sessions": [plan]}
    return stage(Fact("activity_published.v2", STREAM, content), OPENED, *facts)


def happens(docs: Overlay, told: Fact, now: Any = BEFORE) -> Fact:
    given_from(docs, Activities, "activities", told, now=now)
    return told


def sign_up(
    docs: Overlay, person: str, role: str = "", *more: str, now: Any = BEFORE
) -> Fact:
    party = [{"person": one, "relation": "self"} for one in (person, *more)]
    said = {"activity": ACTIVITY, "party": party, **({"role": role} if role else {})}
    number = docs.seq
    return happens(
        docs,
        signups.sign_up(docs, said, resident(person, now=now, new_id=f"G{number}")),
        now,
    )


def comes(docs: Overlay, person: str, since: int = 0, until: int = 60) -> None:
    """Written on paper, by minutes from the start."""
    for direction, minutes in (("in", since), ("out", until)):
        at = (
            (STARTS + timedelta(minutes=minutes))
            .isoformat(timespec="milliseconds")
            .replace("+00:00", "Z")
        )
        line = {
            "activity": ACTIVITY,
            "person": person,
            "direction": direction,
            "at": at,
        }
        happens(docs, scans.record_paper(docs, line, secretary(now=AFTER)), AFTER)


def cancel(docs: Overlay, signup: str, who: Asked) -> Fact:
    return happens(docs, signups.cancel_signup(docs, {"signup": signup}, who))


def of(told: Fact) -> str:
    return str(told.data["signup"])


def test_helpers_have_seats_of_their_own() -> None:
    docs = posted(helpers=1, capacity=1)
    assert sign_up(docs, "R1").type == "signup_confirmed.v1"
    helping = sign_up(docs, "R2", "helper")
    assert (helping.type, helping.data["role"]) == ("signup_confirmed.v1", "helper")
    assert sign_up(docs, "R3").type == "signup_waitlisted.v1"
    assert sign_up(docs, "R4", "helper").data["position"] == 1
    assert [docs.the("seatings", id)["taken"] for id in (SESSION, HELPERS)] == [1, 1]
    assert [docs.the("seatings", id)["waiting"] for id in (SESSION, HELPERS)] == [1, 1]


@pytest.mark.parametrize("role", ["participant", "helper"])
def test_a_free_seat_goes_to_who_waits_for_one_of_its_kind(role: str) -> None:
    docs = posted(helpers=1, capacity=1)
    first = {
        kind: sign_up(docs, f"A-{kind}", kind) for kind in ("participant", "helper")
    }
    waiting = {
        kind: sign_up(docs, f"B-{kind}", kind) for kind in ("participant", "helper")
    }
    told = cancel(docs, of(first[role]), resident(f"A-{role}"))
    assert told.data["promoted"] == [of(waiting[role])]
    other = "helper" if role == "participant" else "participant"
    assert docs.the("signups", of(waiting[other]))["state"] == "waiting"


def test_seats_made_more_are_given_to_helpers_who_wait_and_to_nobody_else() -> None:
    docs = posted(helpers=1, capacity=1)
    people = [
        sign_up(docs, f"R{number}", role)
        for number, role in enumerate(("participant", "helper") * 2)
    ]
    command = {"activity": ACTIVITY, "which": "all", "helpers": 2, "reason": "再要一位"}
    happens(docs, changes.change(docs, command, secretary()))
    due = docs.find(Find("seatings", {}, "settle_at", until="2026-06-12"))
    assert [seating["id"] for seating in due] == [HELPERS]
    told = happens(docs, places.settle(docs, due[0], secretary()))
    assert (told.data["promoted"], told.data["role"]) == ([of(people[3])], "helper")
    assert docs.the("signups", of(people[2]))["state"] == "waiting"


def test_waiting_ends_for_each_kind_by_itself() -> None:
    docs = posted(helpers=1, capacity=1)
    waiting = {}
    for number, kind in enumerate(("participant", "helper") * 2):
        waiting[kind] = of(sign_up(docs, f"R{number}", kind))
    now = STARTS + timedelta(seconds=1)
    for seating, role in ((SESSION, "participant"), (HELPERS, "helper")):
        told = happens(
            docs,
            places.settle(docs, docs.the("seatings", seating), secretary(now=now)),
            now,
        )
        assert (told.type, told.data["missed"]) == ("waiting_ended.v1", [waiting[role]])
        assert docs.the("seatings", seating)["waiting"] == 0


def test_helpers_have_a_deadline_of_their_own() -> None:
    docs = posted(helpers_cutoff="2026-06-11T00:00:00.000Z", helpers=1)
    now = STARTS - timedelta(days=2)
    with refused("signup_closed"):
        sign_up(docs, "R1", "helper", now=now)
    assert sign_up(docs, "R1", now=now).type == "signup_confirmed.v1"


def test_a_seat_given_up_after_the_helpers_deadline_is_late_and_is_offered() -> None:
    docs = posted(helpers_cutoff="2026-06-11T00:00:00.000Z", helpers=1)
    first, second = sign_up(docs, "R1", "helper"), sign_up(docs, "R2", "helper")
    now = STARTS - timedelta(days=1, hours=12)
    told = happens(
        docs,
        signups.cancel_signup(docs, {"signup": of(first)}, resident("R1", now=now)),
        now,
    )
    assert (told.data["late"], told.data["promoted"]) == (True, [])
    offered = happens(
        docs,
        places.settle(docs, docs.the("seatings", HELPERS), secretary(now=now)),
        now,
    )
    assert (offered.type, offered.data["signup"]) == ("seat_offered.v1", of(second))
    accepted = offers.accept_offer(
        docs, {"signup": of(second)}, resident("R2", now=now)
    )
    happens(docs, accepted, now)
    assert docs.the("seatings", HELPERS)["taken"] == 1


def test_helpers_have_terms_of_their_own() -> None:
    docs = posted(
        helper_terms={"least_age": 16, "approval": True}, terms={"most_age": 10}
    )
    party = [{"person": "R1", "relation": "self", "born": "2000-01-01"}]
    said = {"activity": ACTIVITY, "party": party}
    with refused("age_not_admitted", says="10 周岁以下"):
        signups.sign_up(docs, said, resident("R1"))
    assert (
        signups.sign_up(docs, {**said, "role": "helper"}, resident("R1")).type
        == "signup_requested.v1"
    )


def test_a_household_may_take_part_and_help() -> None:
    once = {"one_per_household": True}
    docs = posted(terms=once, helper_terms=once)
    for person, role in (("R1", "participant"), ("R2", "helper")):
        party = [{"person": person, "relation": "self", "household": "H1"}]
        said = {"activity": ACTIVITY, "party": party, "role": role}
        who = resident(person, new_id=f"N-{person}")
        assert (
            happens(docs, signups.sign_up(docs, said, who)).type
            == "signup_confirmed.v1"
        )


def test_who_signs_up_a_child_to_take_part_may_help_themself() -> None:
    docs = posted(capacity=3)
    child = {"activity": ACTIVITY, "party": [{"person": "child", "relation": "child"}]}
    happens(docs, signups.sign_up(docs, child, resident("R1", new_id="G-child")))
    assert sign_up(docs, "R1", "helper").type == "signup_confirmed.v1"
    with refused("already_signed_up"):
        sign_up(docs, "R1", "helper")


def test_nobody_sits_in_both() -> None:
    docs = posted()
    sign_up(docs, "R1")
    with refused("already_signed_up"):
        sign_up(docs, "R1", "helper")


def test_a_session_that_asks_for_none_has_no_helpers() -> None:
    with refused("no_helper_places", says="没有志愿者岗位"):
        sign_up(
            stage(Fact("activity_published.v2", STREAM, CONTENT), OPENED),
            "R1",
            "helper",
        )


def test_on_a_duty_shift_everybody_helps() -> None:
    docs = posted(all_help=True)
    assert sign_up(docs, "R1").data["role"] == "helper"
    assert docs.the("seatings", SESSION)["taken"] == 1
    with refused("only_helper_places"):
        sign_up(docs, "R2", "participant")


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


def test_places_of_helpers_are_neither_less_than_sit_nor_less_than_wait_for_them() -> (
    None
):
    docs = posted(helpers=2)
    sign_up(docs, "R1", "helper", "friend")
    less = {"activity": ACTIVITY, "which": "all", "helpers": 1, "reason": "少一位"}
    with refused("capacity_below_taken", says="志愿者岗位不能少于 2"):
        changes.change(docs, less, secretary())
    happens(docs, changes.change(docs, {**less, "helpers": 3}, secretary()))
    sign_up(docs, "R2", "helper", "aunt", "uncle")
    with refused("waiting_party_too_large"):
        changes.change(docs, {**less, "helpers": 2}, secretary())


def test_places_of_helpers_can_be_added_while_it_is_under_way_and_not_taken_away() -> (
    None
):
    docs = posted(fact("session_started.v1", session=SESSION))
    more = {"activity": ACTIVITY, "which": "all", "helpers": 5, "reason": "人手不够"}
    happens(docs, changes.change(docs, more, secretary(now=DURING)), DURING)
    assert docs.the("seatings", HELPERS)["capacity"] == 5
    with refused("already_begun"):
        changes.change(docs, {**more, "helpers": 1}, secretary(now=DURING))


def test_an_activity_of_before_can_ask_for_helpers() -> None:
    docs = stage(Fact("activity_published.v2", STREAM, CONTENT), OPENED)
    said = {"activity": ACTIVITY, "which": "all", "helpers": 2, "reason": "要志愿者"}
    happens(docs, changes.change(docs, said, secretary()))
    assert sign_up(docs, "R1", "helper").type == "signup_confirmed.v1"


def test_where_all_help_other_things_change_and_places_beside_them_do_not() -> None:
    docs = posted(all_help=True)
    said = {"activity": ACTIVITY, "which": "all", "reason": "人多"}
    changed = changes.change(docs, {**said, "capacity": 6}, secretary())
    assert changed.data["changed"] == ["capacity"]
    for name, value in (("helpers", 2), ("helpers_cutoff", "2026-06-12T00:00:00.000Z")):
        with refused("all_are_helpers", Invalid):
            changes.change(docs, {**said, name: value}, secretary())


def test_a_deadline_of_helpers_without_places_is_asked_about() -> None:
    docs = stage(Fact("activity_published.v2", STREAM, CONTENT), OPENED)
    said = {
        "activity": ACTIVITY,
        "which": "all",
        "helpers_cutoff": "2026-06-12T00:00:00.000Z",
        "reason": "截止",
    }
    with refused("missing_field", Invalid, says="志愿者岗位数"):
        changes.change(docs, said, secretary())


def test_places_and_a_deadline_of_helpers_can_be_said_together() -> None:
    docs = stage(Fact("activity_published.v2", STREAM, CONTENT), OPENED)
    said = {"helpers": 2, "helpers_cutoff": "2026-06-11T00:00:00.000Z"}
    told = changes.change(
        docs,
        {"activity": ACTIVITY, "which": "all", "reason": "招人", **said},
        secretary(),
    )
    [plan] = told.data["sessions"]
    assert {name: plan[name] for name in said} == said
    assert set(told.data["changed"]) == {"helpers", "helpers_cutoff"}


def test_a_deadline_of_helpers_put_off_gives_the_offered_seat_to_who_was_asked() -> (
    None
):
    docs = posted(helpers_cutoff="2026-06-11T00:00:00.000Z", helpers=1)
    first, second = sign_up(docs, "R1", "helper"), sign_up(docs, "R2", "helper")
    now = STARTS - timedelta(days=1, hours=12)
    happens(
        docs,
        signups.cancel_signup(docs, {"signup": of(first)}, resident("R1", now=now)),
        now,
    )
    happens(
        docs,
        places.settle(docs, docs.the("seatings", HELPERS), secretary(now=now)),
        now,
    )
    later = {
        "activity": ACTIVITY,
        "which": "all",
        "helpers_cutoff": "2026-06-13T00:00:00.000Z",
        "reason": "延后",
    }
    happens(docs, changes.change(docs, later, secretary(now=now)), now)
    told = happens(
        docs,
        places.settle(docs, docs.the("seatings", HELPERS), secretary(now=now)),
        now,
    )
    assert (told.data["promoted"], docs.the("signups", of(second))["state"]) == (
        [of(second)],
        "confirmed",
    )


def test_the_deadline_of_helpers_moves_with_the_session() -> None:
    docs = posted(helpers_cutoff="2026-06-11T00:00:00.000Z")
    said = {
        "activity": ACTIVITY,
        "which": "all",
        "starts_at": "2026-06-14T01:00:00.000Z",
        "reason": "改一天",
    }
    [plan] = changes.change(docs, said, secretary()).data["sessions"]
    assert (plan["cutoff"], plan["helpers_cutoff"]) == (
        "2026-06-13T10:00:00.000Z",
        "2026-06-12T00:00:00.000Z",
    )


def draft(**said: Any) -> Json:
    """The plan of the only session, and the content, of a posting."""
    posting = DraftActivity().load({"host": "branch/B1", **POSTING, **said})
    told = postings.draft(stage(), posting, secretary())
    return {**told.data, **told.data["sessions"][0]}


def test_a_posting_says_how_many_help_until_when_and_on_which_terms() -> None:
    said = {
        "helpers": 3,
        "helpers_cutoff": "2026-06-10T00:00:00.000Z",
        "helper_terms": {"least_age": 16},
    }
    content = draft(**said, helper_hours="length")
    assert {name: content[name] for name in said} == said
    assert content["helper_hours"] == "length"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"all_help": True, "helpers": 2}, "all_are_helpers"),
        ({"all_help": True, "helper_terms": {"least_age": 16}}, "all_are_helpers"),
        ({"helper_terms": {"least_age": 16}}, "missing_field"),
        ({"helpers_cutoff": "2026-06-10T00:00:00.000Z"}, "missing_field"),
        (
            {"helpers": 2, "helpers_cutoff": "2026-06-14T00:00:00.000Z"},
            "cutoff_after_start",
        ),
    ],
)
def test_what_is_said_of_helpers_must_go_together(said: Json, code: str) -> None:
    with pytest.raises(ma.ValidationError) as caught:
        DraftActivity().load({"host": "branch/B1", **POSTING, **said})
    [[complaint]] = caught.value.messages_dict.values()
    assert complaint.code == code


def test_every_date_of_a_series_has_as_many_helpers() -> None:
    said = {
        "repeats": "FREQ=DAILY;COUNT=3",
        "helpers": 2,
        "helpers_cutoff": "2026-06-12T01:00:00.000Z",
    }
    plans = draft(
        **said,
        also=[
            {
                "starts_at": "2026-06-20T01:00:00.000Z",
                "ends_at": "2026-06-20T03:00:00.000Z",
            }
        ],
    )
    assert [plan["helpers"] for plan in plans["sessions"] if "helpers" in plan] == [
        2,
        2,
        2,
        2,
    ]
    assert plans["sessions"][1]["helpers_cutoff"] == "2026-06-13T01:00:00.000Z"


@pytest.mark.parametrize(
    "said", [{"helpers": 3, "helper_terms": {"least_age": 16}}, {"all_help": True}]
)
def test_a_copy_and_a_template_ask_for_helpers_as_well(said: Json) -> None:
    docs = posted(**said)
    command = {"activity": ACTIVITY, "starts_at": "2026-06-20T01:00:00.000Z"}
    saved = templates.save_template(
        docs, {"activity": ACTIVITY, "name": "值守"}, secretary()
    )
    happens(docs, Fact(saved.type, saved.stream, saved.data))
    again = {
        "template": "N1",
        "host": "branch/B1",
        "community": "510108002001",
        "starts_at": command["starts_at"],
    }
    for told in (
        templates.copy_activity(docs, command, secretary()),
        templates.draft_from_template(docs, again, secretary()),
    ):
        assert {
            name: {**told.data["sessions"][0], **told.data}[name] for name in said
        } == said


def served_by(
    docs: Overlay, *people: str, role: str = "helper", who: Asked | None = None
) -> Fact:
    command = {
        "activity": ACTIVITY,
        "people": [*people],
        "role": role,
        "reason": "当天在路口值守",
    }
    return roles.change_roles(docs, command, who or secretary(now=AFTER))


def old_shift() -> Overlay:
    """Of before there were helpers: R1 and R2 came, R3 did not."""
    docs = stage(Fact("activity_published.v2", STREAM, CONTENT), OPENED)
    for person in ("R1", "R2", "R3"):
        sign_up(docs, person)
    for person in ("R1", "R2"):
        comes(docs, person)
    return docs


def test_who_served_on_an_old_shift_is_recognised_afterwards() -> None:
    docs = old_shift()
    told = happens(docs, served_by(docs, "R1", "R2"), AFTER)
    assert [
        (one["person"], one["minutes"], one["role"]) for one in told.data["people"]
    ] == [
        ("R1", 60, "helper"),
        ("R2", 60, "helper"),
    ]
    assert docs.the("years", "R1:2026:all")["minutes"] == 60
    assert [docs.the("seatings", SESSION)[name] for name in closing.TIMES] == [120, 0]
    assert (
        certificates.issue_certificate(docs, CERTIFIED, secretary(now=AFTER), KEY).data[
            "minutes"
        ]
        == 60
    )


def test_what_was_recognised_by_mistake_is_taken_back_exactly() -> None:
    docs = old_shift()
    before = docs.the("seatings", SESSION)
    happens(docs, served_by(docs, "R1"), AFTER)
    happens(docs, served_by(docs, "R1", role="participant"), AFTER)
    assert docs.the("years", "R1:2026:all")["minutes"] == 0
    assert {**docs.the("seatings", SESSION), "seq": 0} == {**before, "seq": 0}


@pytest.mark.parametrize(
    ("people", "code"),
    [
        (["R3"], "not_attended"),
        (["R9"], "not_signed_up"),
        (["R1", "R3"], "not_attended"),
    ],
)
def test_only_who_came_is_recognised_and_all_or_none(
    people: list[str], code: str
) -> None:
    with refused(code):
        served_by(old_shift(), *people)


def test_nothing_is_recognised_twice() -> None:
    docs = old_shift()
    happens(docs, served_by(docs, "R1"), AFTER)
    with refused("nothing_changes", says="已经是志愿者"):
        served_by(docs, "R1")


def test_nobody_recognises_themself() -> None:
    docs = old_shift()
    worker = asked(("community_worker", "510108002001"), id="R1", now=AFTER)
    with refused("own_hours", Forbidden):
        served_by(docs, "R1", who=worker)


def test_host_community_and_street_recognise_and_nobody_else() -> None:
    docs = old_shift()
    worker = asked(("community_worker", "510108002001"), id="W1", now=AFTER)
    for who in (secretary(now=AFTER), worker, street_admin(now=AFTER)):
        assert served_by(docs, "R1", who=who).data["by"] == who.actor.id
    with refused("out_of_scope", Forbidden):
        served_by(docs, "R1", who=street_admin(now=AFTER, street="510108009"))


def test_a_contest_of_not_having_been_counted_as_a_helper_is_upheld_by_recognising() -> (
    None
):
    docs = old_shift()
    command = {"activity": ACTIVITY, "words": "我是去值守的"}
    contested = happens(
        docs, contests.contest_hours(docs, command, resident("R1", now=AFTER)), AFTER
    )
    settle = {"contest": contested.data["contest"], "upheld": True, "reason": "已认定"}
    with refused("not_corrected"):
        contests.settle_contest(docs, settle, secretary(now=AFTER))
    happens(docs, served_by(docs, "R1"), AFTER)
    assert (
        contests.settle_contest(docs, settle, secretary(now=AFTER)).type
        == "contest_settled.v1"
    )
