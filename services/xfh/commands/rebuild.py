"""`xfh rebuild`: a service's documents anew from the logs."""

import argparse
import gc
import sys
import time

from services.kit.config import Settings
from services.kit.engine import witness
from services.kit.engine.rebuild import Unfoldable, left, rebuild
from services.xfh import registry
from services.xfh.commands.network import must_be_there, opened
from services.xfh.commands.progress import progress


def run(settings: Settings, args: argparse.Namespace) -> int:
    must_be_there(settings)
    service = registry.load(args.service)
    gc.disable()  # Documents have no cycles; looking for some takes a sixth of the time.
    with opened(settings) as bus:
        host = bus.hosts[args.service]
        if not host.ledger.is_of_another_log(host.store.views.begin(args.service)):
            host.ledger.refresh()
        logs = {name: other.store.log for name, other in bus.hosts.items()}
        events, began = left(service, host.store, logs), time.monotonic()
        try:
            with progress(f"重建 {args.service}", events) as told:
                rebuild(service, host.store, logs, told, settings.now)
            for other in bus.hosts.values():
                witness.forget(other.store.keep, args.service)
        except Unfoldable as error:
            print(f"{error}：{error.__cause__!r}。原有数据照常服务", file=sys.stderr)
            return 1
        except KeyboardInterrupt:
            print("已中断，原有数据照常服务；再次执行会接着做", file=sys.stderr)
            return 1
    took_s = time.monotonic() - began
    print(
        f"已重建 {args.service}：{events:,} 个事件，{took_s:.1f} 秒，每秒 {events / took_s:,.0f} 个"
    )
    return 0
