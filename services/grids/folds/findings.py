"""Findings with their one live route, and those of each door that are done and not yet told there."""

from schemas.documents import Json, pick_present, without
from schemas.grids.findings import FINDING_KINDS
from services.district import territory
from services.district.indexes import by_place
from services.grids.model.lifecycles import FINDING
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay

COLLECTIONS = (
    Collection(
        "findings",
        (
            *by_place("state", "recorded_at"),
            ("team", "state", "due_at"),
            ("clock", "due_at"),
            ("door", "recorded_at"),
            ("door", "is_of_use", "recorded_at"),
            ("visit", "recorded_at"),
        ),
    ),
)
# What only a finding has that a team sees to.
OF_A_TEAM = ("team", "due", "due_at", "overdue", "clock")
UNDONE = ("open", "referred", "returned", "followup")
QUARREL = "quarrel"


def fold_recorded(docs: Overlay, event: Event) -> None:
    finding = event.without("finding", "team", "due", "due_at")
    finding |= {"id": event.data["finding"], "reopened": 0, "told_by": {}}
    finding |= territory.placed(finding["community"]) | {"recorded_at": event.time}
    finding["kind_text"] = FINDING_KINDS[finding["kind"]]
    _route(docs, FINDING.begun(finding), event)


def fold_routed(docs: Overlay, event: Event) -> None:
    finding = docs.the("findings", event.data["finding"])
    again = {"reopened": finding["reopened"] + 1, "told_by": {}}
    _route(docs, without(finding, "need", "resolved_at") | again, event)


def _route(docs: Overlay, finding: Json, event: Event) -> None:
    """It goes the way the event says, and no other."""
    route = event.data["route"]
    of_a_team = pick_present(event.data, "team", "due", "due_at")
    clock = {"clock": "running"} if of_a_team else {}
    routed = without(finding, *OF_A_TEAM) | of_a_team | clock | {"route": route}
    _put(docs, FINDING.after(routed, f"route_{route}"))


def fold_referred(docs: Overlay, event: Event) -> None:
    finding = _of(docs, event) | {"need": event.data["need"]}
    _put(docs, FINDING.after(finding, "refer"))


def fold_returned(docs: Overlay, event: Event) -> None:
    _put(docs, FINDING.after(_of(docs, event), "give_back"))


def fold_resolved(docs: Overlay, event: Event) -> None:
    finding = without(_of(docs, event), "clock") | {"resolved_at": event.time}
    step = "settle" if "need" in event.data else "resolve"
    _put(docs, FINDING.after(finding, step))


def fold_reopened(docs: Overlay, event: Event) -> None:
    finding = without(_of(docs, event), "resolved_at")
    again = {"reopened": finding["reopened"] + 1, "told_by": {}}
    _put(docs, FINDING.after(finding | again, "reopen"))


def fold_overdue(docs: Overlay, event: Event) -> None:
    finding = without(_of(docs, event), "clock") | {"overdue": True}
    _put(docs, FINDING.after(finding, "expire"))


def tell(docs: Overlay, id: str, visit: Json) -> None:
    """The door was told on this visit, if that was after it was done."""
    finding = docs.the("findings", id)
    if finding.get("resolved_at", "~") <= visit["at"]:
        told_by = finding["told_by"] | {visit["id"]: visit["at"]}
        _put(docs, finding | {"told_by": told_by})


def untell(docs: Overlay, id: str, visit: Json) -> None:
    """The visit was not so."""
    finding = docs.the("findings", id)
    _put(docs, finding | {"told_by": without(finding["told_by"], visit["id"])})


def mediate(docs: Overlay, id: str, mediation: str) -> None:
    _put(docs, docs.the("findings", id) | {"mediation": mediation})


def _of(docs: Overlay, event: Event) -> Json:
    return docs.the("findings", event.data["finding"])


def _put(docs: Overlay, finding: Json) -> None:
    """The finding, and whether its door is still to be told of it."""
    bare = without(finding, "told_at", "is_of_use")
    told = {"told_at": min(finding["told_by"].values())} if finding["told_by"] else {}
    is_to_tell = finding["state"] == "resolved" and not told
    use = {"is_of_use": 1} if is_to_tell or _is_open(finding) else {}
    docs.put("findings", bare | told | use)
    door = docs.the("doors", finding["door"])
    others = [id for id in door["to_tell"] if id != finding["id"]]
    to_tell = sorted([*others, finding["id"]]) if is_to_tell else others
    docs.change("doors", door["id"], to_tell=to_tell)


def _is_open(finding: Json) -> bool:
    """Whether something is to be done: by whoever sees to it, or by who mediates in a quarrel."""
    if finding["state"] in UNDONE:
        return True
    is_of_a_word = finding["state"] == "advised" and "mediation" not in finding
    return bool(is_of_a_word and finding["kind"] == QUARREL)


OWN: Folds = {
    "finding_recorded.v1": fold_recorded,
    "finding_routed.v1": fold_routed,
    "finding_referred.v1": fold_referred,
    "finding_returned.v1": fold_returned,
    "finding_resolved.v1": fold_resolved,
    "finding_reopened.v1": fold_reopened,
    "followup_overdue.v1": fold_overdue,
}
