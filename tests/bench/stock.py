"""The other baseline: the same work as nameko does it out of the box. An HTTP service asks another by RPC, which tells
a third by an event that somebody signed up, and that one counts it.

`python -m tests.bench.stock door|signups|figures BROKER ADDRESS FILE` serves one of them.
"""

# ruff: noqa: E402  # eventlet patches modules before others import them.
# mypy: disable-error-code="untyped-decorator,misc"
import eventlet

eventlet.monkey_patch()

import json
import sqlite3
import sys
from typing import Any

from nameko.events import EventDispatcher, event_handler
from nameko.extensions import DependencyProvider
from nameko.rpc import RpcProxy, rpc
from nameko.runners import ServiceRunner
from nameko.web.handlers import http
from werkzeug.wrappers import Request, Response

ROOM = 10_000_000
COUNTED = "INSERT INTO counted VALUES ('district', 1) ON CONFLICT (scope) DO UPDATE SET signups = signups + 1"
TABLES = (
    "CREATE TABLE IF NOT EXISTS counted (scope TEXT PRIMARY KEY, signups INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS sessions (id INTEGER PRIMARY KEY, taken INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS signups (id INTEGER PRIMARY KEY, person TEXT NOT NULL UNIQUE, body TEXT NOT NULL)",
    "INSERT OR IGNORE INTO sessions VALUES (1, 0)",
)


class Door:
    name = "stock_door"
    signups = RpcProxy("stock_signups")

    @http("GET", "/readyz")
    def ready(self, request: Request) -> str:
        return "ready"

    @http("POST", "/signups")
    def sign_up(self, request: Request) -> Response:
        answer = self.signups.sign_up(json.loads(request.get_data(as_text=True)))
        return Response(json.dumps(answer), status=201, mimetype="application/json")

    @http("GET", "/signups/<int:id>")
    def get(self, request: Request, id: int) -> Response:
        return Response(json.dumps(self.signups.get(id)), mimetype="application/json")


class Database(DependencyProvider):
    """One connection for all workers: nameko makes a new service for each call."""

    def setup(self) -> None:
        file = f"{sys.argv[4]}.{self.container.service_name}"
        self.connection = sqlite3.connect(
            file, isolation_level=None, check_same_thread=False
        )
        self.connection.execute("PRAGMA journal_mode=WAL")
        self.connection.execute("PRAGMA synchronous=FULL")
        for table in TABLES:
            self.connection.execute(table)

    def get_dependency(self, worker: object) -> sqlite3.Connection:
        return self.connection


class Signups:
    name = "stock_signups"
    dispatch = EventDispatcher()
    database = Database()

    @rpc
    def sign_up(self, body: dict[str, Any]) -> dict[str, Any]:
        """Looks whether there is room and the person is not in yet, signs up, counts, commits, tells."""
        person = body["party"][0]["person"]
        self.database.execute("BEGIN IMMEDIATE")
        (taken,) = self.database.execute(
            "SELECT taken FROM sessions WHERE id = 1"
        ).fetchone()
        known = self.database.execute(
            "SELECT id FROM signups WHERE person = ?", (person,)
        ).fetchone()
        if known or taken >= ROOM:
            self.database.execute("ROLLBACK")
            return {"state": "refused"}
        row = (person, json.dumps(body))
        id = self.database.execute(
            "INSERT INTO signups (person, body) VALUES (?, ?)", row
        ).lastrowid
        self.database.execute("UPDATE sessions SET taken = taken + 1 WHERE id = 1")
        self.database.execute("COMMIT")
        self.dispatch("signed_up", {"id": id, **body})
        return {"id": id, "state": "confirmed"}

    @rpc
    def get(self, id: int) -> dict[str, object]:
        (body,) = self.database.execute(
            "SELECT body FROM signups WHERE id = ?", (id,)
        ).fetchone()
        return {"id": id, "body": json.loads(body)}


class Figures:
    name = "stock_figures"
    database = Database()

    @event_handler("stock_signups", "signed_up")
    def count(self, told: dict[str, Any]) -> None:
        self.database.execute(COUNTED)


def main(service: str, broker: str, address: str, file: str) -> None:
    runner = ServiceRunner(
        {"AMQP_URI": broker, "WEB_SERVER_ADDRESS": address, "max_workers": 32}
    )
    runner.add_service({"door": Door, "signups": Signups, "figures": Figures}[service])
    runner.start()
    runner.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
