"""Places for helpers beside those for participants: who gets them, until when, who waits."""

from datetime import timedelta

import pytest

from services.activities.rules import changes, offers, places, signups
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid
from services.kit.log import Fact
from services.kit.views import Find, Overlay
from tests.examples.activities import ACTIVITY, CONTENT, SESSION, STREAM
from tests.given import refused
from tests.unit.activities.helpers import DURING, HELPERS, happens, posted, sign_up
from tests.unit.activities.stage import OPENED, STARTS, fact, resident, secretary, stage


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
