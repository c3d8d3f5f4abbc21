"""What is asked of other people's servers: JSON, in good time, of nobody else than was meant, and never too much.

Nothing of what is sent or answered gets into a log or an error: it has numbers, codes and secrets in it.
"""

import logging
from collections.abc import Mapping
from typing import Any

import orjson
import requests
import urllib3

from schemas.documents import Json

WITHIN_S = 5.0
MOST_BYTES = 100_000
# Which would say every address, and some of WeChat's have a secret in them.
logging.getLogger("urllib3").setLevel(logging.WARNING)
NONE: Mapping[str, str] = {}
NOT_REACHED = ("NewConnectionError", "NameResolutionError")


class NotReached(Exception):
    """What was sent certainly has not arrived; sending it again does no harm."""


class NoAnswer(Exception):
    """Nobody knows whether it has arrived."""


class SaysNo(Exception):
    """The server did not do it. `code` is the server's own, or the status."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


def post(url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int, bytes]:
    """Status and body of what is answered."""
    return _asked("POST", url, data=body, headers=dict(headers))


def get_json(
    url: str, said: Mapping[str, str], headers: Mapping[str, str] = NONE
) -> Json:
    """What the server answers. Raises `SaysNo` for a status that is none of success and for what is no JSON object."""
    return _object(*_asked("GET", url, params=dict(said), headers=dict(headers)))


def post_json(url: str, said: Json, query: Mapping[str, str] = NONE) -> Json:
    """The same."""
    return _object(*_asked("POST", url, json=said, params=dict(query)))


def text_in(answer: Mapping[str, Any], name: str) -> str:
    """What is said there, "" where nothing is. Raises `SaysNo` for what is no line of ASCII, as ids and tokens are."""
    said = answer.get(name)
    if said is None:
        return ""
    if not isinstance(said, str) or not said.isascii() or not said.isprintable():
        raise SaysNo(f"bad_{name}")
    return said


def _asked(method: str, url: str, **more: Any) -> tuple[int, bytes]:
    """Goes to no other address, whatever the answer says."""
    try:
        with requests.request(
            method, url, timeout=WITHIN_S, allow_redirects=False, stream=True, **more
        ) as answer:
            return answer.status_code, answer.raw.read(MOST_BYTES, decode_content=True)
    except (requests.ConnectTimeout, requests.exceptions.SSLError) as error:
        raise NotReached from error
    except requests.ConnectionError as error:
        never_got_there = any(sign in repr(error) for sign in NOT_REACHED)
        raise (NotReached if never_got_there else NoAnswer) from error
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise NoAnswer from error


def _object(status: int, body: bytes) -> Json:
    if not 200 <= status < 300:
        raise SaysNo(f"status_{status}")
    try:
        answer = orjson.loads(body)
    except ValueError as error:
        raise SaysNo("no_json") from error
    if type(answer) is not dict:
        raise SaysNo("no_json")
    return answer
