"""Needs as they are raised: words kept apart, likenesses hinted at."""

from services.cobuild import views
from services.cobuild.rules import commitments, needs
from services.kit.errors import Forbidden, Unknown
from tests.examples import cobuild as examples
from tests.given import asked, refused
from tests.unit.cobuild.needs import CLAIM, COMMANDS
from tests.unit.cobuild.stage import (
    LIAISON,
    RAISED,
    RESIDENT,
    STRANGER,
    UNIT,
    VERIFIED,
    WORKER,
    stage,
    take,
)


def test_i8_a_residents_words_are_in_no_event() -> None:
    fact = needs.raise_need(stage(), COMMANDS["raise_need"], RESIDENT)
    assert fact.notes == {"N1": examples.WORDS}
    assert examples.WORDS not in str(fact.data)
    assert fact.data["beneficiary"] == "P1"


def test_a_worker_raises_for_somebody_or_for_the_community() -> None:
    for_elder = needs.raise_need(
        stage(), {**COMMANDS["raise_need"], "beneficiary": "P9"}, WORKER
    )
    assert for_elder.data["beneficiary"] == "P9"
    assert (
        "beneficiary"
        not in needs.raise_need(stage(), COMMANDS["raise_need"], WORKER).data
    )
    with refused("not_yours", Forbidden):
        needs.raise_need(
            stage(), {**COMMANDS["raise_need"], "beneficiary": "P9"}, STRANGER
        )


def test_what_may_be_the_same_is_hinted_at_not_refused() -> None:
    docs = stage(RAISED, VERIFIED)
    fact = needs.raise_need(
        docs, COMMANDS["raise_need"], asked(("resident", "*"), id="P8", new_id="N2")
    )
    take(docs, fact)
    shown = views.needs.get_need(
        docs, {"need": "N2"}, asked(("resident", "*"), id="P8")
    )
    assert shown["similar"] == [
        {"need": "N1", "title": "老旧线路检查一户", "state_text": "待认领"}
    ]


def test_what_nobody_knows_is_named() -> None:
    with refused("not_found", Unknown, says="没有这个需求"):
        commitments.claim_need(stage(*UNIT), {**CLAIM, "need": "N9"}, LIAISON)
    with refused("not_found", Unknown, says="没有这个项目"):
        commitments.begin_commitment(stage(*UNIT), {"commitment": "C9"}, LIAISON)
