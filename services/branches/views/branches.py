"""What the branches service shows."""

from datetime import datetime

from schemas.branches.reports import KINDS
from schemas.documents import Json
from services.branches.folds.branches import LISTED
from services.branches.model.lifecycles import BRANCH, OPEN
from services.branches.model.terms import WARNED_BEFORE
from services.branches.rules.rights import BRANCHES, in_force, represents, secretary_on
from services.branches.views.chart import chart, parents_on
from services.district import territory
from services.district.authority import oversees
from services.district.calendar import LOCAL, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.lists.listing import listed
from services.kit.lists.paging import each, page
from services.kit.views import Find, Reads

AFTER_DIGITS = ":"  # Sorts after every digit: codes from `5101` to before `5101:` are those that begin with it.
MOST_USERS = 100
OFFICES = (("secretary", "terms", "书记"), ("committee", "committees", "支委会"))


def get_branch(views: Reads, question: Json, asked: Asked) -> Json:
    """The branch with its parents, secretary and warnings of the day asked for."""
    branch = BRANCHES.found(views, question["branch"], asked)
    day = question.get("on") or local_day(asked.now)
    shown = {
        "parents": parents_on(views, branch, day),
        "secretary": secretary_on(branch, day),
    }
    return {**branch, "on": day, **shown, "warnings": _warnings(branch, day)}


def _warnings(branch: Json, day: str) -> list[Json]:
    if branch["state"] != BRANCH.initial:
        return []
    found = (
        _warning(branch[field], office, name, day) for office, field, name in OFFICES
    )
    return [warning for warning in found if warning]


def _warning(terms: list[Json], office: str, name: str, day: str) -> Json | None:
    current = next((term for term in terms if in_force(term, day)), None)
    if current is None:
        over = [term["until"] for term in terms if term["until"] < day]
        if over:
            return {
                "code": "term_expired",
                "office": office,
                "text": f"{name}任期到 {max(over)} 为止，已经届满",
            }
        return {"code": "vacant", "office": office, "text": f"{name}空缺"}
    soon = datetime.fromisoformat(day).replace(tzinfo=LOCAL) + WARNED_BEFORE
    if current["until"] < local_day(soon):
        return {
            "code": "term_expiring",
            "office": office,
            "text": f"{name}任期到 {current['until']} 为止，请安排换届",
        }
    return None


def list_branches(views: Reads, question: Json, asked: Asked) -> Json:
    return listed(
        views, LISTED, question, Find("branches", territory.within(question), "id")
    )


def get_chart(views: Reads, question: Json, asked: Asked) -> Json:
    return chart(
        views, question["division"], question.get("on") or local_day(asked.now)
    )


def list_committees(views: Reads, question: Json, asked: Asked) -> Json:
    return page(views, question, Find("committees", territory.within(question), "id"))


def list_sites(views: Reads, question: Json, asked: Asked) -> Json:
    return page(views, question, Find("sites", territory.within(question), "id"))


def get_site(views: Reads, question: Json, asked: Asked) -> Json:
    site = views.get("sites", question["site"])
    if site is None:
        raise Unknown(f"没有编号为 {question['site']} 的阵地", path="site")
    users = views.find(Find("uses", {"site": site["id"]}, "branch", limit=MOST_USERS))
    return {**site, "branches": [use["branch"] for use in users]}


def list_homes(views: Reads, question: Json, asked: Asked) -> Json:
    return page(views, question, Find("homes", territory.within(question), "id"))


def list_counts(views: Reads, question: Json, asked: Asked) -> Json:
    branch = BRANCHES.found(views, question["branch"], asked)
    return page(
        views,
        question,
        Find("counts", {"branch": branch["id"]}, "on", newest_first=True),
    )


def my_reports(views: Reads, question: Json, asked: Asked) -> Json:
    """What branches say of the actor: that they are a member, and have reported in."""
    wheres = ({"person": asked.actor.id, **state} for state in each(question, "state"))
    found = page(
        views,
        question,
        *(Find("reports", where, "on", newest_first=True) for where in wheres),
    )
    return {**found, "items": [_named(views, report) for report in found["items"]]}


def list_reports_of_branch(views: Reads, question: Json, asked: Asked) -> Json:
    """Party membership is sensitive: for the branch's secretary and those who administer its street."""
    says = "双报到名单只有本支部书记和管理员可以查看"
    branch = BRANCHES.admitted(
        views,
        question["branch"],
        asked,
        may=represents,
        code="not_your_branch",
        says=says,
    )
    return _open_reports(views, question, {"branch": branch["id"]})


def list_reports_of_community(views: Reads, question: Json, asked: Asked) -> Json:
    """For the community's workers and those who administer it."""
    community = question["community"]
    if not asked.actor.covers("community_worker", community) and not oversees(
        asked.actor, community
    ):
        raise Forbidden(
            "双报到名单只有本社区工作者和管理员可以查看", code="out_of_scope"
        )
    return _open_reports(views, question, {"community": community})


def _open_reports(views: Reads, question: Json, where: dict[str, str]) -> Json:
    """Of branches and of members, those not yet confirmed by the member among them; their state says so."""
    kinds = [question["kind"]] if "kind" in question else KINDS
    wheres = (
        {**where, "kind": kind, "state": state} for kind in kinds for state in OPEN
    )
    found = page(views, question, *(Find("reports", each, "on") for each in wheres))
    return {**found, "items": [_named(views, report) for report in found["items"]]}


def _named(views: Reads, report: Json) -> Json:
    branch, community = (
        views.get("branches", report["branch"]),
        views.get("divisions", report["community"]),
    )
    names = {
        "branch_name": branch and branch["name"],
        "community_name": community and community["name"],
    }
    return {**report, **{name: said for name, said in names.items() if said}}


def get_division(views: Reads, question: Json, asked: Asked) -> Json:
    division = views.get("divisions", question["division"])
    if division is None or not division["periods"]:
        raise Unknown(
            f"没有区划代码为 {question['division']} 的区、街道或社区", path="division"
        )
    return division


def list_divisions(views: Reads, question: Json, asked: Asked) -> Json:
    parent = question.get("parent", "")
    if "level" not in question:
        return page(
            views,
            question,
            Find("divisions", {"parent": parent}, "id"),
            sees=_was_valid,
        )
    inside = Find(
        "divisions",
        {"level": question["level"]},
        "id",
        since=parent,
        until=parent + AFTER_DIGITS,
    )
    return page(views, question, inside, sees=_was_valid)


def _was_valid(division: Json) -> bool:
    """One that was recorded by mistake never was."""
    return bool(division["periods"])


def list_courtyards(views: Reads, question: Json, asked: Asked) -> Json:
    return _areas(views, "courtyard", question, asked)


def list_grids(views: Reads, question: Json, asked: Asked) -> Json:
    return _areas(views, "grid", question, asked)


def _areas(views: Reads, kind: str, question: Json, asked: Asked) -> Json:
    """The courtyards or grids of a community on a day: a list that is short as a whole, a page of it."""
    day, after = (
        question.get("on") or local_day(asked.now),
        question["after"][1] if question["after"] else "",
    )
    codes = territory.valid_codes(
        views.get(f"{kind}_rolls", question["community"]), day, day
    )
    following = [code for code in codes if code > after]
    shown = following[: question["limit"]]
    items = [area for area in (views.get(f"{kind}s", code) for code in shown) if area]
    return {
        "items": items,
        "next": [shown[-1], shown[-1]] if len(following) > len(shown) else None,
    }
