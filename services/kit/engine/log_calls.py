"""One service reading another's log over the bus: the call, and what it is answered with."""

from collections.abc import Callable
from typing import Any, NamedTuple

from services.kit.actor import SYSTEM
from services.kit.buses import cloudevents
from services.kit.buses.port import Bus
from services.kit.clock import Deadline
from services.kit.engine.witness import Memory, Witness
from services.kit.log import Event, Log, Types

FETCH_S = 5.0
MOST = 1_000
BATCH = 200  # So many a follower asks for at a time.


class Read(NamedTuple):
    """What was read of a log after a place, up to `upto`, with the ids of the events at both: `before` and `last`.

    An id is `""` where the log has no such event, None where whoever answered is of a version that does not say.
    """

    upto: int
    events: list[Event]
    before: str | None = None
    last: str | None = None


Fetch = Callable[[int, int, Types], Read]


def read_log(
    service: str, log: Log, witness: Witness, payload: dict[str, Any]
) -> dict[str, Any]:
    """Events of the types asked for, and up to where the log has been searched for them.

    `before` and `last` are the ids of the events at both ends, `known` what is remembered of the reader.
    """
    after = payload["after"]
    limit = min(payload["limit"], MOST)
    head = log.head()
    types = payload.get("types", ())
    events = log.read(after, limit, types) if head > after else []
    last = events[-1].seq if events else 0
    upto = last if len(events) == limit else max(head, last)
    ids = log.ids([after, upto])
    return {
        "upto": upto,
        "before": ids.get(after, ""),
        "last": ids.get(upto, ""),
        "known": witness.hear(payload["reader"]) if "reader" in payload else None,
        "events": [cloudevents.to_message(service, event) for event in events],
    }


def fetch(
    bus: Bus, memory: Memory, source: str, after: int, limit: int, types: Types
) -> Read:
    """What comes after a place in the log of `source`. Raises `Unavailable`."""
    payload = {
        "after": after,
        "limit": limit,
        "types": sorted(types),
        "reader": memory.standing(source),
    }
    deadline = Deadline.after(FETCH_S)
    answer = bus.call(source, "read_log", payload, actor=SYSTEM, deadline=deadline)
    memory.recall(source, answer.get("known"))
    events = [cloudevents.from_message(message) for message in answer["events"]]
    return Read(answer["upto"], events, answer.get("before"), answer.get("last"))
