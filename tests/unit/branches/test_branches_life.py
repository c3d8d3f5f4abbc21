"""A branch's life: how it is called, what it holds, and how it ends."""

from typing import Any

import pytest

from services.branches import views
from services.branches.model.lifecycles import BRANCH
from services.branches.rules import branches, endings, places, reports, terms
from services.branches.service import Branches
from services.kit.errors import Refused, Unknown
from tests.examples import branches as examples
from tests.given import example_of, refused
from tests.unit.branches.stage import (
    AFTERWARDS,
    COMMANDS,
    PAGE,
    STREET,
    WORKER,
    on,
    shown,
    stage,
    take,
)
from tests.walk import Walk


def test_every_step_leads_where_it_says_or_is_refused_by_its_name() -> None:
    linked = example_of(examples, "oversight_linked.v1")
    Walk(
        Branches,
        BRANCH,
        "branches",
        "B1",
        lambda: stage(linked),
        {
            "merge": on(endings.merge_branch, "merge_branch", AFTERWARDS),
            "dissolve": on(endings.dissolve_branch, "dissolve_branch", AFTERWARDS),
            "rename": on(branches.rename_branch, "rename_branch"),
            "link": on(
                branches.link_oversight,
                "link_oversight",
                kind="territorial",
                parent="510108015",
            ),
            "end_link": on(branches.end_oversight, "end_oversight"),
            "appoint": on(terms.appoint_secretary, "appoint_secretary"),
            "elect": on(terms.elect_committee, "elect_committee"),
            "assign_site": on(places.assign_site, "assign_site", since="2026-06-02"),
            "report": on(reports.report_counts, "report_counts"),
            "run_home": on(places.establish_home, "establish_home"),
        },
    ).try_everything()


def test_a_branch_is_called_what_it_was_renamed_to_and_by_that_refused() -> None:
    docs = stage()
    take(docs, branches.rename_branch(docs, COMMANDS["rename_branch"], STREET))
    assert shown(docs)["name"] == COMMANDS["rename_branch"]["name"]
    with refused("same_name"):
        branches.rename_branch(docs, COMMANDS["rename_branch"], STREET)


def test_what_a_merged_branch_held_goes_to_its_successor() -> None:
    docs = stage(
        example_of(examples, "home_established.v1"),
        example_of(examples, "member_reported_in.v1"),
    )
    take(docs, endings.merge_branch(docs, COMMANDS["merge_branch"], AFTERWARDS))
    assert (shown(docs)["successor"], shown(docs)["ended_on"]) == ("B2", "2026-07-01")
    reported = views.reports.list_reports_of_branch(
        docs, {"branch": "B2", "kind": "member", **PAGE}, STREET
    )
    assert [report["person"] for report in reported["items"]] == ["P8"]
    assert docs.the("homes", "H1")["branch"] == "B2"
    assert shown(docs)["warnings"] == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"into": "B1"}, "same_branch"),
        ({"into": "B9"}, "not_found"),
        ({"on": "2026-06-01"}, "before_established"),
        ({"on": "2026-07-12"}, "in_the_future"),
        ({"on": "9999-12-31"}, "in_the_future"),
    ],
)
def test_what_cannot_be_merged(changes: dict[str, str], code: str) -> None:
    with pytest.raises(Exception) as caught:  # noqa: PT011  # Of several kinds; the code tells.
        endings.merge_branch(
            stage(), {**COMMANDS["merge_branch"], **changes}, AFTERWARDS
        )
    assert caught.value.code == code  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("rule", "command", "receives"),
    [
        (endings.merge_branch, "merge_branch", {}),
        (endings.dissolve_branch, "dissolve_branch", {"to": "B2"}),
    ],
)
def test_its_own_reports_end_with_a_branch_and_its_members_go_on(
    rule: Any, command: str, receives: Any
) -> None:
    docs = stage(
        example_of(examples, "branch_reported_in.v1"),
        example_of(examples, "member_reported_in.v1"),
    )
    take(docs, rule(docs, {**COMMANDS[command], **receives}, AFTERWARDS))
    assert (docs.the("reports", "R2")["state"], docs.the("reports", "R2")["until"]) == (
        "withdrawn",
        "2026-06-30",
    )
    assert (
        docs.the("reports", "R1")["state"],
        docs.the("reports", "R1")["branch"],
    ) == ("current", "B2")
    assert shown(docs)["successor"] == "B2"
    with refused("already_reported"):
        reports.report_in_member(
            docs, {**COMMANDS["report_in_member"], "branch": "B2"}, AFTERWARDS
        )
    ended = reports.withdraw_report(
        docs, {"branch": "B2", "report": "R1", "until": "2026-07-02"}, AFTERWARDS
    )
    assert ended.stream == "branch/B2"


def test_a_branch_that_runs_a_home_is_dissolved_only_into_other_hands() -> None:
    docs = stage(
        example_of(examples, "home_established.v1"),
        example_of(examples, "member_reported_in.v1"),
    )
    with refused("runs_homes"):
        endings.dissolve_branch(docs, COMMANDS["dissolve_branch"], AFTERWARDS)
    for heir, code, kind in (
        ("B1", "same_branch", Refused),
        ("B9", "not_found", Unknown),
    ):
        with refused(code, kind):
            endings.dissolve_branch(
                docs, {**COMMANDS["dissolve_branch"], "to": heir}, AFTERWARDS
            )
    take(
        docs,
        endings.dissolve_branch(
            docs, {**COMMANDS["dissolve_branch"], "to": "B2"}, AFTERWARDS
        ),
    )
    assert docs.the("homes", "H1")["branch"] == "B2"


def test_nobody_stays_reported_in_through_a_branch_that_is_gone() -> None:
    docs = stage(example_of(examples, "member_reported_in.v1"))
    take(docs, endings.dissolve_branch(docs, COMMANDS["dissolve_branch"], AFTERWARDS))
    of_community = {"community": examples.COMMUNITY, "kind": "member", **PAGE}
    assert (
        views.reports.list_reports_of_community(docs, of_community, WORKER)["items"]
        == []
    )
    take(
        docs,
        reports.report_in_member(
            docs, {**COMMANDS["report_in_member"], "branch": "B2"}, AFTERWARDS
        ),
    )


def test_a_branch_that_ended_takes_in_no_other() -> None:
    docs = stage(example_of(examples, "branch_dissolved.v1", branch="B2"))
    with refused("branch_ended"):
        endings.merge_branch(docs, COMMANDS["merge_branch"], AFTERWARDS)


def test_a_site_knows_who_uses_it_now() -> None:
    docs = stage(example_of(examples, "site_recorded.v1", site="S2"))
    take(
        docs,
        places.assign_site(
            docs,
            {**COMMANDS["assign_site"], "site": "S2", "since": "2026-06-02"},
            STREET,
        ),
    )
    assert views.places.get_site(docs, {"site": "S1"}, STREET)["branches"] == ["B2"]
    assert views.places.get_site(docs, {"site": "S2"}, STREET)["branches"] == ["B1"]
    with refused("before_latest_site"):
        places.assign_site(
            docs, {**COMMANDS["assign_site"], "since": "2026-06-02"}, STREET
        )
