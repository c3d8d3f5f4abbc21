"""Who is meant by an id, in a service that knows who was merged into whom: of what is said, and of who says it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from schemas.documents import Json
from services.kit.engine.tables import collections_of
from services.kit.entrypoints import Asked, Command, Query, Service
from services.kit.persons import aliases
from services.kit.views import Reads


class KnownAs:
    """Made once for the process: the schemas of what names people are looked through when it starts."""

    def __init__(self, service: type[Service], marks: Sequence[Command | Query]):
        kept = {each.name for each in collections_of(service)}
        self._knows = aliases.ALIASES.name in kept
        made = {mark.name: mark.schema() for mark in marks}
        self._schemas = {
            name: schema
            for name, schema in made.items()
            if self._knows and aliases.names_people(schema)
        }

    def said(self, docs: Reads, mark: Command | Query, payload: Json) -> Json:
        """The payload, with whoever was merged into somebody read as that one."""
        schema = self._schemas.get(mark.name)
        return aliases.in_force(docs, schema, payload) if schema else payload

    def asked(self, docs: Reads, asked: Asked) -> Asked:
        """Who asks, with the ids of whoever was merged into them, should anybody look."""
        if not self._knows:
            return asked
        return replace(asked, merged=partial(aliases.merged_into, docs, asked.actor.id))
