"""`/healthz`: this process lives. `/readyz`: every service answers."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

from flask import Flask, Response

from gateway.errors import document, respond, to_json
from gateway.rpc import Services

WITHIN_S = 1.0


def watch(app: Flask, services: Services) -> None:
    @app.get("/healthz")
    def healthz() -> Response:
        return Response(to_json({"status": "alive"}), content_type="application/json")

    @app.get("/readyz")
    def readyz() -> Response:
        states = _states(services)
        if all(state == "ready" for state in states.values()):
            return Response(to_json({"status": "ready", "services": states}), content_type="application/json")
        return respond({**document(503, "not_ready", "有的服务没有应答", []), "services": states})


def _states(services: Services) -> dict[str, str]:
    with ThreadPoolExecutor(len(services.names)) as asking:
        answers = asking.map(partial(services.answers, within_s=WITHIN_S), services.names)
        return {name: "ready" if yes else "unavailable" for name, yes in zip(services.names, answers, strict=True)}
