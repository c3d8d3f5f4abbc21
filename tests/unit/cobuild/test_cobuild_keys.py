"""Nobody is somebody else: by a key, another key, or by choosing in which role they work."""

from dataclasses import replace
from functools import partial
from typing import Any

import pytest

from services.cobuild.rules import closing, needs, units
from services.kit.actor import Actor
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.persons.machines import who_answers
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.given import asked, example_of, refused
from tests.unit.cobuild.stage import (
    CLAIMED,
    FULFILLED,
    LIAISON,
    OFFERED,
    RAISED,
    REGISTERED,
    RESIDENT,
    STREET,
    UNIT,
    VERIFIED,
    WORKER,
    stage,
    take,
)

COMMANDS = examples.COMMANDS
UNITS, CLERKS = LIAISON.actor.roles, WORKER.actor.roles
ONE = ("P4", "K1", "K2")  # A person and their keys.


def knowing(docs: Overlay, actor: Actor) -> Asked:
    for key, maker in (("K1", "P4"), ("K2", "P4"), ("K9", "P9")):
        docs.put("machines", {"id": key, "maker": maker})
    return replace(asked(), actor=actor, answers=partial(who_answers, docs))


def clerk(id: str, *roles: tuple[str, str]) -> Actor:
    actor = asked(*roles, id=id).actor
    return replace(actor, maker={"K1": "P4", "K2": "P4", "K9": "P9"}.get(id, ""))


@pytest.mark.parametrize("first", ONE)
@pytest.mark.parametrize("second", ONE)
def test_who_turned_a_need_down_decides_on_no_appeal_by_another_id(
    first: str, second: str
) -> None:
    rejected = example_of(examples, "need_rejected.v1", by=first)
    appealed = example_of(examples, "need_appealed.v1", by="P1")
    docs = stage(RAISED, rejected, appealed)
    decide = COMMANDS["decide_need_appeal"]
    for id, is_another in ((second, False), ("P9", True), ("K9", True)):
        who = knowing(docs, clerk(id, ("community_worker", examples.COMMUNITY)))
        if is_another:
            assert needs.decide_appeal(docs, decide, who)
        else:
            with refused("own_decision", Forbidden):
                needs.decide_appeal(docs, decide, who)


@pytest.mark.parametrize("first", ONE)
@pytest.mark.parametrize("second", ONE)
def test_who_turned_a_unit_down_decides_on_no_appeal_by_another_id(
    first: str, second: str
) -> None:
    rejected = example_of(examples, "unit_rejected.v1", by=first)
    docs = stage(REGISTERED, rejected, example_of(examples, "unit_appealed.v1"))
    decide = COMMANDS["decide_unit_appeal"]
    who = knowing(docs, clerk(second, ("street_admin", "510108015")))
    with refused("own_decision", Forbidden):
        units.decide_appeal(docs, decide, who)
    assert units.decide_appeal(
        docs, decide, replace(STREET, actor=replace(STREET.actor, id="P9"))
    )


@pytest.mark.parametrize("ask", [closing.confirm_need, closing.rate_need])
@pytest.mark.parametrize(
    ("done_by", "who"),
    [
        ("P8", Actor("K1", CLERKS, maker="P4", offices=UNITS)),
        ("P8", Actor("P4", CLERKS, offices=UNITS)),
        ("P4", Actor("K1", CLERKS, maker="P4")),
        ("K2", Actor("K1", CLERKS, maker="P4")),
        ("K2", Actor("P4", CLERKS)),
        ("K2", Actor("P1", RESIDENT.actor.roles, through=Actor("P4", CLERKS))),
    ],
)
def test_what_was_reported_done_by_a_key_its_maker_does_not_confirm(
    done_by: str, who: Actor, ask: Any
) -> None:
    done = replace(FULFILLED, data=FULFILLED.data | {"by": done_by})
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED, done)
    if ask is closing.rate_need:
        take(docs, closing.confirm_need(docs, {"need": "N1"}, RESIDENT))
    with refused("own_work", Forbidden):
        ask(docs, {"need": "N1", "score": 5}, knowing(docs, who))
    assert ask(
        docs,
        {"need": "N1", "score": 5},
        knowing(docs, clerk("K9", ("community_worker", examples.COMMUNITY))),
    )


@pytest.mark.parametrize(
    "who",
    [
        Actor("P2", (*UNITS, *CLERKS)),
        Actor("P2", CLERKS),
        Actor("K1", CLERKS, maker="P4", offices=UNITS),
        Actor("P4", CLERKS, offices=UNITS),
    ],
)
def test_a_dispute_is_not_settled_by_whose_work_it_is_about(who: Actor) -> None:
    disputed = example_of(examples, "need_disputed.v1")
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED, FULFILLED, disputed)
    settle = COMMANDS["settle_need"]
    with refused("own_work", Forbidden):
        closing.settle_need(docs, settle, knowing(docs, who))
    assert closing.send_back_need(docs, COMMANDS["send_back_need"], knowing(docs, who))
    assert closing.settle_need(docs, settle, WORKER)


@pytest.mark.parametrize(
    ("who", "way"),
    [
        (RESIDENT, "beneficiary"),
        (replace(asked(id="P3"), merged=lambda: ("P1",)), "beneficiary"),
        (WORKER, "visit"),
    ],
)
def test_whose_need_it_is_confirms_it_by_whatever_record_they_have(
    who: Asked, way: str
) -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED, FULFILLED)
    assert closing.confirm_need(docs, {"need": "N1"}, who).data["way"] == way
