"""Who folds one version of an event folds each: what a log of any age says reaches every service that cares."""

from collections.abc import Iterable

import pytest

from schemas import catalogue
from services.kit.entrypoints import Reaction
from services.kit.service import entrypoints
from services.xfh import registry


def forgotten(types: Iterable[str]) -> set[str]:
    """The other versions of these events that are not among them."""
    known = set(types)
    return set().union(*map(catalogue.versions, known)) - known


@pytest.mark.parametrize("name", registry.SERVICES)
def test_who_folds_one_version_of_an_event_folds_each(name: str) -> None:
    for source, folds in registry.load(name).folds.items():
        assert not forgotten(folds), f"{name} of {source}"


@pytest.mark.parametrize("name", registry.SERVICES)
def test_who_reacts_to_one_version_of_an_event_reacts_to_each(name: str) -> None:
    marks = entrypoints(registry.load(name))
    followed = [mark.type for mark in marks if isinstance(mark, Reaction)]
    assert not forgotten(followed)


@pytest.mark.parametrize("name", registry.SERVICES)
def test_what_a_service_folds_and_follows_is_declared(name: str) -> None:
    service = registry.load(name)
    folded = {type for folds in service.folds.values() for type in folds}
    followed = {
        mark.type for mark in entrypoints(service) if isinstance(mark, Reaction)
    }
    assert folded | followed <= catalogue.EVENTS.keys()
