"""The services of the network, opened beside those that may be running: one more replica of each, for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from services.kit.buses.local import LocalBus
from services.kit.config import Settings, masked
from services.kit.config.values import BadSetting
from services.kit.engine.host import Host
from services.kit.engine.tables import collections_of, sources_of
from services.kit.store import Store, is_there, open_store
from services.xfh import registry


def must_be_there(settings: Settings, *services: str) -> None:
    """Raises `BadSetting` where there is nothing of these services, of all where none is named.

    For whoever only reads, or goes on with what there is: opening makes what is not there. Of all, one may be missing
    that nobody has read yet: it came with this version.
    """
    must_be_a_folder(settings)
    for service in services or registry.SERVICES:
        if is_there(settings.store, service):
            continue
        if services or not _is_new(settings, service):
            where = masked(settings.store)
            says = f"{where} 里没有 {service} 的数据，请核对 XFH_DATA 和 XFH_STORE"
            raise BadSetting(says)


def _is_new(settings: Settings, service: str) -> bool:
    """True where others that are there follow it, and none of them has read anything of it."""
    there = (name for name in registry.SERVICES if is_there(settings.store, name))
    followers = [name for name in there if service in sources_of(registry.load(name))]
    read = [name for name in followers if _has_read(settings, name, service)]
    return bool(followers) and not read


def _has_read(settings: Settings, reader: str, source: str) -> bool:
    with store_of(settings, reader) as store:
        return store.views.cursor(source) > 0


def must_be_a_folder(settings: Settings) -> None:
    """Raises `BadSetting` where the data folder is not there."""
    if not settings.data.is_dir():
        raise BadSetting(f"没有 {settings.data} 这个目录，请核对 XFH_DATA")


@contextmanager
def opened(settings: Settings) -> Iterator[LocalBus]:
    """Every service on one local bus, answering but not following.

    Other processes hear no doorbell of what is recorded here; their followers find it within half a minute.
    """
    bus = LocalBus()
    try:
        for name in registry.SERVICES:
            bus.host(registry.load(name), settings)
        yield bus
    finally:
        bus.stop()


@contextmanager
def store_of(settings: Settings, service: str) -> Iterator[Store]:
    store = open_store(settings.store, service, collections_of(registry.load(service)))
    try:
        yield store
    finally:
        store.close()


def catch_up(host: Host) -> None:
    """Brings a service up to its own log and to those it follows."""
    host.ledger.refresh()
    for follower in host.followers.values():
        follower.catch_up()
