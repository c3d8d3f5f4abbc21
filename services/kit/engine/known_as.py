"""Who is meant by an id, in a service that knows who was merged into whom: of what is said, and of who says it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial

from schemas.documents import Json
from schemas.fields import Schema
from services.kit.actor import Actor
from services.kit.engine.tables import collections_of
from services.kit.entrypoints import Asked, Command, Query
from services.kit.persons import aliases, machines, standing_in
from services.kit.service import Service
from services.kit.views import Reads


class KnownAs:
    """Made once for the process: the schemas of what names people are looked through when it starts."""

    def __init__(self, service: type[Service], marks: Sequence[Command | Query]):
        self._service = service
        kept = {each.name for each in collections_of(service)}
        self._knows = aliases.ALIASES.name in kept
        self._knows_machines = machines.MACHINES.name in kept
        known = marks if self._knows else ()
        self._schemas = {mark.name: _naming_people(mark.schema) for mark in known}

    def rests_on(self, mark: Command, payload: Json, actor: Actor) -> tuple[str, ...]:
        """With which services to catch up before it is decided."""
        return standing_in.rests_on(self._service, mark, payload, actor)

    def hear_of(
        self, actor: Actor, docs: Reads, catch_up: Callable[[str], None]
    ) -> None:
        """Catches up for a machine that is new: whatever it does must be known as its maker's from the first."""
        is_machine = bool(actor.maker) and self._knows_machines
        if is_machine and not machines.is_known(docs, actor.id):
            catch_up(self._service.erases_for)

    def heard(
        self, docs: Reads, mark: Command | Query, payload: Json, asked: Asked
    ) -> tuple[Json, Asked]:
        """What is asked, of whom and by whom, as a rule gets it. Raises `Forbidden` for who may not act for another."""
        said = self.said(docs, mark, payload)
        self._must_name_others(mark, said, asked.actor)
        asked = replace(asked, said=_as_named(payload, said))
        said, asked = standing_in.in_their_place(self._service, mark, docs, said, asked)
        return said, self.asked(docs, asked)

    def said(self, docs: Reads, mark: Command | Query, payload: Json) -> Json:
        """The payload, with whoever was merged into somebody read as that one."""
        schema = self._schemas.get(mark.name)
        return aliases.in_force(docs, schema, payload) if schema else payload

    def _must_name_others(self, mark: Command | Query, said: Json, who: Actor) -> None:
        if schema := self._schemas.get(mark.name):
            machines.must_be_none_of(schema, said, who)

    def asked(self, docs: Reads, asked: Asked) -> Asked:
        """Who asks, with the ids of whoever was merged into them, looked up once, should anybody ask for them."""
        if not self._knows:
            return asked
        merged = partial(aliases.merged_into, docs, asked.actor.id)
        asked = replace(asked, merged=cache(merged))
        if not self._knows_machines:
            return asked
        return replace(
            asked,
            answers=partial(machines.who_answers, docs),
            by_whatever=partial(machines.hands_of, docs),
        )


@cache
def _naming_people(kind: type[Schema]) -> Schema | None:
    """A schema of the kind; None where no field of it names a person."""
    schema = kind()
    return schema if aliases.names_people(schema) else None


def _as_named(payload: Json, said: Json) -> dict[str, str]:
    """`{the id now: the id that was said}` of whom the payload names otherwise than by the id they go by now."""
    if said is payload:
        return {}
    names = ((said[field], value) for field, value in payload.items())
    return {
        str(now): str(then)
        for now, then in names
        if now != then and isinstance(then, str)
    }
