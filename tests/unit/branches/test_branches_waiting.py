"""A report waits for the member it names, a term that ends for the street; and no more once that is done."""

import pytest

from services.branches.service import Branches
from services.kit.log import Fact
from tests.examples import branches as examples
from tests.given import asked, example_of
from tests.unit.branches.stage import SECRETARY, STREET, stage
from tests.unit.branches.test_branches_members import (
    BEFORE,
    CONFIRMED,
    DECLINED,
    MEMBER,
    SAID,
    STRANGER,
    WITHDRAWN,
)
from tests.waiting_for import items, kinds

ENDING = example_of(examples, "term_expiring.v1", office="secretary")
NEXT = example_of(
    examples, "secretary_appointed.v1", since="2027-01-01", until="2029-12-31"
)
DISSOLVED = example_of(examples, "branch_dissolved.v1")


def test_a_report_waits_for_the_member_under_the_name_of_the_branch() -> None:
    (item,) = items(stage(SAID), Branches, MEMBER)
    assert (item["kind"], item["title"]) == (
        "report_to_confirm",
        examples.EVENTS["branch_established.v1"]["name"],
    )
    for other in (STRANGER, SECRETARY, STREET):
        assert kinds(stage(SAID), Branches, other) == []


@pytest.mark.parametrize("done", [CONFIRMED, DECLINED, WITHDRAWN, DISSOLVED])
def test_it_waits_no_more_once_it_is_answered_taken_back_or_its_branch_is_gone(
    done: Fact,
) -> None:
    assert kinds(stage(SAID, done), Branches, MEMBER) == []


def test_what_nobody_was_asked_to_confirm_waits_for_nobody() -> None:
    assert kinds(stage(BEFORE), Branches, MEMBER) == []


def test_a_term_about_to_end_waits_for_the_street_until_the_next_begins_or_the_branch_ends() -> (
    None
):
    (item,) = items(stage(ENDING), Branches, STREET)
    assert (item["kind"], item["settled_by"][0]) == (
        "term_to_renew",
        "appoint_secretary",
    )
    assert (
        kinds(stage(ENDING), Branches, asked(("street_admin", "510108016"), id="P7"))
        == []
    )
    assert kinds(stage(ENDING, NEXT), Branches, STREET) == []
    assert kinds(stage(ENDING, DISSOLVED), Branches, STREET) == []
