"""The organisation chart of a place as it was on a day."""

from schemas.branches.chart import MOST_CHARTED
from schemas.documents import Json
from services.branches.rules.rights import in_force, secretary_on
from services.district import territory
from services.kit.views import Find, Reads

NOBODY: Json = {"parent": "", "name": "没有登记上级", "kind": "none"}


def chart(views: Reads, division: str, day: str) -> Json:
    """Each parent with the branches under it that day; a branch stands under each of its parents, and counts once."""
    within = territory.within({"division": division})
    found = views.find(Find("branches", within, "id", limit=MOST_CHARTED + 1))
    there = [branch for branch in found[:MOST_CHARTED] if existed(branch, day)]
    under: dict[str, Json] = {}
    for branch in there:
        parents = parents_on(views, branch, day) or [NOBODY]
        charted = {
            "branch": branch["id"],
            "name": branch["name"],
            "secretary": secretary_on(branch, day),
        }
        for parent in parents:
            shown = {name: parent[name] for name in ("parent", "name", "kind")}
            entry = under.setdefault(parent["parent"], {**shown, "branches": []})
            entry["branches"].append(
                {**charted, "parents": len(parents) if parent is not NOBODY else 0}
            )
    complete = len(found) <= MOST_CHARTED
    parents = [under[parent] for parent in sorted(under)]
    return {
        "division": division,
        "on": day,
        "total": len(there),
        "complete": complete,
        "parents": parents,
    }


def existed(branch: Json, day: str) -> bool:
    return bool(
        branch["established_on"] <= day and day < branch.get("ended_on", "9999-12-31")
    )


def parents_on(views: Reads, branch: Json, day: str) -> list[Json]:
    """The links in force that day, with the parents' names."""
    return [
        {**link, "name": _name(views, link)}
        for link in branch["links"]
        if in_force(link, day)
    ]


def _name(views: Reads, link: Json) -> str:
    collection = "committees" if link["kind"] == "industry" else "divisions"
    parent = views.get(collection, link["parent"]) or {"name": link["parent"]}
    return str(parent["name"])
