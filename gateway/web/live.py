"""`/live/<topic>`: tells a page that something it shows has changed, and nothing else. What, the page asks as ever.

A stream takes no place of those who ask: it waits for nothing. It hears what the memory of the gateway hears: one
listener in a worker, whose rings all streams look at.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import orjson
from flask import Blueprint, Response, request

from gateway.api import waiting
from gateway.edge.application import application
from gateway.edge.auth import ACTOR, actor_of, must_be_known
from gateway.edge.gates import Gate, Gates
from gateway.edge.news import News
from gateway.edge.streams import STREAMS, Streams, flushed
from gateway.signin.access import RESIDENT
from schemas.fields import instant
from services.kit.actor import Actor
from services.kit.bearers.tokens import Verifier
from services.kit.buses.port import Audible
from services.kit.clock import Clock
from services.kit.errors import Forbidden, Problem, Unknown

LIVE = "/live/<topic>"
GATES: Gates = {("GET", LIVE): Gate(())}
LISTENING = "listening"  # Where the application keeps what it hears.
# What a page of that name rests on.
TOPICS: Mapping[str, tuple[str, ...]] = {
    "desk": tuple(waiting.PARTS),
    "district": ("metrics",),
}
OF_ACTIVITY = "activity-"
EVERY_S = 1.0  # What happens within a second is told once.
QUIET = 15  # Turns after which something is said all the same: who is gone is noticed by writing to them.
LONGEST = 600  # Turns; then the browser asks anew, and is asked who it is.
AGAIN_MS = 5000
HEADERS = {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
}

Sources = list[tuple[str, str]]  # Of a service, all of it or one stream.
May = Callable[[], bool]


def listen(app: Any, bus: Audible, services: list[str]) -> News:
    """Makes the application hear what rings, and returns it. Without that every page asks now and then."""
    news: News = app.extensions[LISTENING]
    bus.listen(services, news.hear, news.deaf)
    return news


def register(web: Blueprint, news: News) -> None:
    def live(topic: str) -> Response:
        _must_be_staff()
        STREAMS.must_have_room()
        may = partial(_is_staff_still, request.environ, application().verifier)
        turns = told(news, sources_of(topic), STREAMS, application().now, may)
        return Response(flushed(turns, request.environ), headers=HEADERS)

    web.add_url_rule(LIVE, "live", live)


def sources_of(topic: str) -> Sources:
    """Raises `Unknown` for a topic that is none."""
    if topic.startswith(OF_ACTIVITY):
        return [("activities", f"activity/{topic.removeprefix(OF_ACTIVITY)}")]
    if topic not in TOPICS:
        raise Unknown("没有这个主题")
    return [(service, "") for service in TOPICS[topic]]


def told(
    news: News, sources: Sources, streams: Streams, now: Clock, may: May
) -> Iterator[bytes]:
    """What is said, a turn each second: mostly nothing. Ends when all streams end, or when who hears it may no more."""
    with streams.one():
        yield f"retry: {AGAIN_MS}\n\n".encode()
        seen = news.heard
        for turn in range(1, LONGEST + 1):
            if streams.is_over(EVERY_S) or not may():
                return
            heard, is_turn = news.heard, turn % QUIET == 0
            if _has_changed(news, seen, sources, is_turn):
                as_of = orjson.dumps({"as_of": instant(now())})
                yield b"event: changed\ndata: " + as_of + b"\n\n"
            elif is_turn:
                yield b":\n\n"
            seen = heard


def _has_changed(news: News, seen: int, sources: Sources, is_turn: bool) -> bool:
    """Of what cannot be heard it is supposed now and then."""
    return any(
        not news.is_silent_since(seen, service, stream)
        for service, stream in sources
        if news.hears(service) or is_turn
    )


def _must_be_staff() -> None:
    actor = actor_of(request.environ, application().verifier)
    must_be_known(actor)
    if not _is_staff(actor):
        raise Forbidden("实时更新只给工作人员")


def _is_staff_still(environ: Mapping[str, Any], verifier: Verifier) -> bool:
    """Whether who asked would be let in now. Where that cannot be told, they are not."""
    anew = {name: value for name, value in environ.items() if name != ACTOR}
    try:
        return _is_staff(actor_of(anew, verifier))
    except Problem:
        return False


def _is_staff(actor: Actor) -> bool:
    return any(role.role != RESIDENT for role in actor.roles)
