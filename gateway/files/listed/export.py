"""A list as a table: the question behind it, and its columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gateway.api import TABLES
from gateway.api.routes import Route
from gateway.files.columns import Column


@dataclass(frozen=True, slots=True)
class Export:
    """The list a service's `question` answers, as a table called `title`; `states` are its states in words.

    `only` is what nobody can choose otherwise. One `of_people` is recorded before it is handed out.
    """

    name: str
    title: str
    service: str
    question: str
    columns: tuple[Column, ...]
    states: Mapping[str, str] = field(default_factory=dict)
    only: Mapping[str, Any] = field(default_factory=dict)
    of_people: bool = False

    @property
    def route(self) -> Route:
        """The same list as JSON: what may be asked of it, and by whom."""
        (table,) = (table for table in TABLES if table.service == self.service)
        return next(route for route in table.routes if route.name == self.question)
