"""Acting for somebody: a command or a question that names another is decided as theirs, and both are recorded.

The actor of the rule is then who is acted for, with what a resident may and nothing more; so no rule needs to know of
it, but for those that keep apart who judges and who is judged: they ask for `actor.asker`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import ClassVar

from schemas.acting import ON_BEHALF_OF, OnBehalf
from schemas.documents import Json, without
from schemas.fields import Schema
from services.kit.actor import Actor
from services.kit.entrypoints import Asked, Command, Query
from services.kit.service import Service
from services.kit.views import Reads

Mark = Command | Query
ACTED_FOR = "acted_for"
"""Marks a field that names for whom something is asked."""


@dataclass(frozen=True, slots=True)
class StandIns:
    """Who may act for whom, as the service `source` tells.

    `actor` is whom a rule gets for (documents, who is named, what is asked, asked); it raises `Forbidden` for who may
    not.
    """

    source: str
    actor: Callable[[Reads, str, str, Asked], Actor]


class ForOthers:
    """A service of which something may be asked for somebody else."""

    stand_ins: ClassVar[StandIns]


def named_in(mark: Mark, payload: Json, actor: Actor) -> str:
    """Who is acted for; "" when somebody asks for themself."""
    if not issubclass(mark.schema, OnBehalf):
        return ""
    named = str(payload.get(ON_BEHALF_OF, ""))
    return "" if named == actor.id else named


def rests_on(
    service: type[Service], mark: Command, payload: Json, actor: Actor
) -> tuple[str, ...]:
    """With which services to catch up first: whoever acts for somebody may have ceased to a moment ago."""
    said = (payload.get(field, actor.id) for field in _acted_for(mark.schema))
    if all(person == actor.id for person in said):
        return mark.rests_on
    return (*mark.rests_on, _stand_ins(service).source)


@cache
def _acted_for(schema: type[Schema]) -> tuple[str, ...]:
    """The fields that name for whom something is asked, whether it is then decided as theirs or not."""
    fields = schema().fields.items()
    return tuple(name for name, field in fields if ACTED_FOR in field.metadata)


def in_their_place(
    service: type[Service], mark: Mark, docs: Reads, payload: Json, asked: Asked
) -> tuple[Json, Asked]:
    """What is asked and by whom, as the rule gets it. Raises `Forbidden`."""
    if not issubclass(mark.schema, OnBehalf):
        return payload, asked
    person = named_in(mark, payload, asked.actor)
    if person:
        actor = _stand_ins(service).actor(docs, person, mark.name, asked)
        mark.admit(actor)
        asked = replace(asked, actor=actor)
    return without(payload, ON_BEHALF_OF), asked


def _stand_ins(service: type[Service]) -> StandIns:
    if not issubclass(service, ForOthers):
        raise TypeError(f"{service.name} does not say who may act for whom")
    return service.stand_ins
