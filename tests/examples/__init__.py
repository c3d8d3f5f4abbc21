"""One canonical example of every command, event and resource, by service."""

from typing import Any

Example = dict[str, Any]
