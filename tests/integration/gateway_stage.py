"""The gateway over all services in one process, asked by HTTP. Every answer must be as the API's description says."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from openapi_schema_validator import OAS31Validator
from werkzeug.test import TestResponse

from gateway.app import create
from gateway.edge.rpc import Services
from services.kit.actor import Role
from services.kit.bearers import tokens
from services.kit.buses.local import LocalBus
from services.kit.channels import NO_CHANNELS, Channels
from services.kit.config import Settings
from services.kit.ways.configured import NO_WAYS, Ways
from services.xfh import registry
from tests.clocks import HUNG_S, wait_until

DISTRICT, STREET, COMMUNITY = "510108", "510108002", "510108002001"
DESCRIPTION: dict[str, Any] = {}
DIVISIONS = ((DISTRICT, "成华区"), (STREET, "猛追湾街道"), (COMMUNITY, "望平社区"))


class Gateway:
    """A client that says who asks and checks what comes back."""

    def __init__(self, app: Flask, settings: Settings, bus: LocalBus):
        self.client: FlaskClient = app.test_client()
        self.bus, self.settings = bus, settings
        self._app, self._settings = app, settings
        self._keys = itertools.count()
        self._done: list[tuple[str, str, dict[str, Any], dict[str, str], Any]] = []
        self.description = description_of(self.client)

    def token(self, actor: str, *roles: tuple[str, str]) -> str:
        return tokens.issue(
            self._settings, actor, [Role(role, scope) for role, scope in roles], hours=1
        )

    def ask(self, method: str, path: str, token: str = "", **more: Any) -> TestResponse:
        headers = {
            **more.pop("headers", {}),
            **({"Authorization": f"Bearer {token}"} if token else {}),
        }
        answer = self.client.open(
            f"/api/v1{path}", method=method, headers=headers, **more
        )
        self._must_be_as_described(method, path, answer)
        return answer

    def get(self, path: str, token: str = "", **more: Any) -> TestResponse:
        return self.ask("GET", path, token, **more)

    def post(self, path: str, token: str = "", **body: Any) -> TestResponse:
        """With a key of its own; what was done is remembered."""
        headers = {"Idempotency-Key": f"key-{next(self._keys)}"}
        answer = self.ask("POST", path, token, json=body, headers=headers)
        if answer.status_code in (200, 201):
            self._done.append((path, token, body, headers, answer.get_json()))
        return answer

    def must_answer_the_same_again(self) -> None:
        """I5: everything done so far, asked again with the same key, is answered as it was the first time."""
        for path, token, body, headers, first in self._done:
            again = self.ask("POST", path, token, json=body, headers=headers)
            assert again.get_json() == first, path

    def done(self, path: str, token: str, **body: Any) -> dict[str, Any]:
        """The document of a command that must succeed."""
        answer = self.post(path, token, **body)
        assert answer.status_code in (200, 201), answer.text
        document: dict[str, Any] = answer.get_json()["document"]
        return document

    def until_held(self, person: str, token: str) -> None:
        """Until an office is heard of as a role: what its holder came in by before ends with that."""
        roles = f"/people/{person}/roles"
        wait_until(lambda: self.get(roles, token).get_json()["items"])

    def _must_be_as_described(
        self, method: str, path: str, answer: TestResponse
    ) -> None:
        if answer.status_code in (304, 405):
            return
        rule, _ = self._app.url_map.bind("").match(
            f"/api/v1{path.partition('?')[0]}", method, return_rule=True
        )
        operation = self.description["paths"][
            rule.rule.replace("<", "{").replace(">", "}")
        ][method.lower()]
        described = self._resolved(operation["responses"][str(answer.status_code)])
        schema = described["content"][answer.mimetype]["schema"]
        validator = OAS31Validator(
            {**schema, "components": self.description["components"]}
        )
        said = (
            answer.get_json()
            if answer.is_json
            else answer.get_data().decode("utf-8", "replace")
        )
        wrong = [
            f"{error.json_path}: {error.message}"
            for error in validator.iter_errors(said)
        ]
        assert not wrong, wrong

    def _resolved(self, part: dict[str, Any]) -> dict[str, Any]:
        if "$ref" not in part:
            return part
        name = part["$ref"].rpartition("/")[2]
        found: dict[str, Any] = self.description["components"]["responses"][name]
        return found


def description_of(client: FlaskClient) -> dict[str, Any]:
    """The same from every stage, but for where it is found, so it is made once."""
    if not DESCRIPTION:
        DESCRIPTION.update(client.get("/api/v1/openapi.json").get_json())
    return DESCRIPTION


@contextmanager
def gateway(
    folder: Path,
    channels: Channels = NO_CHANNELS,
    public_url: str = "http://127.0.0.1:8000",
    proxies: int = 0,
    ways: Ways = NO_WAYS,
) -> Iterator[Gateway]:
    """The gateway with the divisions recorded and known to all. Its clock is moved by the seconds in `folder/clock`."""
    clock = str(folder / "clock")
    settings = Settings(
        data=folder,
        store=f"sqlite:{folder}",
        clock_file=clock,
        channels=channels,
        ways=ways,
    )
    bus = LocalBus()
    for name in registry.SERVICES:
        bus.host(registry.load(name), settings)
    bus.start()
    services = Services(bus, list(registry.SERVICES), HUNG_S, places=8)
    front = Gateway(
        create(
            services,
            tokens.Verifier(tokens.public_key(settings)),
            public_url,
            now=settings.now,
            proxies=proxies,
            ways=ways,
        ),
        settings,
        bus,
    )
    try:
        admin = front.token("A1", ("district_admin", DISTRICT))
        for code, name in DIVISIONS:
            front.done("/divisions", admin, division=code, name=name, status="demo")
        for host in bus.hosts.values():
            for follower in host.followers.values():
                follower.catch_up()
        yield front
    finally:
        services.looks.close()
        bus.stop()
