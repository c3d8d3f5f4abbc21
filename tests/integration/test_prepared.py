"""Commands that are prepared before their turn, and questions answered apart, by a toy service."""

import _thread
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from schemas.documents import Json
from services.kit.actor import OPERATOR, Actor, Role
from services.kit.apart import Workers
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.entrypoints import Asked, command, query
from services.kit.errors import Forbidden, Invalid, KeyReused, Refused
from services.kit.log import Fact
from services.kit.service import Service
from services.kit.views import Folds, Reads
from tests.clocks import HUNG_S
from tests.toy import ADDER, SUMS, Add

SLOW: dict[str, Folds] = {"slow": ADDER["adder"]}
threads: list[int] = []


def prepare(payload: Json) -> Json:
    threads.append(_thread.get_ident())
    if payload["amount"] == 13:
        raise Refused("unlucky", "13 不吉利", path="amount")
    return payload | {"amount": payload["amount"] + len(threads)}


def add(docs: Reads, command: Json, asked: Asked) -> Fact:
    notes = {asked.new_id: "写的话"}
    return Fact("amount_added.v1", f"sum/{command['to']}", command, notes, of="P1")


def noted(docs: Reads, question: Json, asked: Asked) -> list[Any]:
    said = asked.note(question["to"])
    return [docs.the("sums", "A")["sum"], said, _thread.get_ident()]


class Slow(Service):
    """Adds as many as it has been asked to, more each time: as a hash is another each time."""

    name = "slow"
    collections = (SUMS,)
    folds = SLOW

    add = command(Add, add, by=["operator"], shows=("sums", "to"), prepared=prepare)
    noted = query(Add, noted, by=["operator"], apart=True)


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[LocalBus]:
    threads.clear()
    bus = LocalBus(Workers(_thread.start_new_thread))
    bus.host(Slow, Settings(data=tmp_path, store=f"sqlite:{tmp_path}"))
    yield bus
    bus.stop()


def ask(bus: LocalBus, name: str, key: str = "", **payload: Any) -> Any:
    deadline = Deadline.after(HUNG_S)
    return bus.call("slow", name, payload, actor=OPERATOR, deadline=deadline, key=key)


def test_the_rule_gets_what_was_prepared_in_another_thread(bus: LocalBus) -> None:
    assert ask(bus, "add", "k1", to="A", amount=20)["document"]["sum"] == 21
    assert threads != [_thread.get_ident()]


def test_a_repetition_is_told_by_what_was_asked_not_by_what_was_prepared(
    bus: LocalBus,
) -> None:
    first = ask(bus, "add", "k1", to="A", amount=20)
    assert ask(bus, "add", "k1", to="A", amount=20) == first
    with pytest.raises(KeyReused):
        ask(bus, "add", "k1", to="A", amount=19)


def test_what_preparing_refuses_is_refused_and_nothing_is_prepared_for_who_may_not_ask(
    bus: LocalBus,
) -> None:
    with pytest.raises(Refused):
        ask(bus, "add", "k1", to="A", amount=13)
    with pytest.raises(Forbidden):
        bus.call(
            "slow",
            "add",
            {"to": "A", "amount": 20},
            actor=Actor("R1", (Role("resident", "*"),)),
            deadline=Deadline.after(HUNG_S),
        )
    assert len(threads) == 1


def test_a_question_answered_apart_reads_documents_and_notes(bus: LocalBus) -> None:
    ask(bus, "add", "k1", to="A", amount=20)
    [event] = bus.hosts["slow"].store.log.read(0, 10)
    sum, said, thread = ask(bus, "noted", to=event.notes[0], amount=1)
    assert (sum, said, thread != _thread.get_ident()) == (21, "写的话", True)


def test_what_is_prepared_is_asked_by_itself(bus: LocalBus) -> None:
    one = {"name": "add", "payload": {"to": "A", "amount": 20}, "key": "k"}
    with pytest.raises(Invalid, match="单独"):
        ask(bus, "together", groups=[[one]])
