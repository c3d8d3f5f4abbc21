"""What activities and sessions are asked for by: for whom they are, when, and whether there is room."""

from schemas.activities.roles import PARTICIPANT
from schemas.audiences import is_spoken_of
from schemas.documents import Json
from services.activities.model.roles import roles_at
from services.activities.views.dates import has_room, under_way_since
from services.kit.entrypoints import Asked
from services.kit.lists.search import folded
from services.kit.views import Reads


def begins_since(question: Json) -> str | None:
    """From when on sessions are looked through for those not over at `since`; None without one."""
    return under_way_since(question["since"]) if "since" in question else None


def begins_before(date: Json, question: Json) -> bool:
    """Whether it begins before the `until` that is asked for, if one is."""
    return "until" not in question or bool(date["starts_at"] < question["until"])


def is_over(date: Json, question: Json) -> bool:
    """Whether it is over at `since`, where one asks for a time."""
    return bool(date["ends_at"] <= question.get("since", ""))


def is_for(activity: Json, question: Json) -> bool:
    """Whether it belongs to the campaign and is for the people that are asked for."""
    campaign = question.get("campaign")
    if campaign is not None and activity.get("campaign") != campaign:
        return False
    audience = folded(question.get("audience", ""))
    return is_spoken_of(audience, folded(activity.get("audience", "")))


def has_places(date: Json, question: Json) -> bool:
    """Whether one may come there as what is asked for."""
    return "role" not in question or question["role"] in roles_at(date)


def has_room_for(views: Reads, date: Json, question: Json, asked: Asked) -> bool:
    """For those who come as what is asked; of no role in particular, those for whom the session is."""
    if not has_places(date, question):
        return False
    role = question.get("role", PARTICIPANT)
    return has_room(views, date, role, question["free"], asked)


def activity_of(views: Reads, session: Json) -> Json:
    activity = views.get("activities", session["activity"])
    assert activity is not None
    return activity
