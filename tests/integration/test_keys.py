"""Keys happen once and are answered as at first; of what was asked, the log alone gives nothing back."""

import hashlib
import itertools
import json
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import marshmallow as ma
import orjson
import pytest

from schemas import fields
from schemas.documents import Json
from schemas.events import event
from services.activities.service import Activities
from services.kit.actor import OPERATOR, SYSTEM, Actor, Role
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine.host import Host
from services.kit.engine.keys import of_platform, plain_digest
from services.kit.engine.requests import Request
from services.kit.entrypoints import Asked, Command, command, due
from services.kit.errors import KeyReused
from services.kit.log import Event, Fact
from services.kit.sealed.notes import Note
from services.kit.service import Service, entrypoints
from services.kit.views import Collection, Folds, Overlay, Reads
from services.xfh import registry
from tests.clocks import HUNG_S
from tests.toy import Adder, Echo

PHONE, SHOUTED = "13800000000", "请打电话 13800000000"
LONG_AGO = "2026-01-01T00:00:00.000Z"


class Say(fields.Schema):
    """`born` is looked at and never kept; `words` become notes."""

    letter = fields.Id(required=True)
    words = fields.Many(fields.Text(50), 0, 3, load_default=list)
    born = fields.Day(metadata={"personal": True})


class Told(fields.Schema):
    letter = fields.Id(required=True)
    notes = fields.Many(fields.Id(), 0, 3, load_default=list)


@event("letter_told.v1")
class LetterTold(Told):
    pass


@event("letter_sent.v1")
class LetterSent(fields.Schema):
    letter = fields.Id(required=True)


def fold_told(docs: Overlay, event: Event) -> None:
    before = docs.get("letters", event.data["letter"]) or {"told": 0}
    letter = {
        "id": event.data["letter"],
        "told": before["told"] + 1,
        "state": "told",
        "at": LONG_AGO,
    }
    docs.put("letters", letter)


def fold_sent(docs: Overlay, event: Event) -> None:
    docs.put("letters", {**docs.the("letters", event.data["letter"]), "state": "sent"})


FOLDS: dict[str, Folds] = {
    "letters": {"letter_told.v1": fold_told, "letter_sent.v1": fold_sent}
}


def says(docs: Reads, command: Json, asked: Asked) -> Fact:
    notes = {f"{asked.new_id}.{at}": words for at, words in enumerate(command["words"])}
    data = {"letter": command["letter"], "notes": list(notes)}
    return Fact("letter_told.v1", f"letter/{command['letter']}", data, notes)


def forgets(docs: Reads, command: Json, asked: Asked) -> Fact:
    told = {"letter": command["letter"]}
    return Fact(
        "letter_told.v1",
        f"letter/{command['letter']}",
        told,
        erases=tuple(command["notes"]),
    )


def sends(docs: Reads, letter: Json, asked: Asked) -> Fact:
    return Fact("letter_sent.v1", f"letter/{letter['id']}", {"letter": letter["id"]})


class Letters(Service):
    """Keeps what is said as notes, and sends each letter when its time has come, which is at once."""

    name = "letters"
    collections = (Collection("letters", (("state", "at"),)),)
    folds = FOLDS

    say = command(Say, says, by=["resident"], shows=("letters", "letter"))
    forget = command(Told, forgets, by=["resident"], shows=("letters", "letter"))
    send = due("letters", {"state": "told"}, sends, by="at")


def resident(id: str = "R1") -> Actor:
    return Actor(id, (Role("resident", "*"),))


@pytest.fixture(params=["sqlite", "mongodb"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    if request.param == "sqlite":
        return Settings(data=tmp_path, store=f"sqlite:{tmp_path}")
    url = request.getfixturevalue("mongodb")
    if url is None:
        pytest.skip("no MongoDB")
    return Settings(data=tmp_path, store=f"{url.rstrip('/')}/t{uuid.uuid4().hex[:10]}")


@pytest.fixture
def bus() -> Iterator[LocalBus]:
    bus = LocalBus()
    yield bus
    bus.stop()


@pytest.fixture
def host(bus: LocalBus, settings: Settings) -> Host:
    """It does what is due when told to, not by itself."""
    return bus.host(Letters, settings)


def say(host: Host, key: str, actor: Actor | None = None, **said: Any) -> Json:
    payload = Say().load({"letter": "A", **said})
    answer: Json = host.ask(
        "say",
        payload,
        actor=actor or resident(),
        key=key,
        deadline=Deadline.after(HUNG_S),
    )
    return answer


def written(host: Host) -> list[Event]:
    return host.store.log.read(0, 1000)


def recorded(host: Host, event: Event) -> None:
    """As a version before recorded it, without an answer beside it."""
    assert host.store.log.append([event]) == 1
    host.ledger.refresh()


def formerly(
    key: str, name: str, asked: Any, actor: Actor = SYSTEM, **more: Any
) -> Event:
    old = {
        "seq": 1,
        "version": 1,
        "type": "letter_told.v1",
        "data": {"letter": "A"},
        **more,
    }
    return Event(
        id=f"E{old['seq']}", stream="letter/A", time=LONG_AGO, trace="", key=key,
        digest=plain_digest(name, asked), actor=actor.id, **old,
    )  # fmt: skip


# Keys of the platform and of people


def test_no_key_of_an_actor_called_like_a_timer_stops_what_is_due(host: Host) -> None:
    squatter = resident("send")
    say(host, "k1")
    say(host, f"A:{LONG_AGO}", squatter, letter="B")
    say(host, of_platform("due", f"send:A:{LONG_AGO}"), squatter, letter="C")
    assert host.timers.fire() == 3
    assert [
        event.stream for event in host.store.log.read(0, 10, ["letter_sent.v1"])
    ].count("letter/A") == 1


def test_what_an_actor_called_like_a_timer_recorded_formerly_does_not_stop_it_either(
    host: Host,
) -> None:
    about = {"letter": "A", "words": []}
    recorded(host, formerly(f"send:A:{LONG_AGO}", "say", about, resident("send")))
    assert host.timers.fire() == 1


def test_no_key_of_an_actor_called_set_aside_stops_an_operator(
    bus: LocalBus, settings: Settings
) -> None:
    bus.host(Adder, settings)
    host = bus.host(Echo, settings)
    squatter = Actor("set_aside", (Role("operator", "*"),))
    bus.call(
        "adder",
        "add",
        {"to": "A", "amount": 20},
        actor=OPERATOR,
        key="k",
        deadline=Deadline.after(HUNG_S),
    )
    payload = {"to": "A", "amount": 20}
    bus.call(
        "echo",
        "sum_up",
        payload,
        actor=squatter,
        key="adder:7",
        deadline=Deadline.after(HUNG_S),
    )
    outcome = host.set_aside("adder", 7, "试验")
    assert outcome.event is not None
    assert outcome.event.type == "event_set_aside.v1"


def test_every_key_of_the_platform_begins_as_no_actor_and_no_key_of_theirs_does(
    bus: LocalBus, settings: Settings, host: Host
) -> None:
    say(host, "k1")
    host.timers.fire()
    bus.host(Adder, settings)
    echo = bus.host(Echo, settings)
    bus.call(
        "adder",
        "add",
        {"to": "A", "amount": 20},
        actor=OPERATOR,
        key="k",
        deadline=Deadline.after(HUNG_S),
    )
    echo.followers["adder"].catch_up()
    echo.set_aside("adder", 7, "试验")
    keys = [event.key for event in [*written(host)[1:], *written(echo)]]
    assert [key.partition(":")[0] for key in keys] == ["@due", "@event", "@set_aside"]
    assert written(host)[0].key.isalnum()


# Across an upgrade


def test_what_was_done_in_time_under_its_former_key_is_not_done_twice(
    host: Host,
) -> None:
    about = {"due": f"send:A:{LONG_AGO}"}
    recorded(host, formerly("R1:k0", "say", {}, resident()))
    recorded(host, formerly(f"send:A:{LONG_AGO}", "send", about, seq=2, version=2))
    host.timers.fire()
    assert len(written(host)) == 2


def test_what_was_reacted_to_under_its_former_key_is_not_reacted_to_twice(
    bus: LocalBus, settings: Settings
) -> None:
    bus.host(Adder, settings)
    echo = bus.host(Echo, settings)
    done = bus.call(
        "adder",
        "add",
        {"to": "A", "amount": 20},
        actor=OPERATOR,
        key="k",
        deadline=Deadline.after(HUNG_S),
    )
    cause = done["event"]["id"]
    more: Json = {"type": "amount_echoed.v1", "data": {"to": "A", "amount": 20}}
    recorded(echo, formerly(cause, "echo", {"event": cause}, **more))
    echo.followers["adder"].catch_up()
    assert [event.key for event in written(echo)] == [cause]


def test_a_key_used_before_the_upgrade_is_answered_as_at_first_and_for_nothing_else(
    host: Host,
) -> None:
    about = {"letter": "A", "words": [], "born": "2001-02-03"}
    recorded(host, formerly("R1:k1", "say", about, resident()))
    say(host, "k2")
    again = say(host, "k1", born="2001-02-03")
    assert (again["event"]["id"], again["document"]["told"]) == ("E1", 1)
    with pytest.raises(KeyReused):
        say(host, "k1", letter="B")
    assert len(written(host)) == 2


def test_what_stands_under_a_former_key_is_nobody_elses(host: Host) -> None:
    recorded(
        host, formerly("R1:R2:k1", "say", {"letter": "A", "words": []}, resident())
    )
    assert say(host, "k1", resident("R1:R2"))["event"]["sequence"] == 2


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


# What a repetition costs


def never(*_: Any) -> Any:
    raise AssertionError("it folded the stream again")


def test_a_repetition_does_not_read_the_stream_however_long_it_is(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = {f"k{n}": say(host, f"k{n}") for n in range(20)}
    monkeypatch.setattr(host.store.log, "read_stream", never)
    assert {key: say(host, key) for key in answers} == answers
    assert [answer["document"]["told"] for answer in answers.values()] == list(
        range(1, 21)
    )


def test_an_answer_that_versions_before_did_not_keep_is_folded_once(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(host, formerly("R1:k1", "say", {"letter": "A", "words": []}, resident()))
    say(host, "k2")
    first = say(host, "k1")
    monkeypatch.setattr(host.store.log, "read_stream", never)
    assert first["document"]["told"] == 1
    assert say(host, "k1") == first


def test_an_answer_that_must_be_folded_holds_nobody_else_up(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded(host, formerly("R1:k1", "say", {"letter": "A", "words": []}, resident()))
    say(host, "k2")
    folding, go_on = threading.Event(), threading.Event()
    monkeypatch.setattr(
        host.store.log, "read_stream", waits(host.store.log.read_stream, folding, go_on)
    )
    with ThreadPoolExecutor(1) as callers:
        slow = callers.submit(say, host, "k1")
        assert folding.wait(HUNG_S)
        assert say(host, "k3")["document"]["told"] == 3
        go_on.set()
        assert slow.result()["document"]["told"] == 1


def waits(
    read: Callable[..., Any], begun: threading.Event, go_on: threading.Event
) -> Callable[..., Any]:
    def waiting(*asked: Any) -> Any:
        begun.set()
        assert go_on.wait(HUNG_S)
        return read(*asked)

    return waiting


def test_the_same_key_twice_in_one_turn_is_answered_alike(host: Host) -> None:
    requests = [
        host.request(
            host.command("say"), {"letter": "A", "words": ["一"]}, resident(), "k1"
        )
        for _ in "12"
    ]
    outcomes = host.ledger.together(requests)
    assert [outcome.document["told"] for outcome in outcomes] == [1, 1]  # type: ignore[union-attr, index]
    assert len(written(host)) == 1
