"""Joint meetings, who came, what they resolved, and whose turn it is to take the chair."""

from schemas.documents import Json
from services.cobuild.model.ids import turn_id
from services.cobuild.model.lifecycles import MEETING
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Find, Fold, Folds, Overlay

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
    Collection(
        "turns", (("division", "chaired_at"),)
    ),  # By division and unit: when it last took the chair there.
)


def give_turns(docs: Overlay, unit: Json) -> None:
    """A unit just approved takes the chair in its community, its street and the district, when others have."""
    for division in territory.scopes_of(unit["community"]):
        turn = {
            "id": turn_id(division, unit["id"]),
            "division": division,
            "unit": unit["id"],
            "chaired_at": "",
        }
        docs.put("turns", turn)


def take_turns(docs: Overlay, unit: Json) -> None:
    """A unit that is approved no more, and never took the chair, has no turn."""
    for division in territory.scopes_of(unit["community"]):
        docs.put(
            "turns",
            {
                "id": turn_id(division, unit["id"]),
                "division": division,
                "unit": unit["id"],
            },
        )


def fold_called(docs: Overlay, event: Event) -> None:
    told = event.without("meeting")
    meeting = MEETING.begun(
        {**told, "id": event.data["meeting"], "present": 0, "stands": "yes"}
    )
    docs.put("meetings", meeting)
    _count_turn(docs, meeting)


def fold_cancelled(docs: Overlay, event: Event) -> None:
    """The chair keeps its turn."""
    meeting = {
        **docs.the("meetings", event.data["meeting"]),
        "reason": event.data["reason"],
        "stands": "no",
    }
    docs.put("meetings", MEETING.after(meeting, "cancel"))
    _count_turn(docs, meeting)


def _count_turn(docs: Overlay, meeting: Json) -> None:
    """The chair last chaired the latest meeting that stands, in whatever order meetings are called and cancelled."""
    chaired = {
        "division": meeting["division"],
        "chair": meeting["chair"],
        "stands": "yes",
    }
    latest = docs.find(Find("meetings", chaired, "held_at", newest_first=True, limit=1))
    turn = docs.the("turns", turn_id(meeting["division"], meeting["chair"]))
    docs.put("turns", {**turn, "chaired_at": latest[0]["held_at"] if latest else ""})


def fold_attendance(docs: Overlay, event: Event) -> None:
    meeting = docs.the("meetings", event.data["meeting"])
    for field, present in (("present", "yes"), ("absent", "no")):
        for unit in event.data[field]:
            attendee = {
                "id": f"{meeting['id']}.{unit}",
                "meeting": meeting["id"],
                "unit": unit,
                "present": present,
            }
            docs.put("attendance", attendee)
    count = meeting["present"] + len(event.data["present"]) - len(event.data["absent"])
    docs.put("meetings", {**meeting, "present": count})


def fold_minutes(docs: Overlay, event: Event) -> None:
    meeting = docs.the("meetings", event.data["meeting"])
    docs.put("meetings", {**meeting, "minutes": event.data["minutes"]})


def fold_resolution(docs: Overlay, event: Event) -> None:
    told = {name: event.data[name] for name in ("meeting", "text")}
    meeting = docs.the("meetings", event.data["meeting"])
    known = {
        "division": meeting["division"],
        "passed_at": event.time,
        "outcome": "open",
    }
    docs.put("resolutions", {"id": event.data["resolution"], **told, **known})
    docs.put("meetings", meeting)


def fold_step(step: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        docs.put(
            "meetings", MEETING.after(docs.the("meetings", event.data["meeting"]), step)
        )

    return fold


OWN: Folds = {
    "meeting_called.v1": fold_called,
    "meeting_cancelled.v1": fold_cancelled,
    "attendance_recorded.v1": fold_attendance,
    "minutes_recorded.v1": fold_minutes,
    "resolution_passed.v1": fold_resolution,
    "meeting_concluded.v1": fold_step("conclude"),
}
