"""Who is erased is erased everywhere: their notes in each service, and what could open a copy of one."""

import uuid
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from schemas import fields
from schemas.documents import Json
from schemas.events import DECLARED, event
from services.kit.actor import OPERATOR, Actor, Role
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine.held import held_of
from services.kit.engine.host import Host
from services.kit.engine.requests import Request
from services.kit.engine.tables import PERSON_ERASED
from services.kit.entrypoints import Asked, command
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.service import Service
from services.kit.views import Folds, Overlay, Reads
from services.xfh import registry
from tests.clocks import HUNG_S
from tests.examples import people as examples
from tests.given import example_of

PLANTED = "PLANTED-WORDS-种下的话"
FOLK: dict[str, Folds] = {"folk": {}}
DIARY: dict[str, Folds] = {"diary": {}}


class OfPerson(fields.Schema):
    person = fields.Id(required=True)


class Write(OfPerson):
    words = fields.Text(200, required=True)


@event("words_written.v1")
class WordsWritten(OfPerson):
    note = fields.Id(required=True)


def writes(docs: Reads, command: Json, asked: Asked) -> Fact:
    person, words = command["person"], command["words"]
    data = {"person": person, "note": asked.new_id}
    notes = {asked.new_id: words}
    return Fact("words_written.v1", f"person/{person}", data, notes, of=person)


def jots(docs: Reads, command: Json, asked: Asked) -> Fact:
    """A word of whoever asks."""
    return replace(writes(docs, command, asked), of="")


def makes_key(docs: Reads, command: Json, asked: Asked) -> Fact:
    made = example_of(examples, "api_key_made.v2")
    return replace(made, data=made.data | command)


def erases(docs: Reads, command: Json, asked: Asked) -> Fact:
    person = command["person"]
    return Fact(PERSON_ERASED, f"person/{person}", command, erases_of=(person,))


class Folk(Service):
    """Says who is erased, and erases its own notes of theirs as it says so."""

    name = "folk"
    collections = ()
    folds = FOLK

    write = command(Write, writes, by=["operator"], shows=())
    erase = command(OfPerson, erases, by=["operator"], shows=())
    make_key = command(OfPerson, makes_key, by=["operator"], shows=())


class Diary(Service):
    """Follows it."""

    name = "diary"
    collections = ()
    folds = DIARY
    erases_for = "folk"

    write = command(Write, writes, by=["operator"], shows=())
    jot = command(Write, jots, by=["operator"], shows=())


@pytest.fixture
def bus(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalBus]:
    """Who follows does so when told to, not by itself."""
    monkeypatch.setitem(DECLARED, PERSON_ERASED, OfPerson())
    bus = LocalBus()
    for service in (Folk, Diary):
        bus.host(service, settings)
    yield bus
    bus.stop()


def ask(bus: LocalBus, service: str, name: str, **payload: Any) -> Json:
    answer: Json = bus.call(
        service,
        name,
        payload,
        actor=OPERATOR,
        deadline=Deadline.after(HUNG_S),
        key=uuid.uuid4().hex,
    )
    return answer


def texts(host: Host) -> list[str]:
    return [host.notes.text(kept["id"]) for kept in host.notes.kept()]


def follow(bus: LocalBus) -> int:
    return bus.hosts["diary"].followers["folk"].catch_up()


def found_in(folder: Path, texts: set[str]) -> set[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    content = b"".join(path.read_bytes() for path in files)
    return {text for text in texts if text.encode() in content}


def write_everywhere(bus: LocalBus) -> None:
    for service in ("folk", "diary"):
        ask(bus, service, "write", person="P1", words=PLANTED)
        ask(bus, service, "write", person="P2", words="留下的话")


def test_who_is_erased_is_erased_where_it_is_said_and_by_who_follows(
    bus: LocalBus,
) -> None:
    write_everywhere(bus)
    ask(bus, "folk", "erase", person="P1")
    assert texts(bus.hosts["folk"]) == ["留下的话"]
    assert sorted(texts(bus.hosts["diary"])) == sorted([PLANTED, "留下的话"])
    assert follow(bus) == 1
    for host in bus.hosts.values():
        assert texts(host) == ["留下的话"]
        assert [key["id"] for key in host.notes.keys.kept()] == ["P2"]
    assert follow(bus) == 0


def test_what_somebody_wrote_by_a_key_is_theirs_and_goes_with_them(
    bus: LocalBus,
) -> None:
    ask(bus, "folk", "make_key", person="P1", api_key="KEY1")
    by_key = replace(OPERATOR, id="KEY1", maker="P1")
    said = {"person": "P2", "words": PLANTED}
    deadline = Deadline.after(HUNG_S)
    bus.call("diary", "jot", said, actor=by_key, deadline=deadline, key="jotted")
    diary = bus.hosts["diary"]
    held = held_of(Diary, diary.store.views, diary.notes, Actor("P1"))
    assert [word["text"] for word in held["words"]] == [PLANTED]
    ask(bus, "folk", "erase", person="P1")
    follow(bus)
    assert texts(diary) == []
    assert diary.notes.keys.kept() == []


def test_it_is_erased_after_whatever_downtime_and_what_is_written_later_stays(
    settings: Settings, bus: LocalBus
) -> None:
    write_everywhere(bus)
    bus.hosts.pop("diary").stop()
    ask(bus, "folk", "erase", person="P1")
    bus.host(Diary, settings)
    assert follow(bus) == 1
    ask(bus, "diary", "write", person="P1", words="又来了")
    assert follow(bus) == 0
    assert sorted(texts(bus.hosts["diary"])) == sorted(["又来了", "留下的话"])


def test_notes_of_versions_before_go_with_who_wrote_them(bus: LocalBus) -> None:
    host = bus.hosts["diary"]
    for by in ("P1", "P2"):
        note = {"id": f"N-{by}", "by": by, "text": "旧的话"}
        host.store.keep.put("notes", note["id"], note)
    ask(bus, "folk", "erase", person="P1")
    follow(bus)
    assert [kept["id"] for kept in host.notes.kept()] == ["N-P2"]


def test_of_an_erased_person_nothing_is_in_any_file_and_in_no_copy_that_opens(
    bus: LocalBus, settings: Settings
) -> None:
    """What was written by a version before, in the clear, as well: on SQLite, whose files these are."""
    write_everywhere(bus)
    plain = {"id": "N0", "by": "P1", "text": PLANTED}
    bus.hosts["diary"].store.keep.put("notes", "N0", plain)
    stores = [host.store.keep for host in bus.hosts.values()]
    sealed = [
        doc.get("sealed", PLANTED) for keep in stores for doc in keep.of("notes", "P1")
    ]
    keys = [str((keep.get("data_keys", "P1") or {})["wrapped"]) for keep in stores]
    planted = {*sealed, *keys}
    assert len(planted) == 5
    on_sqlite = settings.store.startswith("sqlite")
    assert found_in(settings.data, planted) == (planted if on_sqlite else set())
    ask(bus, "folk", "erase", person="P1")
    follow(bus)
    assert found_in(settings.data, planted) == set()
    for keep in stores:
        assert (keep.of("notes", "P1"), keep.get("data_keys", "P1")) == ([], None)


def asks(key: str, **fact: Any) -> Request:
    said = Fact("words_written.v1", "person/P1", {"person": "P1", "note": "N"}, **fact)
    return Request("said", lambda *_: said, OPERATOR, key, key, "")


def test_in_one_turn_what_is_written_before_goes_and_what_is_written_after_stays(
    bus: LocalBus,
) -> None:
    host = bus.hosts["folk"]
    ask(bus, "folk", "write", person="P1", words=PLANTED)
    [kept] = host.notes.kept()
    read: list[str] = []

    def reads(docs: Overlay, asked: Asked) -> None:
        read.extend(map(asked.note, (kept["id"], "N1", "N2", "N3")))

    host.ledger.together(
        [
            asks("k1", notes={"N1": "先写的"}, of="P1"),
            asks("k2", notes={"N2": "别人的"}, of="P2"),
            asks("k3", erases_of=("P1",)),
            asks("k4", notes={"N3": "后写的"}, of="P1"),
            Request("reads", reads, OPERATOR, "k5", "k5", ""),
        ]
    )
    assert read == ["", "", "别人的", "后写的"]
    assert sorted(texts(host)) == sorted(["别人的", "后写的"])


def test_what_is_refused_erases_nobody(bus: LocalBus) -> None:
    host = bus.hosts["folk"]
    ask(bus, "folk", "write", person="P1", words=PLANTED)

    def refuse(docs: Overlay, asked: Asked) -> Fact:
        raise Refused("no", "不行")

    refusing = Request("no", refuse, OPERATOR, "k2", "k2", "")
    host.ledger.together([asks("k1", erases_of=("P1",)), refusing])
    assert texts(host) == [PLANTED]


def test_a_note_is_of_who_asks_where_nobody_else_is_named(bus: LocalBus) -> None:
    host = bus.hosts["folk"]
    said = Fact(
        "words_written.v1", "person/P1", {"person": "P1", "note": "N"}, {"N": "话"}
    )
    asker = Actor("R9", (Role("resident", "*"),))
    host.ledger.together([Request("said", lambda *_: said, asker, "k", "k", "")])
    note = host.notes.get("N")
    assert note is not None
    assert (note.by, note.of) == ("R9", "R9")


@pytest.mark.parametrize("name", registry.SERVICES)
def test_every_service_erases_for_people_once_there_is_such_a_service(
    name: str,
) -> None:
    others = "people" in registry.SERVICES and name != "people"
    assert registry.load(name).erases_for == ("people" if others else "")
