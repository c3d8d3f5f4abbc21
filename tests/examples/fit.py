"""Whether a service's examples are complete and fit its schemas."""

from types import ModuleType

from schemas.events import EVENTS
from schemas.resource import Resource
from services.kit.entrypoints import Command, Service, entrypoints


def assert_examples_fit(service: type[Service], schemas: ModuleType, examples: ModuleType) -> None:
    """Each command and event of the service has one example, and every example loads with its schema."""
    commands = {mark.name: mark.schema for mark in entrypoints(service) if isinstance(mark, Command)}
    assert examples.COMMANDS.keys() == commands.keys()
    for name, schema in commands.items():
        assert schema().load(examples.COMMANDS[name]) == examples.COMMANDS[name]

    own = {type: schema for type, schema in EVENTS.items() if schema.__module__ == schemas.__name__}
    assert examples.EVENTS.keys() == own.keys()
    for type, data in examples.EVENTS.items():
        assert own[type].validate(data) == {}

    resources = {name for name, found in vars(schemas).items() if _is_resource(found, schemas)}
    assert resources <= examples.RESOURCES.keys()
    for name, resource in examples.RESOURCES.items():
        assert getattr(schemas, name)().validate(resource) == {}


def _is_resource(found: object, schemas: ModuleType) -> bool:
    return isinstance(found, type) and issubclass(found, Resource) and found.__module__ == schemas.__name__
