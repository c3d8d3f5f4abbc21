"""`/healthz`: this process lives. `/readyz`: every service answers, and all that works in the background runs.

What stands still is named under `troubles`, with whose it is, since when, and the kind of its last error. A follower
parked on an event, what could not be done when it was due, documents that lack what an older version passed by, and a
store that is full are somebody's to look at, and no reason to ask elsewhere: `degraded`, with status 200. A follower
that finds another log than it followed is not ready.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from flask import Flask, Response

from gateway.edge.errors import document, respond, to_json
from gateway.edge.rpc import Services
from schemas.documents import Json
from services.kit.errors import StoreFull

WITHIN_S = 1.0
BEARABLE = {"parked", "overdue", "full", "incomplete"}

Found = dict[str, list[Json] | None]


def watch(app: Flask, services: Services) -> None:
    @app.get("/healthz")
    def healthz() -> Response:
        return Response(to_json({"status": "alive"}), content_type="application/json")

    @app.get("/readyz")
    def readyz() -> Response:
        found = _asked(services)
        own = services.own_troubles()
        states = {name: _state(troubles) for name, troubles in found.items()}
        troubles = [*own, *(each for of_one in found.values() for each in of_one or ())]
        told = {"services": states, **({"troubles": troubles} if troubles else {})}
        if _is_ready([*states.values(), _state(own)]):
            status = "degraded" if troubles else "ready"
            return Response(
                to_json({"status": status, **told}), content_type="application/json"
            )
        return respond(
            {
                **document(
                    503, "not_ready", "有的服务没有应答，或者有的部分停住了", []
                ),
                **told,
            }
        )


def _asked(services: Services) -> Found:
    with ThreadPoolExecutor(len(services.names)) as asking:
        answers = asking.map(
            partial(services.troubles, within_s=WITHIN_S), services.names
        )
        return dict(zip(services.names, answers, strict=True))


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
