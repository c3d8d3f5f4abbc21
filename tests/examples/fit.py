"""Whether a service's examples are complete and fit its schemas."""

from types import ModuleType

from schemas.catalogue import EVENTS
from schemas.fields import Schema
from schemas.resource import Resource
from services.kit.entrypoints import Command
from services.kit.service import Service, entrypoints


def assert_examples_fit(
    service: type[Service], schemas: ModuleType, examples: ModuleType
) -> None:
    """Each command and event of the service has one example, and every example loads with its schema.

    `schemas` is the service's module or a package of them.
    """
    commands = {
        mark.name: mark.schema
        for mark in entrypoints(service)
        if isinstance(mark, Command)
    }
    assert examples.COMMANDS.keys() == commands.keys()
    for name, schema in commands.items():
        assert schema().load(examples.COMMANDS[name]) == examples.COMMANDS[name]

    own = {
        type: schema
        for type, schema in EVENTS.items()
        if _is_from(schema.__class__, schemas)
    }
    assert examples.EVENTS.keys() == own.keys()
    for type, data in examples.EVENTS.items():
        assert own[type].validate(data) == {}

    shown = {cls.__name__: cls for cls in _subclasses(Schema) if _is_from(cls, schemas)}
    assert {
        name for name, cls in shown.items() if issubclass(cls, Resource)
    } <= examples.RESOURCES.keys()
    for name, resource in examples.RESOURCES.items():
        assert shown[name]().validate(resource) == {}


def _is_from(found: type, schemas: ModuleType) -> bool:
    return found.__module__ == schemas.__name__ or found.__module__.startswith(
        f"{schemas.__name__}."
    )


def _subclasses(of: type[Schema]) -> set[type[Schema]]:
    own = set(of.__subclasses__())
    return own.union(*map(_subclasses, own))
