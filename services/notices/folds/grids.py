"""What is told of the doorstep: to the member, to a team that is sent, to the office of the place."""

from datetime import datetime, timedelta
from functools import partial

from schemas.documents import Json, pick, pick_present, without
from schemas.fields import instant
from services.district import territory
from services.district.calendar import day_of
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay
from services.notices.folds import notices
from services.notices.model.addressees import to_person

PLACES = ("grid", "community", "street", "district")
MOST_IN_A_GRID = 100
MOST_AT_A_DOOR = 1000
BEFORE_DUE = timedelta(hours=24)
COLLECTIONS = (
    Collection(
        "grid_members",
        (
            *((place, "state", "id") for place in PLACES),
            ("community", "grid", "state", "id"),
        ),
    ),
    Collection("teams"),
    Collection("findings", (("door", "id"),)),
    Collection("cares", (("door", "id"),)),
)
tell = partial(notices.tell, "grids")
remind = partial(notices.remind, "grids")


def fold_appointed(docs: Overlay, event: Event) -> None:
    member = pick(event.data, "person", "community", "grid")
    member |= territory.placed(member["community"])
    member |= {"state": "in_office", "id": event.data["member"]}
    docs.put("grid_members", member)
    to = [to_person(member["person"])]
    tell(docs, event, "member_appointed", to, pick(member, "grid"))


def fold_relieved(docs: Overlay, event: Event) -> None:
    id = event.data["member"]
    member = docs.change("grid_members", id, state="relieved")
    to = [to_person(member["person"])]
    tell(docs, event, "member_relieved", to, pick(member, "grid"))


def fold_team_recorded(docs: Overlay, event: Event) -> None:
    team = pick(event.data, "name", "persons")
    docs.put("teams", team | {"id": event.data["team"]})


def fold_found(docs: Overlay, event: Event) -> None:
    finding = pick(event.data, "community", "grid", "door", "by")
    finding |= {"id": event.data["finding"], "found": event.data["kind"]}
    stands = pick(finding, "community", "grid")
    is_members = finding["by"] in _who_go_to(docs, stands)
    finding |= {"stands": stands, "is_members": is_members}
    docs.put("findings", finding | {"reminders": []})
    _call_team(docs, event)


def fold_routed(docs: Overlay, event: Event) -> None:
    """Whoever was sent before need not go any more."""
    _take_reminders_back(docs, event)
    _tell_it_is_not_done(docs, event)
    _call_team(docs, event)


def fold_reopened(docs: Overlay, event: Event) -> None:
    _tell_it_is_not_done(docs, event)


def _tell_it_is_not_done(docs: Overlay, event: Event) -> None:
    """Whoever was told that it is tells nobody at the door."""
    finding = _finding(docs, event)
    if "told" in finding:
        docs.put("findings", without(finding, "told"))
        tell(docs, event, "finding_reopened", finding["told"], _words(docs, event))


def _call_team(docs: Overlay, event: Event) -> None:
    """Each of the team that is sent, if one is; and again when it is due the next day."""
    if "team" not in event.data:
        return
    team = docs.the("teams", event.data["team"])
    to = list(map(to_person, team["persons"]))
    words = _words(docs, event) | pick(event.data, "due", "urgency")
    tell(docs, event, "team_called", to, words)
    _remind(docs, event, to)


def _remind(docs: Overlay, event: Event, to: list[str]) -> None:
    due_at = event.data["due_at"]
    at = instant(datetime.fromisoformat(due_at) - BEFORE_DUE)
    if at > event.time:
        words = _words(docs, event) | pick(event.data, "due")
        ids = remind(docs, event, "followup_due", to, words, at, due_at)
        docs.change("findings", event.data["finding"], reminders=ids)


def _take_reminders_back(docs: Overlay, event: Event) -> None:
    for id in _finding(docs, event)["reminders"]:
        notices.take_back("grids", docs, event, id)
    docs.change("findings", event.data["finding"], reminders=[])


def fold_referred(docs: Overlay, event: Event) -> None:
    to = _who_tells(docs, _finding(docs, event))
    tell(docs, event, "finding_referred", to, _words(docs, event))


def fold_resolved(docs: Overlay, event: Event) -> None:
    _take_reminders_back(docs, event)
    to = _who_tells(docs, _finding(docs, event))
    docs.change("findings", event.data["finding"], told=to)
    tell(docs, event, "finding_resolved", to, _words(docs, event))


def _who_tells(docs: Overlay, finding: Json) -> list[str]:
    """Whoever found it; for a member who does not go to that door any more, who does now, else the office there.

    Nobody tells a door that is closed.
    """
    if "stands" not in finding:
        return []
    go_there = _who_go_to(docs, finding["stands"])
    if not finding["is_members"] or finding["by"] in go_there:
        return [to_person(finding["by"])]
    office = [str(finding["stands"]["community"])]
    return list(map(to_person, go_there)) or office


def _who_go_to(docs: Overlay, place: Json) -> list[str]:
    """The members in office of that grid."""
    return [member["person"] for member in _members_of(docs, place)]


def _members_of(docs: Overlay, place: Json) -> list[Json]:
    here = pick(place, "community", "grid") | {"state": "in_office"}
    return docs.find(Find("grid_members", here, "id", limit=MOST_IN_A_GRID))


def fold_returned(docs: Overlay, event: Event) -> None:
    to = [_finding(docs, event)["community"]]
    tell(docs, event, "finding_returned", to, _words(docs, event))


def fold_overdue(docs: Overlay, event: Event) -> None:
    community = _finding(docs, event)["community"]
    to = [community, territory.street_of(community)]
    tell(docs, event, "followup_overdue", to, _words(docs, event))


def fold_care_begun(docs: Overlay, event: Event) -> None:
    care = pick(event.data, "community", "grid", "door")
    docs.put("cares", care | {"id": event.data["care"]})


def fold_door_moved(docs: Overlay, event: Event) -> None:
    """Whoever is looked in on there is looked in on by who goes to the door, and is told by them."""
    stands = pick(event.data, "community", "grid")
    for care in _at_the_door(docs, "cares", event):
        docs.put("cares", care | stands)
    for finding in _at_the_door(docs, "findings", event):
        docs.put("findings", finding | {"stands": stands})


def fold_door_closed(docs: Overlay, event: Event) -> None:
    for finding in _at_the_door(docs, "findings", event):
        docs.put("findings", without(finding, "stands"))


def _at_the_door(docs: Overlay, collection: str, event: Event) -> list[Json]:
    of_door = pick(event.data, "door")
    return docs.find(Find(collection, of_door, "id", limit=MOST_AT_A_DOOR))


def fold_care_due(docs: Overlay, event: Event) -> None:
    care = docs.the("cares", event.data["care"])
    for number, member in enumerate(_members_of(docs, care)):
        _remind_of_care(docs, event, member, f"{event.id}.care_due.{number}")


def _remind_of_care(docs: Overlay, event: Event, member: Json, new_id: str) -> None:
    """One notice each morning, of all that is due that day."""
    day = day_of(event.time)
    morning = member.get("morning", {"day": ""})
    if morning["day"] != day:
        morning = {"day": day, "notice": new_id, "at": event.time, "count": 0}
    morning = morning | {"count": morning["count"] + 1}
    docs.put("grid_members", member | {"morning": morning})
    to = to_person(member["person"])
    words = pick(member, "grid") | pick(morning, "count")
    notice = notices.notice(event, "care_due", to, words)
    notices.put("grids", docs, morning["notice"], notice | pick(morning, "at"))


def fold_care_missed(docs: Overlay, event: Event) -> None:
    care = docs.the("cares", event.data["care"])
    tell(docs, event, "care_missed", [care["community"]], pick(care, "grid"))


def _finding(docs: Overlay, event: Event) -> Json:
    return docs.the("findings", event.data["finding"])


def _words(docs: Overlay, event: Event) -> Json:
    return pick_present(_finding(docs, event), "grid", "found")


FOLDS: Folds = {
    "member_appointed.v1": fold_appointed,
    "member_relieved.v1": fold_relieved,
    "member_term_ended.v1": fold_relieved,
    "team_recorded.v1": fold_team_recorded,
    "finding_recorded.v1": fold_found,
    "finding_routed.v1": fold_routed,
    "finding_referred.v1": fold_referred,
    "finding_resolved.v1": fold_resolved,
    "finding_reopened.v1": fold_reopened,
    "finding_returned.v1": fold_returned,
    "followup_overdue.v1": fold_overdue,
    "door_moved.v1": fold_door_moved,
    "door_closed.v1": fold_door_closed,
    "care_begun.v1": fold_care_begun,
    "care_due.v1": fold_care_due,
    "care_missed.v1": fold_care_missed,
}
