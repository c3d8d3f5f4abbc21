"""Industry committees, sites with the branches that use them, homes of internet marketers."""

from schemas.documents import Json
from services.district import territory
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.lists.paging import page
from services.kit.views import Find, Reads

MOST_USERS = 100


def list_committees(views: Reads, question: Json, asked: Asked) -> Json:
    return page(views, question, Find("committees", territory.within(question), "id"))


def list_sites(views: Reads, question: Json, asked: Asked) -> Json:
    return page(views, question, Find("sites", territory.within(question), "id"))


def get_site(views: Reads, question: Json, asked: Asked) -> Json:
    """With the ids of the `branches` that use it now."""
    site = views.get("sites", question["site"])
    if site is None:
        raise Unknown("没有这个阵地", path="site")
    where = {"site": site["id"]}
    uses = views.find(Find("uses", where, "branch", limit=MOST_USERS))
    return site | {"branches": [use["branch"] for use in uses]}


def list_homes(views: Reads, question: Json, asked: Asked) -> Json:
    return page(views, question, Find("homes", territory.within(question), "id"))
