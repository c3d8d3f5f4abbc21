"""`xfh log`: a service's events as they are in its log."""

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import islice
from pathlib import Path
from typing import IO

from services.kit.config import Settings
from services.kit.engine.archive import bring_in, events_in, lines
from services.kit.engine.whole import whole
from services.kit.log import Event, Log
from services.kit.private import private_file
from services.xfh.commands.network import must_be_there, store_of
from services.xfh.commands.progress import progress

BATCH = 1000
LOOK_EVERY_S = 0.5


def tail(settings: Settings, args: argparse.Namespace) -> int:
    """0 at the end of the log; following, it goes on until it is interrupted."""
    must_be_there(settings, args.service)
    with store_of(settings, args.service) as store:
        cursor = max(0, store.log.head() - max(args.lines, 0))
        while True:
            for event in events_after(store.log, cursor):
                print(_line(event), flush=args.follow)
                cursor = event.seq
            if not args.follow:
                return 0
            time.sleep(LOOK_EVERY_S)


def show(settings: Settings, args: argparse.Namespace) -> int:
    """1 when there is no such event, or more than one."""
    must_be_there(settings, args.service)
    with store_of(settings, args.service) as store:
        events = _named(store.log, args.event)
    if len(events) == 1:
        print(json.dumps(events[0].as_dict(), ensure_ascii=False, indent=2))
        return 0
    how_many = "不止一个" if events else "没有"
    print(f"{args.service} 的日志里{how_many}事件叫 {args.event}", file=sys.stderr)
    return 1


def export(settings: Settings, args: argparse.Namespace) -> int:
    """0 when all there was when it began is written. Safe beside running services."""
    must_be_there(settings, args.service)
    with store_of(settings, args.service) as store, _output(args.to) as output:
        total = max(0, store.log.head() - args.after)
        with progress(f"导出 {args.service}", total) as told:
            for line in lines(args.service, store.log, args.after, args.after + total):
                output.write(line.decode())
                told(1)
    return 0


def bring_back(settings: Settings, args: argparse.Namespace) -> int:
    """Into a log that is empty or has the beginning; a file that is not whole is refused before anything is done.

    Notes and secrets are not in an export: see `xfh backup`.
    """
    with args.file.open("rb") as file:
        total = sum(1 for _ in whole(events_in(args.service, file)))
        file.seek(0)
        added, head = _brought_in(settings, args.service, file, total)
    print(f"已导入 {args.service}：新增 {added:,} 个事件，共 {head:,} 个")
    return 0


def _brought_in(
    settings: Settings, service: str, file: IO[bytes], total: int
) -> tuple[int, int]:
    """How many events are new, and how many there are now."""
    with store_of(settings, service) as store:
        before = store.log.head()
        with progress(f"导入 {service}", total) as told:
            for count in bring_in(store.log, events_in(service, file)):
                told(count)
        head = store.log.head()
    return head - before, head


def events_after(log: Log, cursor: int) -> Iterator[Event]:
    """The rest of the log, in batches."""
    while events := log.read(cursor, BATCH):
        yield from events
        cursor = events[-1].seq


def _line(event: Event) -> str:
    data = json.dumps(event.data, ensure_ascii=False)
    return f"{event.seq}  {event.time}  {event.type}  {event.stream}  {data}"


def _named(log: Log, name: str) -> list[Event]:
    """The events of that `seq`, or whose id begins so; two are enough to know it is not one. Ids begin with a 0."""
    if name.isdecimal() and not name.startswith("0"):
        seq = int(name)
        return log.read(seq - 1, 1) if seq <= log.head() else []
    if not name:
        return []
    begun = name.upper()
    named = (event for event in events_after(log, 0) if event.id.startswith(begun))
    return list(islice(named, 2))


def _output(path: Path | None) -> AbstractContextManager[IO[str]]:
    if path is None:
        return nullcontext(sys.stdout)
    is_no_file = path.exists() and not path.is_file()  # /dev/stdout, or a pipe.
    return path.open("w", encoding="utf-8") if is_no_file else _whole(path)


@contextmanager
def _whole(path: Path) -> Iterator[IO[str]]:
    """Written beside first: what has the name is whole."""
    draft = path.with_name(f"{path.name}.part")
    private_file(draft)
    with draft.open("w", encoding="utf-8") as file:
        yield file
    draft.replace(path)
