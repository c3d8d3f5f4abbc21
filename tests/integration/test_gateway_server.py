"""Under gunicorn, by raw sockets: what arrives cut off, endless or broken neither hangs it nor breaks it."""

import json
import re
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.kit.actor import Role
from services.kit.bearers import tokens
from tests import servers
from tests.clocks import HUNG_S

MEGABYTE = 1024 * 1024
ANONYMOUS_POST = (
    b"POST /api/v1/partners HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
)


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Platform]:
    with servers.platform(tmp_path_factory.mktemp("server"), "local:") as running:
        yield running


@pytest.fixture(scope="module")
def address(platform: servers.Platform) -> servers.Address:
    return platform.address


@pytest.fixture(scope="module")
def post(platform: servers.Platform) -> bytes:
    """The beginning of a command by somebody who may ask it, so that it is the body that is refused."""
    token = tokens.issue(
        platform.settings, "E1", [Role("partner_manager", "*")], hours=1
    )
    return ANONYMOUS_POST + f"Authorization: Bearer {token}\r\n".encode()


def exchange(address: servers.Address, *pieces: bytes) -> tuple[int, bytes, int]:
    """(status, body, bytes that could be sent before the answer came)."""
    with socket.create_connection(address, timeout=HUNG_S) as connection:
        sent = 0
        try:
            for piece in pieces:
                connection.sendall(piece)
                sent += len(piece)
        except (BrokenPipeError, ConnectionResetError):
            pass
        answer = _read(connection)
    head, _, body = answer.partition(b"\r\n\r\n")
    return int(re.match(rb"HTTP/1.1 (\d+)", head)[1]), body, sent  # type: ignore[index]


def _read(connection: socket.socket) -> bytes:
    answer = b""
    while True:
        try:
            piece = connection.recv(65536)
        except ConnectionResetError:
            return answer
        answer += piece
        length = re.search(rb"content-length: (\d+)", answer, re.IGNORECASE)
        if not piece or (
            length and len(answer.partition(b"\r\n\r\n")[2]) >= int(length[1])
        ):
            return answer


def test_a_body_of_10_mb_is_refused_without_being_read(
    address: servers.Address, post: bytes
) -> None:
    """It is never sent: who waited for it would say so instead."""
    status, body, _ = exchange(
        address, post + b"Content-Length: %d\r\n\r\n" % (10 * MEGABYTE)
    )
    assert (status, json.loads(body)["code"]) == (413, "body_too_large")


def test_one_who_sends_10_mb_all_the_same_is_answered(
    address: servers.Address, post: bytes
) -> None:
    length = b"Content-Length: %d\r\n\r\n" % (10 * MEGABYTE)
    status, body, _ = exchange(address, post + length, *[b" " * 65536] * 160)
    assert (status, json.loads(body)["code"]) == (413, "body_too_large")


def test_endless_chunks_are_refused(address: servers.Address, post: bytes) -> None:
    chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
    status, body, _ = exchange(
        address, post + b"Transfer-Encoding: chunked\r\n\r\n", *[chunk] * 160
    )
    assert (status, json.loads(body)["code"]) == (413, "body_too_large")


def test_a_broken_chunk_is_a_problem_of_the_caller(
    address: servers.Address, post: bytes
) -> None:
    status, body, _ = exchange(
        address, post + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n"
    )
    assert (status, json.loads(body)["code"]) == (400, "broken_body")


@pytest.mark.parametrize(
    "request_line",
    [
        b"GET /api/v1/activities%00%ff%zz HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /api/v1/activities?limit=%00%ff HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /api/v1/activities HTTP/1.1\r\nHost: \xff\xfe\r\n\r\n",
        b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
        b"POST /api/v1/partners HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /api/v1/partners HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
        b"GET /api/v1/activities HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer \xff\r\n\r\n",
    ],
    ids=lambda sent: repr(sent)[:40],
)
def test_nothing_on_the_wire_makes_a_500(
    address: servers.Address, request_line: bytes
) -> None:
    status, _, _ = exchange(address, request_line)
    assert 200 <= status < 500


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        (
            "GET /api/v1/activities?title=包粽子 HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
            400,
            "bad_address",
        ),
        (
            b"GET /" + b"a" * 5000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
            414,
            "address_too_long",
        ),
        (
            b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 20_000 + b"\r\n\r\n",
            431,
            "headers_too_large",
        ),
        (b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 200 + b"\r\n", 431, "headers_too_large"),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 100_000, 431, "headers_too_large"),
        (b"GET / HTTP/1.1\nHost: x\n\n", 400, "bad_address"),
        (
            b"GET /api/v1/activities?text=a b HTTP/1.1\r\nHost: x\r\n\r\n",
            400,
            "bad_address",
        ),
        (b"GET / HTTP/9.9\r\nHost: x\r\n\r\n", 400, "bad_request"),
        (b"GET / HTTP/1.1\r\nHost x\r\n\r\n", 400, "bad_request"),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400, "bad_address"),
        (
            b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            400,
            "bad_request",
        ),
        (
            b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            400,
            "bad_request",
        ),
        (
            b"POST / HTTP/1.1\r\nTransfer-Encoding: xz\r\n\r\n",
            501,
            "unsupported_transfer_coding",
        ),
        (b"POST / HTTP/1.1\r\nExpect: money\r\n\r\n", 417, "expectation_failed"),
        (b"GET //api/v1/offerings HTTP/1.1\r\nHost: x\r\n\r\n", 404, "not_found"),
        (b"GET /api/v1%2Fofferings HTTP/1.1\r\nHost: x\r\n\r\n", 404, "not_found"),
        (
            b"GET http://x/api/v1/offerings HTTP/1.1\r\nHost: x\r\n\r\n",
            404,
            "not_found",
        ),
    ],
    ids=lambda said: repr(said)[:48],
)
def test_what_is_no_request_is_answered_like_everything_else(
    address: servers.Address, sent: bytes, status: int, code: str
) -> None:
    told, headers, body = whole(address, sent)
    assert (told, json.loads(body)["code"]) == (status, code)
    assert headers["content-type"] == "application/problem+json"
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["traceparent"].startswith("00-")
    assert re.search(r"[一-鿿]", json.loads(body)["title"])


@pytest.mark.parametrize(
    "header", ["SCRIPT_NAME: /x", "PATH_INFO: /healthz", "X-Forwarded-Prefix: /x"]
)
def test_no_header_moves_an_address(address: servers.Address, header: str) -> None:
    for path, status in (("/healthz", 200), ("/x/healthz", 404)):
        sent = f"GET {path} HTTP/1.1\r\nHost: x\r\n{header}\r\n\r\n".encode()
        assert whole(address, sent)[0] == status, path


def test_somebody_unknown_is_answered_before_sending_anything(
    address: servers.Address,
) -> None:
    for more in (
        b"Content-Length: 400000\r\n\r\n",
        b"Transfer-Encoding: chunked\r\n\r\n",
    ):
        told, headers, body = whole(address, ANONYMOUS_POST + more)
        assert (told, json.loads(body)["code"]) == (401, "unauthenticated")
        assert headers["connection"] == "close", (
            "what would follow is nobody's next request"
        )


def test_who_waits_to_be_told_is_told_no_before_being_told_to_send(
    address: servers.Address, post: bytes
) -> None:
    waits = b"Expect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    assert whole(address, ANONYMOUS_POST + waits)[0] == 401
    with socket.create_connection(address, timeout=HUNG_S) as connection:
        connection.sendall(post + waits)
        assert connection.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        connection.sendall(b"{}")
        assert _read(connection).startswith(b"HTTP/1.1 422")


def test_a_body_nobody_reads_never_becomes_a_request(address: servers.Address) -> None:
    hidden = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
    padded = hidden + b" " * 30_000
    for length in (len(hidden), len(padded)):
        head = ANONYMOUS_POST + b"Content-Length: %d\r\n\r\n" % length
        with socket.create_connection(address, timeout=HUNG_S) as connection:
            connection.sendall(head + padded[:length])
            connection.shutdown(socket.SHUT_WR)
            assert everything(connection).count(b"HTTP/1.1 ") == 1


def test_what_is_asked_at_once_is_answered_in_turn(address: servers.Address) -> None:
    asked = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n" * 500
    with socket.create_connection(address, timeout=HUNG_S) as connection:
        connection.sendall(asked)
        connection.shutdown(socket.SHUT_WR)
        assert everything(connection).count(b"HTTP/1.1 200") == 500


def test_a_chunked_body_is_read_to_its_end_and_the_next_request_after_it(
    address: servers.Address, post: bytes
) -> None:
    chunked = post + b"Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"
    with socket.create_connection(address, timeout=HUNG_S) as connection:
        connection.sendall(chunked + b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        answers = everything(connection)
    assert re.findall(rb"HTTP/1.1 (\d+)", answers) == [b"422", b"200"]


def test_chunks_that_are_mostly_about_themselves_are_refused(
    address: servers.Address, post: bytes
) -> None:
    tiny = b"1\r\n \r\n" * 400_000
    status, body, _ = exchange(
        address, post + b"Transfer-Encoding: chunked\r\n\r\n", tiny
    )
    assert (status, json.loads(body)["code"]) == (400, "broken_body")


def whole(address: servers.Address, sent: bytes) -> tuple[int, dict[str, str], bytes]:
    """(status, headers, body)"""
    with socket.create_connection(address, timeout=HUNG_S) as connection:
        connection.sendall(sent)
        head, _, body = _read(connection).partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    headers = {
        name.lower(): value
        for name, _, value in (line.partition(": ") for line in lines[1:])
    }
    return int(lines[0].split()[1]), headers, body


def everything(connection: socket.socket) -> bytes:
    answer = b""
    while piece := connection.recv(65536):
        answer += piece
    return answer


def test_after_all_that_it_still_answers(address: servers.Address) -> None:
    status, body, _ = exchange(address, b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
    assert (status, json.loads(body)["status"]) == (200, "ready")


def test_at_its_first_start_it_makes_the_key_that_tokens_are_signed_with(
    tmp_path: Path,
) -> None:
    """`xfh token` makes none: it would be another's."""
    with servers.platform(tmp_path, "local:") as platform:
        assert tokens.can_sign(platform.settings)


def test_told_to_stop_it_waits_for_nobody_who_asks_nothing(tmp_path: Path) -> None:
    """One has been answered and one has not asked yet: a phone keeps its connection for a minute."""
    address = servers.free_address()
    environment = {
        "XFH_HTTP": servers.text(address),
        "XFH_DATA": str(tmp_path),
        "XFH_LOG_LEVEL": "ERROR",
    }
    patient = {
        "GUNICORN_CMD_ARGS": f"--graceful-timeout={HUNG_S:.0f}"
    }  # More than the test is.
    command = [sys.executable, "-m", "services.xfh.cli", "up"]
    with servers.running(command, {**environment, **patient}, address) as server:
        answered, silent = (
            socket.create_connection(address, timeout=HUNG_S) for _ in range(2)
        )
        answered.sendall(b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert _read(answered).startswith(b"HTTP/1.1 200")
    assert server.returncode == 0, "it did wait, and was killed"
    for connection in (answered, silent):
        connection.close()
