"""That somebody is a branch's member is said by the branch and confirmed by that person."""

from typing import Any

import pytest

from schemas.branches.reports import MyReports
from services.branches import views
from services.branches.model.lifecycles import REPORT
from services.branches.rules import endings, reports
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import branches as examples
from tests.given import asked, example_of, refused
from tests.unit.branches.stage import (
    AFTERWARDS,
    COMMANDS,
    PAGE,
    SECRETARY,
    STREET,
    WORKER,
    stage,
    take,
)

MEMBER = asked(("resident", "*"), id="P8")
STRANGER = asked(("resident", "*"), id="P9")
SAID = example_of(examples, "member_reported_in.v2")
CONFIRMED = example_of(examples, "member_report_confirmed.v1")
DECLINED = example_of(examples, "member_report_declined.v1")
WITHDRAWN = example_of(examples, "report_withdrawn.v1")
BEFORE = example_of(examples, "member_reported_in.v1")
ANSWERS = {"confirm": reports.confirm_report, "decline": reports.decline_report}
STATES: dict[str, tuple[Fact, ...]] = {
    "reported": (SAID,),
    "current": (SAID, CONFIRMED),
    "declined": (SAID, DECLINED),
    "withdrawn": (SAID, WITHDRAWN),
}


def mine(docs: Overlay, who: Asked = MEMBER, **asks: Any) -> list[tuple[str, str]]:
    found = views.reports.my_reports(docs, MyReports().load(asks), who)
    return [(report["branch"], report["state_text"]) for report in found["items"]]


def of_branch(docs: Overlay) -> list[str]:
    found = views.reports.list_reports_of_branch(
        docs, {"branch": "B1", "kind": "member", **PAGE}, SECRETARY
    )
    return [report["state_text"] for report in found["items"]]


def of_community(docs: Overlay) -> list[str]:
    found = views.reports.list_reports_of_community(
        docs, {"community": examples.COMMUNITY, "kind": "member", **PAGE}, WORKER
    )
    return [report["state_text"] for report in found["items"]]


def test_what_a_branch_says_of_somebody_is_shown_as_not_yet_confirmed() -> None:
    docs = stage()
    fact = take(
        docs, reports.report_in_member(docs, COMMANDS["report_in_member"], SECRETARY)
    )
    assert fact.type == "member_reported_in.v2"
    assert of_branch(docs) == of_community(docs) == ["待本人确认"]
    assert mine(docs) == [("B1", "待本人确认")]
    assert mine(docs, STRANGER) == []


def test_the_member_confirms_it_and_then_it_counts() -> None:
    docs = stage(SAID)
    take(docs, reports.confirm_report(docs, {"report": "R1"}, MEMBER))
    assert of_branch(docs) == of_community(docs) == ["已报到"]


def test_the_member_declines_it_and_it_is_gone_from_the_lists() -> None:
    docs = stage(SAID)
    take(docs, reports.decline_report(docs, {"report": "R1"}, MEMBER))
    assert of_branch(docs) == of_community(docs) == []
    assert mine(docs) == []
    assert mine(docs, state="declined") == [("B1", "本人没有确认")]


def test_what_was_reported_before_members_were_asked_counts_as_it_did() -> None:
    docs = stage(BEFORE)
    assert of_branch(docs) == of_community(docs) == ["已报到"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("answer", ANSWERS)
def test_an_answer_is_given_once(state: str, answer: str) -> None:
    docs = stage(*STATES[state])
    assert docs.the("reports", "R1")["state"] == state
    if state in REPORT.steps[answer].before:
        assert ANSWERS[answer](docs, {"report": "R1"}, MEMBER)
    else:
        with refused(f"cannot_{answer}"):
            ANSWERS[answer](docs, {"report": "R1"}, MEMBER)


@pytest.mark.parametrize("who", [STRANGER, SECRETARY, STREET, WORKER, asked(id="P8x")])
@pytest.mark.parametrize("answer", ANSWERS)
def test_nobody_else_answers_or_hears_of_it_whatever_its_state(
    answer: str, who: Asked
) -> None:
    for facts in (
        *STATES.values(),
        (),
        (BEFORE,),
        (example_of(examples, "branch_reported_in.v1", report="R1"),),
    ):
        with refused("not_found", Unknown, says="没有这个报到"):
            ANSWERS[answer](stage(*facts), {"report": "R1"}, who)


OTHER = asked(("branch_secretary", "branch/B2"), id="P10", new_id="R2")
SECOND = {**COMMANDS["report_in_member"], "branch": "B2"}


@pytest.mark.parametrize(
    "facts", [(), (SAID,), (SAID, CONFIRMED), (BEFORE,), (SAID, DECLINED)]
)
def test_another_branch_does_not_hear_whose_member_somebody_is(
    facts: tuple[Fact, ...],
) -> None:
    appointed = example_of(
        examples, "secretary_appointed.v1", branch="B2", person="P10"
    )
    docs = stage(appointed, *facts)
    assert (
        take(docs, reports.report_in_member(docs, SECOND, OTHER)).data["person"] == "P8"
    )


def test_the_member_has_reported_in_through_one_branch_at_a_time() -> None:
    docs = stage(
        BEFORE, example_of(examples, "member_reported_in.v2", branch="B2", report="R2")
    )
    with refused("already_reported"):
        reports.confirm_report(docs, {"report": "R2"}, MEMBER)
    take(docs, reports.withdraw_report(docs, COMMANDS["withdraw_report"], SECRETARY))
    take(docs, reports.confirm_report(docs, {"report": "R2"}, MEMBER))
    assert mine(docs) == [("B2", "已报到")]


def test_what_was_declined_is_not_ended_but_may_be_said_again() -> None:
    docs = stage(SAID, DECLINED)
    with refused("cannot_withdraw"):
        reports.withdraw_report(docs, COMMANDS["withdraw_report"], SECRETARY)
    assert reports.report_in_member(docs, COMMANDS["report_in_member"], SECRETARY)


def test_what_waits_for_an_answer_goes_with_the_members_to_the_successor() -> None:
    docs = stage(SAID)
    take(docs, endings.merge_branch(docs, COMMANDS["merge_branch"], AFTERWARDS))
    answered = take(docs, reports.confirm_report(docs, {"report": "R1"}, MEMBER))
    assert mine(docs) == [("B2", "已报到")]
    assert (answered.stream, answered.data["branch"]) == ("branch/B1", "B2"), (
        "it is told from one stream alone"
    )


def test_what_waits_for_an_answer_ends_with_a_branch_that_is_dissolved() -> None:
    docs = stage(SAID)
    take(docs, endings.dissolve_branch(docs, COMMANDS["dissolve_branch"], AFTERWARDS))
    with refused("cannot_confirm"):
        reports.confirm_report(docs, {"report": "R1"}, MEMBER)


def test_a_branchs_list_has_both_kinds_under_their_names_unless_one_is_chosen() -> None:
    own = example_of(examples, "branch_reported_in.v1", report="X1")
    docs = stage(own, SAID)
    listed = views.reports.list_reports_of_branch(
        docs, {"branch": "B1", **PAGE}, SECRETARY
    )["items"]
    assert {report["kind"] for report in listed} == {"branch", "member"}
    names = {(report["branch_name"], report["community_name"]) for report in listed}
    assert names == {(examples.EVENTS["branch_established.v1"]["name"], "灯塔社区")}
    for kind in ("branch", "member"):
        chosen = views.reports.list_reports_of_branch(
            docs, {"branch": "B1", "kind": kind, **PAGE}, SECRETARY
        )["items"]
        assert [report["kind"] for report in chosen] == [kind]
    here = views.reports.list_reports_of_community(
        docs, {"community": SAID.data["community"], **PAGE}, WORKER
    )["items"]
    assert "member" in {report["kind"] for report in here}
