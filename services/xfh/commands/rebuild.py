"""`xfh rebuild`: a service's documents anew from the logs."""

import argparse
import gc
import sys
import time
from datetime import datetime

from schemas.fields import instant
from services.kit.buses.local import LocalBus
from services.kit.clock import Clock
from services.kit.config import Settings
from services.kit.engine import witness
from services.kit.engine.rebuild import Unfoldable, left, rebuild
from services.kit.errors import Refused
from services.kit.log import Log
from services.xfh import registry
from services.xfh.commands.interruption import INTERRUPTED, SENDER, interruption
from services.xfh.commands.network import must_be_there, opened
from services.xfh.commands.progress import progress


def run(settings: Settings, args: argparse.Namespace) -> int:
    """1 when it was interrupted or an event cannot be folded; the documents there were go on serving."""
    must_be_there(settings)
    gc.disable()  # Documents have no cycles; looking for some takes a sixth of the time.
    try:
        with opened(settings) as bus:
            events, took_s = _rebuild(bus, args.service, settings.now)
    except Unfoldable as error:
        print(f"{error}：{error.__cause__!r}。原有数据照常服务", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("已中断，原有数据照常服务；再次执行会接着做", file=sys.stderr)
        return 1
    speed = f"{took_s:.1f} 秒，每秒 {events / took_s:,.0f} 个"
    print(f"已重建 {args.service}：{events:,} 个事件，{speed}")
    return 0


def _rebuild(bus: LocalBus, name: str, now: Clock) -> tuple[int, float]:
    """How many events were folded, and in how many seconds. Raises `Unfoldable`."""
    service = registry.load(name)
    host = bus.hosts[name]
    keeps = [other.store.keep for other in bus.hosts.values()]
    if name == SENDER and witness.missed(name, host.store.log, keeps):
        _interrupt(host.store.log, now())
    if not host.ledger.is_of_another_log(host.store.views.begin(name)):
        host.ledger.refresh()
    logs = {source: other.store.log for source, other in bus.hosts.items()}
    events = left(service, host.store, logs)
    began = time.monotonic()
    with progress(f"重建 {name}", events) as told:
        rebuild(service, host.store, logs, told, now)
    for keep in keeps:
        witness.forget(keep, name)
    return events, time.monotonic() - began


def _interrupt(log: Log, now: datetime) -> None:
    """What may have been sent since is forgotten with the log. Raises `Refused` where somebody else writes to it."""
    head = log.head()
    event = interruption(log, head, instant(now), now)
    if event.type != INTERRUPTED or log.append([event]) != 1:
        raise Refused("in_use", f"{SENDER} 正在运行，请稍后再执行一次")
