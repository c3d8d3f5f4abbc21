"""A rejection can be appealed once, and another person decides: of needs and of registrations."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.cobuild import views
from services.cobuild.rules import needs, units
from services.cobuild.service import Cobuild
from services.kit.errors import Forbidden, Unknown
from tests.examples import cobuild as examples
from tests.given import asked, example_of, given_from, refused
from tests.unit.cobuild.stage import (
    RAISED,
    RESIDENT,
    STRANGER,
    STREET,
    WORKER,
    stage,
    take,
)
from tests.waiting_for import kinds

COMMANDS = examples.COMMANDS
APPEAL, DECIDE = COMMANDS["appeal_need"], COMMANDS["decide_need_appeal"]
REJECTED = example_of(examples, "need_rejected.v1", by="P6")
APPEALED = example_of(examples, "need_appealed.v1", by="P1")
UPHELD = example_of(examples, "need_appeal_decided.v1")
DISMISSED = example_of(examples, "need_appeal_decided.v1", upheld=False)


def test_whose_need_was_rejected_appeals_in_words_that_can_be_erased() -> None:
    docs = stage(RAISED, REJECTED)
    fact = take(docs, needs.appeal_need(docs, APPEAL, RESIDENT))
    assert fact.notes == {RESIDENT.new_id: APPEAL["words"]}
    assert APPEAL["words"] not in str(fact.data)
    assert docs.the("needs", "N1")["state_text"] == "申诉待复核"


def test_nobody_else_appeals_for_them() -> None:
    with refused("not_found", Unknown):
        needs.appeal_need(stage(RAISED, REJECTED), APPEAL, STRANGER)


def test_who_rejected_it_does_not_decide_and_it_does_not_wait_for_them() -> None:
    docs = stage(RAISED, REJECTED, APPEALED)
    for upheld in (True, False):
        with refused("own_decision", Forbidden):
            needs.decide_appeal(docs, {**DECIDE, "upheld": upheld}, WORKER)
    assert kinds(docs, Cobuild, WORKER) == []
    another = asked(("community_worker", examples.COMMUNITY), id="P16")
    assert (
        kinds(docs, Cobuild, another) == kinds(docs, Cobuild, STREET) == ["need_appeal"]
    )
    assert needs.decide_appeal(docs, DECIDE, another).data["upheld"] is True


def test_who_appeals_does_not_decide_whatever_their_role() -> None:
    both = asked(("community_worker", examples.COMMUNITY), id="P1")
    with refused("own_decision", Forbidden):
        needs.decide_appeal(stage(RAISED, REJECTED, APPEALED), DECIDE, both)


def test_upheld_it_is_to_be_verified_again_and_dismissed_it_stays_rejected() -> None:
    docs = stage(RAISED, REJECTED, APPEALED, UPHELD)
    assert docs.the("needs", "N1")["state"] == "raised"
    assert kinds(docs, Cobuild, WORKER) == ["need_to_verify"]
    assert (
        stage(RAISED, REJECTED, APPEALED, DISMISSED).the("needs", "N1")["state"]
        == "rejected"
    )


@pytest.mark.parametrize("so_far", [(DISMISSED,), (UPHELD, REJECTED)])
def test_it_is_appealed_once(so_far: tuple[object, ...]) -> None:
    docs = stage(RAISED, REJECTED, APPEALED, *so_far)  # type: ignore[arg-type]
    with refused("already_appealed"):
        needs.appeal_need(docs, APPEAL, RESIDENT)


def test_it_is_appealed_within_a_month() -> None:
    docs = stage(RAISED, REJECTED)
    assert needs.appeal_need(
        docs, APPEAL, replace(RESIDENT, now=RESIDENT.now + timedelta(days=30))
    )
    with refused("too_late_to_appeal"):
        needs.appeal_need(
            docs,
            APPEAL,
            replace(RESIDENT, now=RESIDENT.now + timedelta(days=30, seconds=1)),
        )


def test_who_serves_the_place_reads_the_words_in_the_list_and_nobody_else() -> None:
    question = {"state": ("raised",), "limit": 9, "after": None}
    note = {"N1": "电线老化"}.__getitem__
    docs = stage(example_of(examples, "need_raised.v1", note="N1"))
    for who, wanted in ((WORKER, ["电线老化"]), (STREET, ["电线老化"]), (STRANGER, [])):
        found = views.needs.list_needs(docs, question, replace(who, note=note))
        assert [need["words"] for need in found["items"]] == wanted


OF_UNIT = (
    example_of(examples, "unit_registered.v1"),
    example_of(examples, "unit_rejected.v1", by="P4"),
)
REGISTRAR = asked(("unit_liaison", "unit/none"), id="P1")
ANOTHER = asked(("street_admin", "510108015"), id="P14")


def test_who_registered_a_unit_appeals_and_another_of_the_street_decides() -> None:
    docs = stage(*OF_UNIT)
    fact = take(docs, units.appeal_unit(docs, COMMANDS["appeal_unit"], REGISTRAR))
    assert fact.notes == {REGISTRAR.new_id: COMMANDS["appeal_unit"]["words"]}
    assert (kinds(docs, Cobuild, STREET), kinds(docs, Cobuild, ANOTHER)) == (
        [],
        ["unit_appeal"],
    )
    decide = COMMANDS["decide_unit_appeal"]
    with refused("own_decision", Forbidden):
        units.decide_appeal(docs, decide, STREET)
    take(docs, units.decide_appeal(docs, decide, ANOTHER))
    assert (
        kinds(docs, Cobuild, STREET)
        == kinds(docs, Cobuild, ANOTHER)
        == ["unit_to_approve"]
    )
    given_from(docs, Cobuild, "cobuild", OF_UNIT[1])
    with refused("already_appealed"):
        units.appeal_unit(docs, COMMANDS["appeal_unit"], REGISTRAR)
