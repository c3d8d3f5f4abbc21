"""Structured logs, one JSON object a line, and the trace context a request carries."""

import json
import logging
import secrets
import sys
from datetime import UTC, datetime


class JSONLines(logging.Formatter):
    """`{"at", "level", "logger", "message", …}`: what a log call passes as `extra={"about": {…}}` is added.

    Callers pass ids and counts, never what a person wrote or is called.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "about", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def set_up_logging(level: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JSONLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.getLogger("nameko").setLevel("WARNING")
    logging.getLogger("amqp").setLevel("WARNING")


def new_trace() -> str:
    """A W3C `traceparent`."""
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"
