"""Structured logs, one JSON object a line, and the trace context a request carries."""

import json
import logging
import secrets
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from services.kit.errors import StoreFull

FIRST_SILENCE_S = 10.0
LONGEST_SILENCE_S = 3600.0


class JSONLines(logging.Formatter):
    """`{"at", "level", "logger", "message", …}`: what a log call passes as `extra={"about": {…}}` is added.

    Callers pass ids and counts, never what a person wrote or is called.
    """

    def format(self, record: logging.LogRecord) -> str:
        """One line whatever the message holds; the traceback, where there is one, is its `error`."""
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(
                timespec="milliseconds"
            ),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "about", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(level: str) -> None:
    """For the whole process, in the place of what was set up before: a line of JSON each, to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JSONLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("nameko").setLevel("WARNING")
    logging.getLogger("amqp").setLevel("WARNING")


@dataclass(slots=True)
class _Said:
    """What has been said before: how often it came up, and until when it is not said again."""

    times: int = 0
    until: float = 0.0
    silence_s: float = FIRST_SILENCE_S

    def comes_up(self, now: float) -> bool:
        """Counts it once more; whether it is to be said now, each time with twice the silence after it."""
        self.times += 1
        if now < self.until:
            return False
        if now > self.until + self.silence_s:
            self.silence_s = FIRST_SILENCE_S  # Long over, or never before.
        self.until = now + self.silence_s
        self.silence_s = min(self.silence_s * 2, LONGEST_SILENCE_S)
        return True


class Seldom:
    """Says the same at once, then after ever longer silences, each time with how often it has come up by then."""

    def __init__(self, log: logging.Logger):
        self._log = log
        self._said: dict[tuple[str, str], _Said] = {}

    def say(
        self,
        words: str,
        about: Mapping[str, Any],
        error: Exception,
        *,
        traceback_of: Exception | None = None,
    ) -> None:
        """A warning, or an error with its traceback; a store that is full is an error too.

        Words and kind of error make it the same.
        """
        kind = type(error).__name__
        said = self._said.setdefault((words, kind), _Said())
        if not said.comes_up(time.monotonic()):
            return
        is_error = traceback_of is not None or isinstance(error, StoreFull)
        level = logging.ERROR if is_error else logging.WARNING
        about = {**about, "error": f"{kind}: {error}", "times": said.times}
        self._log.log(level, words, extra={"about": about}, exc_info=traceback_of)


def new_trace() -> str:
    """A W3C `traceparent`."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
