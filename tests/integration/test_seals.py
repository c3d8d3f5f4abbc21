"""Seals: whatever a hand in a store does to what is sealed is found, and nothing else is."""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, ClassVar

import pytest

from services.kit.actor import OPERATOR
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine.cut import causal_cut
from services.kit.log import Event
from services.kit.seals import keeping, sealing
from services.kit.seals.sealing import ShorterThanSealed
from services.kit.seals.signing import Trusted, trusted
from services.kit.seals.verifying import Astray, chain_in, verify
from services.kit.service import Service
from services.xfh import registry
from tests.clocks import HUNG_S
from tests.contract.engines import event
from tests.hands import Hand, OnMongo, OnSQLite, Row, row_of
from tests.toy import ADDER, SUMS, Adder

EVERYTHING = 10**6
HISTORIES = 6
# Nobody acted for anybody: the field is not written, and to leave it out is no change.
LEFT_OUT_WHEN_EMPTY = {"on_behalf_of"}
FIELDS = tuple(Event.__slots__)
OTHER: dict[str, Any] = {
    "seq": 10**6,
    "version": 10**6,
    "notes": ["N9"],
    "data": {"of": "another"},
}


class Sealed(keeping.KeepsSeals, Service):
    """A toy whose log is sealed by another, and which seals that one's."""

    name = "adder"
    collections = (SUMS, keeping.SEALS)
    folds: ClassVar = {"adder": {**ADDER["adder"], **keeping.FOLDS}}
    sealed_in = "keeper"

    add = Adder.add


class Keeper(keeping.KeepsSeals, Service):
    name = "keeper"
    collections = (keeping.SEALS,)
    folds: ClassVar = {"keeper": keeping.FOLDS}
    sealed_in = "adder"


@pytest.fixture
def bus(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalBus]:
    """Nothing is sealed but when it is asked for."""
    monkeypatch.setattr(sealing, "PART", 4)
    bus = LocalBus()
    for service in (Sealed, Keeper):
        bus.host(service, settings)
    yield bus
    bus.stop()


@pytest.fixture
def hand(bus: LocalBus, settings: Settings) -> Hand:
    return hand_in(bus, settings, "adder")


def hand_in(bus: LocalBus, settings: Settings, name: str) -> Hand:
    log: Any = bus.hosts[name].store.log
    if settings.store.startswith("sqlite"):
        return OnSQLite(settings.data / f"{name}.sqlite")
    return OnMongo(log._log)


def told(bus: LocalBus, events: list[Event]) -> None:
    assert bus.hosts["adder"].store.log.append(events) == len(events)


def history(chance: Random, length: int, after: int = 0) -> list[Event]:
    """Random events, each field of which says something."""
    versions: dict[str, int] = {}
    places = range(after + 1, after + length + 1)
    return [_random(chance, seq, f"{after}", versions) for seq in places]


def _random(chance: Random, seq: int, of: str, versions: dict[str, int]) -> Event:
    stream = f"s{chance.randrange(3)}-{of}"
    versions[stream] = versions.get(stream, 0) + 1
    data: dict[str, Any] = {
        "of": "名\u2028字🎋",
        "n": chance.random(),
        "deep": [{"a": None}, seq],
    }
    made = event(seq, stream, versions[stream], **data)
    return replace(made, notes=["N1"], actor=f"R{chance.randrange(5)}")


def difference(bus: LocalBus, keys: Trusted) -> str:
    """The first difference between the toy's log and its seals; "" where there is none."""
    try:
        seals = chain_in(bus.hosts["keeper"].store.log, keys)
        verify(bus.hosts["adder"].store.log, seals, lambda count: None)
    except Astray as astray:
        return str(astray)
    return ""


# What a hand may do to the rows of a log, each given which and a chance.


def edit(rows: list[Row], at: int, field: str) -> list[Row]:
    """One field, with what it is found by made to fit."""
    said = rows[at].event | {field: OTHER.get(field, "another")}
    beside = (
        {field: said[field]} if field in ("seq", "stream", "version", "key") else {}
    )
    return [*rows[:at], replace(rows[at], event=said, **beside), *rows[at + 1 :]]


def leave_out(rows: list[Row], at: int, field: str) -> list[Row]:
    said = {name: value for name, value in rows[at].event.items() if name != field}
    return [*rows[:at], replace(rows[at], event=said), *rows[at + 1 :]]


def misplace(rows: list[Row], at: int, field: str) -> list[Row]:
    """Only what it is found by."""
    if field not in ("stream", "version", "key"):
        field = "key"
    astray = replace(rows[at], **{field: OTHER.get(field, "another")})
    return [*rows[:at], astray, *rows[at + 1 :]]


def delete(rows: list[Row], at: int, field: str) -> list[Row]:
    return [*rows[:at], *rows[at + 1 :]]


def delete_and_close(rows: list[Row], at: int, field: str) -> list[Row]:
    return numbered(delete(rows, at, field))


def insert(rows: list[Row], at: int, field: str) -> list[Row]:
    return numbered([*rows[:at], row_of(event(0, "forged", 1, key="f")), *rows[at:]])


def insert_before_all(rows: list[Row], at: int, field: str) -> list[Row]:
    return [row_of(event(-at, "forged", 1, key="f")), *rows]


def swap(rows: list[Row], at: int, field: str) -> list[Row]:
    moved = list(rows)
    moved[at], moved[at - 1] = rows[at - 1], rows[at]
    return numbered(moved)


def truncate(rows: list[Row], at: int, field: str) -> list[Row]:
    return rows[:at]


def numbered(rows: list[Row]) -> list[Row]:
    places = enumerate(rows, 1)
    return [replace(row, seq=n, event=row.event | {"seq": n}) for n, row in places]


DEEDS: tuple[Callable[[list[Row], int, str], list[Row]], ...] = (
    edit, leave_out, misplace, delete, delete_and_close, insert, insert_before_all,
    swap, truncate,
)  # fmt: skip
DEFAULTS = {"version": 0, "key": "", "digest": "", "actor": "", "notes": []}


def test_whatever_is_done_to_what_is_sealed_is_found_and_nothing_else_is(
    bus: LocalBus, hand: Hand, settings: Settings, seeds: int
) -> None:
    keys = trusted(settings)
    for seed in range(seeds or HISTORIES):
        chance = Random(seed)
        keeper = bus.hosts["keeper"].store.log.head()
        sealed = bus.hosts["adder"].store.log.head()
        told(bus, history(chance, chance.randrange(1, 15), sealed))
        bus.hosts["adder"].sealing.seal(EVERYTHING)
        assert bus.hosts["keeper"].store.log.head() > keeper
        keys = trusted(settings)
        sealed = bus.hosts["adder"].store.log.head()
        told(bus, history(chance, chance.randrange(6), sealed))
        events = bus.hosts["adder"].store.log.read(0, EVERYTHING)
        rows = [row_of(each) for each in events]
        assert difference(bus, keys) == ""
        for deed in DEEDS:
            at, field = chance.randrange(sealed), chance.choice(FIELDS)
            if deed is leave_out and field in LEFT_OUT_WHEN_EMPTY:
                continue
            hand.put(deed(rows, at, field))
            assert difference(bus, keys), (seed, deed.__name__, at, field)
        hand.put(rows)
        assert difference(bus, keys) == ""


@pytest.mark.parametrize("field", FIELDS)
def test_a_change_of_any_field_is_found(
    bus: LocalBus, hand: Hand, settings: Settings, field: str
) -> None:
    told(bus, history(Random(1), 9))
    bus.hosts["adder"].sealing.seal(EVERYTHING)
    rows = [row_of(each) for each in bus.hosts["adder"].store.log.read(0, 9)]
    deeds = (edit,) if field in LEFT_OUT_WHEN_EMPTY else (edit, leave_out)
    for deed in deeds:
        hand.put(deed(rows, 5, field))
        assert difference(bus, trusted(settings))


def test_the_first_difference_is_named(
    bus: LocalBus, hand: Hand, settings: Settings
) -> None:
    told(bus, history(Random(1), 9))
    bus.hosts["adder"].sealing.seal(EVERYTHING)
    rows = [row_of(each) for each in bus.hosts["adder"].store.log.read(0, 9)]
    keys = trusted(settings)
    hand.put(edit(rows, 5, "data"))
    assert difference(bus, keys).startswith("第 5 到 8 个事件里有改动（第 2 份封条")
    hand.put(delete(rows, 5, ""))
    assert difference(bus, keys) == "第 6 个事件不见了，那里是第 7 个"
    hand.put(truncate(rows, 6, ""))
    assert difference(bus, keys).startswith("日志只到第 6 个事件，封条到第 8 个")
    hand.put(misplace(rows, 2, "key"))
    assert difference(bus, keys).startswith("第 3 个事件被改动")
    hand.put([*rows[:4], replace(rows[4], event={"no": "event"}), *rows[5:]])
    assert difference(bus, keys) == "第 5 个事件读不出来"


def test_what_has_no_seal_yet_is_seen_to_have_no_gap(
    bus: LocalBus, hand: Hand, settings: Settings
) -> None:
    told(bus, history(Random(1), 4))
    bus.hosts["adder"].sealing.seal(EVERYTHING)
    told(bus, history(Random(2), 4, after=4))
    rows = [row_of(each) for each in bus.hosts["adder"].store.log.read(0, 9)]
    hand.put(delete(rows, 5, ""))
    assert difference(bus, trusted(settings)) == "第 6 个事件不见了，那里是第 7 个"


def test_a_seal_that_was_changed_left_out_or_signed_by_another_is_none(
    bus: LocalBus, settings: Settings, tmp_path: Path
) -> None:
    told(bus, history(Random(1), 9))
    bus.hosts["adder"].sealing.seal(EVERYTHING)
    keys, hand = trusted(settings), hand_in(bus, settings, "keeper")
    seals = [row_of(each) for each in bus.hosts["keeper"].store.log.read(0, 9)]
    forged = seals[1].event["data"] | {"root": "0" * 64}
    hand.put(edit_data(seals, 1, forged))
    assert difference(bus, keys).startswith("第 2 份封条（")
    hand.put(delete(seals, 1, ""))
    assert difference(bus, keys) == "第 2 份封条不见了，那里是第 3 份"
    hand.put(seals)
    assert difference(bus, keys) == ""
    assert "没有它的公钥" in difference(bus, trusted(Settings(data=tmp_path / "else")))


def edit_data(rows: list[Row], at: int, data: Any) -> list[Row]:
    said = rows[at].event | {"data": data}
    return [*rows[:at], replace(rows[at], event=said), *rows[at + 1 :]]


def test_who_shortens_the_log_in_which_the_seals_are_contradicts_the_other(
    bus: LocalBus, settings: Settings
) -> None:
    told(bus, history(Random(1), 9))
    bus.hosts["adder"].sealing.seal(EVERYTHING)
    bus.hosts["keeper"].sealing.seal(EVERYTHING)
    keeper: Any = bus.hosts["keeper"].store.log
    seals = chain_in(bus.hosts["adder"].store.log, trusted(settings))
    verify(keeper, seals, lambda count: None)
    rows = [row_of(each) for each in keeper.read(0, 9)]
    hand_in(bus, settings, "keeper").put(rows[:1])
    assert chain_in(keeper, trusted(settings))
    with pytest.raises(Astray, match="日志只到第 1 个事件，封条到第 3 个"):
        verify(keeper, seals, lambda count: None)


def test_only_what_is_new_is_read_and_no_more_than_so_many_parts_at_a_time(
    bus: LocalBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(bus, history(Random(1), 30))
    mine = bus.hosts["adder"].sealing
    read: list[int] = []
    log = bus.hosts["adder"].store.log
    original = type(log).read

    def reading(self: Any, after: int, limit: int, types: Any = ()) -> list[Event]:
        events = original(self, after, limit, types)
        if self is log:
            read.extend(event.seq for event in events)
        return events

    monkeypatch.setattr(type(log), "read", reading)
    assert mine.seal(3) == 3
    assert mine.seal(EVERYTHING) == 5
    assert read == list(range(1, 31))
    assert mine.seal(EVERYTHING) == 0


def test_it_is_done_when_a_day_is_over_and_only_then(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    shift = settings.data / "clock"
    bus = LocalBus()
    for service in (Sealed, Keeper):
        bus.host(service, replace(settings, clock_file=str(shift)))
    _add(bus)
    assert bus.hosts["adder"].sealing.look() == 0
    shift.write_text(str(24 * 3600))
    assert bus.hosts["adder"].sealing.look() == 1
    assert bus.hosts["adder"].sealing.look() == 0
    _add(bus)
    assert bus.hosts["adder"].sealing.look() == 0
    bus.stop()


def _add(bus: LocalBus) -> None:
    deadline, key = Deadline.after(HUNG_S), uuid.uuid4().hex
    asked = {"to": "a", "amount": 1}
    bus.call("adder", "add", asked, actor=OPERATOR, deadline=deadline, key=key)


def test_two_replicas_seal_each_part_once(bus: LocalBus, settings: Settings) -> None:
    told(bus, history(Random(1), 9))
    replica = bus.hosts["adder"]
    bus.host(Sealed, settings)
    for each in (replica, bus.hosts["adder"]):
        each.sealing.seal(EVERYTHING)
    replica.stop()
    assert bus.hosts["keeper"].store.log.head() == 3


def test_a_service_with_fewer_events_than_were_sealed_says_so(
    bus: LocalBus, hand: Hand
) -> None:
    told(bus, history(Random(1), 9))
    bus.hosts["adder"].sealing.seal(EVERYTHING)
    hand.put([row_of(each) for each in bus.hosts["adder"].store.log.read(0, 5)])
    with pytest.raises(ShorterThanSealed, match="5 events, 9 sealed"):
        bus.hosts["adder"].sealing.seal(EVERYTHING)


def test_every_service_is_sealed_by_another_that_keeps_seals() -> None:
    for name in registry.SERVICES:
        keeper = registry.load(registry.load(name).sealed_in)
        assert keeper.name != name
        assert issubclass(keeper, keeping.KeepsSeals)
        assert keeping.SEALS in keeper.collections
        assert keeper.folds[keeper.name][keeping.SEALED] is keeping.fold_sealed


def test_no_seal_in_a_backup_says_more_than_the_backup_has(
    bus: LocalBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the cut of one log and that of the other something is recorded, and sealed."""
    told(bus, history(Random(1), 2))
    keeper = bus.hosts["keeper"].store.log
    raced: list[bool] = []
    head = type(keeper).head

    def racing(self: Any) -> int:
        if self is keeper and not raced:
            raced.append(True)
            told(bus, history(Random(2), 3, after=2))
            bus.hosts["adder"].sealing.seal(EVERYTHING)
        return head(self)

    monkeypatch.setattr(type(keeper), "head", racing)
    stores = {name: host.store for name, host in bus.hosts.items()}
    cut = causal_cut({"adder": Sealed, "keeper": Keeper}, stores)
    assert raced
    assert cut["adder"].head == 5
