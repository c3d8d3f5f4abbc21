"""Under gunicorn: hundreds of pages are told of news, cost little, are in nobody's way, and end with the server."""

import contextlib
import json
import socket
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.kit.actor import Role
from services.kit.bearers import tokens
from tests import servers
from tests.clocks import HUNG_S, pacing

MANY = 500
MOST_MB = 30
MOST_S = 2.0
DISTRICT, STREET = "510108", "510108002"


@pytest.fixture
def platform(tmp_path: Path) -> Iterator[servers.Platform]:
    with servers.platform(tmp_path, "local:") as running:
        yield running


def token(platform: servers.Platform, role: str = "district_admin") -> str:
    return tokens.issue(platform.settings, "D1", [Role(role, DISTRICT)], hours=1)


def begun(platform: servers.Platform, topic: str = "desk") -> socket.socket:
    """A stream that has said its first word."""
    connection = socket.create_connection(platform.address, timeout=HUNG_S)
    head = f"GET /live/{topic} HTTP/1.1\r\nHost: x\r\n"
    head += f"Authorization: Bearer {token(platform)}\r\n\r\n"
    connection.sendall(head.encode())
    return connection


def until(connection: socket.socket, word: bytes) -> bytes:
    heard = b""
    while word not in heard:
        piece = connection.recv(4096)
        assert piece, heard
        heard += piece
    return heard


def recorded(platform: servers.Platform, code: str) -> None:
    """Something happens: the district records a place."""
    about = {"division": code, "name": "成华区", "status": "demo"}
    headers = {"Authorization": f"Bearer {token(platform)}"}
    headers |= {"Content-Type": "application/json"}
    url = f"http://{servers.text(platform.address)}/api/v1/divisions"
    request = urllib.request.Request(url, json.dumps(about).encode(), headers)
    with urllib.request.urlopen(request, timeout=HUNG_S) as answer:
        assert answer.status in (200, 201)


def test_a_page_is_told_that_something_changed_and_nothing_else(
    platform: servers.Platform,
) -> None:
    with begun(platform) as connection:
        first = until(connection, b"retry:")
        assert b"text/event-stream" in first
        recorded(platform, DISTRICT)
        told = until(connection, b"as_of")
        assert b"event: changed" in told
        assert "成华区".encode() not in told


def test_who_is_nobody_or_a_resident_is_told_nothing(
    platform: servers.Platform,
) -> None:
    for bearer, status in (("", b"401"), (token(platform, "resident"), b"403")):
        head = "GET /live/desk HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        head += f"Authorization: Bearer {bearer}\r\n" if bearer else ""
        with socket.create_connection(platform.address, timeout=HUNG_S) as connection:
            connection.sendall(f"{head}\r\n".encode())
            assert status in until(connection, b"\r\n")


def test_500_streams_cost_little_are_in_nobodys_way_and_end_at_once(
    platform: servers.Platform,
) -> None:
    recorded(platform, DISTRICT)
    before_mb = platform.resident_mb()
    with contextlib.ExitStack() as open_ones:
        streams = [open_ones.enter_context(begun(platform)) for _ in range(MANY)]
        for stream in streams:
            until(stream, b"retry:")
        assert platform.resident_mb() - before_mb <= MOST_MB
        with begun(platform) as one_more:
            assert b"503" in until(one_more, b"\r\n")
        recorded(platform, STREET)
        for stream in streams:
            until(stream, b"changed")
        with pacing() as pace:
            began = time.monotonic()
            platform.process.terminate()
            for stream in streams:
                with contextlib.suppress(ConnectionResetError):
                    while stream.recv(4096):
                        pass
            took_s = time.monotonic() - began
        assert took_s < MOST_S * pace.worst
