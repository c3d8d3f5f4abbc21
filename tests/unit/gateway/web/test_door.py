"""What a host at work sees while a service does not answer, and for whom they speak."""

from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from gateway.edge.rpc import Services
from gateway.pages.names import names_of
from gateway.web.door import sessions_at_hand
from gateway.web.page import Visit
from gateway.web.places import Places
from gateway.web.whose import hosts_of
from schemas.documents import Json
from schemas.people.persons import MOST_NAMED
from services.kit.actor import Actor, Role
from services.kit.errors import Problem, Unavailable

COMMUNITY = "510108002001"
WORKER = Actor("W1", (Role("community_worker", COMMUNITY),))
SECRETARY = Actor("P1", (Role("branch_secretary", "branch/B1"),))


class Answering:
    """Services whose one answer may be a problem; it counts how often they are asked."""

    def __init__(self, answer: Json | Problem):
        self.answer, self.times = answer, 0

    def place(self, service: str) -> AbstractContextManager[None]:
        return nullcontext()

    def ask(self, *asked: Any, **how: Any) -> Json:
        self.times += 1
        if isinstance(self.answer, Problem):
            raise self.answer
        return self.answer


def visit(services: Answering, actor: Actor) -> Visit:
    asked = cast(Services, services)
    now = datetime(2026, 6, 13, tzinfo=UTC)
    return Visit(asked, Places(asked), actor, now, "", {}, {})


@pytest.fixture
def silent() -> Answering:
    return Answering(Unavailable("没有回答"))


def test_that_nobody_tells_what_is_held_is_no_empty_list(silent: Answering) -> None:
    assert sessions_at_hand(visit(silent, WORKER)) is None
    assert sessions_at_hand(visit(silent, Actor("R1"))) == []


def called(services: Answering, *persons: str, actor: Actor = WORKER) -> list[str]:
    return list(map(names_of(visit(services, actor), persons), persons))


def test_records_that_do_not_answer_are_asked_once(silent: Answering) -> None:
    everybody = [f"resident-{number}" for number in range(2 * MOST_NAMED)]
    assert set(called(silent, *everybody)) == {""}
    assert silent.times == 1


def test_all_on_a_list_are_asked_for_at_once() -> None:
    known = Answering({"items": [{"id": "lin-mei", "name": "林*"}]})
    assert called(known, "lin-mei", "wang-er", "lin-mei") == ["林*", "", "林*"]
    assert known.times == 1


def test_nobody_is_asked_for_on_an_empty_list() -> None:
    known = Answering({"items": []})
    assert called(known) == []
    assert known.times == 0


def test_a_guest_is_called_by_who_brings_them() -> None:
    lin_mei = {"id": "lin-mei", "name": "王*", "contacts": ["139****5678"]}
    known = Answering({"items": [lin_mei]})
    assert called(known, "lin-mei~child-1") == ["王*（尾号 5678）"]


def test_who_keeps_no_records_asks_for_none() -> None:
    known = Answering({"items": [{"id": "lin-mei", "name": "王*"}]})
    assert called(known, "lin-mei", actor=SECRETARY) == [""]
    assert known.times == 0


def test_a_role_speaks_for_the_host_it_names() -> None:
    roles = (*WORKER.roles, *SECRETARY.roles, Role("community_worker", "510108002"))
    other = (Role("resident", "510108"), Role("unit_liaison", ""))
    hosts = list(hosts_of(Actor("P1", roles + other)))
    assert hosts == [f"community/{COMMUNITY}", "branch/B1"]
