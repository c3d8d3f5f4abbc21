"""The event by which nothing is sent again that may have been sent since what a log has back was kept."""

from datetime import datetime

from ulid import ULID

from schemas.fields import instant
from services.kit.engine.keys import of_platform
from services.kit.log import Event, Log
from services.kit.telemetry import new_trace

SENDER, INTERRUPTED = "notices", "sending_interrupted.v1"


def interruption(log: Log, after: int, what: str, now: datetime) -> Event:
    """The event after that place: the one that is there, or a new one. `what` tells it from other interruptions."""
    if there := log.read(after, 1):
        return there[0]
    at, stream = instant(now), f"sending/{what}"
    return Event(
        after + 1, str(ULID()), INTERRUPTED, stream, at, {"at": at}, new_trace(),
        version=1, key=of_platform("restored", what),
    )  # fmt: skip
