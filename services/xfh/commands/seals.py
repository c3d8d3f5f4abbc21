"""`xfh log seal` and `xfh log verify`: logs put under seal, and held against what was sealed."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence

from schemas.documents import Json
from services.kit.config import Settings
from services.kit.engine.another_log import id_at, is_another
from services.kit.engine.tables import sources_of
from services.kit.engine.witness import missed
from services.kit.seals.signing import Trusted, digest_of, short, trusted
from services.kit.seals.verifying import Astray, chain_in, verify
from services.kit.store import Store
from services.xfh import registry
from services.xfh.commands.backup import Stores, every_store
from services.xfh.commands.network import must_be_there, opened
from services.xfh.commands.progress import progress

ALL_THERE_IS = 10**9
PRINTED = "people"  # In whose log the seals are that are printed.

Chains = Mapping[str, Sequence[Json]]
"""The seals by the service that keeps them."""


def seal(settings: Settings, args: argparse.Namespace) -> int:
    """Safe beside running services. Who keeps seals comes last, so that theirs say those of the others."""
    must_be_there(settings)
    with opened(settings) as bus:
        for name in sorted(bus.hosts, key=_keeps_seals):
            host = bus.hosts[name]
            host.ledger.refresh()
            parts = host.sealing.seal(ALL_THERE_IS)
            print(f"{name}：新增 {parts} 份封条")
    return 0


def check(settings: Settings, args: argparse.Namespace) -> int:
    """1 where anything differs: each log says its first difference."""
    must_be_there(settings)
    with every_store(settings) as stores:
        found = list(_differences(settings, stores, args))
    for says in found:
        print(says, file=sys.stderr)
    return 1 if found else 0


def _differences(
    settings: Settings, stores: Stores, args: argparse.Namespace
) -> Iterator[str]:
    names = _concerned(args.service)
    chains: dict[str, list[Json]] = {}
    keys = trusted(settings)
    for keeper in sorted({_keeper(name) for name in names}):
        yield from _read_chain(keeper, stores[keeper], keys, chains)
    for name in names:
        if _keeper(name) in chains:
            yield from _differs(name, stores, chains)
    if args.seal is not None:
        yield from _unprinted(args.seal, chains.get(PRINTED, ()))


def _read_chain(
    keeper: str, store: Store, keys: Trusted, chains: dict[str, list[Json]]
) -> Iterator[str]:
    try:
        chains[keeper] = chain_in(store.log, keys)
    except Astray as astray:
        yield f"{keeper}：{astray}"


def _differs(name: str, stores: Stores, chains: Chains) -> Iterator[str]:
    chain = chains[_keeper(name)]
    seals = [seal for seal in chain if seal["service"] == name]
    log = stores[name].log
    try:
        with progress(f"核对 {name}", log.head()) as told:
            verified = verify(log, seals, told)
        _must_have_what_was_followed(name, stores)
    except Astray as astray:
        yield f"{name}：{astray}"
        return
    print(
        f"{name}：{verified.events:,} 个事件，封条到第 {verified.sealed:,} 个，全部相符"
    )


def _must_have_what_was_followed(name: str, stores: Stores) -> None:
    """After the last seal others are still witnesses. Raises `Astray`."""
    for follower, store in stores.items():
        if name not in sources_of(registry.load(follower)):
            continue
        begun = store.views.begin(name)
        place = begun.position
        if is_another(begun, id_at(stores[name].log, place)):
            raise Astray(f"第 {place} 个事件不是 {follower} 跟随过的那个，或者没有了")
    keeps = [store.keep for store in stores.values()]
    if place := missed(name, stores[name].log, keeps):
        raise Astray(f"第 {place} 个事件不是别的服务见过的那个，或者没有了")


def _unprinted(printed: str, seals: Sequence[Json]) -> Iterator[str]:
    for seal in seals:
        if short(digest_of(seal)) == printed.strip().lower():
            print(f"纸上的 {printed} 是第 {seal['number']} 份封条（{seal['at']}）")
            return
    yield f"{PRINTED} 的封条里没有纸上的 {printed}"


def _concerned(service: str | None) -> list[str]:
    """The service, and those in whose logs its seals are, and theirs; without one, all."""
    if service is None:
        return list(registry.SERVICES)
    names: list[str] = []
    while service not in names:
        names.append(service)
        service = _keeper(service)
    return names


def _keeper(name: str) -> str:
    return registry.load(name).sealed_in


def _keeps_seals(name: str) -> bool:
    return name in {_keeper(each) for each in registry.SERVICES}
