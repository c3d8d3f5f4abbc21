"""`xfh backup`: everything that cannot be had again, in a folder, while the platform goes on.

    manifest.json        what is there, written last
    logs/SERVICE.jsonl   a line for each event, as `xfh log export` writes them
    notes/SERVICE.jsonl  what people wrote: apart, so that what is erased can be erased here as well
    keys/                the platform's keys, each service's secrets, and in SERVICE.data.jsonl what opens its notes

A folder without a manifest is no backup: it was interrupted.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import orjson

from schemas.documents import Json
from schemas.fields import instant
from services.kit.config import Settings, masked
from services.kit.engine import keys
from services.kit.engine.another_log import id_at, is_another
from services.kit.engine.archive import lines
from services.kit.engine.cut import Cut, causal_cut
from services.kit.engine.operating import KEPT, LAST
from services.kit.engine.tables import sources_of
from services.kit.engine.witness import missed
from services.kit.errors import Refused, StoreFull
from services.kit.private import private_file, private_folder
from services.kit.sealed.notes import Notes
from services.kit.store import Store
from services.xfh import registry
from services.xfh.commands.keys import MASTER
from services.xfh.commands.manifest import (
    FORMAT,
    KEYS,
    LOGS,
    MANIFEST,
    Manifest,
    sum_of,
)
from services.xfh.commands.network import must_be_there, store_of
from services.xfh.commands.progress import Told, progress

NOTES = "notes"
DATA_KEYS = ".data.jsonl"
NO_MASTER = (
    "注意：备份里没有主密钥 {}，人们写的话没有它谁也打不开；请另外保存，恢复时放回 {}"
)

Stores = dict[str, Store]


def run(settings: Settings, args: argparse.Namespace) -> int:
    """1 when there is nothing to back up, or the folder is there already."""
    must_be_there(settings)
    if args.to.exists():
        print(f"{args.to} 已经有了，请换一个名字", file=sys.stderr)
        return 1
    with every_store(settings) as stores:
        if not any(store.log.head() for store in stores.values()):
            print(f"{masked(settings.store)} 里什么也没有，没有备份", file=sys.stderr)
            return 1
        must_be_as_followed(stores)
        manifest = backup(settings, stores, args.to)
        remember(stores, manifest)
        missing = missing_masters(settings, stores)
    if missing:
        print(NO_MASTER.format("、".join(missing), settings.keys), file=sys.stderr)
    events = sum(manifest.heads.values())
    print(f"已备份到 {args.to}：{len(manifest.heads)} 个服务，{events:,} 个事件")
    return 0


def backup(settings: Settings, stores: Stores, to: Path) -> Manifest:
    """Writes beside `to` first: what has the name is whole."""
    draft = to.with_name(f"{to.name}.part")
    if draft.exists():
        shutil.rmtree(draft)
    private_folder(draft)
    for part in (LOGS, NOTES, KEYS):
        private_folder(draft / part)
    cut = causal_cut({name: registry.load(name) for name in stores}, stores)
    _copy_logs(stores, cut, draft)
    _copy_beside(settings, stores, draft)
    manifest = _manifest(settings, cut, draft)
    _write(draft / MANIFEST, [manifest.as_text()])
    draft.rename(to)
    return manifest


def remember(stores: Stores, manifest: Manifest) -> None:
    """Tells each service when it was last backed up. A store that is full is backed up all the same."""
    for name, store in stores.items():
        told = {"id": LAST, "at": manifest.made_at, "head": manifest.heads[name]}
        with suppress(StoreFull):
            store.keep.put(KEPT, LAST, told)


@contextmanager
def every_store(settings: Settings) -> Iterator[Stores]:
    with ExitStack() as stack:
        names = registry.SERVICES
        yield {name: stack.enter_context(store_of(settings, name)) for name in names}


def notes_of(settings: Settings, name: str, store: Store) -> Notes:
    return Notes(name, store.keep, settings.master_keys)


def must_be_as_followed(stores: Stores) -> None:
    """Raises `Refused` where a log was lost or put back: what is left is no backup of what there was."""
    for name, store in stores.items():
        for source in sources_of(registry.load(name)):
            begun = store.views.begin(source)
            place = begun.position
            there = id_at(stores[source].log, place)
            if is_another(begun, there):
                says = f"{source} 的日志换过了，{name} 跟随的不是它；请先处理（xfh followers）"
                raise Refused("another_log", says)
        if missed(name, store.log, [other.keep for other in stores.values()]):
            says = (
                f"{name} 的日志换过了，别的服务见过的不是它；请先处理（xfh followers）"
            )
            raise Refused("another_log", says)


def missing_masters(settings: Settings, stores: Stores) -> list[str]:
    """Those master keys without which some of what is backed up can never be read again."""
    is_there = (settings.keys / MASTER).is_file()
    known = settings.master_keys().by_kid if is_there else {}
    notes = (notes_of(settings, name, store) for name, store in stores.items())
    wrapping = {kept["kid"] for one in notes for kept in one.keys.kept()}
    return sorted(wrapping - known.keys())


def files_in(folder: Path) -> list[Path]:
    """What the manifest has sums of: all but itself, and but the notes and what opens them: some may be taken later."""
    paths = (path for name in (LOGS, KEYS) for path in (folder / name).iterdir())
    return sorted(path for path in paths if not path.name.endswith(DATA_KEYS))


def _copy_logs(stores: Stores, cut: Cut, to: Path) -> None:
    with progress("备份", sum(place.head for place in cut.values())) as told:
        for name, store in stores.items():
            written = lines(name, store.log, 0, cut[name].head)
            _write(to / LOGS / f"{name}.jsonl", _counted(written, told))


def _copy_beside(settings: Settings, stores: Stores, to: Path) -> None:
    """After the logs: a note is kept before its event is, so those of all events copied are there, or erased."""
    for name, store in stores.items():
        notes = notes_of(settings, name, store)
        _write(to / NOTES / f"{name}.jsonl", _dumped(notes.kept()))
        _write(to / KEYS / f"{name}{DATA_KEYS}", _dumped(notes.keys.kept()))
        _write(to / KEYS / f"{name}.jsonl", _dumped(store.keep.all(keys.KIND)))
    if settings.keys.exists():
        for key in sorted(settings.keys.iterdir()):
            _write(to / KEYS / key.name, [key.read_bytes()])


def _dumped(docs: Iterable[Json]) -> Iterator[bytes]:
    """A line each."""
    for doc in docs:
        yield orjson.dumps(doc) + b"\n"


def _manifest(settings: Settings, cut: Cut, folder: Path) -> Manifest:
    sums = {str(path.relative_to(folder)): sum_of(path) for path in files_in(folder)}
    heads = {name: place.head for name, place in cut.items()}
    done = {name: dict(place.done) for name, place in cut.items()}
    return Manifest(FORMAT, instant(settings.now()), heads, done, sums)


def _write(path: Path, parts: Iterable[bytes]) -> None:
    private_file(path)
    with path.open("wb") as file:
        file.writelines(parts)
        file.flush()
        os.fsync(file.fileno())


def _counted(parts: Iterable[bytes], told: Told) -> Iterator[bytes]:
    for part in parts:
        yield part
        told(1)
