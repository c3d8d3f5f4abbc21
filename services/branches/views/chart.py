"""The organisation chart of a place as it was on a day."""

from collections.abc import Iterable

from schemas.branches.chart import MOST_CHARTED
from schemas.documents import Json, pick
from services.branches.model.terms import in_force, secretary_on
from services.district import territory
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.views import Find, Reads

NOBODY: Json = {"parent": "", "name": "没有登记上级", "kind": "none"}


def get_chart(views: Reads, question: Json, asked: Asked) -> Json:
    day = question.get("on") or local_day(asked.now)
    return chart(views, question["division"], day)


def chart(views: Reads, division: str, day: str) -> Json:
    """`{division, on, total, complete, parents}`: each parent with the branches under it that day."""
    within = territory.within({"division": division})
    found = views.find(Find("branches", within, "id", limit=MOST_CHARTED + 1))
    there = [branch for branch in found[:MOST_CHARTED] if existed(branch, day)]
    return {
        "division": division,
        "on": day,
        "total": len(there),
        "complete": len(found) <= MOST_CHARTED,
        "parents": _by_parent(views, there, day),
    }


def _by_parent(views: Reads, branches: Iterable[Json], day: str) -> list[Json]:
    """`{parent, name, kind, branches}` by parent; a branch stands under each of its parents."""
    under: dict[str, Json] = {}
    for branch in branches:
        parents = parents_on(views, branch, day)
        charted = _charted(branch, len(parents), day)
        for parent in parents or [NOBODY]:
            new = pick(parent, "parent", "name", "kind") | {"branches": []}
            entry = under.setdefault(parent["parent"], new)
            entry["branches"].append(charted)
    return [under[parent] for parent in sorted(under)]


def _charted(branch: Json, parents: int, day: str) -> Json:
    """With the number of its parents, so that it counts once."""
    return {
        "branch": branch["id"],
        "name": branch["name"],
        "secretary": secretary_on(branch, day),
        "parents": parents,
    }


def existed(branch: Json, day: str) -> bool:
    """From the day it was established to the one before it ended."""
    begun = branch["established_on"] <= day
    return bool(begun and day < branch.get("ended_on", "9999-12-31"))


def parents_on(views: Reads, branch: Json, day: str) -> list[Json]:
    """The links in force that day, with the parents' names."""
    links = (link for link in branch["links"] if in_force(link, day))
    return [link | {"name": _name(views, link)} for link in links]


def _name(views: Reads, link: Json) -> str:
    collection = "committees" if link["kind"] == "industry" else "divisions"
    parent = views.get(collection, link["parent"]) or {"name": link["parent"]}
    return str(parent["name"])
