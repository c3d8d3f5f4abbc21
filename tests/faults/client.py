"""Somebody who asks a platform that is being injured, until there is an answer."""

import http.client
import itertools
import json
import time
from collections.abc import Callable
from typing import Any, TypeVar

from tests.clocks import HUNG_S, wait_until
from tests.faults.ledger import Ledger, Told
from tests.faults.plan import Plan

RETRY_S = 0.2
LOST = (OSError, http.client.HTTPException)

Seen = TypeVar("Seen")


class Client:
    """Asks until there is an answer, always with the same key, and writes down how it ended."""

    def __init__(self, plan: Plan, ledger: Ledger):
        self._plan, self._ledger = plan, ledger
        self._connection: http.client.HTTPConnection | None = None

    def post(self, path: str, body: dict[str, Any], key: str) -> Any:
        """The answer, or None when there was none or it said no."""
        end = time.monotonic() + self._plan.load.patience_s
        longest_ms = 0.0
        for attempt in itertools.count(1):
            began = time.monotonic()
            status, answer = self._attempt("POST", path, json.dumps(body), key)
            longest_ms = max(longest_ms, (time.monotonic() - began) * 1000)
            if (
                status == 0 or status in self._plan.load.again
            ) and time.monotonic() < end:
                time.sleep(RETRY_S)
                continue
            self._ledger.write(_told(key, status, answer, attempt, longest_ms))
            return answer if status < 300 and status else None

    def get(self, path: str) -> Any:
        """What is shown there, once anybody answers. Raises `AssertionError` when nobody does, or with a refusal."""

        def shown() -> list[Any]:
            status, answer = self._attempt("GET", path)
            if status in (0, *self._plan.load.again):
                return []
            assert status == 200, f"{status} {answer} for {path}"
            return [answer]

        return seen(shown, path)[0]

    def _attempt(
        self, method: str, path: str, body: str | None = None, key: str = ""
    ) -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {self._plan.token}"}
        if key:
            headers |= {"Content-Type": "application/json", "Idempotency-Key": key}
        try:
            if self._connection is None:
                address = self._plan.host, self._plan.port
                self._connection = http.client.HTTPConnection(*address, timeout=HUNG_S)
            self._connection.request(method, f"/api/v1{path}", body, headers)
            response = self._connection.getresponse()
            return response.status, json.loads(response.read())
        except LOST:
            self.close()
            return 0, {}

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
        self._connection = None


def seen(look: Callable[[], Seen], missing: str) -> Seen:
    """What `look` sees once that is true, looking no more often than a client asks again."""
    return wait_until(look, lambda: f"it never came: {missing}", RETRY_S)


def _told(key: str, status: int, answer: Any, attempts: int, longest_ms: float) -> Told:
    event = answer.get("event") or {"id": "", "sequence": 0}
    code = str(answer.get("code", ""))
    return Told(
        key,
        status,
        event["id"],
        event["sequence"],
        code,
        attempts,
        round(longest_ms, 1),
    )
