"""An event as the message other services and other programs see: CloudEvents 1.0 in JSON."""

from typing import Any

from schemas.events import CloudEvent
from services.kit.log import Event

LOADER = CloudEvent()


def to_message(service: str, event: Event) -> dict[str, Any]:
    """What others may know of an event: neither who asked and with which key, nor which notes came with it."""
    return {
        "specversion": "1.0",
        "id": event.id,
        "source": f"/services/{service}",
        "type": event.type,
        "subject": event.stream,
        "time": event.time,
        "datacontenttype": "application/json",
        "data": event.data,
        "sequence": str(event.seq),
        "traceparent": event.trace,
    }


def from_message(message: dict[str, Any]) -> Event:
    """The event in a message; fields of a newer producer are ignored. Raises `ValidationError` for no CloudEvent."""
    loaded = LOADER.load(message)
    return Event(
        seq=int(loaded["sequence"]),
        id=loaded["id"],
        type=loaded["type"],
        stream=loaded["subject"],
        time=loaded["time"],
        data=loaded["data"],
        trace=loaded["traceparent"],
    )
