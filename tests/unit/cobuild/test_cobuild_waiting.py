"""What of units and needs waits for whom, and that it waits no more once anybody has done it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.cobuild.service import Cobuild
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from tests.examples import cobuild as examples
from tests.given import NOW, asked, example_of
from tests.unit.cobuild.stage import (
    CLAIMED,
    FULFILLED,
    LIAISON,
    OFFERED,
    RAISED,
    REGISTERED,
    RESIDENT,
    STRANGER,
    STREET,
    VERIFIED,
    WORKER,
    another_unit,
    stage,
)
from tests.unit.cobuild.stage import UNIT as APPROVED
from tests.waiting_for import items, kinds

DISTRICT = asked(("district_admin", "510108"), id="P9")
EVERYWHERE = asked(("district_admin", "*"), id="P9")
NOWHERE = asked(
    ("community_worker", ""), ("street_admin", ""), ("unit_liaison", ""), id="P9"
)
ELSEWHERE = asked(
    ("street_admin", "510108016"),
    ("community_worker", "510108016001"),
    ("unit_liaison", "unit/U9"),
)
ELSEWHERE = replace(ELSEWHERE, actor=replace(ELSEWHERE.actor, id="P8"))
LATE = NOW + timedelta(days=30)


def late(asked: Asked) -> Asked:
    return replace(asked, now=LATE)


def of(type: str, **changes: object) -> Fact:
    return example_of(examples, type, **changes)


UNIT = (*APPROVED, OFFERED)
OF_THE_PLACE = Fact(
    "need_raised.v1",
    "example/1",
    {
        name: value
        for name, value in {**RAISED.data, "by": "P6"}.items()
        if name != "beneficiary"
    },
)
ASKED, ANSWERED = of("resident_asked.v1"), of("resident_answered.v1")
BEGUN, DISPUTED = of("commitment_begun.v1"), of("need_disputed.v1")
MEETING = (*APPROVED, of("meeting_called.v1"))
RESOLVED = (
    *MEETING,
    of("attendance_recorded.v1"),
    of("minutes_recorded.v1"),
    of("resolution_passed.v1"),
)

CASES = {
    "unit_to_approve": ((REGISTERED,), of("unit_approved.v1"), STREET),
    "need_to_verify": ((RAISED,), VERIFIED, WORKER),
    "need_appeal": (
        (RAISED, of("need_rejected.v1"), of("need_appealed.v1")),
        of("need_appeal_decided.v1"),
        STREET,
    ),
    "need_question": ((RAISED, ASKED), ANSWERED, RESIDENT),
    "need_unclaimed": ((*UNIT, RAISED, VERIFIED), CLAIMED, late(WORKER)),
    "commitment_to_begin": ((*UNIT, RAISED, VERIFIED, CLAIMED), BEGUN, LIAISON),
    "commitment_due": ((*UNIT, RAISED, VERIFIED, CLAIMED, BEGUN), FULFILLED, LIAISON),
    "time_to_agree": (
        (*UNIT, RAISED, VERIFIED, CLAIMED, BEGUN, of("time_proposed.v1", side="unit")),
        of("time_agreed.v1"),
        RESIDENT,
    ),
    "need_to_confirm": (
        (*UNIT, RAISED, VERIFIED, CLAIMED, FULFILLED),
        of("need_confirmed.v1"),
        RESIDENT,
    ),
    "need_to_call_on": (
        (*UNIT, OF_THE_PLACE, VERIFIED, CLAIMED, FULFILLED),
        of("need_confirmed.v1"),
        WORKER,
    ),
    "need_disputed": (
        (*UNIT, RAISED, VERIFIED, CLAIMED, FULFILLED, DISPUTED),
        of("need_closed.v1"),
        WORKER,
    ),
    "meeting_to_conclude": (RESOLVED, of("meeting_concluded.v1"), late(LIAISON)),
    "resolution_to_carry_out": (RESOLVED, of("resolution_undertaken.v1"), STREET),
}


@pytest.mark.parametrize("kind", CASES)
def test_it_waits_for_who_is_to_do_it_until_it_is_done(kind: str) -> None:
    facts, done, whose = CASES[kind]
    assert kind in kinds(stage(*facts), Cobuild, whose)
    assert kind not in kinds(stage(*facts, done), Cobuild, whose)


@pytest.mark.parametrize("kind", CASES)
@pytest.mark.parametrize("other", [STRANGER, ELSEWHERE, NOWHERE])
def test_nothing_waits_for_who_has_nothing_to_do_with_it(
    kind: str, other: Asked
) -> None:
    assert kinds(stage(*CASES[kind][0]), Cobuild, late(other)) == []


@pytest.mark.parametrize(
    "kind", ["unit_to_approve", "need_to_verify", "need_disputed", "need_unclaimed"]
)
@pytest.mark.parametrize("who", [DISTRICT, EVERYWHERE])
def test_what_waits_in_a_street_waits_for_the_district_too(
    kind: str, who: Asked
) -> None:
    assert kind in kinds(stage(*CASES[kind][0]), Cobuild, late(who))


def test_who_verifies_a_need_reads_its_words_in_the_list() -> None:
    reads = replace(WORKER, note={"N1": "电线老化", "N2": "哪一层？"}.__getitem__)
    raised, asked_about = (
        of("need_raised.v1", note="N1"),
        of("resident_asked.v1", note="N2"),
    )
    (item,) = items(stage(raised), Cobuild, reads)
    assert (item["kind"], item["words"], item["place_name"]) == (
        "need_to_verify",
        "电线老化",
        "灯塔社区",
    )
    (question,) = items(
        stage(raised, asked_about), Cobuild, replace(RESIDENT, note=reads.note)
    )
    assert (question["kind"], question["words"]) == ("need_question", "哪一层？")


def test_a_need_is_not_to_be_verified_while_its_resident_is_asked() -> None:
    assert kinds(stage(RAISED, ASKED), Cobuild, WORKER) == []
    assert kinds(stage(RAISED, ASKED, ANSWERED), Cobuild, WORKER) == ["need_to_verify"]


def test_a_unit_does_not_confirm_its_own_work_whatever_else_its_liaison_is() -> None:
    both = asked(
        ("unit_liaison", "unit/U1"), ("community_worker", "510108015001"), id="P2"
    )
    docs = stage(*UNIT, OF_THE_PLACE, VERIFIED, CLAIMED, FULFILLED)
    assert kinds(docs, Cobuild, both) == []


def test_what_is_due_first_comes_first_and_then_the_oldest() -> None:
    docs = stage(*another_unit(5), *UNIT, RAISED, VERIFIED, CLAIMED)
    found = items(docs, Cobuild, LIAISON)
    assert [(item["kind"], item["due"]) for item in found] == [
        ("commitment_to_begin", CLAIMED.data["lease_until"])
    ]


TAKEN = (*UNIT, RAISED, VERIFIED, CLAIMED, BEGUN)
BY_UNIT = of("time_proposed.v1", side="unit")


def test_a_time_waits_for_the_other_side_and_never_for_who_proposed_it() -> None:
    by_resident = of("time_proposed.v1", side="beneficiary")
    for proposed, waits, waits_not in (
        (BY_UNIT, RESIDENT, LIAISON),
        (by_resident, LIAISON, RESIDENT),
    ):
        docs = stage(*TAKEN, proposed)
        assert "time_to_agree" in kinds(docs, Cobuild, waits)
        assert "time_to_agree" not in kinds(docs, Cobuild, waits_not)
    turned = stage(*TAKEN, BY_UNIT, by_resident)
    assert "time_to_agree" in kinds(turned, Cobuild, LIAISON)
    assert "time_to_agree" not in kinds(turned, Cobuild, RESIDENT)


def test_a_time_for_a_communitys_need_waits_for_who_serves_it() -> None:
    docs = stage(*UNIT, OF_THE_PLACE, VERIFIED, CLAIMED, BEGUN, BY_UNIT)
    assert "time_to_agree" in kinds(docs, Cobuild, WORKER)
    assert "time_to_agree" not in kinds(docs, Cobuild, RESIDENT)


def test_a_time_waits_no_longer_once_the_work_is_done() -> None:
    docs = stage(*TAKEN, BY_UNIT, FULFILLED)
    assert "time_to_agree" not in kinds(docs, Cobuild, RESIDENT)
