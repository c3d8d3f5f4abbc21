"""Whose token is believed: a developer's as it is, a person's until something changes of what they may do."""

from pathlib import Path
from typing import Any, cast

import pytest

from gateway.edge.rpc import Services
from gateway.signin.access import ASKED_EVERY_S, GOOD_FOR_S, MOST_REMEMBERED, Access
from gateway.signin.bearing import Bearers
from schemas.documents import Json
from services.kit.actor import Actor, Role
from services.kit.bearers import tokens
from services.kit.bearers.tokens import Bearer, Verifier
from services.kit.config import Settings
from services.kit.errors import Unauthenticated, Unavailable
from tests.given import refused

PERSON, OTHER = "01JXA3V9Q2M4N5P6R7S8T9V0W1", "01JXA3V9Q2M4N5P6R7S8T9V0W2"
COMMUNITY = "510108015001"
RESIDENT, WORKER = Role("resident", COMMUNITY), Role("community_worker", COMMUNITY)


class People:
    """The people service as far as tokens ask it: whose access changed, and when last."""

    def __init__(self) -> None:
        self.changes = [(OTHER, 3), (PERSON, 4)]
        self.is_there, self.asked = True, list[str]()

    @property
    def head(self) -> int:
        return self.changes[-1][1]

    def change(self, person: str = PERSON) -> None:
        self.changes.append((person, self.head + 1))

    def ask(self, service: str, name: str, question: Json, **_: Any) -> Json:
        self.asked.append(name)
        if not self.is_there:
            raise Unavailable("people does not answer")
        return cast(Json, getattr(self, f"_{name}")(**question))

    def _access(self, person: str) -> Json:
        theirs = [seq for whose, seq in self.changes if whose == person]
        return {"person": person, "seq": max(theirs, default=0), "roles": []}

    def _changed_access(self, since: int | None = None) -> Json:
        after = self.head if since is None else since
        items = [
            {"person": whose, "seq": seq} for whose, seq in self.changes if seq > after
        ]
        return {"items": items, "head": self.head, "more": False}


class Signed:
    """A verifier that has read a token already."""

    def __init__(self) -> None:
        self.bearers: dict[str, Bearer] = {}

    def bearer(self, token: str) -> Bearer:
        return self.bearers[token]


class Gateway:
    """Requests by token, and a clock that is moved."""

    def __init__(self, people: People) -> None:
        self.time, self.signed = 100.0, Signed()
        services = cast(Services, people)
        self.access = Access(services, now=lambda: self.time)
        self.bearers = Bearers(self.access, cast(Verifier, self.signed))

    def ask(
        self, seq: int | None, method: str = "POST", id: str = PERSON, *roles: Role
    ) -> Actor:
        actor = Actor(id, roles or (RESIDENT, WORKER))
        self.signed.bearers["token"] = Bearer(actor, seq)
        return self.bearers.actor({"REQUEST_METHOD": method}, "token")

    def later(self, seconds: float = ASKED_EVERY_S) -> None:
        self.time += seconds


@pytest.fixture
def people() -> People:
    return People()


@pytest.fixture
def gateway(people: People) -> Gateway:
    return Gateway(people)


def test_a_token_is_believed_until_something_changes_for_its_bearer(
    people: People, gateway: Gateway
) -> None:
    assert gateway.ask(4).id == PERSON
    people.change(OTHER)
    gateway.later()
    assert gateway.ask(4).roles == (RESIDENT, WORKER)
    people.change()
    gateway.later()
    for method in ("GET", "POST"):
        with refused("token_outdated", Unauthenticated):
            gateway.ask(4, method)
    assert gateway.ask(6).id == PERSON


def test_what_changed_before_the_gateway_came_up_counts(gateway: Gateway) -> None:
    """Every worker of every gateway refuses it, whenever it was started."""
    with refused("token_outdated", Unauthenticated):
        gateway.ask(3)
    assert gateway.ask(4).id == PERSON


def test_what_changed_before_anything_was_forgotten_counts(
    people: People, gateway: Gateway
) -> None:
    gateway.ask(4)
    people.change()
    for each in range(MOST_REMEMBERED):
        people.change(f"{OTHER[:-6]}{each:06}")
    gateway.later()
    with refused("token_outdated", Unauthenticated):
        gateway.ask(4)


def test_a_token_that_does_not_say_when_is_older_than_any_change(
    gateway: Gateway,
) -> None:
    with refused("token_outdated", Unauthenticated):
        gateway.ask(None)
    assert gateway.ask(None, "POST", PERSON[:-1] + "Z").id == PERSON[:-1] + "Z"


def test_of_whom_a_developer_names_nobody_is_asked(
    people: People, gateway: Gateway
) -> None:
    people.is_there = False
    assert gateway.ask(None, "POST", "worker-1").roles == (RESIDENT, WORKER)
    assert people.asked == []


def test_a_person_is_looked_up_once(people: People, gateway: Gateway) -> None:
    known_already = gateway.ask(4)
    asked = list(people.asked)
    assert gateway.ask(4) == known_already
    assert people.asked == asked


def test_without_people_staff_goes_on_for_ten_seconds_and_no_longer(
    people: People, gateway: Gateway
) -> None:
    gateway.ask(4)
    people.is_there = False
    gateway.later(GOOD_FOR_S)
    assert WORKER in gateway.ask(4).roles
    gateway.later()
    with refused("access_unknown", Unavailable):
        gateway.ask(4)
    assert gateway.ask(4, "GET") == Actor(PERSON, (RESIDENT,))
    assert gateway.ask(4, "POST", PERSON, RESIDENT) == Actor(PERSON, (RESIDENT,))


def test_where_people_was_never_heard_nobody_changes_anything(
    people: People, gateway: Gateway
) -> None:
    people.is_there = False
    with refused("access_unknown", Unavailable):
        gateway.ask(4)
    assert gateway.ask(4, "GET") == Actor(PERSON, (RESIDENT,))


def test_a_developers_token_says_where_the_log_of_people_was(tmp_path: Path) -> None:
    """Without a log at hand it says so: a person may be named, and is believed until anything is known of them."""
    settings = Settings(data=tmp_path, store=f"sqlite:{tmp_path}")
    verifier = Verifier(tokens.public_key(settings))
    for id, seq in ((PERSON, 0), ("worker-1", None)):
        token = tokens.issue(settings, id, [WORKER], hours=1)
        assert verifier.bearer(token) == Bearer(Actor(id, (WORKER,)), seq)
