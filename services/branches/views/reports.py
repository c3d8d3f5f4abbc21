"""What branches report: counts to everybody, who reports in to those concerned."""

from itertools import product

from schemas.branches.reports import KINDS
from schemas.documents import Json, if_any
from services.branches.model.lifecycles import OPEN
from services.branches.rules.rights import BRANCHES, represents
from services.district.authority import oversees
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.lists.paging import each, page
from services.kit.lists.shown import shown
from services.kit.views import Find, Reads


def list_counts(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}`: those of a branch, the latest day first."""
    branch = BRANCHES.found(views, question["branch"], asked)
    where = {"branch": branch["id"]}
    return page(views, question, Find("counts", where, "on", newest_first=True))


def my_reports(views: Reads, question: Json, asked: Asked) -> Json:
    """What branches say of the actor: that they are a member, and have reported in."""
    finds = []
    for id, state in product(asked.ids, each(question, "state")):
        where = {"person": id} | state
        finds.append(Find("reports", where, "on", newest_first=True))
    reports = page(views, question, *finds)
    return shown(views, reports, asked, _report)


def list_reports_of_branch(views: Reads, question: Json, asked: Asked) -> Json:
    """Party membership is sensitive: for the branch's secretary and those who administer its street."""
    branch = BRANCHES.admitted(
        views,
        question["branch"],
        asked,
        may=represents,
        code="not_your_branch",
        says="双报到名单只有本支部书记和管理员可以查看",
    )
    return _open_reports(views, question, {"branch": branch["id"]}, asked)


def list_reports_of_community(views: Reads, question: Json, asked: Asked) -> Json:
    """For the community's workers and those who administer it."""
    community = question["community"]
    if not _works_in(community, asked):
        says = "双报到名单只有本社区工作者和管理员可以查看"
        raise Forbidden(says, code="out_of_scope")
    return _open_reports(views, question, {"community": community}, asked)


def _works_in(community: str, asked: Asked) -> bool:
    if asked.actor.covers("community_worker", community):
        return True
    return oversees(asked.actor, community)


def _open_reports(
    views: Reads, question: Json, where: dict[str, str], asked: Asked
) -> Json:
    """Of branches and of members, those not yet confirmed by the member among them; their state says so."""
    kinds = [question["kind"]] if "kind" in question else KINDS
    finds = [
        Find("reports", where | {"kind": kind, "state": state}, "on")
        for kind in kinds
        for state in OPEN
    ]
    return shown(views, page(views, question, *finds), asked, _report)


def _report(views: Reads, report: Json, asked: Asked) -> Json:
    """With the names of its branch and its community, as far as they are known."""
    branch = views.get("branches", report["branch"]) or {}
    community = views.get("divisions", report["community"]) or {}
    names = if_any(branch_name=branch.get("name"), community_name=community.get("name"))
    return report | names
