"""What is said to people about a posting and a session: what was changed, what came of it."""

from services.activities.model.lifecycles import SIGNUP
from services.activities.views.closing import prefilled
from services.activities.views.differences import differences
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import CONTENT, SESSION
from tests.unit.activities.stage import (
    CLOSED,
    OPENED,
    PUBLISHED,
    STARTED,
    confirmed,
    fact,
    stage,
)


def test_differences_are_said_in_words() -> None:
    terms = {"approval": True, "communities": ["510108002001", "510108002002"]}
    told = differences(
        CONTENT, {**CONTENT, "terms": terms, "cohosts": ["unit/U1", "unit/U2"]}
    )
    assert {each["field"]: each["after"] for each in told} == {
        "terms/approval": "是",
        "terms/communities": "510108002001、510108002002",
        "cohosts": "unit/U1、unit/U2",
    }


def held(*facts: Fact) -> Overlay:
    return stage(
        PUBLISHED,
        OPENED,
        confirmed("G1", "R1", ticket=1),
        confirmed("G2", "R2", ticket=2),
        *facts,
    )


def test_a_report_says_who_of_those_missing_had_cancelled_too_late() -> None:
    late = fact(
        "signup_cancelled.v1", session=SESSION, signup="G2", late=True, promoted=[]
    )
    docs = held(late, STARTED, CLOSED)
    told = prefilled(docs, docs.the("sessions", SESSION))
    assert told["report"].endswith(
        "报名 1 人，到场 0 人，爽约 2 人（含截止后取消的 1 人）。"
    )
    assert "late" not in told


def test_no_step_reads_as_a_negation_when_it_is_refused() -> None:
    assert not [
        step.text for step in SIGNUP.steps.values() if step.text.startswith("不")
    ]
