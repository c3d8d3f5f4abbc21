"""`xfh restore`: a backup brought into an empty place, its documents rebuilt, its figures held against the logs.

Interrupted, it goes on where it was when it is called again. What may have been sent since the backup is not sent
again: nobody knows.
"""

import argparse
import gc
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from schemas.documents import Json
from services.kit.buses.local import LocalBus
from services.kit.config import Settings
from services.kit.config.secret_files import secret_file
from services.kit.engine import keys
from services.kit.engine.archive import Line, bring_in, events_in
from services.kit.engine.rebuild import Folding
from services.kit.errors import Refused
from services.kit.log import Log
from services.kit.store import Store, is_there
from services.xfh import registry
from services.xfh.commands import reconcile
from services.xfh.commands.backup import (
    DATA_KEYS,
    NOTES,
    Stores,
    every_store,
    notes_of,
)
from services.xfh.commands.interruption import SENDER, interruption
from services.xfh.commands.kept_lines import docs_in, must_be_whole
from services.xfh.commands.manifest import (
    KEYS,
    LOGS,
    Manifest,
    no_backup,
    read_manifest,
)
from services.xfh.commands.network import catch_up, opened, store_of
from services.xfh.commands.progress import progress


def run(settings: Settings, args: argparse.Namespace) -> int:
    """0 when all is there and every figure is equal."""
    manifest = read_manifest(args.folder)
    must_have(args.folder, KEYS)
    must_have(args.notes or args.folder, NOTES)
    must_be_whole(args.folder, args.notes or args.folder)
    must_fit(settings, args.folder, manifest)
    gc.disable()  # Documents have no cycles; looking for some takes a sixth of the time.
    with every_store(settings) as stores:
        restore_keys(settings, stores, args.folder)
        restore_logs(settings, stores, args.folder, args.notes or args.folder, manifest)
    with opened(settings) as bus:
        rebuild(settings, bus, manifest)
        settle(bus)
    events = sum(manifest.heads.values())
    print(f"已恢复 {args.folder}（{manifest.made_at}）：{events:,} 个事件")
    return reconcile.run(settings, args)


def must_have(folder: Path, part: str) -> None:
    """Whoever wants to do without keys or notes says so with an empty folder."""
    if not (folder / part).is_dir():
        says = f"{folder} 里没有 {part} 文件夹；确实不要这些内容的，请放一个空的"
        raise no_backup(says)


def must_fit(settings: Settings, folder: Path, manifest: Manifest) -> None:
    """Only a place that is empty, or where this restoring was interrupted. Makes nothing."""
    if settings.keys.resolve() == (folder / KEYS).resolve():
        says = f"{folder} 是备份本身，请恢复到另一个空的地方（XFH_DATA）"
        raise Refused("not_empty", says)
    for path in key_files(folder):
        _must_be_no_other(settings.keys / path.name, path.read_bytes())
    for name in registry.SERVICES:
        if is_there(settings.store, name):
            with store_of(settings, name) as store:
                _must_be_its_beginning(store.log, name, folder, manifest)
                _must_have_no_other(store, name, folder)


def _must_be_its_beginning(
    log: Log, name: str, folder: Path, manifest: Manifest
) -> None:
    kept = manifest.heads.get(name, 0)
    head = log.head()
    last = min(head, kept)
    if head > kept + (name == SENDER) or log.ids([last]) != _ids(folder, name, last):
        says = f"这里已有 {name} 的数据，请恢复到空的地方（XFH_DATA、XFH_STORE）"
        raise Refused("not_empty", says)


def _ids(folder: Path, name: str, seq: int) -> dict[int, str]:
    """The id of one event of a backup by its place, nothing of place 0."""
    if seq == 0:
        return {}
    with (folder / LOGS / f"{name}.jsonl").open("rb") as file:
        (line,) = events_in(name, islice(file, seq - 1, seq))
    return {seq: line[0].id}


def _must_have_no_other(store: Store, name: str, folder: Path) -> None:
    for secret in secrets_of(folder, name):
        there = store.keep.get(keys.KIND, secret["id"])
        if there not in (None, secret):
            raise _another_secret(name)


def restore_keys(settings: Settings, stores: Stores, folder: Path) -> None:
    """Keys made here meanwhile would make worthless what was given out with those of the backup."""
    for path in key_files(folder):
        _restore_key(settings.keys / path.name, path.read_bytes())
    for name, store in stores.items():
        for secret in secrets_of(folder, name):
            if store.keep.put_once(keys.KIND, secret["id"], secret) != secret:
                raise _another_secret(name)
        notes = notes_of(settings, name, store)
        for key in docs_in(folder / KEYS / f"{name}{DATA_KEYS}"):
            notes.keys.bring_back(key)


def key_files(folder: Path) -> list[Path]:
    """Those of the platform, which lie in files."""
    return [path for path in (folder / KEYS).iterdir() if path.suffix != ".jsonl"]


def secrets_of(folder: Path, name: str) -> Iterator[Json]:
    return docs_in(folder / KEYS / f"{name}.jsonl")


def _another_secret(name: str) -> Refused:
    return Refused("another_key", f"{name} 已有自己的密钥，请恢复到空的地方")


def _restore_key(path: Path, key: bytes) -> None:
    secret_file(path, lambda: key)
    _must_be_no_other(path, key)


def _must_be_no_other(path: Path, key: bytes) -> None:
    if path.exists() and path.read_bytes() != key:
        raise Refused("another_key", f"{path} 是另一个密钥，请移走后再恢复")


def restore_logs(
    settings: Settings, stores: Stores, folder: Path, notes: Path, manifest: Manifest
) -> None:
    """Notes first: what was said by the events is there as soon as they are. A service of which the backup knows
    nothing came with a later version, and begins empty.
    """
    with progress("恢复", sum(manifest.heads.values())) as told:
        for name in manifest.heads:
            store = stores[name]
            noted = Noted(docs_in(notes / NOTES / f"{name}.jsonl"))
            kept = notes_of(settings, name, store)
            for note in noted.all:
                kept.bring_back(note)
            with (folder / LOGS / f"{name}.jsonl").open("rb") as file:
                lines = noted.seen(events_in(name, file))
                if name == SENDER:
                    lines = chain(lines, _interruption(settings, store.log, manifest))
                for count in bring_in(store.log, lines):
                    told(count)
            kept.drop(*noted.orphans())


class Noted:
    """Notes, and which of them belong to events that are brought back: a note may be of an event after the cut."""

    def __init__(self, notes: Iterable[Json]):
        self.all = list(notes)
        self._events = {note["event"] for note in self.all if "event" in note}
        self._found: set[str] = set()

    def seen(self, lines: Iterable[Line]) -> Iterator[Line]:
        for event, answer in lines:
            self._found.update(event.notes)
            if event.id in self._events:
                self._found.add(event.id)
            yield event, answer

    def orphans(self) -> list[str]:
        """Versions before did not say of which event a note is; those are kept."""
        told = [note for note in self.all if "event" in note]
        return [
            note["id"]
            for note in told
            if self._found.isdisjoint((note["id"], note["event"]))
        ]


def rebuild(settings: Settings, bus: LocalBus, manifest: Manifest) -> None:
    """Folds each log as far as it had been dealt with; what was still to be done then is left to who follows."""
    logs = {name: host.store.log for name, host in bus.hosts.items()}
    ends = {
        name: {name: log.head()} | manifest.done.get(name, {})
        for name, log in logs.items()
    }
    events = sum(sum(ends_of.values()) for ends_of in ends.values())
    with progress("重建", events) as told:
        for name, host in bus.hosts.items():
            folding = Folding(registry.load(name), logs, settings.now)
            for source, upto in ends[name].items():
                folding.look_back(host.store, source)
                folding.fold(source, host.store.views, upto, told)


def settle(bus: LocalBus) -> None:
    """What was under way when the backup was made is done, as it would be at a start."""
    for _ in range(2):  # Two services follow one another.
        for host in bus.hosts.values():
            catch_up(host)
    for host in bus.hosts.values():
        host.timers.fire()


def _interruption(settings: Settings, log: Log, manifest: Manifest) -> Iterator[Line]:
    """After the last event of the backup."""
    head, now = manifest.heads[SENDER], settings.now()
    yield interruption(log, head, manifest.made_at, now), None
