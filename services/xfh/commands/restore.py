"""`xfh restore`: a backup brought into an empty place, its documents rebuilt, its figures held against the logs.

Interrupted, it goes on where it was when it is called again. What may have been sent since the backup is not sent
again: nobody knows.
"""

import argparse
import gc
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from schemas.documents import Json
from services.kit.buses.local import LocalBus
from services.kit.config import Settings
from services.kit.config.secret_files import secret_file
from services.kit.engine import keys
from services.kit.engine.archive import Line, bring_in, events_in
from services.kit.engine.rebuild import Folding
from services.kit.log import Log
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
from services.xfh.commands.network import catch_up, opened
from services.xfh.commands.place import (
    another_secret,
    begin,
    end,
    key_files,
    must_be_no_other,
    must_fit,
    secrets_of,
)
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
        lacking = begin(stores, manifest)
        restore_keys(settings, lacking, args.folder)
        restore_logs(
            settings, lacking, args.folder, args.notes or args.folder, manifest
        )
    with opened(settings) as bus:
        rebuild(settings, bus, manifest)
        settle(bus)
    events = sum(manifest.heads.values())
    print(f"已恢复 {args.folder}（{manifest.made_at}）：{events:,} 个事件")
    code = reconcile.run(settings, args)
    end(settings)
    return code


def must_have(folder: Path, part: str) -> None:
    """Whoever wants to do without keys or notes says so with an empty folder."""
    if not (folder / part).is_dir():
        says = f"{folder} 里没有 {part} 文件夹；确实不要这些内容的，请放一个空的"
        raise no_backup(says)


def restore_keys(settings: Settings, stores: Stores, folder: Path) -> None:
    """Keys made here meanwhile would make worthless what was given out with those of the backup."""
    for path in key_files(folder):
        _restore_key(settings.keys / path.name, path.read_bytes())
    for name, store in stores.items():
        for secret in secrets_of(folder, name):
            if store.keep.put_once(keys.KIND, secret["id"], secret) != secret:
                raise another_secret(name)
        notes = notes_of(settings, name, store)
        for key in docs_in(folder / KEYS / f"{name}{DATA_KEYS}"):
            notes.keys.bring_back(key)


def _restore_key(path: Path, key: bytes) -> None:
    secret_file(path, lambda: key)
    must_be_no_other(path, key)


def restore_logs(
    settings: Settings, stores: Stores, folder: Path, notes: Path, manifest: Manifest
) -> None:
    """Notes first: what was said by the events is there as soon as they are. A service of which the backup knows
    nothing came with a later version, and begins empty.
    """
    with progress("恢复", sum(manifest.heads.values())) as told:
        for name in (name for name in manifest.heads if name in stores):
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
