"""`/healthz`: this process lives. `/readyz`: every service answers, and all that works in the background runs.

What stands still is named under `troubles`, with whose it is, since when, and the kind of its last error. A follower
parked on an event, what could not be done when it was due, documents that lack what an older version passed by, and a
store that is full are somebody's to look at, and no reason to ask elsewhere: `degraded`, with status 200. A follower
that finds another log than it followed is not ready.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from flask import Flask, Response

from gateway.edge.errors import document, respond, to_json
from gateway.edge.responses import of_json
from gateway.edge.rpc import Services
from schemas.documents import Json, if_any
from services.kit.errors import StoreFull

WITHIN_S = 1.0
BEARABLE = {"parked", "overdue", "full", "incomplete"}

Troubles = dict[str, list[Json] | None]
"""Of each service; None of one that does not answer."""


def watch(app: Flask, services: Services) -> None:
    """Adds both addresses. Neither asks who asks."""
    app.add_url_rule("/healthz", "healthz", _healthz)
    app.add_url_rule("/readyz", "readyz", partial(_readyz, services))


def _healthz() -> Response:
    return of_json(to_json({"status": "alive"}))


def _readyz(services: Services) -> Response:
    own = services.own_troubles()
    of_services = _asked(services)
    states = {name: _state(troubles) for name, troubles in of_services.items()}
    troubles = [*own, *_all(of_services)]
    condition: Json = {"services": states} | if_any(troubles=troubles)
    if not _is_ready([*states.values(), _state(own)]):
        says = "有的服务没有应答，或者有的部分停住了"
        return respond(document(503, "not_ready", says, []) | condition)
    status = "degraded" if troubles else "ready"
    return of_json(to_json({"status": status} | condition))


def _asked(services: Services) -> Troubles:
    ask = partial(services.troubles, within_s=WITHIN_S)
    with ThreadPoolExecutor(len(services.names)) as asking:
        answers = asking.map(ask, services.names)
        return dict(zip(services.names, answers, strict=True))


def _all(of_services: Troubles) -> Iterator[Json]:
    for troubles in of_services.values():
        yield from troubles or ()


def _state(troubles: list[Json] | None) -> str:
    if troubles is None:
        return "unavailable"
    if not troubles:
        return "ready"
    return "degraded" if all(map(_is_bearable, troubles)) else "stuck"


def _is_bearable(trouble: Json) -> bool:
    """Of a full store all can still be read, also where a follower cannot go on for it."""
    return trouble["state"] in BEARABLE or trouble["error"] == StoreFull.__name__


def _is_ready(states: list[str]) -> bool:
    return set(states) <= {"ready", "degraded"}
