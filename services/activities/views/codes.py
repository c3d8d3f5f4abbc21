"""Codes shown to be scanned: that of a door, and a person's own."""

from schemas.documents import Json
from services.activities.rules import codes, door
from services.activities.rules.lookups import activity_kept, session_of
from services.kit.entrypoints import Asked
from services.kit.views import Reads


def door_code(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    activity = activity_kept(views, question, asked)
    session = session_of(views, activity, question)
    return door.door_code(session, key, asked)


def my_code(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    """The person's own code, shown to whoever scans at a door."""
    return codes.own_code(asked.actor.id, key, asked.now)
