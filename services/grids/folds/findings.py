"""Findings with their one live route, and those of each door that are done and not yet told there."""

from schemas.documents import Json, pick_present, without
from schemas.grids.findings import FINDING_KINDS
from services.district import territory
from services.district.indexes import by_place
from services.grids.model.lifecycles import FINDING
from services.grids.model.retention import AFTER_THE_END, AT_MOST_OPEN, kept_until
from services.kit.lists.paging import every
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay

COLLECTIONS = (
    Collection(
        "findings",
        (
            *by_place("state", "recorded_at"),
            ("state", "recorded_at"),
            ("team", "state", "due_at"),
            ("clock", "due_at"),
            ("door", "recorded_at"),
            ("door", "is_of_use", "recorded_at"),
            ("visit", "recorded_at"),
            *by_place("words_are", "keep_until"),
            ("words_are", "keep_until"),
        ),
    ),
)
# What only a finding has that a team sees to.
OF_A_TEAM = ("team", "due", "due_at", "overdue", "clock")
UNDONE = ("open", "referred", "returned", "followup")
DONE = ("advised", "resolved")
QUARREL = "quarrel"
MOST_AT_ONCE = 100


def fold_recorded(docs: Overlay, event: Event) -> None:
    finding = event.without("finding", "team", "due", "due_at")
    finding |= {"id": event.data["finding"], "reopened": 0, "told_by": {}}
    finding |= territory.placed(finding["community"]) | {"recorded_at": event.time}
    finding["kind_text"] = FINDING_KINDS[finding["kind"]]
    words = {"words_are": "kept"} if "note" in finding else {}
    _route(docs, FINDING.begun(finding | words), event)


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
    _put(docs, _kept_from(event, FINDING.after(routed, f"route_{route}")))


def fold_referred(docs: Overlay, event: Event) -> None:
    finding = _of(docs, event) | {"need": event.data["need"]}
    _put(docs, FINDING.after(finding, "refer"))


def fold_returned(docs: Overlay, event: Event) -> None:
    _put(docs, FINDING.after(_of(docs, event), "give_back"))


def fold_resolved(docs: Overlay, event: Event) -> None:
    """By a team or by its need: either way it is done."""
    finding = without(_of(docs, event), "clock") | {"resolved_at": event.time}
    _put(docs, _kept_from(event, FINDING.after(finding, "resolve")))


def fold_reopened(docs: Overlay, event: Event) -> None:
    finding = without(_of(docs, event), "resolved_at")
    again = {"reopened": finding["reopened"] + 1, "told_by": {}}
    _put(docs, _kept_from(event, FINDING.after(finding | again, "reopen")))


def _kept_from(event: Event, finding: Json) -> Json:
    """Until when its words are kept, by what has just become of it."""
    if finding.get("words_are") != "kept":
        return finding
    how_long = AFTER_THE_END if finding["state"] in DONE else AT_MOST_OPEN
    return finding | {"keep_until": kept_until(event.time, how_long)}


def fold_words_erased(docs: Overlay, event: Event) -> None:
    _put(docs, FINDING.after(_without_words(_of(docs, event)), "forget"))


def leave_with(docs: Overlay, door: str) -> None:
    """Of a door that is closed no words are kept, and nobody is told there any more."""
    of_door = Find("findings", {"door": door}, "recorded_at", limit=MOST_AT_ONCE)
    for finding in every(docs, of_door):
        _put(docs, _without_words(finding) if "words_are" in finding else finding)


def _without_words(finding: Json) -> Json:
    return without(finding, "keep_until") | {"words_are": "erased"}


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
    door = docs.the("doors", finding["door"])
    is_there = door["state"] == "open"
    is_to_tell = is_there and finding["state"] == "resolved" and not told
    use = {"is_of_use": 1} if is_to_tell or _is_open(finding) else {}
    docs.put("findings", bare | told | use)
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
    "finding_words_erased.v1": fold_words_erased,
    "followup_overdue.v1": fold_overdue,
}
