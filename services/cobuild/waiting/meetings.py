"""What of joint meetings waits: their record, for the chair and the place; their resolutions, for the place."""

from schemas.documents import Json
from schemas.fields import instant
from services.district.authority import STREET
from services.district.waiting import Task, Where, found_in, in_offices, in_places
from services.kit.entrypoints import Asked
from services.kit.views import Find, Reads

LONGEST_TITLE = 60


def _met(asked: Asked) -> list[Find]:
    """Those that have begun: an office that is held everywhere names no unit, and finds none."""
    now = instant(asked.now)
    chairs = in_offices(asked.actor, "unit_liaison", "unit", "chair")
    finds = []
    for where in (*chairs, *_places(asked)):
        if where:
            called = where | {"state": "called"}
            finds.append(Find("meetings", called, "held_at", until=now))
    return finds


def _resolved(asked: Asked) -> list[Find]:
    return found_in(_places(asked), "resolutions", "passed_at", outcome="open")


def _places(asked: Asked) -> list[Where]:
    """A meeting is of the street that called it, or of the district or community."""
    return [
        {"division": str(code)}
        for place in in_places(asked.actor, *STREET)
        for code in place.values()
    ]


def _is_of_a_meeting(views: Reads, resolution: Json, asked: Asked) -> bool:
    meeting = views.the("meetings", resolution["meeting"])
    return bool(meeting["state"] != "cancelled")


def _meeting(views: Reads, meeting: Json, asked: Asked) -> Json:
    return {
        "title": meeting["place"][:LONGEST_TITLE],
        "place": meeting["division"],
        "names": {"meeting": meeting["id"]},
    }


def _resolution(views: Reads, resolution: Json, asked: Asked) -> Json:
    id = resolution["id"]
    meeting = resolution["meeting"]
    return {
        "title": resolution["text"][:LONGEST_TITLE],
        "place": resolution["division"],
        "names": {"meeting": meeting, "resolution": id},
    }


TASKS = (
    Task(
        "meeting_to_conclude",
        _met,
        _meeting,
        "get_meeting",
        ("record_attendance", "record_minutes", "conclude_meeting", "cancel_meeting"),
    ),
    Task(
        "resolution_to_carry_out",
        _resolved,
        _resolution,
        "get_meeting",
        ("undertake_resolution",),
        waits=_is_of_a_meeting,
    ),
)
