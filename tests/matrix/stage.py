"""The gateway over services whose documents are what a scene says, and which record nothing."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch
from urllib.parse import quote, urlencode

from flask import Flask

from gateway.app import create
from gateway.edge.rpc import Services
from gateway.files import programs
from gateway.signin.codes import CODES
from gateway.signin.routes import THROTTLE
from gateway.web import places
from services.kit.bearers import tokens
from services.kit.buses.local import LocalBus
from services.kit.config import Settings
from services.kit.config.secret_files import secret_file
from services.kit.engine.host import Host
from services.kit.views import Nothing, Overlay
from services.xfh import registry
from tests.clocks import HUNG_S
from tests.given import NOW, given_from
from tests.matrix.activities import DOOR_KEY
from tests.matrix.callers import Caller
from tests.matrix.said import ME
from tests.matrix.shelf import Moment, Shelf
from tests.matrix.subjects import Scene
from tests.unit.notices.delivering_stage import CHANNELS
from tests.unwatched import Unwatched

REPORT_KEY = b"report key of a matrix, 32 bytes"


class Clock:
    def __init__(self) -> None:
        self.time = NOW

    def __call__(self) -> datetime:
        return self.time


@dataclass(frozen=True, slots=True)
class Timed(Settings):
    clock: Clock = Clock()  # noqa: RUF009  # One clock for the process: every service of the stage reads it.

    @property
    def now(self) -> Clock:
        return self.clock


OWN_KEY = re.compile(rb'name="key" value="[^"]*"')


@dataclass(frozen=True)
class Answer:
    status: int
    media_type: str
    body: bytes
    plain: bytes  # The body without what was asked about, and without the key of a form, which no two share.


@dataclass(frozen=True)
class Request:
    """What is sent: to where, with which words after the `?`, and which body."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    media_type: str = "application/json"


class Stage:
    """`enter` a scene, then `ask`. What was tried to be recorded is counted, and never recorded.

    A process that is sent the same again is not started again: it keeps nothing, and answers the same.
    """

    def __init__(self, folder: Path):
        self._settings = Timed(data=folder, channels=CHANNELS, clock=Clock())
        secret_file(self._settings.keys / "door.key", lambda: DOOR_KEY)
        secret_file(self._settings.keys / "report.key", lambda: REPORT_KEY)
        self._moment = Moment()
        self._shelves = {name: Shelf(self._moment) for name in registry.SERVICES}
        self._bus = LocalBus()
        for name, shelf in self._shelves.items():
            self._bus.hosts[name] = Host(
                registry.load(name), self._settings, self._bus, shelf
            )
        services = Services(
            self._bus,
            list(registry.SERVICES),
            HUNG_S,
            places=8,
            looks=Unwatched(self._bus),
        )
        self.app: Flask = create(
            services, tokens.Verifier(tokens.public_key(self._settings))
        )
        self._tokens: dict[Caller, str] = {}
        self._run_program = cache(programs.run)

    def enter(self, service: str, scene: Scene) -> Overlay:
        """The documents of the service after what has happened; of the others, nothing."""
        self._moment.position += 1
        self._settings.clock.time = scene.now
        for shelf in self._shelves.values():
            shelf.docs = Overlay(Nothing())
        docs = self._shelves[service].docs
        for source, fact in scene.facts:
            given_from(
                docs, registry.load(service), source, fact, now=scene.happened_at
            )
        return docs

    def _minutes(self) -> float:
        """A scene is a minute: what was remembered of the places of one is not known in the next."""
        return self._moment.position * places.GOOD_FOR_S

    @property
    def tried(self) -> int:
        """How often anything was to be recorded so far."""
        return sum(shelf.tried for shelf in self._shelves.values())

    def ask(
        self, request: Request, caller: Caller, about: tuple[str, ...] = ()
    ) -> Answer:
        """The answer; the ids `about` which it was are left out of its `plain` body."""
        self.app.extensions[THROTTLE].forget()
        self.app.extensions[CODES].throttle.forget()
        told: list[tuple[str, dict[str, str]]] = []

        def started(status: str, headers: list[tuple[str, str]], *error: object) -> Any:
            told.append((status, dict(headers)))

        with (
            patch.object(programs, "run", self._run_program),
            patch.object(places, "time", SimpleNamespace(monotonic=self._minutes)),
        ):
            answered: Iterable[bytes] = self.app(
                self._environ(request, caller), started
            )
            body = b"".join(answered)
        getattr(answered, "close", lambda: None)()
        status, headers = told[-1]
        return Answer(
            int(status[:3]),
            headers.get("Content-Type", "").partition(";")[0],
            body,
            _without(body, about),
        )

    def _environ(self, request: Request, caller: Caller) -> dict[str, Any]:
        body = (request.body or b"").replace(ME.encode(), caller.id.encode())
        query = urlencode(request.query, quote_via=quote)
        return {
            "REQUEST_METHOD": request.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": request.path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "RAW_URI": f"{quote(request.path)}?{query}"
            if query
            else quote(request.path),
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_ORIGIN": "http://127.0.0.1:8000",  # From a page of its own.
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": BytesIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **(
                {"CONTENT_TYPE": request.media_type} if request.body is not None else {}
            ),
            **(
                {"HTTP_AUTHORIZATION": f"Bearer {self._token(caller)}"}
                if caller.id
                else {}
            ),
        }

    def _token(self, caller: Caller) -> str:
        if caller not in self._tokens:
            self._tokens[caller] = tokens.issue(
                self._settings, caller.id, caller.roles, hours=1
            )
        return self._tokens[caller]


def _without(body: bytes, ids: tuple[str, ...]) -> bytes:
    body = OWN_KEY.sub(b"", body)
    for id in ids:
        body = body.replace(id.encode(), b"")
    return body


def as_json(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode()
