"""In a rolling upgrade an older version passes events it does not know: the newer one says so and makes it good."""

import json
from dataclasses import replace
from typing import Any, ClassVar

import pytest

from schemas.documents import Json
from services.kit.actor import OPERATOR
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.entrypoints import Asked, command, follows
from services.kit.errors import Refused
from services.kit.log import Event, Fact
from services.kit.service import Service
from services.kit.views import Folds, Overlay, Reads
from services.xfh import grammar, registry
from services.xfh.commands import followers
from services.xfh.commands.network import opened
from tests.clocks import HUNG_S
from tests.integration.cli.conftest import Xfh
from tests.toy import SUMS, Add, fold_amount

OLD, NEW = "amount_added.v1", "amount_echoed.v1"
REFUSED = 666
OLDER: dict[str, Folds] = {"source": {OLD: fold_amount}}
NEWER: dict[str, Folds] = {"source": {OLD: fold_amount, NEW: fold_amount}}


def adds(docs: Reads, command: Json, asked: Asked) -> Fact:
    return Fact(
        NEW if command["amount"] > 100 else OLD, f"sum/{command['to']}", command
    )


class Source(Service):
    """Says the old word for small amounts, the new one for large ones."""

    name = "source"
    collections = (SUMS,)
    folds = NEWER

    add = command(Add, adds, by=["operator"], shows=("sums", "to"))


class Before(Source):
    """The source as the version before knows it: it does not fold the new word."""

    folds = OLDER


class Ear(Service):
    """A follower that knows the old word alone."""

    name = "ear"
    collections = (SUMS,)
    folds = OLDER


class NewEar(Ear):
    folds = NEWER


def notes(docs: Reads, event: Event, asked: Asked) -> Fact | None:
    if event.data["amount"] == REFUSED:
        raise Refused("unlucky", "不行")
    return Fact(OLD, f"note/{event.id}", event.data)


class Hand(Ear):
    """Does something because of the new word, and folds it not."""

    note = follows("source", NEW, notes)


class NewHand(Hand):
    folds = NEWER


def fold_nothing(docs: Overlay, event: Event) -> None:
    """Any word will do that an older version does not know."""


class Both(Hand):
    """Knows one more word of its source that it folds: that of setting aside, which any log has."""

    folds: ClassVar[dict[str, Folds]] = {
        "source": {OLD: fold_amount, "event_set_aside.v1": fold_nothing}
    }


@pytest.fixture(autouse=True)
def services(monkeypatch: pytest.MonkeyPatch) -> dict[str, type[Service]]:
    """Which version of each service runs; a process of it is an opening of the network."""
    running: dict[str, type[Service]] = {"source": Source, "ear": Ear}
    names = dict.fromkeys(running, "")
    monkeypatch.setattr(registry, "SERVICES", names)
    monkeypatch.setattr(grammar, "SERVICES", names)
    monkeypatch.setattr(registry, "load", running.__getitem__)
    monkeypatch.setattr(followers, "troubles", lambda settings: [])
    return running


def add(bus: LocalBus, *amounts: int) -> None:
    for amount in amounts:
        payload = {"to": "a", "amount": amount}
        bus.call(
            "source",
            "add",
            payload,
            actor=OPERATOR,
            deadline=Deadline.after(HUNG_S),
            key=f"k{amount}",
        )


def follow(settings: Settings, *amounts: int) -> None:
    """A process of the versions that run: it records something and follows it."""
    with opened(settings) as bus:
        add(bus, *amounts)
        bus.hosts["ear"].followers["source"].catch_up()


def of(settings: Settings, service: str = "ear") -> int:
    with opened(settings) as bus:
        doc = bus.hosts[service].store.views.get("sums", "a")
        return doc["sum"] if doc else 0


def noted(settings: Settings) -> list[int]:
    with opened(settings) as bus:
        return [
            event.data["amount"]
            for event in bus.hosts["ear"].store.log.read(0, 100, [OLD])
        ]


def incomplete(settings: Settings, service: str = "ear") -> list[str]:
    with opened(settings) as bus:
        found = bus.hosts[service].troubles()
        return [
            trouble["source"] for trouble in found if trouble["state"] == "incomplete"
        ]


def test_what_was_passed_is_said_and_a_rebuild_brings_it(
    settings: Settings, xfh: Xfh, services: dict[str, type[Service]]
) -> None:
    follow(settings, 1, 101, 2)
    assert incomplete(settings) == []
    services["ear"] = NewEar
    follow(settings, 3)
    assert incomplete(settings) == ["source"]
    shown = xfh("followers")
    assert shown.code == 1
    assert NEW in shown.err
    assert "xfh rebuild" in shown.err
    assert xfh("rebuild", "ear").code == 0
    assert of(settings) == 107
    assert incomplete(settings) == []
    assert xfh("followers").code == 0


def test_one_that_passed_nothing_says_nothing(
    settings: Settings, services: dict[str, type[Service]]
) -> None:
    follow(settings, 1, 2)
    services["ear"] = NewEar
    follow(settings, 101)
    assert incomplete(settings) == []
    assert of(settings) == 104


def test_an_older_process_that_goes_on_beside_a_newer_one_is_found_out(
    settings: Settings, services: dict[str, type[Service]]
) -> None:
    for version, amount in ((Ear, 1), (NewEar, 101), (Ear, 102), (NewEar, 103)):
        services["ear"] = version
        follow(settings, amount)
    assert incomplete(settings) == ["source"]
    assert of(settings) == 205


def test_what_should_have_been_done_is_done_once(
    settings: Settings, services: dict[str, type[Service]]
) -> None:
    follow(settings, 101, 1, 102)
    services["ear"] = Hand
    follow(settings)
    assert noted(settings) == [101, 102]
    follow(settings, 103)
    assert noted(settings) == [101, 102, 103]
    assert incomplete(settings) == []


def test_while_a_rebuild_is_awaited_nothing_is_looked_through_again(
    settings: Settings,
    services: dict[str, type[Service]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The new word is folded by one and acted upon by another; each new event costs what it costs otherwise."""
    with opened(settings) as bus:
        bus.hosts["source"].set_aside("nobody", 1, "演练")
    follow(settings, 101, 1)
    services["ear"] = Both
    with opened(settings) as bus:
        follower = bus.hosts["ear"].followers["source"]
        follower.catch_up()
        asked: list[Any] = []
        fetch = follower._fetch

        def counted(after: int, limit: int, types: Any) -> Any:
            asked.append(types)
            return fetch(after, limit, types)

        monkeypatch.setattr(follower, "_fetch", counted)
        for number in range(5):
            add(bus, number + 2)
            follower.catch_up()
    assert noted(settings) == [101]
    assert asked == [follower.types] * 5
    assert incomplete(settings) == ["source"]


def test_what_is_folded_as_well_is_done_on_whole_documents(
    settings: Settings, xfh: Xfh, services: dict[str, type[Service]]
) -> None:
    follow(settings, 101, 1)
    services["ear"] = NewHand
    follow(settings)
    assert noted(settings) == []
    assert xfh("rebuild", "ear").code == 0
    follow(settings)
    assert noted(settings) == [101]
    assert incomplete(settings) == []


def test_a_rebuild_before_the_first_start_passes_nothing_by(
    settings: Settings, xfh: Xfh, services: dict[str, type[Service]]
) -> None:
    follow(settings, 101, 1)
    services["ear"] = NewHand
    assert xfh("rebuild", "ear").code == 0
    follow(settings)
    assert noted(settings) == [101]


def test_what_cannot_be_done_of_it_parks_and_can_be_set_aside(
    settings: Settings, xfh: Xfh, services: dict[str, type[Service]]
) -> None:
    follow(settings, 101, REFUSED, 103)
    services["ear"] = Hand
    follow(settings)
    [standing] = json.loads(xfh("followers", "--json").out)
    assert standing["parked"]["sequence"] == 2
    assert (
        xfh("followers", "set-aside", "ear", "source", 2, "--reason", "演练").code == 0
    )
    assert noted(settings) == [101, 103]
    assert xfh("followers").code == 0


def test_a_service_finds_what_its_older_replica_did_not_fold_of_their_own_log(
    settings: Settings, xfh: Xfh, services: dict[str, type[Service]]
) -> None:
    services["source"] = Before
    with opened(settings) as bus:
        add(bus, 1)
        [first] = bus.hosts["source"].store.log.read(0, 1)
        newer = replace(
            first, seq=2, id="N", type=NEW, version=2, key="n"
        )  # As a newer replica appends it.
        bus.hosts["source"].store.log.append([newer])
        bus.hosts["source"].ledger.refresh()
    services["source"] = Source
    with opened(settings) as bus:
        bus.hosts["source"].start()
    assert incomplete(settings, "source") == ["source"]
    assert xfh("rebuild", "source").code == 0
    assert (of(settings, "source"), incomplete(settings, "source")) == (2, [])
