"""Given events, when command, then event or refusal: rules and folds tried in memory, without a store."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest

from schemas import catalogue
from schemas.branches import divisions
from schemas.fields import instant
from services.kit.actor import Actor, Role
from services.kit.entrypoints import Asked
from services.kit.errors import Problem, Refused
from services.kit.log import Event, Fact
from services.kit.service import Service
from services.kit.telemetry import new_trace
from services.kit.views import Nothing, Overlay

NOW = datetime(2026, 6, 1, 1, 0, tzinfo=UTC)


def division(code: str, name: str, level: str, parent: str) -> Fact:
    assert level in divisions.LEVELS
    data = {
        "division": code,
        "name": name,
        "level": level,
        "parent": parent,
        "status": "demo",
    }
    return Fact("division_recorded.v1", f"division/{code}", data)


DIVISIONS = (
    division("510108", "甲区", "district", ""),
    division("510108015", "东街", "street", "510108"),
    division("510108016", "西街", "street", "510108"),
    division("510108015001", "灯塔社区", "community", "510108015"),
    division("510108016001", "荷塘社区", "community", "510108016"),
)


def given(service: type[Service], *facts: Fact) -> Overlay:
    """The service's documents after `facts`, its own, in this order."""
    return given_from(Overlay(Nothing()), service, service.name, *facts)


def given_from(
    docs: Overlay,
    service: type[Service],
    source: str,
    *facts: Fact,
    now: datetime = NOW,
) -> Overlay:
    """`docs` after `facts` of the log `source` were folded in as well."""
    for fact in facts:
        event = happened(fact, seq=docs.seq + 1, now=now)
        docs.fold(event, service.folds[source])
        docs.seq = event.seq
    return docs


def happened(fact: Fact, seq: int = 1, now: datetime = NOW) -> Event:
    """The event a fact becomes; checked strictly, so that no test begins from what could not have happened."""
    catalogue.check(fact.type, fact.data)
    return Event(
        seq,
        f"E{seq}",
        fact.type,
        fact.stream,
        instant(now),
        fact.data,
        new_trace(),
        notes=list(fact.notes),
    )


def asked(
    *roles: tuple[str, str], id: str = "P1", now: datetime = NOW, new_id: str = "N1"
) -> Asked:
    """The circumstances of a request by the actor `id` with these (role, scope)s."""
    return Asked(
        Actor(id, tuple(Role(role, scope) for role, scope in roles)), now, new_id
    )


def example_of(examples: ModuleType, type: str, **changes: Any) -> Fact:
    """The canonical example of an event, changed where a test needs it to differ."""
    return Fact(type, "example/1", {**examples.EVENTS[type], **changes})


@contextmanager
def refused(code: str, kind: type[Problem] = Refused, says: str = "") -> Iterator[None]:
    """Passes when what is inside is refused with this code, in a sentence that has `says` in it."""
    with pytest.raises(kind) as caught:
        yield
    assert caught.value.code == code
    assert says in caught.value.title


def marked(service: type[Service], name: str) -> Callable[..., Fact]:
    """The rule of a command, with what its mark looks at before."""
    rule: Callable[..., Fact] = getattr(service, name).rule
    return rule
