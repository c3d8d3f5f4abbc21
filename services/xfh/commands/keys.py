"""`xfh keys`: another key that signs tokens, and another master key for what wraps people's data keys."""

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace

from services.kit.bearers import signing_keys
from services.kit.bearers.tokens import PEOPLE
from services.kit.config import Settings
from services.kit.config.secret_files import replace_secret
from services.kit.config.values import DEVELOPMENT
from services.kit.sealed.data_keys import DataKeys
from services.kit.sealed.master_keys import new_master_key
from services.kit.store import is_there
from services.xfh import registry
from services.xfh.commands.network import must_be_there, store_of
from services.xfh.commands.tokens import MOST_HOURS, must_have_a_key

HOUR_S = 3600
MASTER, PHONE = "master.key", "phone.key"
LOST = (
    "数据里已有靠 {keys} 保存的内容，另生成的打不开；请从备份放回 {folder}。确实找不回来的，执行 "
    "xfh keys make --lost：以前写的话再也打不开，手机号要重新登记才能登录"
)
OTHERS: tuple[Callable[[Settings], object], ...] = (
    Settings.door_key,
    Settings.report_key,
    Settings.cursor_key,
    Settings.phone_key,
    Settings.way_key,
    Settings.seal_key,
    Settings.bus_key,
    Settings.master_keys,
)


def make(settings: Settings, args: argparse.Namespace) -> int:
    """Makes what is missing, in production too. Safe to repeat: what is there stays.

    1 where what is missing was there once, unless it is lost for good.
    """
    lost = [] if args.lost else list(_lost(settings))
    if lost:
        print(LOST.format(keys="、".join(lost), folder=settings.keys), file=sys.stderr)
        return 1
    make_all(settings)
    print(
        f"{settings.keys} 里的密钥齐了，请另外备份；master.key、phone.key 不要和数据放在一起"
    )
    return 0


def make_all(settings: Settings) -> None:
    anywhere = replace(settings, environment=DEVELOPMENT)
    signing_keys.public_key(anywhere)
    signing_keys.private_key(anywhere)
    for secret in OTHERS:
        secret(anywhere)


def _lost(settings: Settings) -> Iterator[str]:
    """The keys that are missing although something is kept by them."""
    for key, is_needed in ((MASTER, _has_data_keys), (PHONE, _has_people)):
        is_missing = not (settings.keys / key).is_file()
        if is_missing and is_needed(settings):
            yield key


def _has_data_keys(settings: Settings) -> bool:
    for service in registry.SERVICES:
        if is_there(settings.store, service):
            with store_of(settings, service) as store:
                keys = DataKeys(service, store.keep, settings.master_keys)
                if keys.kept():
                    return True
    return False


def _has_people(settings: Settings) -> bool:
    if not is_there(settings.store, PEOPLE):
        return False
    with store_of(settings, PEOPLE) as store:
        return store.log.head() > 0


def rotate(settings: Settings, args: argparse.Namespace) -> int:
    """Prints the `kid` of the key that signs from now on. 2 for hours nobody could wait for."""
    must_have_a_key(settings)
    if not 0 <= args.keep_hours <= MOST_HOURS:
        says = f"小时数 {args.keep_hours} 不对，应在 0 到 {MOST_HOURS} 之间"
        print(says, file=sys.stderr)
        return 2
    print(signing_keys.rotate(settings, args.keep_hours * HOUR_S))
    return 0


def new_master(settings: Settings, args: argparse.Namespace) -> int:
    """Adds a master key and wraps all data keys by it. The ones before stay: old backups need them."""
    must_be_there(settings)
    settings.master_keys()
    path = settings.keys / MASTER
    replace_secret(path, path.read_bytes() + new_master_key())
    return wrap(settings, args)


def wrap(settings: Settings, args: argparse.Namespace) -> int:
    """Wraps by the newest master key what another wraps, beside services that run. Safe to repeat."""
    must_be_there(settings)
    kid = settings.master_keys().newest
    for service in registry.SERVICES:
        if is_there(settings.store, service):
            print(f"{service}：{_wrapped(settings, service)} 把数据密钥改由 {kid} 包裹")
    return 0


def _wrapped(settings: Settings, service: str) -> int:
    with store_of(settings, service) as store:
        return DataKeys(service, store.keep, settings.master_keys).wrap_anew()
