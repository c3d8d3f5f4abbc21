"""What is asked of some services, and what they answer, is read by nobody on the broker, and asked by nobody else.

A password, a code or a name passes there: sealed by AES-256-GCM under a key that the gateway, the service and who
sends codes share. It is bound to who asks what, until when, and an answer to its request: so the broker's password
alone is no right to ask such a service for anything but what every service tells the others.
"""

import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable
from functools import cached_property
from typing import Any

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from schemas.documents import Json, pick
from services.kit.errors import Forbidden

OPEN = {"read_log", "condition", "roles"}
BOUND = ("method", "actor", "key", "until")
SEALED = "sealed"
NONCE_BYTES = 12


class Sealing:
    """For these `services`. The `key` is read when there is something to seal."""

    def __init__(self, services: frozenset[str], key: Callable[[], bytes]):
        self._services, self._read_key = services, key

    def request(self, service: str, request: Json) -> Json:
        """The request as it is sent."""
        if not self._is_for(service, request):
            return request
        about = [service, *pick(request, *BOUND).values()]
        return request | {"payload": {SEALED: self._sealed(request["payload"], about)}}

    def opened(self, service: str, sent: Json) -> Json:
        """The request as it was. Raises `Forbidden` for one that is not sealed, or was for something else."""
        if not self._is_for(service, sent):
            return sent
        about = [service, *pick(sent, *BOUND).values()]
        return sent | {"payload": self._opened(sent["payload"], about)}

    def answer(self, service: str, sent: Json, answer: Any) -> Any:
        """The answer to what was sent, as it goes back."""
        if not self._is_for(service, sent):
            return answer
        return {SEALED: self._sealed(answer, [service, sent["payload"]])}

    def heard(self, service: str, sent: Json, answer: Any) -> Any:
        """The answer as it was."""
        if not self._is_for(service, sent):
            return answer
        return self._opened(answer, [service, sent["payload"]])

    def _is_for(self, service: str, request: Json) -> bool:
        return service in self._services and request["method"] not in OPEN

    def _sealed(self, content: Any, about: Any) -> str:
        nonce = secrets.token_bytes(NONCE_BYTES)
        text = self._key.encrypt(nonce, orjson.dumps(content), orjson.dumps(about))
        return b64encode(nonce + text).decode()

    def _opened(self, said: Any, about: Any) -> Any:
        try:
            raw = b64decode(said[SEALED], validate=True)
            nonce, text = raw[:NONCE_BYTES], raw[NONCE_BYTES:]
            return orjson.loads(self._key.decrypt(nonce, text, orjson.dumps(about)))
        except (InvalidTag, KeyError, TypeError, ValueError) as error:
            raise Forbidden("这样的请求只由网关发出", code="not_sealed") from error

    @cached_property
    def _key(self) -> AESGCM:
        return AESGCM(self._read_key())


def _no_key() -> bytes:
    raise LookupError("nothing is sealed")


NOTHING_SEALED = Sealing(frozenset(), _no_key)
