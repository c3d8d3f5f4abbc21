"""A role that is taken away is gone from who bears a token within seconds, whichever worker of the gateway is asked."""

import http.client
import json
import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.fields import instant
from services.kit.actor import Role
from services.kit.bearers import tokens
from services.kit.config import Settings
from services.xfh.commands import divisions
from tests import servers
from tests.clocks import HUNG_S, pacing, wait_until
from tests.examples.people import CONSENT

COMMUNITY = "510108015001"
WORKER = Role("community_worker", COMMUNITY)
RESIDENT = Role("resident", COMMUNITY)
HOUR = timedelta(hours=1)
ACTIVITY = {
    "host": f"community/{COMMUNITY}",
    "title": "包粽子",
    "category": "邻里节庆",
    "community": COMMUNITY,
    "place": "党群服务中心",
    "capacity": 9,
}
ADMIN = Role("district_admin", "510108")
STAFFS = f"/people?division={COMMUNITY}"
DEADLINE_S, REVOKED_WITHIN_S, UNKNOWN_WITHIN_S = 5.0, 2.0, 10.0
EVERY_WORKER = 24  # Of so many new connections each of four has some.


class Callers:
    """Whoever asks, each time over a connection of its own: any worker may take it."""

    def __init__(self, platform: servers.Platform) -> None:
        self.platform, self._keys = platform, 0
        self.admin = self.token("A1", ADMIN)

    def token(self, id: str, *roles: Role) -> str:
        return tokens.issue(self.platform.settings, id, roles, hours=1)

    def ask(
        self, method: str, path: str, token: str, body: Any = None, key: str = ""
    ) -> Any:
        """`(status, answer)`"""
        self._keys += 1
        headers = {"Idempotency-Key": key or f"key-{self._keys}"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        if body is not None:
            headers["Content-Type"] = "application/json"
        text = None if body is None else json.dumps(body)
        host, port = self.platform.address
        with closing(http.client.HTTPConnection(host, port, timeout=HUNG_S)) as line:
            line.request(method, f"/api/v1{path}", text, headers)
            answer = line.getresponse()
            return answer.status, json.loads(answer.read())

    def done(self, path: str, **body: Any) -> str:
        """The id of what an administrator made, or did it with."""
        status, answer = self.ask("POST", path, self.admin, body)
        assert status in (200, 201), answer
        return str(answer["document"]["id"])

    def somebody(self) -> str:
        record = {"name": "李工", "community": COMMUNITY, "consent": CONSENT}
        return self.done("/people", **record)

    def grant(self, person: str) -> str:
        role = {"role": WORKER.role, "scope": WORKER.scope, "basis": "任命"}
        return self.done(f"/people/{person}/roles", **role)

    def statuses(self, token: str) -> set[int]:
        """What each worker says to somebody who asks what staff may."""
        asked = [self.ask("GET", STAFFS, token) for _ in range(EVERY_WORKER)]
        return {status for status, _ in asked}


@pytest.fixture(params=["embedded", "rabbitmq"])
def callers(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callers]:
    monkeypatch.setenv("XFH_WORKERS", "4")
    broker = request.param == "rabbitmq"
    bus = request.getfixturevalue("rabbitmq") if broker else "local:"
    divisions.load(Settings(data=tmp_path, store=f"sqlite:{tmp_path}"))
    with servers.platform(tmp_path, bus) as running:
        yield Callers(running)


def test_a_revoked_role_is_refused_by_every_worker_within_two_seconds(
    callers: Callers,
) -> None:
    person = callers.somebody()
    grant = callers.grant(person)
    token = callers.token(person, RESIDENT, WORKER)
    assert callers.statuses(token) == {200}
    callers.done(f"/roles/{grant}/revoke", reason="离任")
    revoked = time.monotonic()
    with pacing() as pace:
        wait_until(lambda: callers.statuses(token) == {401})
        took_s = time.monotonic() - revoked
    assert took_s < (REVOKED_WITHIN_S + DEADLINE_S) * pace.worst
    status, answer = callers.ask("GET", STAFFS, token)
    assert (status, answer["code"]) == (401, "token_outdated")
    assert callers.statuses(callers.token(person, WORKER)) == {200}
    assert callers.statuses(callers.token("worker-1", WORKER)) == {200}


@pytest.mark.parametrize("callers", ["rabbitmq"], indirect=True)
def test_without_people_staff_is_told_so_and_everybody_else_goes_on(
    callers: Callers,
) -> None:
    person = callers.somebody()
    callers.grant(person)
    worker = callers.token(person, RESIDENT, WORKER)
    resident = callers.token(person, RESIDENT)
    signups = f"/activities/{opened(callers)}/signups"
    assert callers.statuses(worker) == {200}
    with stopped(callers.platform):
        began = time.monotonic()
        draft = f"/activities/{person}/publish"
        with pacing() as pace:
            wait_until(lambda: _code(callers, draft, worker) == "access_unknown")
            took_s = time.monotonic() - began
        assert took_s < (UNKNOWN_WITHIN_S + DEADLINE_S) * pace.worst
        assert callers.ask("GET", "/me/signups", resident)[0] == 200
        for token in ("", resident, worker):
            assert callers.ask("GET", "/activities", token)[0] == 200
        party = {"party": [{"person": person, "relation": "self"}]}
        # A busy machine may not answer in time; the same key asks for the same again.
        wait_until(
            lambda: callers.ask("POST", signups, resident, party, "once")[0] == 201
        )
        assert callers.ask("POST", signups, "", party)[0] == 401
        assert let_in(callers) == 503
    wait_until(lambda: callers.statuses(worker) == {200})


def opened(callers: Callers) -> str:
    """An activity that people sign up for."""
    worker = callers.token("worker-1", WORKER)
    starts = datetime.now(UTC) + timedelta(days=3)
    times = {"starts_at": instant(starts), "ends_at": instant(starts + HOUR)}
    content = ACTIVITY | times
    status, answer = callers.ask("POST", "/activities", worker, content)
    assert status == 201, answer
    activity = str(answer["document"]["id"])
    for step in ("publish", "open"):
        assert callers.ask("POST", f"/activities/{activity}/{step}", worker)[0] == 200
    return activity


def let_in(callers: Callers) -> int:
    """What somebody is told who signs in; that they are told is that nothing hangs."""
    said = json.dumps({"phone": "13800001234", "password": "not the password 42"})
    headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
    host, port = callers.platform.address
    with closing(http.client.HTTPConnection(host, port, timeout=HUNG_S)) as line:
        line.request("POST", "/sign-in/password", said, headers)
        return line.getresponse().status


def _code(callers: Callers, path: str, token: str) -> str:
    return str(callers.ask("POST", path, token)[1].get("code", ""))


@contextmanager
def stopped(platform: servers.Platform) -> Iterator[None]:
    pid = platform.parts()["people"]
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)
