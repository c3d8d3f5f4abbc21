"""Who asks is looked at before the thing: outsiders hear one answer, whatever the state of what they name."""

from typing import Any

import pytest

from services.cobuild.rules import commitments, needs
from services.cobuild.service import Cobuild
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.given import asked, example_of, refused
from tests.outsiders import must_tell_nothing, naming
from tests.unit.cobuild.stage import (
    LIAISON,
    RAISED,
    STREET,
    UNIT,
    VERIFIED,
    WORKER,
    another_unit,
    stage,
)
from tests.unit.cobuild.test_cobuild_lifecycles import WALKS
from tests.walk import Walk

OUTSIDERS: dict[str, Asked] = {
    "anonymous": asked(id="anonymous"),
    "a stranger": asked(("resident", "*"), id="P7"),
    "the worker next door": asked(("community_worker", "510108015002"), id="P8"),
    "a worker elsewhere": asked(("community_worker", "510108016001"), id="P8"),
    "the street next door": asked(("street_admin", "510108016"), id="P9"),
    "another district": asked(("district_admin", "510107"), id="P9"),
    "another unit's liaison": asked(("unit_liaison", "unit/U2"), id="P10"),
    "the former worker": asked(("community_worker", "510108016001"), id="P6"),
    "the former street": asked(
        ("resident", "*"), ("street_admin", "510108016"), id="P4"
    ),
    "the former liaison": asked(
        ("resident", "*"), ("unit_liaison", "unit/U2"), id="P2"
    ),
    "an analyst": asked(("district_analyst", "510108"), id="P11"),
    "a branch's secretary": asked(("branch_secretary", "branch/B1"), id="P12"),
}
SHOWN_BY = {
    "unit": "get_unit",
    "offering": "get_offering",
    "need": "get_need",
    "commitment": "get_commitment",
    "meeting": "get_meeting",
}
CASES = [
    (walk, name, who)
    for walk in WALKS
    for name in naming(Cobuild, walk.life.subject, {})
    for who in OUTSIDERS
    # Units answer for themselves, also where a command names another thing first.
    if not (
        walk.life.subject == "unit"
        and name in {"claim_need", "dispatch_need", "undertake_resolution"}
    )
]


@pytest.mark.parametrize(
    ("walk", "name", "who"), CASES, ids=lambda value: getattr(value, "id", str(value))
)
def test_an_outsider_hears_one_answer_whatever_the_state(
    walk: Walk, name: str, who: str
) -> None:
    must_tell_nothing(
        walk, name, examples.COMMANDS[name], OUTSIDERS[who], SHOWN_BY[walk.life.subject]
    )


REGISTRAR = asked(("unit_liaison", "unit/U2"), id="P1")


@pytest.mark.parametrize("name", naming(Cobuild, "offering", {}))
def test_who_registered_the_unit_is_an_outsider_to_its_offerings(name: str) -> None:
    walk = next(walk for walk in WALKS if walk.life.subject == "offering")
    if name != "claim_need":
        must_tell_nothing(
            walk, name, examples.COMMANDS[name], REGISTRAR, "get_offering"
        )


# Whom the need is for takes part in what is said about it.
TALKS = {"say_on_commitment", "delete_commitment_message", "propose_time", "agree_time"}


@pytest.mark.parametrize("name", sorted({*naming(Cobuild, "commitment", {})} - TALKS))
def test_who_registered_the_unit_is_an_outsider_to_what_it_took_on(name: str) -> None:
    walk = next(walk for walk in WALKS if walk.life.subject == "commitment")
    must_tell_nothing(walk, name, examples.COMMANDS[name], REGISTRAR, "get_commitment")


def hidden_units() -> Overlay:
    """U2 waits to be decided on, U3 was rejected."""
    waiting, _ = another_unit(2, community="510108016001")
    rejected, _ = another_unit(3, community="510108016001")
    reason = example_of(examples, "unit_rejected.v1", unit="U3")
    return stage(*UNIT, waiting, rejected, reason, RAISED, VERIFIED, *MEETING)


MEETING = (
    example_of(examples, "meeting_called.v1"),
    example_of(examples, "resolution_passed.v1"),
)


@pytest.mark.parametrize("unit", ["U2", "U3", "U9"])
def test_a_unit_named_beside_the_thing_is_no_way_to_hear_of_applications(
    unit: str,
) -> None:
    for rule, name in (
        (commitments.dispatch_need, "dispatch_need"),
        (commitments.undertake_resolution, "undertake_resolution"),
    ):
        with refused("not_found", Unknown, says="没有这个联建单位"):
            rule(hidden_units(), {**examples.COMMANDS[name], "unit": unit}, STREET)


@pytest.mark.parametrize("need", ["N1", "N9"])
def test_a_need_not_yet_on_the_list_cannot_be_claimed_or_heard_of(need: str) -> None:
    claim: dict[str, Any] = {"unit": "U1", "need": need, "due": examples.DUE}
    with refused("not_found", Unknown, says="没有这个需求"):
        commitments.claim_need(stage(*UNIT, RAISED), claim, LIAISON)


FOR_SOMEBODY = example_of(examples, "need_raised.v1", by="P6", beneficiary="P9")


def test_a_worker_who_raised_for_somebody_keeps_nothing_when_the_role_has_ended() -> (
    None
):
    former, withdrawal = (
        OUTSIDERS["the former worker"],
        examples.COMMANDS["withdraw_need"],
    )
    with refused("not_found", Unknown):
        needs.withdraw_need(stage(FOR_SOMEBODY), withdrawal, former)
    with refused("not_yours", Forbidden):
        needs.withdraw_need(stage(FOR_SOMEBODY, VERIFIED), withdrawal, former)
    assert (
        needs.withdraw_need(stage(FOR_SOMEBODY), withdrawal, WORKER).data["by"] == "P6"
    )


def test_whom_a_need_is_for_deals_with_it_whoever_raised_it() -> None:
    theirs = asked(("resident", "*"), id="P9")
    assert (
        needs.withdraw_need(
            stage(FOR_SOMEBODY), examples.COMMANDS["withdraw_need"], theirs
        ).data["by"]
        == "P9"
    )
