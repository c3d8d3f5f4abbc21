"""`/healthz`: this process lives. `/readyz`: every service answers."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from flask import Flask, Response

from gateway.errors import to_json
from gateway.rpc import Services
from services.kit.actor import SYSTEM
from services.kit.errors import Problem

BEYOND = 2**53 - 1  # No log is that long: the answer is short.


def watch(app: Flask, services: Services) -> None:
    @app.get("/healthz")
    def healthz() -> Response:
        return Response(to_json({"status": "alive"}), content_type="application/json")

    @app.get("/readyz")
    def readyz() -> Response:
        with ThreadPoolExecutor(len(services.names)) as asking:
            states = dict(zip(services.names, asking.map(partial(_state, services), services.names), strict=True))
        ready = all(state == "ready" for state in states.values())
        body = {"status": "ready" if ready else "unavailable", "services": states}
        headers = {} if ready else {"Retry-After": "1"}
        return Response(to_json(body), 200 if ready else 503, headers, content_type="application/json")


def _state(services: Services, name: str) -> str:
    try:
        services.ask(name, "read_log", {"after": BEYOND, "limit": 1}, actor=SYSTEM)
    except Problem as problem:
        return problem.code
    return "ready"
