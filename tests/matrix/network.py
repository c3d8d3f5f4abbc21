"""A partner and a branch in every state, what else stands in a place, its monthly report, and notices of it."""

from datetime import UTC, datetime, timedelta

from services.branches.model.lifecycles import BRANCH
from services.branches.model.lifecycles import REPORT as MEMBER_REPORT
from services.kit.log import Fact
from services.metrics.model.lifecycles import REPORT
from services.notices.model.lifecycles import DELIVERY
from services.partners.model.lifecycles import PARTNER as LIFE
from tests.examples import activities, branches, cobuild, metrics, notices, partners
from tests.given import DIVISIONS, NOW, division, example_of
from tests.matrix.subjects import ALWAYS, Scene, Subject, told
from tests.unit.activities.stage import OPENED, PUBLISHED

JULY = datetime(2026, 7, 2, 1, tzinfo=UTC)


def of_partner(*done: str) -> Scene:
    facts = (example_of(partners, type) for type in ("partner_applied.v2", *done))
    return Scene((*told("branches", *DIVISIONS), *told("partners", *facts)), NOW)


APPROVED = ("partner_approved.v1", "alliance_joined.v1")
PARTNER = Subject(
    "partner",
    LIFE.title,
    "partners",
    "partners",
    partners.PARTNER,
    partners.COMMUNITY,
    {
        "applied": of_partner(),
        "approved": of_partner(*APPROVED),
        "rejected": of_partner("partner_rejected.v1"),
        "appealed": of_partner("partner_rejected.v1", "partner_appealed.v1"),
        "suspended": of_partner(*APPROVED, "partner_suspended.v1"),
        "reinstated": of_partner(
            "partner_approved.v1", "partner_suspended.v1", "partner_reinstated.v1"
        ),
        "withdrawn": of_partner(*APPROVED, "partner_withdrawn.v1"),
    },
    LIFE,
    own="P1",
    office={"partner_manager": f"partner/{partners.PARTNER}"},
    names={"partner_manager": "P2"},
    former={"partner_manager": "P1"},
    pending=frozenset({"applied", "rejected", "appealed", "withdrawn"}),
)

BEFORE_P7 = {"person": "P17", "since": "2023-01-01", "until": "2025-12-31"}
BASIS = (
    example_of(branches, "committee_established.v1"),
    example_of(branches, "site_recorded.v1"),
    example_of(branches, "courtyard_recorded.v1"),
    example_of(branches, "grid_recorded.v1"),
    example_of(branches, "branch_established.v1"),
    example_of(branches, "branch_established.v1", branch="B2", name="另一支部"),
    example_of(branches, "secretary_appointed.v1", **BEFORE_P7),
    example_of(branches, "secretary_appointed.v1"),
    example_of(branches, "oversight_linked.v1"),
    example_of(branches, "counts_reported.v1"),
    example_of(branches, "branch_reported_in.v1"),
    example_of(branches, "member_reported_in.v1"),
)


def of_branch(*done: str) -> Scene:
    ended = (example_of(branches, type) for type in done)
    return Scene(told("branches", *DIVISIONS, *BASIS, *ended), NOW + timedelta(days=40))


OF_BRANCH = {"branch_secretary": f"branch/{branches.BRANCH}"}
IN_OFFICE, BEFORE = {"branch_secretary": "P7"}, {"branch_secretary": "P17"}
BRANCHES = Subject(
    "branch",
    BRANCH.title,
    "branches",
    "branches",
    branches.BRANCH,
    branches.COMMUNITY,
    {
        "established": of_branch(),
        "merged": of_branch("branch_merged.v1"),
        "dissolved": of_branch("branch_dissolved.v1"),
    },
    BRANCH,
    own="P8",
    office=OF_BRANCH,
    names=IN_OFFICE,
    former=BEFORE,
)
PLACE = Subject(
    "place",
    "社区及其中的场所",
    "branches",
    "divisions",
    branches.COMMUNITY,
    branches.COMMUNITY,
    {ALWAYS: of_branch("home_established.v1")},
    own="P8",
    office=OF_BRANCH,
    names=IN_OFFICE,
    former=BEFORE,
)

MEMBER = example_of(branches, "member_reported_in.v2")
WITHOUT_MEMBERS = tuple(fact for fact in BASIS if fact.type != "member_reported_in.v1")


def of_member(*done: str) -> Scene:
    since = (example_of(branches, type) for type in done)
    return Scene(
        told("branches", *DIVISIONS, *WITHOUT_MEMBERS, MEMBER, *since),
        NOW + timedelta(days=40),
    )


MEMBERS = Subject(
    "member_report",
    MEMBER_REPORT.title,
    "branches",
    "reports",
    branches.REPORT,
    branches.COMMUNITY,
    {
        "reported": of_member(),
        "current": of_member("member_report_confirmed.v1"),
        "declined": of_member("member_report_declined.v1"),
        "withdrawn": of_member("member_report_confirmed.v1", "report_withdrawn.v1"),
    },
    MEMBER_REPORT,
    own="P8",
    office=OF_BRANCH,
    names=IN_OFFICE,
    former=BEFORE,
)


def of_report(*published: str) -> Scene:
    told_of = (example_of(metrics, type) for type in published)
    counted = example_of(activities, "checked_in.v1")
    return Scene(
        (
            *told("branches", *DIVISIONS, *STREETS),
            *told("activities", PUBLISHED, OPENED, counted),
            *told("metrics", example_of(metrics, "target_set.v1"), *told_of),
        ),
        JULY,
        JULY,
    )


STREETS = (
    division("510108002", "南街", "street", "510108"),
    division("510108002001", "望平社区", "community", "510108002"),
)
FIGURES = Subject(
    "report",
    REPORT.title,
    "metrics",
    "reports",
    metrics.REPORT,
    "510108002001",
    {
        "frozen": of_report("report_frozen.v1"),
        "restated": of_report("report_frozen.v1", "report_restated.v1"),
    },
    REPORT,
    names={"district_admin": "P9"},
)

CONTRIBUTION = Subject(
    "contribution",
    "联建单位做了什么",
    "metrics",
    "units",
    cobuild.UNIT,
    cobuild.COMMUNITY,
    {
        ALWAYS: Scene(
            (
                *told("branches", *DIVISIONS),
                *told("cobuild", example_of(cobuild, "unit_registered.v1")),
            ),
            NOW,
        )
    },
    office={"unit_liaison": f"unit/{cobuild.UNIT}"},
    names={"unit_liaison": "P2"},
)

OVER = {
    name: value
    for name, value in notices.EVENTS["delivery_failed.v1"].items()
    if not name.endswith("_at")
}
SIGNED_UP = example_of(activities, "signup_confirmed.v1")


def of_delivery(*done: Fact) -> Scene:
    given = (
        example_of(notices, "address_given.v1", person=person)
        for person in ("P1", "R1")
    )
    begun = (*given, example_of(notices, "notices_chosen.v1"))
    planned = example_of(notices, "deliveries_planned.v1")
    return Scene(
        (
            *told("activities", PUBLISHED, SIGNED_UP),
            *told("notices", *begun, planned, *done),
        ),
        NOW + timedelta(hours=1),
    )


SENT = example_of(notices, "delivery_begun.v1")
DELIVERIES = Subject(
    "delivery",
    DELIVERY.title,
    "notices",
    "deliveries",
    notices.DELIVERY,
    "510108002001",
    {
        "waiting": of_delivery(),
        "sending": of_delivery(SENT),
        "delivered": of_delivery(SENT, example_of(notices, "delivery_made.v1")),
        "failed": of_delivery(SENT, Fact("delivery_failed.v1", "delivery/1", OVER)),
        "unknown": of_delivery(SENT, example_of(notices, "delivery_lost.v1")),
        "dropped": of_delivery(example_of(notices, "deliveries_dropped.v1")),
    },
    DELIVERY,
    own="P1",
)
INBOX = Subject(
    "notice",
    "收件箱",
    "notices",
    "notices",
    "E2.seat_confirmed.0",
    "510108002001",
    {ALWAYS: of_delivery()},
)
SUBJECTS = (PARTNER, BRANCHES, PLACE, MEMBERS, FIGURES, CONTRIBUTION, DELIVERIES, INBOX)
