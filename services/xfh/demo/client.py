"""A caller of the HTTP API that never gives up lightly: the same key again until there is an answer."""

import http.client
import json
import time
from collections import deque
from typing import Any
from urllib.parse import urlsplit

from schemas.documents import Json

PATIENCE_S = 90.0
PAUSE_S = 0.2
TIMEOUT_S = 15.0
AGAIN = {429, 502, 503, 504, 507}
LOST = (OSError, http.client.HTTPException)


class NotDone(Exception):
    """An answer that says no: the problem document is in `problem`."""

    def __init__(self, method: str, path: str, status: int, problem: Json):
        about = [str(problem.get(name)) for name in ("code", "title", "errors")]
        super().__init__(f"{method} {path}: {status} {' '.join(about)}")
        self.code = str(problem.get("code"))
        self.problem = problem


class Client:
    """Thread-safe; keeps its connections open until `close`."""

    def __init__(self, address: str):
        self._host = urlsplit(f"//{address}").netloc
        self._idle: deque[http.client.HTTPConnection] = deque()
        self.retried = 0

    def get(self, path: str, token: str = "") -> Any:
        return self._ask("GET", path, token, None, {})

    def post(self, path: str, token: str, body: Json, key: str) -> Any:
        headers = {"Idempotency-Key": key}
        return self._ask("POST", path, token, json.dumps(body), headers)

    def upload(self, path: str, token: str, table: str) -> Any:
        """Sends a table as CSV; the platform itself tells rows it has already."""
        return self._ask("POST", path, token, table, {"Content-Type": "text/csv"})

    def is_ready(self) -> bool:
        """True when every part of the platform answers."""
        try:
            return self._once("GET", "/readyz", None, {})[0] == 200
        except LOST:
            return False

    def close(self) -> None:
        """Its connections; asked again it opens new ones."""
        while self._idle:
            self._idle.pop().close()

    def _ask(
        self,
        method: str,
        path: str,
        token: str,
        body: str | None,
        headers: dict[str, str],
    ) -> Any:
        """The answer, asked for again and again. Raises `NotDone`, or what a lost connection does, in the end."""
        headers = {"Content-Type": "application/json"} | headers
        if token:
            headers["Authorization"] = f"Bearer {token}"
        end = time.monotonic() + PATIENCE_S
        while True:
            try:
                status, text = self._once(method, f"/api/v1{path}", body, headers)
            except LOST:
                if time.monotonic() > end:
                    raise
            else:
                if status < 300:
                    return json.loads(text)
                if status not in AGAIN or time.monotonic() > end:
                    raise NotDone(method, path, status, json.loads(text))
            self.retried += 1
            time.sleep(PAUSE_S)

    def _once(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        """(status, content). Raises one of `LOST`."""
        connection = self._connection()
        content = body.encode() if body is not None else None
        try:
            connection.request(method, path, body=content, headers=headers)
            response = connection.getresponse()
            answer = response.status, response.read()
        except LOST:
            connection.close()
            raise
        self._idle.append(connection)
        return answer

    def _connection(self) -> http.client.HTTPConnection:
        if self._idle:
            return self._idle.pop()
        return http.client.HTTPConnection(self._host, timeout=TIMEOUT_S)
