"""What is on record: branches and places, who holds office, reports and targets; and what somebody has of their own."""

from gateway.figures import words
from gateway.pages.docs.roles import NAMES
from gateway.web.named import (
    BRANCHES,
    COMMITTEES,
    SITES,
    Listed,
    communities,
)
from gateway.web.page import Visit
from gateway.web.speaking import PLACE, from_where_one_works, overseen
from gateway.web.things import Called, Things, page_of
from gateway.web.whose import WORKERS
from gateway.web.words import moment_in_words
from schemas.activities.hours import MyContests
from schemas.branches.areas import ListAreas
from schemas.branches.divisions import ListDivisions
from schemas.branches.places import ListHomes
from schemas.branches.reports import MyReports
from schemas.documents import Json
from schemas.metrics.reports import ListReports
from schemas.metrics.targets import IN_A_WHOLE, ListTargets
from schemas.notices.deliveries import ListDeliveries
from schemas.people.roles import ListHolders
from services.district.authority import DISTRICT, STREET

STANDING_CONTESTS = ("open", "pressing", "overdue")


def which_target(visit: Visit, listed: list[Json]) -> Called:
    def called(one: Json) -> str:
        value = one["value"] / IN_A_WHOLE if one["unit"] == "比率" else one["value"]
        said = words.with_unit(value, one["unit"])
        return f"{words.period(one['period'])}，{one['name']}：{said}"

    return called


def as_it_is_now(visit: Visit, listed: list[Json]) -> Called:
    return lambda one: str(one["periods"][-1]["name"])


def since_when(visit: Visit, listed: list[Json]) -> Called:
    return lambda one: f"{moment_in_words(one['at'])} 列入的通知"


def what_for(visit: Visit, listed: list[Json]) -> Called:
    return lambda one: f"{moment_in_words(one['asked_at'])} 提出的时长异议"


def who_holds(visit: Visit, listed: list[Json]) -> Called:
    def called(one: Json) -> str:
        return f"{one.get('name', '没有登记姓名')}（{NAMES[one['role']]}）"

    return called


def reported_where(visit: Visit, listed: list[Json]) -> Called:
    return lambda one: f"{one['branch_name']}：{one['community_name']}"


REGISTERS: tuple[Things, ...] = (
    Things(
        "/desk/branches",
        "党支部",
        BRANCHES,
        begins=("establish_branch",),
        chosen="division",
        label=PLACE,
        among=from_where_one_works,
        page="/branches/{id}",
        by=WORKERS,
    ),
    Things(
        "/desk/committees",
        "行业综合党委",
        COMMITTEES,
        begins=("establish_committee",),
        by=STREET,
    ),
    Things("/desk/sites", "阵地一览", SITES, begins=("record_site",), by=STREET),
    Things(
        "/desk/homes",
        "互联网营销师之家",
        Listed("branches", "list_homes", ListHomes),
        begins=("establish_home",),
        by=STREET,
    ),
    Things(
        "/desk/roles",
        "谁在任",
        Listed("people", "list_holders", ListHolders),
        dict.fromkeys(("planned", "held"), ("revoke_role",)),
        chosen="scope",
        label=PLACE,
        among=overseen,
        called=who_holds,
        empty="这里现在没有人任职。在居民资料里找到一个人，就可以任命。",
    ),
    Things(
        "/desk/divisions",
        "区划一览",
        Listed("branches", "list_divisions", ListDivisions),
        {
            "street": ("end_division", "withdraw_division", "require_review"),
            "community": ("end_division", "withdraw_division"),
        },
        ("record_division",),
        chosen="parent",
        label="哪里的",
        among=overseen,
        by=DISTRICT,
    ),
    Things(
        "/desk/courtyards",
        "院落一览",
        Listed("branches", "list_courtyards", ListAreas, "id"),
        {"": ("end_courtyard",)},
        ("record_courtyard",),
        chosen="community",
        label="哪个社区",
        among=communities,
        called=as_it_is_now,
        by=STREET,
    ),
    Things(
        "/desk/grids/areas",
        "微网格的划分",
        Listed("branches", "list_grids", ListAreas, "id"),
        {"": ("end_grid",)},
        ("record_grid",),
        chosen="community",
        label="哪个社区",
        among=communities,
        called=as_it_is_now,
        by=STREET,
    ),
    Things(
        "/desk/deliveries",
        "没有送到的通知",
        Listed("notices", "list_deliveries", ListDeliveries, "id"),
        dict.fromkeys(("failed", "unknown"), ("resend_delivery",)),
        called=since_when,
        by=DISTRICT,
        empty="都送到了。",
    ),
)
OF_FIGURES: tuple[Things, ...] = (
    Things(
        "/desk/metrics/reports",
        "月报一览",
        Listed("metrics", "list_reports", ListReports),
        dict.fromkeys(("frozen", "restated"), ("restate_report",)),
        ("freeze_report",),
        chosen="scope",
        label=PLACE,
        among=from_where_one_works,
        page="/reports/{scope}/{month}",
        by=(*STREET, "district_analyst"),
        empty="还没有发布过月报。",
    ),
    Things(
        "/desk/metrics/targets",
        "目标一览",
        Listed("metrics", "list_targets", ListTargets),
        begins=("set_target",),
        chosen="scope",
        label=PLACE,
        among=from_where_one_works,
        called=which_target,
        hides=("value", "unit"),
        empty="还没有设定目标。",
    ),
)
OF_ONES_OWN: tuple[Things, ...] = (
    Things(
        "/me/reports",
        "党支部为我作的报到",
        Listed("branches", "my_reports", MyReports, "branch_name"),
        {"reported": ("confirm_report", "decline_report")},
        called=reported_where,
        empty="没有党支部为您报到过。",
    ),
    Things(
        "/me/contests",
        "我的时长异议",
        Listed("activities", "my_contests", MyContests, "id"),
        dict.fromkeys(STANDING_CONTESTS, ("withdraw_contest",)),
        called=what_for,
        empty="没有提过异议。时长不对，可以在服务记录里提出。",
        acts_on={"words": "delete_contest_words"},
    ),
)
PAGES = tuple(map(page_of, (*REGISTERS, *OF_FIGURES, *OF_ONES_OWN)))
