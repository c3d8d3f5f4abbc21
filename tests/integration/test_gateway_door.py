"""The door: who may not ask is told before anything is read, and no place is held for who is still sending."""

import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pytest

from gateway.api import TABLES, operating
from gateway.api import tokens as for_programs
from gateway.app import GATES, create
from gateway.edge.gates import OPEN, must_be_complete
from gateway.edge.rpc import Services
from gateway.signin import codes, foreign, offered
from gateway.signin import routes as signing
from gateway.web import serve as web
from services.kit.bearers import tokens
from services.kit.errors import Unavailable
from services.xfh import registry
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway

COMMANDS = [(method, path) for (method, path), gate in GATES.items() if gate.commands]
# Of whichever service the address names.
COMMANDS += [(method, path) for method, path in operating.GATES if method == "POST"]


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway")) as made:
        yield made


class Untouched(io.RawIOBase):
    """A body nobody may read."""

    def readinto(self, buffer: Any) -> int:
        raise AssertionError("it was read")


class Slow(io.RawIOBase):
    """A body of two braces that comes while something else is done."""

    def __init__(self, meanwhile: Any):
        self.meanwhile, self.sent = meanwhile, [b"{", b"}"]

    def read(self, size: int = -1) -> bytes:
        self.meanwhile()
        return b"".join(self.sent)


def address(path: str) -> str:
    """With a word in the place of each parameter."""
    return path.replace("<", "").replace(">", "")


def unread(front: Gateway, path: str, token: str = "") -> Any:
    """The answer to somebody whose body must not be touched."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    environ = {"wsgi.input": Untouched(), "CONTENT_LENGTH": "2"}
    return front.client.post(
        address(path),
        headers=headers,
        environ_overrides=environ,
        content_type="application/json",
    )


@pytest.mark.parametrize("path", [path for _, path in COMMANDS])
def test_somebody_unknown_is_told_so_before_the_body_is_read(
    front: Gateway, path: str
) -> None:
    answer = unread(front, path)
    assert (answer.status_code, answer.get_json()["code"]) == (401, "unauthenticated")


@pytest.mark.parametrize("path", [path for _, path in COMMANDS])
def test_who_has_no_role_for_a_command_is_told_so_before_the_body_is_read(
    front: Gateway, path: str
) -> None:
    answer = unread(front, path, front.token("N1"))
    assert (answer.status_code, answer.get_json()["code"]) == (403, "forbidden")


def test_a_resident_sends_no_table_and_no_scans(front: Gateway) -> None:
    resident = front.token("R1", ("resident", DISTRICT))
    for path in (
        "/api/v1/imports/units",
        "/api/v1/activities/A1/scans",
        "/api/v1/activities/A1/checkins/paper",
    ):
        assert unread(front, path, resident).status_code == 403, path


def test_every_post_is_a_command_and_needs_a_role(front: Gateway) -> None:
    """What a page sends is looked at behind it: it is a page that is told, and what was filled in stays."""
    ours = {path for method, path in GATES if method == "POST"}
    posts = ours - {path for method, path in web.GATES if method == "POST"}
    for asked_by_nobody_yet in (signing, codes, foreign, offered, for_programs):
        posts -= {
            path for method, path in asked_by_nobody_yet.GATES if method == "POST"
        }
    assert posts == {path for _, path in COMMANDS}


def test_while_a_service_does_not_say_who_may_ask_it_decides_itself(
    front: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = front.bus.hosts["partners"]
    asked = host.ask

    def without_roles(method: str, *rest: Any, **more: Any) -> Any:
        if method == "roles":
            raise Unavailable("nobody is there")
        return asked(method, *rest, **more)

    monkeypatch.setattr(host, "ask", without_roles)
    with gateway_on(front) as other:
        answer = other.post(
            "/api/v1/partners/P1/approve",
            headers={"Authorization": f"Bearer {front.token('N1')}"},
        )
        assert (answer.status_code, answer.get_json()["code"]) == (403, "forbidden")


def gateway_on(front: Gateway) -> Any:
    """Another gateway on the same services: it has not learned anything yet."""
    services = Services(front.bus, list(registry.SERVICES), 5.0, places=8)
    return create(
        services, tokens.Verifier(tokens.public_key(front.settings))
    ).test_client()


def test_no_place_is_held_while_a_body_arrives(front: Gateway) -> None:
    doorstep: Any = front.client.application.wsgi_app
    door = doorstep._app
    rooms = [door._services.room(name) for name in ("activities", "files", "cobuild")]
    admin = front.token(
        "A9", ("district_admin", "*"), ("community_worker", "*"), ("unit_liaison", "*")
    )
    for path in ("/api/v1/activities", "/api/v1/imports/units"):
        seen: list[bool] = []
        slow = Slow(
            lambda seen=seen: seen.append(
                all(room.left == room.places for room in rooms)
            )
        )
        front.client.post(
            path,
            headers={"Authorization": f"Bearer {admin}"},
            environ_overrides={"wsgi.input": slow, "CONTENT_LENGTH": "2"},
            content_type="application/json",
        )
        assert seen == [True], path


def test_a_body_shorter_than_it_said_changes_nothing(front: Gateway) -> None:
    worker = front.token("W1", ("community_worker", COMMUNITY))
    answer = front.client.post(
        "/api/v1/needs",
        headers={"Authorization": f"Bearer {worker}"},
        environ_overrides={"wsgi.input": io.BytesIO(b"{}"), "CONTENT_LENGTH": "200"},
        content_type="application/json",
    )
    assert (answer.status_code, answer.get_json()["code"]) == (400, "broken_body")


def test_a_body_that_does_not_come_in_time_is_a_problem_of_the_caller(
    front: Gateway,
) -> None:
    def too_slow() -> None:
        raise TimeoutError

    worker = front.token("W1", ("community_worker", COMMUNITY))
    answer = front.client.post(
        "/api/v1/needs",
        headers={"Authorization": f"Bearer {worker}"},
        environ_overrides={"wsgi.input": Slow(too_slow), "CONTENT_LENGTH": "2"},
        content_type="application/json",
    )
    assert (answer.status_code, answer.get_json()["code"]) == (408, "too_slow")


@pytest.mark.parametrize(
    "path",
    ["//api/v1/offerings", "/api//v1/offerings", "/api/v1//offerings", "/api/v1/offerings/", "/api/v1/./offerings",
     "/api/v1%2Fofferings", "/api/v1/x/%2e%2e/offerings", "/API/v1/offerings", "/api/v1;x/offerings"],
)  # fmt: skip
def test_an_address_written_otherwise_is_none(front: Gateway, path: str) -> None:
    for method in ("GET", "HEAD", "POST"):
        answer = front.client.open(
            "http://x/", method=method, environ_overrides=written(path)
        )
        assert answer.status_code == 404, method
        assert answer.mimetype == "application/problem+json"


def written(path: str) -> dict[str, str]:
    return {"RAW_URI": path, "PATH_INFO": unquote(path)}


@pytest.mark.parametrize(
    ("path", "room"),
    [
        ("/api/v1/lists/offerings.csv", "files"),
        ("/api/v1/lists/breakdown.xlsx", "files"),
        ("/api/v1/imports/units/template.xlsx", "files"),
        ("/api/v1/exchange/hsds", "files"),
        ("/certificates/C1", "activities"),
        ("/verify/AAAAAAAAAAAAAAAAAAAAAAAAAA", "activities"),
        ("/reports/510108/2026-06", "metrics"),
        (f"/api/v1/calendars/divisions/{DISTRICT}.ics", "activities"),
        ("/api/v1/verify/AAAAAAAAAAAAAAAAAAAAAAAAAA", "activities"),
    ],
)
def test_whatever_asks_a_service_takes_a_place(
    front: Gateway, path: str, room: str
) -> None:
    assert front.client.get(path).headers["RateLimit-Policy"].startswith(f'"{room}";q=')


def test_an_address_without_a_gate_is_a_defect(front: Gateway) -> None:
    paths = front.client.application.url_map
    must_be_complete(GATES, paths)
    missing = {
        at: gate for at, gate in GATES.items() if at != ("GET", "/verify/<code>")
    }
    with pytest.raises(TypeError, match="GET /verify/<code> has no gate"):
        must_be_complete(missing, paths)


def test_a_gate_names_rooms_there_are() -> None:
    named = {room for gate in GATES.values() for room in gate.rooms}
    assert named == {"files", *(table.service for table in TABLES)}
    assert not OPEN & {path for _, path in GATES}


def test_a_full_room_is_told_without_asking_the_service(front: Gateway) -> None:
    doorstep: Any = front.client.application.wsgi_app
    door = doorstep._app
    room = door._services.room("files")
    with room.place(1, "files"), room.place(1, "files"):
        answer = front.client.get("/api/v1/lists/offerings.csv")
    assert (answer.status_code, answer.get_json()["code"]) == (503, "overloaded")
