"""Parties the host decides on, and seats that are passed on or taken."""

from schemas.documents import Json
from services.activities.rules import parties, signups
from services.kit.errors import Forbidden
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import CONTENT, SESSION, STREAM
from tests.given import refused
from tests.unit.activities.seats import full, published, sign_up, state, take
from tests.unit.activities.stage import OPENED, fact, resident, secretary, stage


def test_a_party_larger_than_what_it_may_ever_get_is_told_so() -> None:
    with refused("party_larger_than_capacity", says="2 个名额"):
        sign_up(stage(published(kept_offline=3), OPENED), "R1", "R2", "R3")
    with refused("party_larger_than_capacity", says="没有给网上报名的名额"):
        sign_up(stage(published(kept_offline=5), OPENED), "R1")


def approved(docs: Overlay, signup: str) -> Fact:
    return take(docs, signups.approve_signup(docs, {"signup": signup}, secretary()))


def test_where_the_host_decides_a_party_waits_for_a_yes_and_then_gets_its_seats() -> (
    None
):
    terms: Json = {"terms": {"approval": True}}
    docs = stage(Fact("activity_published.v2", STREAM, {**CONTENT, **terms}), OPENED)
    for persons in (("R1", "R2", "R3"), ("R4", "R5", "R6"), ("R7",)):
        assert sign_up(docs, *persons).type == "signup_requested.v1"
    assert docs.the("signups", "S-R1")["state_text"] == "待审核"
    assert [approved(docs, f"S-{who}").data["state"] for who in ("R1", "R4", "R7")] == [
        "confirmed",
        "waiting",
        "confirmed",
    ]
    with refused(
        "cannot_decline",
        says="“《端午包粽子》的报名”现在是“已确认”，不能“审核不通过”；只有“待审核”时可以",
    ):
        signups.decline_signup(docs, {"signup": "S-R1", "reason": "满了"}, secretary())


def test_a_party_declined_is_told_why_and_may_ask_again() -> None:
    docs = stage(
        Fact("activity_published.v2", STREAM, {**CONTENT, "terms": {"approval": True}}),
        OPENED,
    )
    sign_up(docs, "R1")
    take(
        docs,
        signups.decline_signup(
            docs, {"signup": "S-R1", "reason": "请先完成培训"}, secretary()
        ),
    )
    assert docs.the("signups", "S-R1")["reason"] == "请先完成培训"
    assert sign_up(docs, "R1").type == "signup_requested.v1"


def pass_on(docs: Overlay, person: str, to: str, relation: str = "family") -> Fact:
    command = {
        "signup": "G2",
        "person": person,
        "to": {"person": to, "relation": relation},
    }
    return take(docs, parties.pass_on(docs, command, resident("R2")))


def test_a_seat_is_passed_on_within_the_party() -> None:
    docs = full()
    pass_on(docs, "R2-child", "elder")
    assert [member["person"] for member in docs.the("signups", "G2")["party"]] == [
        "R2",
        "R2~elder",
    ]
    assert docs.the("seats", f"{SESSION}:R2-child")["state"] == "cancelled"
    assert docs.the("seats", f"{SESSION}:R2~elder")["state"] == "confirmed"
    assert docs.the("seatings", SESSION)["taken"] == 5


def test_a_seat_is_passed_on_to_the_family_alone() -> None:
    with refused("not_family"):
        pass_on(full(), "R2-child", "R9", "self")
    docs = full()
    pass_on(docs, "R2", "elder", "elder")
    assert pass_on(docs, "elder", "R2", "self").type == "seat_passed_on.v1"


def test_a_seat_is_not_passed_on_to_somebody_who_has_one_or_from_somebody_who_has_none() -> (
    None
):
    with refused("already_signed_up"):
        pass_on(full(), "R2-child", "R2", "self")
    with refused("not_in_the_party"):
        pass_on(full(), "R4", "elder")
    with refused("cannot_pass_on"):
        docs = full(
            fact(
                "signup_cancelled.v1",
                session=SESSION,
                signup="G2",
                late=False,
                promoted=[],
            )
        )
        pass_on(docs, "R2-child", "R2-elder")


def test_the_host_says_why_a_sign_up_is_cancelled_and_a_resident_does_not() -> None:
    docs = full()
    command = {"signup": "G1", "reason": "场地变小"}
    with refused("not_your_host", Forbidden):
        signups.cancel_signup(docs, command, resident("R1"))
    take(docs, signups.cancel_signup(docs, command, secretary()))
    assert (state(docs, "G1"), docs.the("signups", "G1")["reason"]) == (
        "cancelled",
        "场地变小",
    )
