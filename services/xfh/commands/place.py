"""Where a backup may be restored to: an empty place, or the one where restoring this backup was interrupted."""

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from schemas.documents import Json
from services.kit.config import Settings
from services.kit.engine import keys
from services.kit.engine.archive import events_in
from services.kit.errors import Refused
from services.kit.store import Store, is_there
from services.xfh import registry
from services.xfh.commands.backup import Stores
from services.xfh.commands.interruption import SENDER
from services.xfh.commands.kept_lines import docs_in
from services.xfh.commands.manifest import KEYS, LOGS, Manifest
from services.xfh.commands.network import store_of

RESTORING, BACKUP = (
    "restoring",
    "backup",
)  # The kind and id of the mark that it has begun, kept until it is done.


def must_fit(settings: Settings, folder: Path, manifest: Manifest) -> None:
    """Makes nothing. Raises `Refused`."""
    if settings.keys.resolve() == (folder / KEYS).resolve():
        says = f"{folder} 是备份本身，请恢复到另一个空的地方（XFH_DATA）"
        raise Refused("not_empty", says)
    for path in key_files(folder):
        must_be_no_other(settings.keys / path.name, path.read_bytes())
    goes_on = _has_begun(settings, manifest)
    for name in registry.SERVICES:
        if is_there(settings.store, name):
            with store_of(settings, name) as store:
                if not (goes_on or _has_no_more(store, name, manifest)):
                    raise _not_empty(name)
                _must_begin_alike(store, name, folder, manifest)
                _must_have_no_other_secret(store, name, folder)


def begin(stores: Stores, manifest: Manifest) -> Stores:
    """Marks that it has begun; the services for which there is something to be brought in.

    Where more has happened since, all was there: what was erased by that is not brought back.
    """
    stores[SENDER].keep.put(RESTORING, BACKUP, _mark(manifest))
    return {
        name: store
        for name, store in stores.items()
        if _has_no_more(store, name, manifest)
    }


def end(settings: Settings) -> None:
    """From now on it is a place like any other."""
    with store_of(settings, SENDER) as store:
        store.keep.drop(RESTORING, BACKUP)


def key_files(folder: Path) -> list[Path]:
    """Those of the platform, which lie in files."""
    return [path for path in (folder / KEYS).iterdir() if path.suffix != ".jsonl"]


def secrets_of(folder: Path, name: str) -> Iterator[Json]:
    """Those of a service, which lie in its store."""
    return docs_in(folder / KEYS / f"{name}.jsonl")


def another_secret(name: str) -> Refused:
    return Refused("another_key", f"{name} 已有自己的密钥，请恢复到空的地方")


def must_be_no_other(path: Path, key: bytes) -> None:
    """Raises `Refused` where there is a key that is not this one."""
    if path.exists() and path.read_bytes() != key:
        raise Refused("another_key", f"{path} 是另一个密钥，请移走后再恢复")


def _mark(manifest: Manifest) -> Json:
    return {"id": BACKUP, "at": manifest.made_at}


def _has_begun(settings: Settings, manifest: Manifest) -> bool:
    if not is_there(settings.store, SENDER):
        return False
    with store_of(settings, SENDER) as store:
        return store.keep.get(RESTORING, BACKUP) == _mark(manifest)


def _has_no_more(store: Store, name: str, manifest: Manifest) -> bool:
    """Than the backup has, and what restoring adds to it."""
    return store.log.head() <= manifest.heads.get(name, 0) + (name == SENDER)


def _must_begin_alike(
    store: Store, name: str, folder: Path, manifest: Manifest
) -> None:
    last = min(store.log.head(), manifest.heads.get(name, 0))
    if last and store.log.ids([last]) != {last: _id_at(folder, name, last)}:
        raise _not_empty(name)


def _id_at(folder: Path, name: str, seq: int) -> str:
    with (folder / LOGS / f"{name}.jsonl").open("rb") as file:
        ((event, _),) = events_in(name, islice(file, seq - 1, seq))
    return event.id


def _not_empty(name: str) -> Refused:
    says = f"这里已有 {name} 的数据，请恢复到空的地方（XFH_DATA、XFH_STORE）"
    return Refused("not_empty", says)


def _must_have_no_other_secret(store: Store, name: str, folder: Path) -> None:
    for secret in secrets_of(folder, name):
        if store.keep.get(keys.KIND, secret["id"]) not in (None, secret):
            raise another_secret(name)
