"""Nobody takes longer than there is time, however they spread what they send; and the oldest of many has to go."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from gunicorn.config import Config
from gunicorn.http.errors import LimitRequestHeaders, ParseException

from gateway.edge.connections import Connection, Line, Lines
from gateway.edge.requests import Requests
from gateway.edge.unreadable import refusal
from tests.clocks import HUNG_S

SHORT_S = 0.3
GET = b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"
HEAD = b"POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n"


class Pair:
    """The two ends of a connection."""

    def __init__(self, lines: Lines):
        here, self.client = socket.socketpair()
        self.connection = Connection(here, lines)
        self.requests = Requests(Config(), self.connection, ("127.0.0.1", 1))

    def close(self) -> None:
        self.connection.close()
        self.client.close()


@pytest.fixture
def lines() -> Lines:
    made = Lines(100, keepalive_s=HUNG_S)
    made.heads = Line(3, SHORT_S)
    made.bodies = Line(3, SHORT_S)
    made.answers = Line(3, SHORT_S)
    return made


@pytest.fixture
def pair(lines: Lines) -> Iterator[Pair]:
    made = Pair(lines)
    yield made
    made.close()


def trickle(client: socket.socket, sent: bytes) -> threading.Thread:
    """Sends a byte now and then, each well within the time there is for all of them; the last one comes too late."""

    def send() -> None:
        for byte in sent:
            time.sleep(SHORT_S / 6)
            try:
                client.sendall(bytes([byte]))
            except OSError:
                return

    thread = threading.Thread(target=send)
    thread.start()
    return thread


def test_a_head_that_comes_byte_by_byte_has_no_more_time_than_another(
    pair: Pair,
) -> None:
    thread = trickle(pair.client, GET)
    with pytest.raises(TimeoutError):
        next(pair.requests)
    pair.close()
    thread.join()


def test_a_body_that_comes_byte_by_byte_has_no_more_time_than_another(
    pair: Pair,
) -> None:
    pair.client.sendall(HEAD)
    request = next(pair.requests)
    thread = trickle(pair.client, b" " * 20)
    with pytest.raises(TimeoutError):
        request.body.read(20)
    assert request.should_close()
    pair.close()
    thread.join()


def test_who_never_stops_sending_is_not_heard_for_ever(
    pair: Pair, lines: Lines
) -> None:
    with (
        pair.connection.waiting(lines.heads, until=time.monotonic() - 1),
        pytest.raises(TimeoutError),
    ):
        pair.connection.recv(1)


def test_who_does_not_take_the_answer_holds_nothing_for_ever(pair: Pair) -> None:
    with pytest.raises(TimeoutError):
        pair.connection.sendall(b"x" * 50_000_000)


def test_somebody_new_who_says_nothing_is_let_go_and_somebody_known_may_be_silent(
    lines: Lines,
) -> None:
    new, known = Pair(lines), Pair(lines)
    assert next(new.requests, None) is None
    known.client.sendall(GET)
    next(known.requests)
    threading.Timer(2 * SHORT_S, known.client.sendall, [GET]).start()
    assert next(known.requests).path == "/healthz"
    new.close()
    known.close()


def test_a_head_of_many_pieces_is_read_like_one(pair: Pair) -> None:
    sent = GET[:-4] + b"\r\nX: " + b"y" * 6000 + b"\r\n\r\n"

    def send() -> None:
        for at in range(0, len(sent), 7):
            pair.client.sendall(sent[at : at + 7])

    thread = threading.Thread(target=send)
    thread.start()
    assert dict(next(pair.requests).headers)["X"] == "y" * 6000
    thread.join()


def test_a_head_without_end_is_refused_by_its_length(pair: Pair) -> None:
    pair.client.sendall(b"GET / HTTP/1.1\r\nX: " + b"y" * 80_000)
    with pytest.raises(LimitRequestHeaders):
        next(pair.requests)


def test_a_body_that_came_with_its_head_is_passed_over_and_one_that_did_not_ends_the_connection(
    lines: Lines,
) -> None:
    whole, half = Pair(lines), Pair(lines)
    whole.client.sendall(HEAD + b" " * 20 + GET)
    assert not next(whole.requests).should_close()
    assert next(whole.requests).path == "/healthz"
    half.client.sendall(HEAD + b" " * 10)
    assert next(half.requests).should_close()
    assert next(half.requests, None) is None
    whole.close()
    half.close()


def test_an_empty_line_between_two_requests_is_nobody_s_request(pair: Pair) -> None:
    pair.client.sendall(GET + b"\r\n" + GET)
    assert [next(pair.requests).path for _ in range(2)] == ["/healthz"] * 2


@pytest.mark.parametrize(
    "sent",
    [
        b"\0" * 10 + b"\r\n\r\n",
        b"GET /\xe5\x8c\x85 HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\n\n",
    ],
)
def test_what_is_no_request_is_told_without_being_repeated(
    pair: Pair, sent: bytes
) -> None:
    pair.client.sendall(sent)
    with pytest.raises(ParseException) as refused:
        next(pair.requests)
    told = refusal(refused.value)
    assert told.startswith(b"HTTP/1.1 400 Bad Request\r\n")
    assert b"\r\nContent-Type: application/problem+json\r\n" in told
    assert sent[:8] not in told


def test_in_a_full_line_whoever_has_stood_there_longest_has_to_go(lines: Lines) -> None:
    pairs = [Pair(lines) for _ in range(4)]
    for pair in pairs:
        lines.heads.join(pair.connection)
    assert list(lines.heads) == [pair.connection for pair in pairs[1:]]
    assert pairs[0].client.recv(1) == b""
    pairs[1].client.settimeout(0.05)
    with pytest.raises(TimeoutError):
        pairs[1].client.recv(1)
    for pair in pairs:
        pair.close()


def test_nobody_stands_in_a_line_they_have_left(pair: Pair, lines: Lines) -> None:
    pair.client.sendall(HEAD + b" " * 20)
    request = next(pair.requests)
    request.body.read(20)
    pair.connection.sendall(b"x")
    assert not [*lines.idle, *lines.heads, *lines.bodies, *lines.answers]
