"""What a branch reports, and who reports in to a community."""

import pytest

from services.branches import views
from services.branches.rules import reports
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Unknown
from tests.examples import branches as examples
from tests.given import asked, refused
from tests.unit.branches.stage import (
    COMMANDS,
    PAGE,
    SECRETARY,
    STREET,
    WORKER,
    shown,
    stage,
    take,
)

RESIDENT = asked(("resident", "*"), id="P9")


def test_counts_are_dated_and_the_latest_is_shown() -> None:
    docs = stage()
    for day, members in (("2026-05-31", 12), ("2026-03-31", 9), ("2026-05-31", 13)):
        take(
            docs,
            reports.report_counts(
                docs,
                {**COMMANDS["report_counts"], "on": day, "members": members},
                SECRETARY,
            ),
        )
    assert shown(docs)["counts"] == {
        "on": "2026-05-31",
        "members": 13,
        "streamers": 230,
        "by": "P7",
    }
    listed = views.reports.list_counts(docs, {"branch": "B1", **PAGE}, RESIDENT)[
        "items"
    ]
    assert [(entry["on"], entry["members"]) for entry in listed] == [
        ("2026-05-31", 13),
        ("2026-03-31", 9),
    ]
    with refused("in_the_future", Invalid):
        reports.report_counts(
            docs, {**COMMANDS["report_counts"], "on": "2026-06-02"}, SECRETARY
        )
    today = {**COMMANDS["report_counts"], "on": "2026-06-01"}
    assert reports.report_counts(docs, today, SECRETARY).data["on"] == "2026-06-01"


@pytest.mark.parametrize(
    "who", [WORKER, RESIDENT, asked(("branch_secretary", "branch/B1"), id="P1")]
)
def test_only_the_secretary_in_office_and_administrators_report(who: Asked) -> None:
    for rule, command in (
        (reports.report_counts, "report_counts"),
        (reports.report_in_branch, "report_in_branch"),
        (reports.report_in_member, "report_in_member"),
    ):
        with refused("not_your_branch", Forbidden):
            rule(stage(), COMMANDS[command], who)


def test_reporting_in_is_seen_by_few_and_done_once() -> None:
    docs = stage()
    take(docs, reports.report_in_member(docs, COMMANDS["report_in_member"], SECRETARY))
    with refused("already_reported"):
        reports.report_in_member(docs, COMMANDS["report_in_member"], SECRETARY)
    of_branch = {"branch": "B1", "kind": "member", **PAGE}
    of_community = {"community": examples.COMMUNITY, "kind": "member", **PAGE}
    for who in (SECRETARY, STREET):
        assert (
            len(views.reports.list_reports_of_branch(docs, of_branch, who)["items"])
            == 1
        )
    for who in (WORKER, STREET):
        assert (
            len(
                views.reports.list_reports_of_community(docs, of_community, who)[
                    "items"
                ]
            )
            == 1
        )
    with refused("not_your_branch", Forbidden):
        views.reports.list_reports_of_branch(docs, of_branch, WORKER)
    for who in (RESIDENT, SECRETARY):
        with refused("out_of_scope", Forbidden):
            views.reports.list_reports_of_community(docs, of_community, who)


def test_a_report_is_withdrawn_once_and_may_be_made_again() -> None:
    docs = stage()
    take(docs, reports.report_in_member(docs, COMMANDS["report_in_member"], SECRETARY))
    with refused("ends_before_start", Invalid):
        reports.withdraw_report(
            docs, {**COMMANDS["withdraw_report"], "until": "2026-05-19"}, SECRETARY
        )
    on_the_same_day = {**COMMANDS["withdraw_report"], "until": "2026-05-20"}
    assert reports.withdraw_report(docs, on_the_same_day, SECRETARY)
    take(docs, reports.withdraw_report(docs, COMMANDS["withdraw_report"], SECRETARY))
    with refused("already_withdrawn"):
        reports.withdraw_report(docs, COMMANDS["withdraw_report"], SECRETARY)
    with refused("not_found", Unknown):
        reports.withdraw_report(
            docs, {**COMMANDS["withdraw_report"], "report": "R99"}, SECRETARY
        )
    take(docs, reports.report_in_member(docs, COMMANDS["report_in_member"], SECRETARY))


def test_a_branch_reports_in_to_several_communities_and_once_to_each() -> None:
    docs = stage()
    for community, report in ((examples.COMMUNITY, "R1"), ("510108016001", "R2")):
        who = asked(("branch_secretary", "branch/B1"), id="P7", new_id=report)
        take(
            docs,
            reports.report_in_branch(
                docs, {**COMMANDS["report_in_branch"], "community": community}, who
            ),
        )
        with refused("already_reported"):
            reports.report_in_branch(
                docs,
                {**COMMANDS["report_in_branch"], "community": community},
                SECRETARY,
            )
