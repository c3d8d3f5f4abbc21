"""Of what was asked, the log alone gives nothing back."""

import hashlib
import itertools
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import marshmallow as ma
import orjson
import pytest

from schemas.documents import Json
from services.activities.service import Activities
from services.kit.actor import OPERATOR
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine.host import Host
from services.kit.engine.requests import Request
from services.kit.entrypoints import Command
from services.kit.errors import KeyReused
from services.kit.log import Fact
from services.kit.sealed.notes import Note
from services.kit.service import entrypoints
from services.xfh import registry
from tests.clocks import HUNG_S
from tests.integration.keys.letters import Letters, resident, say, written
from tests.toy import Adder

PHONE, SHOUTED = "13800000000", "请打电话 13800000000"


# What the log tells


def guesses(name: str, payloads: list[Json]) -> set[str]:
    texts = [
        orjson.dumps([name, payload], option=orjson.OPT_SORT_KEYS)
        for payload in payloads
    ]
    return {hashlib.sha256(text).hexdigest()[:32] for text in texts}


def test_i8_neither_key_nor_words_can_be_guessed_from_the_log(host: Host) -> None:
    say(host, PHONE, words=[SHOUTED])
    [event] = written(host)
    log = json.dumps(event.as_dict(), ensure_ascii=False)
    assert PHONE not in log
    assert not any(
        guess in log for guess in guesses("say", [{"letter": "A", "words": [SHOUTED]}])
    )
    assert hashlib.sha256(f"R1:{PHONE}".encode()).hexdigest()[:32] not in log


def test_i8_two_services_do_not_hash_alike(
    host: Host, bus: LocalBus, settings: Settings
) -> None:
    adder = bus.host(Adder, settings)
    assert adder.ledger.keys.of(OPERATOR, "k1") != host.ledger.keys.of(OPERATOR, "k1")


def test_i8_replicas_agree_on_the_secret_and_a_restart_keeps_it(
    settings: Settings,
) -> None:
    def first_answer(_: int) -> Json:
        bus = LocalBus()
        try:
            return say(bus.host(Letters, settings), "k1", words=["一句话"])
        finally:
            bus.stop()

    with ThreadPoolExecutor(4) as replicas:
        answers = list(replicas.map(first_answer, range(4)))
    assert [*answers, first_answer(0)] == [answers[0]] * 5


def test_a_key_for_other_words_is_refused_while_they_are_kept(host: Host) -> None:
    first = say(host, "k1", words=["一", "二"])
    assert say(host, "k1", words=["一", "二"]) == first
    with pytest.raises(KeyReused):
        say(host, "k1", words=["一", "三"])


@pytest.mark.parametrize("erased", [0, 1])
def test_i8_once_any_of_its_words_is_erased_nothing_tells_what_was_asked(
    host: Host, erased: int
) -> None:
    first = say(host, "k1", words=["一", "二"])
    [event] = written(host)
    payload = {"letter": "A", "notes": [event.notes[erased]]}
    host.ask(
        "forget", payload, actor=resident(), key="k2", deadline=Deadline.after(HUNG_S)
    )
    [kept] = host.store.keep.all("notes")
    known = {**dict.fromkeys(event.notes, ""), kept["id"]: kept["salt"]}
    about = {"letter": "A", "words": ["一", "二"]}
    orders = itertools.permutations(known.values())
    assert event.digest not in {
        host.ledger.keys.digest("say", about, salts) for salts in orders
    }
    assert say(host, "k1", words=["一", "二"]) == first
    assert say(host, "k1", words=["别的", "话"]) == first
    assert len(written(host)) == 2


def test_a_key_used_for_another_command_after_its_words_are_erased_is_refused(
    host: Host,
) -> None:
    say(host, "k1", words=["一"])
    for note in host.store.keep.all("notes"):
        host.store.keep.drop("notes", note["id"])
    request = replace(
        host.request(host.command("say"), {}, resident(), "k1"),
        shows=("letters", "envelope"),
    )
    with pytest.raises(KeyReused):
        host.ledger.execute(request, Deadline.after(HUNG_S))


def test_i8_a_note_left_empty_is_gone_and_one_written_anew_in_the_same_turn_is_kept(
    host: Host,
) -> None:
    def asks(key: str, **fact: Any) -> Request:
        said = Fact("letter_told.v1", "letter/A", {"letter": "A"}, **fact)
        return Request("said", lambda *_: said, resident(), key, key, "")

    def kept() -> list[str]:
        return [host.notes.text(note["id"]) for note in host.store.keep.all("notes")]

    host.ledger.together([asks("k1", notes={"N1": "一"})])
    host.ledger.together([asks("k2", notes={"N1": ""})])
    assert kept() == []
    host.ledger.together(
        [
            asks("k3", notes={"N1": "二"}),
            asks("k4", erases=("N1",)),
            asks("k5", notes={"N1": "三"}),
        ]
    )
    assert kept() == ["三"]
    host.ledger.together([asks("k6", notes={"N1": "四"}), asks("k7", notes={"N1": ""})])
    assert kept() == []


def test_words_replaced_under_the_same_note_leave_the_first_answer(host: Host) -> None:
    first = say(host, "k1", words=["一"])
    [note] = host.store.keep.all("notes")
    host.notes.put(Note(note["id"], "R1", "R1", "改了", "E9", "0" * 32))
    assert say(host, "k1", words=["一"]) == first


def test_i8_what_is_looked_at_and_not_kept_is_no_part_of_what_the_log_knows(
    host: Host,
) -> None:
    first = say(host, "k1", born="2001-02-03")
    assert say(host, "k1", born="2001-02-04") == first
    assert say(host, "k1") == first


def test_i8_a_day_of_birth_is_looked_at_and_not_kept() -> None:
    marks = {
        mark.name: mark for mark in entrypoints(Activities) if isinstance(mark, Command)
    }
    asking = {"sign_up", "pass_on", "add_to_party", "join_party", "walk_in"}
    assert {name for name, mark in marks.items() if "born" in mark.personal} == asking


def takes(schema: ma.Schema, wanted: str) -> bool:
    """Whether it, or anything in it, has a field of that name."""
    inner = (getattr(field, "inner", field) for field in schema.fields.values())
    inside = (field.schema for field in inner if isinstance(field, ma.fields.Nested))
    return wanted in schema.fields or any(takes(one, wanted) for one in inside)


@pytest.mark.parametrize("service", registry.SERVICES)
def test_i8_no_command_takes_a_day_of_birth_it_does_not_forget(service: str) -> None:
    marks = [
        mark
        for mark in entrypoints(registry.load(service))
        if isinstance(mark, Command)
    ]
    told = {mark.name for mark in marks if takes(mark.schema(), "born")}
    assert told == {mark.name for mark in marks if "born" in mark.personal}
