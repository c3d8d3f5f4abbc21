"""Two ids of one person: the one that is merged into another stands for that one wherever it is said.

Every service that keeps things of people folds who is merged into whom. What names a person, in a command or a
question, is read as the survivor's id before any rule sees it, for ever: old links, tables and devices go on naming
the other. Events are never changed, and what they made is moved by each service in events of its own.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import marshmallow as ma

from schemas.documents import Json
from schemas.persons import Person, called, guest, is_guest, principal
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay, Reads

# `{id, into}`: nothing more once the merge is undone.
ALIASES = Collection("aliases", (("into", "id"),))
NAMES_PERSON = "names_person"


def fold_merged(docs: Overlay, event: Event) -> None:
    """From now on the one id stands for the other."""
    alias = {"id": event.data["person"], "into": event.data["into"]}
    docs.put(ALIASES.name, alias)


def fold_undone(docs: Overlay, event: Event) -> None:
    """The id stands for itself again."""
    docs.put(ALIASES.name, {"id": event.data["person"]})


FOLDS: Folds = {"persons_merged.v1": fold_merged, "merge_undone.v1": fold_undone}


def survivor(docs: Reads, person: str) -> str:
    """Who the id stands for: the last of those it was merged into, else itself. A guest is the survivor's guest."""
    if is_guest(person):
        return guest(survivor(docs, principal(person)), called(person))
    alias = docs.get(ALIASES.name, person) or {}
    return survivor(docs, alias["into"]) if "into" in alias else person


def merged_into(docs: Reads, person: str) -> list[str]:
    """The ids that stand for the person, directly or by way of another."""
    find = Find(ALIASES.name, {"into": person}, "id")
    ids = [alias["id"] for alias in docs.find(find)]
    return [each for id in ids for each in (id, *merged_into(docs, id))]


def names_people(schema: ma.Schema) -> bool:
    """Whether some field of it, at any depth, names a person."""
    return any(_names_people(field) for field in schema.fields.values())


def named(schema: ma.Schema, payload: Mapping[str, Any]) -> Iterator[str]:
    """The ids of persons that a payload of that schema names."""
    for name, field in schema.fields.items():
        if payload.get(name) is not None:
            yield from _named(field, payload[name])


def in_force(docs: Reads, schema: ma.Schema, payload: Mapping[str, Any]) -> Json:
    """The payload of that schema with every id of a person in it read as the survivor's."""
    read = dict(payload)
    for name, field in schema.fields.items():
        if read.get(name) is not None:
            read[name] = _of_field(docs, field, read[name])
    return read


def _named(field: ma.fields.Field[Any], value: Any) -> Iterator[str]:
    if isinstance(field, ma.fields.List):
        for item in value:
            yield from _named(field.inner, item)
    elif isinstance(field, ma.fields.Nested):
        yield from named(field.schema, value)
    elif _is_person(field):
        yield value


def _names_people(field: ma.fields.Field[Any]) -> bool:
    if isinstance(field, ma.fields.List):
        return _names_people(field.inner)
    if isinstance(field, ma.fields.Nested):
        return names_people(field.schema)
    return _is_person(field)


def _is_person(field: ma.fields.Field[Any]) -> bool:
    return isinstance(field, Person) or bool(field.metadata.get(NAMES_PERSON))


def _of_field(docs: Reads, field: ma.fields.Field[Any], value: Any) -> Any:
    if isinstance(field, ma.fields.List):
        return [_of_field(docs, field.inner, item) for item in value]
    if isinstance(field, ma.fields.Nested):
        return in_force(docs, field.schema, value)
    return survivor(docs, value) if _is_person(field) else value
