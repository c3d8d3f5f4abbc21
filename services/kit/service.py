"""What a service is: its name, what it keeps and follows, and what it answers to, found by name.

Both buses read this table: the local bus calls what it names, `nameko_host` makes nameko entrypoints of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from services.kit.entrypoints import Entrypoint
from services.kit.lifecycle import LifeCycle
from services.kit.views import Collection, Folds


class Service:
    """A service: its name, the documents it keeps, how each log it reads is folded, and what it answers to.

    `folds` maps a source's name to `{event type: fold}`; the service's own name is one of them. `lifecycles` are those
    of its entities, for the documentation. What it answers to is named by its attributes.

    `erases_for` is the service that says who is erased, by `person_erased.v1 {person}`: then all notes of that person
    go, after whatever downtime, with what could open a copy of them. `secret_notes` are how the ids of those begin that
    nobody is shown, not even of their own.

    `is_sealed` where what is asked and answered passes a broker sealed, by `services/kit/buses/rabbit/sealing.py`.

    `sealed_in` is the service in whose log this one's is sealed every day: one that `KeepsSeals`.
    """

    name: ClassVar[str]
    collections: ClassVar[Sequence[Collection]]
    folds: ClassVar[Mapping[str, Folds]]
    lifecycles: ClassVar[Sequence[LifeCycle]] = ()
    erases_for: ClassVar[str] = ""
    is_sealed: ClassVar[bool] = False
    secret_notes: ClassVar[tuple[str, ...]] = ()
    sealed_in: ClassVar[str] = ""


def entrypoints(service: type[Service]) -> list[Entrypoint]:
    """What a service answers to, by name."""
    attributes = ((name, getattr(service, name)) for name in sorted(dir(service)))
    return [
        replace(value, name=name)
        for name, value in attributes
        if isinstance(value, Entrypoint)
    ]
