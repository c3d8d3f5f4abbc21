"""Joint meetings, who came, what they resolved, and whose turn it is to take the chair."""

from schemas.documents import Json, pick
from services.cobuild.model.ids import turn_id
from services.cobuild.model.lifecycles import MEETING
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay

WAITING = (
    ("division", "state", "held_at"),
    ("chair", "state", "held_at"),
    ("chair", "held_at"),
)
COLLECTIONS = (
    Collection(
        "meetings",
        (("division", "held_at"), ("division", "chair", "stands", "held_at"), *WAITING),
    ),
    Collection("attendance", (("meeting", "present", "unit"),)),
    Collection(
        "resolutions", (("meeting", "id"), ("division", "outcome", "passed_at"))
    ),
    # By division and unit: when it last took the chair there.
    Collection("turns", (("division", "chaired_at"),)),
)


def give_turns(docs: Overlay, unit: Json) -> None:
    """A unit just approved takes the chair in its community, its street and the district, when others have."""
    for division in territory.scopes_of(unit["community"]):
        docs.put("turns", _turn(division, unit["id"]) | {"chaired_at": ""})


def take_turns(docs: Overlay, unit: Json) -> None:
    """A unit that is approved no more, and never took the chair, has no turn."""
    for division in territory.scopes_of(unit["community"]):
        docs.put("turns", _turn(division, unit["id"]))


def _turn(division: str, unit: str) -> Json:
    return {"id": turn_id(division, unit), "division": division, "unit": unit}


def fold_called(docs: Overlay, event: Event) -> None:
    meeting = event.without("meeting") | {"id": event.data["meeting"]}
    meeting = MEETING.begun(meeting | {"present": 0, "stands": "yes"})
    docs.put("meetings", meeting)
    _count_turn(docs, meeting)


def fold_cancelled(docs: Overlay, event: Event) -> None:
    """The chair keeps its turn."""
    meeting = _meeting(docs, event) | pick(event.data, "reason")
    meeting["stands"] = "no"
    docs.put("meetings", MEETING.after(meeting, "cancel"))
    _count_turn(docs, meeting)


def _count_turn(docs: Overlay, meeting: Json) -> None:
    """The chair last chaired the latest meeting that stands, in whatever order meetings are called and cancelled."""
    division, chair = meeting["division"], meeting["chair"]
    chaired = {"division": division, "chair": chair, "stands": "yes"}
    find = Find("meetings", chaired, "held_at", newest_first=True, limit=1)
    latest = docs.find(find)
    chaired_at = latest[0]["held_at"] if latest else ""
    docs.change("turns", turn_id(division, chair), chaired_at=chaired_at)


def fold_attendance(docs: Overlay, event: Event) -> None:
    meeting = _meeting(docs, event)
    came = event.data["present"]
    stayed_away = event.data["absent"]
    for unit in came:
        _put_attendee(docs, meeting["id"], unit, "yes")
    for unit in stayed_away:
        _put_attendee(docs, meeting["id"], unit, "no")
    present = meeting["present"] + len(came) - len(stayed_away)
    docs.put("meetings", meeting | {"present": present})


def _put_attendee(docs: Overlay, meeting: str, unit: str, present: str) -> None:
    attendee = {"id": f"{meeting}.{unit}", "meeting": meeting, "unit": unit}
    docs.put("attendance", attendee | {"present": present})


def fold_minutes(docs: Overlay, event: Event) -> None:
    docs.put("meetings", _meeting(docs, event) | pick(event.data, "minutes"))


def fold_resolution(docs: Overlay, event: Event) -> None:
    meeting = _meeting(docs, event)
    resolution = pick(event.data, "meeting", "text") | pick(meeting, "division")
    resolution |= {"id": event.data["resolution"], "passed_at": event.time}
    docs.put("resolutions", resolution | {"outcome": "open"})
    docs.put("meetings", meeting)


def fold_concluded(docs: Overlay, event: Event) -> None:
    docs.put("meetings", MEETING.after(_meeting(docs, event), "conclude"))


def _meeting(docs: Overlay, event: Event) -> Json:
    return docs.the("meetings", event.data["meeting"])


OWN: Folds = {
    "meeting_called.v1": fold_called,
    "meeting_cancelled.v1": fold_cancelled,
    "attendance_recorded.v1": fold_attendance,
    "minutes_recorded.v1": fold_minutes,
    "resolution_passed.v1": fold_resolution,
    "meeting_concluded.v1": fold_concluded,
}
