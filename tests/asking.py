"""Asks a service's own rules and answers on documents, without a host."""

from typing import Any

from schemas.documents import Json
from services.kit.config import Settings
from services.kit.entrypoints import Asked, Command, Query
from services.kit.service import Service, entrypoints
from services.kit.views import Reads


def mark_of(service: type[Service], name: str) -> Command | Query:
    marks = (mark for mark in entrypoints(service) if mark.name == name)
    return next(mark for mark in marks if isinstance(mark, Command | Query))


def ask(
    service: type[Service],
    name: str,
    docs: Reads,
    payload: Json,
    who: Asked,
    settings: Settings | None = None,
) -> Any:
    """What comes of it. Who asks is not admitted first."""
    mark = mark_of(service, name)
    given = (mark.given(settings or Settings()),) if mark.given else ()
    rule = mark.rule if isinstance(mark, Command) else mark.answer
    return rule(docs, payload, who, *given)
