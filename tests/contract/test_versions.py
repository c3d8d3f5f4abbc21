"""Who folds one version of an event folds each: what a log of any age says reaches every service that cares."""

import pytest

from schemas.catalogue import EVENTS
from services.kit.entrypoints import Reaction, entrypoints
from services.xfh import registry


def kind(type: str) -> str:
    return type.rpartition(".v")[0]


@pytest.mark.parametrize("name", registry.SERVICES)
def test_who_folds_one_version_of_an_event_folds_each(name: str) -> None:
    for source, folds in registry.load(name).folds.items():
        kinds = {kind(type) for type in folds}
        forgotten = {type for type in EVENTS if kind(type) in kinds} - folds.keys()
        assert not forgotten, f"{name} of {source}"


@pytest.mark.parametrize("name", registry.SERVICES)
def test_who_reacts_to_one_version_of_an_event_reacts_to_each(name: str) -> None:
    marks = [
        mark for mark in entrypoints(registry.load(name)) if isinstance(mark, Reaction)
    ]
    kinds = {kind(mark.type) for mark in marks}
    assert {type for type in EVENTS if kind(type) in kinds} <= {
        mark.type for mark in marks
    }
