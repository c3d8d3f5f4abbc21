"""Under gunicorn, by raw sockets: what arrives cut off, endless or broken neither hangs it nor breaks it."""

import json
import re
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import servers

MEGABYTE = 1024 * 1024
POST = b"POST /api/v1/partners HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[servers.Address]:
    with servers.platform(tmp_path_factory.mktemp("server"), "local:") as platform:
        yield platform.address


def exchange(address: servers.Address, *pieces: bytes) -> tuple[int, bytes, int]:
    """(status, body, bytes that could be sent before the answer came)."""
    with socket.create_connection(address, timeout=10) as connection:
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
        if not piece or (length and len(answer.partition(b"\r\n\r\n")[2]) >= int(length[1])):
            return answer


def test_a_body_of_10_mb_is_refused_without_being_read(address: servers.Address) -> None:
    began = time.monotonic()
    status, body, _ = exchange(address, POST + b"Content-Length: %d\r\n\r\n" % (10 * MEGABYTE))
    assert (status, json.loads(body)["code"]) == (413, "body_too_large")
    assert time.monotonic() - began < 2, "it was answered before any of the body was sent"


def test_one_who_sends_10_mb_all_the_same_is_answered(address: servers.Address) -> None:
    length = b"Content-Length: %d\r\n\r\n" % (10 * MEGABYTE)
    status, body, _ = exchange(address, POST + length, *[b" " * 65536] * 160)
    assert (status, json.loads(body)["code"]) == (413, "body_too_large")


def test_endless_chunks_are_refused(address: servers.Address) -> None:
    chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
    status, body, _ = exchange(address, POST + b"Transfer-Encoding: chunked\r\n\r\n", *[chunk] * 160)
    assert (status, json.loads(body)["code"]) == (413, "body_too_large")


def test_a_broken_chunk_is_a_problem_of_the_caller(address: servers.Address) -> None:
    status, body, _ = exchange(address, POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n")
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
def test_nothing_on_the_wire_makes_a_500(address: servers.Address, request_line: bytes) -> None:
    status, _, _ = exchange(address, request_line)
    assert 200 <= status < 500


def test_after_all_that_it_still_answers(address: servers.Address) -> None:
    status, body, _ = exchange(address, b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
    assert (status, json.loads(body)["status"]) == (200, "ready")


def test_told_to_stop_it_waits_for_nobody_who_asks_nothing(tmp_path: Path) -> None:
    """One has been answered and one has not asked yet: a phone keeps its connection for a minute."""
    address = servers.free_address()
    environment = {"XFH_HTTP": servers.text(address), "XFH_DATA": str(tmp_path), "XFH_LOG_LEVEL": "ERROR"}
    patient = {"GUNICORN_CMD_ARGS": "--graceful-timeout=60"}  # More than the test is.
    with servers.running([sys.executable, "-m", "services.cli", "up"], {**environment, **patient}, address) as server:
        answered, silent = (socket.create_connection(address, timeout=10) for _ in range(2))
        answered.sendall(b"GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert _read(answered).startswith(b"HTTP/1.1 200")
    assert server.returncode == 0, "it did wait, and was killed"
    for connection in (answered, silent):
        connection.close()
