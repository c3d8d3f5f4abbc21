"""Terms of branches: when they run out, who is told, and who acts then."""

from datetime import UTC, datetime

import pytest

from services.branches.rules import reports, rights, terms
from services.kit.errors import Forbidden
from tests.examples import branches as examples
from tests.given import asked, example_of, refused
from tests.unit.branches.stage import COMMANDS, SECRETARY, STREET, stage, take, warnings


def test_a_term_is_warned_of_before_it_ends_and_told_after() -> None:
    docs = stage()
    assert ("committee", "vacant") in warnings(docs, "2026-06-01")
    assert ("secretary", "term_expiring") not in warnings(docs, "2028-10-02")
    assert ("secretary", "term_expiring") in warnings(docs, "2028-10-03")
    assert ("secretary", "term_expiring") in warnings(docs, "2028-12-31")
    assert ("secretary", "term_expired") in warnings(docs, "2029-01-01")


def test_the_warning_is_due_ninety_days_before_and_once_a_term() -> None:
    docs = stage()
    ahead = docs.the("terms_ahead", "B1:secretary")
    assert (ahead["warn_at"], ahead["state"]) == ("2028-10-02T16:00:00.000Z", "ahead")
    take(docs, terms.warn(docs, ahead, STREET))
    assert docs.the("terms_ahead", "B1:secretary")["state"] == "warned"
    take(docs, terms.appoint_secretary(docs, {**COMMANDS["appoint_secretary"], "since": "2028-12-01",
                                              "until": "2031-11-30"}, STREET))  # fmt: skip
    assert docs.the("terms_ahead", "B1:secretary")["state"] == "ahead"


def test_when_the_term_is_over_the_secretary_is_told_so_and_refused() -> None:
    docs = stage()
    late = asked(
        ("branch_secretary", "branch/B1"), id="P7", now=datetime(2029, 1, 2, tzinfo=UTC)
    )
    with refused("term_expired", Forbidden, says="2028年12月31日"):
        reports.report_counts(docs, COMMANDS["report_counts"], late)
    on_the_last_day = asked(
        ("branch_secretary", "branch/B1"),
        id="P7",
        now=datetime(2028, 12, 31, 15, tzinfo=UTC),
    )
    assert reports.report_counts(docs, COMMANDS["report_counts"], on_the_last_day)


def test_the_committees_last_day_is_one_of_its_term() -> None:
    docs = stage(example_of(examples, "committee_elected.v1", until="2026-06-01"))
    assert reports.report_counts(docs, COMMANDS["report_counts"], SECRETARY)


def test_who_never_served_is_told_of_no_term_of_anothers() -> None:
    late = datetime(2029, 1, 2, tzinfo=UTC)
    never = asked(("branch_secretary", "branch/B1"), id="P1", now=late)
    with refused("not_your_branch", Forbidden):
        reports.report_counts(stage(), COMMANDS["report_counts"], never)


@pytest.mark.parametrize(
    ("until", "served"),
    [("2026-05-31", "2026-05-31"), ("2026-06-01", ""), ("2026-06-02", "")],
)
def test_a_term_is_over_after_its_last_day(until: str, served: str) -> None:
    branch = {"terms": [{"person": "P7", "since": "2026-01-01", "until": until}]}
    assert rights._served_until(branch, SECRETARY) == served


def test_when_the_committees_term_is_over_only_the_street_acts_for_the_branch() -> None:
    docs = stage(example_of(examples, "committee_elected.v1", until="2026-05-31"))
    with refused("committee_term_expired", says="2026年5月31日"):
        reports.report_counts(docs, COMMANDS["report_counts"], SECRETARY)
    assert reports.report_counts(docs, COMMANDS["report_counts"], STREET)
    take(
        docs,
        terms.elect_committee(
            docs, {**COMMANDS["elect_committee"], "since": "2026-06-01"}, STREET
        ),
    )
    assert reports.report_counts(docs, COMMANDS["report_counts"], SECRETARY)
