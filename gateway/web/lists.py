"""The lists of what is done together: needs and commitments, meetings, papers given, units and partners."""

from gateway.figures.words import days
from gateway.pages.names import names_of
from gateway.web.named import (
    PARTNERS,
    UNITS,
    Listed,
)
from gateway.web.page import Visit
from gateway.web.speaking import PLACE, from_where_one_works, issuers
from gateway.web.things import Called, Things, page_of
from gateway.web.whose import WORKERS
from gateway.web.words import moment_in_words
from schemas.activities.campaigns import ListCampaigns
from schemas.activities.certificates import ListCertificates
from schemas.activities.commendations import ResidentCommendations
from schemas.activities.postings import ListActivities
from schemas.activities.templates import ListTemplates
from schemas.cobuild.commitments import ListCommitments
from schemas.cobuild.meetings import ListMeetings
from schemas.cobuild.needs import ListNeeds
from schemas.documents import Json, pick_present
from services.district.authority import STREET

ISSUER, HOST = "哪个单位的", "哪个主办方的"


def whose_certificate(visit: Visit, listed: list[Json]) -> Called:
    name_of = names_of(visit, (one["person"] for one in listed))

    def called(one: Json) -> str:
        said = days(one["since"], one["until"])
        return f"{name_of(one['person']) or '一位志愿者'}，{said}"

    return called


def of_the_person(visit: Visit) -> Json:
    return pick_present(visit.query, "person")


def when_and_where(visit: Visit, listed: list[Json]) -> Called:
    def called(one: Json) -> str:
        place = visit.places.name_of(one["division"]) or visit.places.district()
        return f"{place}联席会议，{moment_in_words(one['held_at'])}"

    return called


def by_its_own_name(visit: Visit, listed: list[Json]) -> Called:
    return lambda one: str(one["id"])


LISTS: tuple[Things, ...] = (
    Things(
        "/desk/needs",
        "需求",
        Listed("cobuild", "list_needs", ListNeeds, "title"),
        {
            "raised": ("verify_need", "reject_need", "ask_resident"),
            "verified": ("dispatch_need",),
            "appealed": ("decide_need_appeal",),
            "fulfilled": ("confirm_need", "dispute_need"),
            "disputed": ("send_back_need", "settle_need"),
            **dict.fromkeys(("confirmed", "closed"), ("reopen_need",)),
        },
        chosen="division",
        label=PLACE,
        among=from_where_one_works,
        page="/needs/{id}",
        hides=("basis", "verified_at"),
        by=WORKERS,
    ),
    Things(
        "/desk/commitments",
        "共建项目",
        Listed("cobuild", "list_commitments", ListCommitments, "title"),
        chosen="division",
        label=PLACE,
        among=from_where_one_works,
        page="/commitments/{id}",
        hides=("period",),
        by=WORKERS,
    ),
    Things(
        "/desk/meetings",
        "联席会议一览",
        Listed("cobuild", "list_meetings", ListMeetings, "agenda"),
        begins=("call_meeting",),
        chosen="division",
        label=PLACE,
        among=from_where_one_works,
        called=when_and_where,
        page="/desk/meetings/{id}",
        by=(*WORKERS, "unit_liaison"),
    ),
    Things(
        "/desk/certificates",
        "证明和表彰",
        Listed("activities", "list_certificates", ListCertificates, "issuer_name"),
        {"valid": ("revoke_certificate",)},
        ("issue_certificate", "commend"),
        chosen="issuer",
        label=ISSUER,
        among=issuers,
        called=whose_certificate,
        page="/certificates/{id}",
        empty="还没有出具过证明。",
    ),
    Things(
        "/desk/templates",
        "活动模板一览",
        Listed("activities", "list_templates", ListTemplates),
        {"saved": ("draft_from_template", "withdraw_template")},
        chosen="owner",
        label=HOST,
        among=issuers,
        empty="还没有模板。打开一个活动，存为模板，以后就可以照着起草。",
    ),
    Things(
        "/desk/places/activities",
        "辖区的活动",
        Listed("activities", "list_activities", ListActivities, "title"),
        dict.fromkeys(("published", "open"), ("cancel_activity",)),
        chosen="division",
        label=PLACE,
        among=from_where_one_works,
        page="/activities/{id}",
        by=STREET,
    ),
    Things(
        "/desk/campaigns",
        "主题活动",
        Listed("activities", "list_campaigns", ListCampaigns, "id"),
        begins=("declare_campaign",),
        called=by_its_own_name,
        by=STREET,
    ),
    Things(
        "/desk/units",
        "联建单位",
        UNITS,
        {
            "approved": (
                *("publish_offering", "update_unit", "suspend_unit"),
                *("end_unit", "withdraw_unit_approval"),
            ),
            "suspended": ("reinstate_unit", "end_unit"),
        },
        ("register_unit",),
        chosen="division",
        label=PLACE,
        among=from_where_one_works,
        page="/units/{id}",
        by=(*STREET, "unit_liaison"),
        acts_by=STREET,
    ),
    Things(
        "/desk/partners",
        "社区合伙人",
        PARTNERS,
        {
            "approved": ("suspend", "withdraw_partner_approval"),
            "reinstated": ("suspend",),
            "suspended": ("reinstate",),
        },
        ("apply",),
        chosen="division",
        label=PLACE,
        among=from_where_one_works,
        page="/partners/{id}",
        by=WORKERS,
    ),
)
# Reached from the list of one person.
OF_SOMEBODY: tuple[Things, ...] = (
    Things(
        "/desk/commendations",
        "得到的表彰",
        Listed("activities", "resident_commendations", ResidentCommendations, "title"),
        {"given": ("withdraw_commendation",)},
        chosen="issuer",
        label=ISSUER,
        among=issuers,
        says=of_the_person,
    ),
)
PAGES = tuple(map(page_of, (*LISTS, *OF_SOMEBODY)))
