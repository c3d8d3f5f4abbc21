"""What the branches service remembers and shows."""

from datetime import date, timedelta

from schemas.branches import MOST_TERMS
from services.branches.rules import in_force, the_branch
from services.kit import territory
from services.kit.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.log import Data, Event
from services.kit.paging import page
from services.kit.views import Collection, Doc, Find, Folds, Overlay, Reads

COLLECTIONS = (
    Collection("branches", (("id",), ("district", "id"), ("street", "id"), ("community", "id"))),
    Collection("committees"),
    Collection("sites"),
    territory.DIVISIONS,
)
AFTER_DIGITS = ":"  # Sorts after every digit: codes from `5101` to before `5101:` are those that begin with it.


def fold_committee_established(docs: Overlay, event: Event) -> None:
    docs.put("committees", {"id": event.data["committee"], **_said(event, "committee")})


def fold_site_recorded(docs: Overlay, event: Event) -> None:
    docs.put("sites", {"id": event.data["site"], **_said(event, "site")})


def fold_branch_established(docs: Overlay, event: Event) -> None:
    community = event.data["community"]
    branch = {
        "id": event.data["branch"],
        **_said(event, "branch"),
        "street": territory.street_of(community),
        "district": territory.district_of(community),
        "links": [],
        "terms": [],
    }
    docs.put("branches", branch)


def fold_oversight_linked(docs: Overlay, event: Event) -> None:
    branch = docs.the("branches", event.data["branch"])
    docs.put("branches", {**branch, "links": [*branch["links"], _said(event, "branch")]})


def fold_oversight_ended(docs: Overlay, event: Event) -> None:
    branch = docs.the("branches", event.data["branch"])
    ended = {"until": event.data["until"]}
    links = [link | ended if link["link"] == event.data["link"] else link for link in branch["links"]]
    docs.put("branches", {**branch, "links": links})


def fold_secretary_appointed(docs: Overlay, event: Event) -> None:
    """The new term counts from its first day: what overlaps it ends the day before, or never began."""
    branch = docs.the("branches", event.data["branch"])
    term = _said(event, "branch")
    since = term["since"]
    earlier = [
        {**old, "until": min(old["until"], _day_before(since))} for old in branch["terms"] if old["since"] < since
    ]
    docs.put("branches", {**branch, "terms": [*earlier, term][-MOST_TERMS:]})


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _said(event: Event, subject: str) -> Doc:
    return {name: value for name, value in event.data.items() if name != subject}


FOLDS: dict[str, Folds] = {
    "branches": {
        **territory.DIVISION_FOLDS,
        "committee_established.v1": fold_committee_established,
        "site_recorded.v1": fold_site_recorded,
        "branch_established.v1": fold_branch_established,
        "oversight_linked.v1": fold_oversight_linked,
        "oversight_ended.v1": fold_oversight_ended,
        "secretary_appointed.v1": fold_secretary_appointed,
    },
}


def get_branch(views: Reads, question: Data, asked: Asked) -> Doc:
    """The branch with its parents and secretary of the day asked for."""
    branch = the_branch(views, question["branch"])
    day = question.get("on") or local_day(asked.now)
    parents = [{**link, "name": _name(views, link)} for link in branch["links"] if in_force(link, day)]
    secretary = next((term["person"] for term in branch["terms"] if in_force(term, day)), None)
    return {**branch, "on": day, "parents": parents, "secretary": secretary}


def list_branches(views: Reads, question: Data, asked: Asked) -> Data:
    where = {}
    if "division" in question:
        where[territory.LEVELS[len(question["division"])]] = question["division"]
    return page(views, question, Find("branches", where, "id"))


def get_division(views: Reads, question: Data, asked: Asked) -> Doc:
    division = views.get("divisions", question["division"])
    if division is None:
        raise Unknown(f"没有区划代码为 {question['division']} 的区、街道或社区", path="division")
    return division


def list_divisions(views: Reads, question: Data, asked: Asked) -> Data:
    parent = question.get("parent", "")
    if "level" not in question:
        return page(views, question, Find("divisions", {"parent": parent}, "id"))
    inside = Find("divisions", {"level": question["level"]}, "id", since=parent, until=parent + AFTER_DIGITS)
    return page(views, question, inside)


def _name(views: Reads, link: Doc) -> str:
    collection = "committees" if link["kind"] == "industry" else "divisions"
    parent = views.get(collection, link["parent"]) or {"name": link["parent"]}
    return str(parent["name"])
