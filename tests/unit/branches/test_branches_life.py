"""A branch's life: terms that run out, what is reported, how it ends, and the chart of any day."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

from services.branches import views
from services.branches.model.lifecycles import BRANCH
from services.branches.rules import branches, endings, places, reports, rights, terms
from services.branches.service import Branches
from services.branches.views.chart import chart
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import branches as examples
from tests.given import DIVISIONS, NOW, asked, example_of, given, given_from, refused
from tests.walk import Take, Walk

STREET = asked(("street_admin", "510108015"), id="P0")
SECRETARY = asked(("branch_secretary", "branch/B1"), id="P7", new_id="R1")
AFTERWARDS = asked(("street_admin", "510108015"), id="P0", now=NOW + timedelta(days=40))
WORKER = asked(("community_worker", "510108015001"), id="P6")
RESIDENT = asked(("resident", "*"), id="P9")
COMMANDS = examples.COMMANDS
PAGE = {"after": None, "limit": 20}

ESTABLISHED = example_of(examples, "branch_established.v1")
OTHER = example_of(examples, "branch_established.v1", branch="B2", name="另一支部")
APPOINTED = example_of(examples, "secretary_appointed.v1")
BASIS = (
    *DIVISIONS,
    example_of(examples, "committee_established.v1"),
    example_of(examples, "site_recorded.v1"),
    ESTABLISHED,
    OTHER,
    APPOINTED,
)


def stage(*facts: Fact) -> Overlay:
    return given(Branches, *BASIS, *facts)


def take(docs: Overlay, fact: Fact) -> Fact:
    given_from(docs, Branches, "branches", fact)
    return fact


def shown(docs: Overlay, on: str = "2026-06-01") -> dict[str, Any]:
    return views.branches.get_branch(docs, {"branch": "B1", "on": on}, STREET)


def on(rule: Any, command: str, who: Asked = STREET, **changes: Any) -> Take:
    return lambda docs: rule(docs, {**COMMANDS[command], **changes}, who)


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


def warnings(docs: Overlay, on: str) -> list[tuple[str, str]]:
    return [
        (warning["office"], warning["code"]) for warning in shown(docs, on)["warnings"]
    ]


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


DAYS = st.integers(0, 30).map(
    lambda day: (date(2026, 6, 1) + timedelta(days=day)).isoformat()
)
PARENTS = st.sampled_from(["510108", "510108015", "510108016"])
LINK = st.tuples(st.sampled_from(["B1", "B2", "B3"]), PARENTS, DAYS, DAYS)
ENDS = st.dictionaries(st.sampled_from(["B1", "B2", "B3"]), DAYS, max_size=2)


@settings(max_examples=80, deadline=None)
@given_any(st.lists(LINK, max_size=10), ENDS, DAYS)
def test_the_chart_of_a_day_is_what_the_events_say(
    links: list[tuple[str, str, str, str]], ends: dict[str, str], day: str
) -> None:
    docs = given(Branches, *DIVISIONS)
    for branch in ("B1", "B2", "B3"):
        since = "2026-06-10" if branch == "B3" else "2026-05-01"
        take(
            docs,
            example_of(examples, "branch_established.v1", branch=branch, since=since),
        )
    for number, (branch, parent, since, until) in enumerate(links):
        told = {
            "branch": branch,
            "kind": "territorial",
            "parent": parent,
            "since": since,
            "link": f"L{number}",
        }
        take(
            docs, Fact("oversight_linked.v1", "x", {**told, "until": max(since, until)})
        )
    for branch, when in ends.items():
        take(docs, example_of(examples, "branch_dissolved.v1", branch=branch, on=when))
    alive = {
        branch
        for branch in ("B1", "B2", "B3")
        if (branch != "B3" or day >= "2026-06-10") and day < ends.get(branch, "9999")
    }
    expected = sorted(
        (parent, branch)
        for branch, parent, since, until in links
        if branch in alive and since <= day <= max(since, until)
    )
    found = chart(docs, "510108", day)
    assert found["total"] == len(alive)
    under = sorted(
        (entry["parent"], item["branch"])
        for entry in found["parents"]
        for item in entry["branches"]
    )
    without = alive - {branch for _, branch in expected}
    assert under == sorted([*expected, *(("", branch) for branch in without)])
