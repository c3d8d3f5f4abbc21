"""`xfh divisions`: the district's streets and communities, recorded as facts, ended, taken back."""

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import marshmallow as ma

from schemas.documents import Json
from schemas.exchange.wanted import no_longer_text
from services.district import territory
from services.kit.actor import OPERATOR
from services.kit.config import Settings
from services.kit.engine.host import Host
from services.kit.engine.keys import plain_digest
from services.kit.engine.requests import Request
from services.kit.errors import Problem
from services.kit.views import Reads
from services.xfh.commands import sheets
from services.xfh.commands.network import must_be_there, opened

PACKAGED = files("services") / "data" / "chenghua_divisions.csv"
COLUMNS = ("code", "name", "level", "parent", "status")
STATUSES = ("official", "demo")


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    code: str
    name: str
    level: str
    parent: str
    status: str

    def payload(self) -> dict[str, str]:
        return {"division": self.code, "name": self.name, "status": self.status}


@dataclass(frozen=True, slots=True)
class Loaded:
    new: int
    unchanged: int


class Faulty(Exception):
    """Rows that cannot be recorded; `faults` says which and why, line by line. Nothing was recorded."""

    def __init__(self, faults: list[str]):
        super().__init__(f"没有登记任何区划：{len(faults)} 处有问题")
        self.faults = faults


def run(settings: Settings, args: argparse.Namespace) -> int:
    try:
        loaded = load(settings, read(args.file) if args.file else packaged())
    except sheets.BadSheet as error:
        print(error, file=sys.stderr)
        return 1
    except Faulty as error:
        print("\n".join(error.faults))
        print(error, file=sys.stderr)
        return 1
    print(f"新登记 {loaded.new} 个区划，{loaded.unchanged} 个没有变化")
    return 0


def end(settings: Settings, args: argparse.Namespace) -> int:
    return _decide(
        settings, "end_division", {"division": args.code, "valid_to": args.valid_to}
    )


def withdraw(settings: Settings, args: argparse.Namespace) -> int:
    return _decide(settings, "withdraw_division", {"division": args.code})


def _decide(settings: Settings, name: str, said: dict[str, str]) -> int:
    """Asks as the operator. What is refused, or wrongly written, is told and nothing is recorded."""
    must_be_there(settings)
    with opened(settings) as bus:
        host = bus.hosts["branches"]
        host.ledger.refresh()
        command = host.command(name)
        try:
            payload = command.schema().load(said)
        except ma.ValidationError as error:
            print(
                "；".join(
                    str(one) for ones in error.messages_dict.values() for one in ones
                ),
                file=sys.stderr,
            )
            return 1
        seq = (host.store.views.get("divisions", said["division"]) or {"seq": 0})["seq"]
        key = f"division:{plain_digest(name, {**said, 'replaces': seq})}"
        [outcome] = host.ledger.together(
            [host.request(command, payload, OPERATOR, key)]
        )
    if isinstance(outcome, Problem):
        print(outcome, file=sys.stderr)
        return 1
    if isinstance(outcome, Exception):
        raise outcome
    print(f"已记入区划 {said['division']}")
    return 0


def packaged() -> list[Row]:
    """成华区: the district, its streets (official codes) and communities (demonstration codes)."""
    with PACKAGED.open(encoding="utf-8") as file:
        return [
            Row(line, **cells)
            for line, cells in enumerate(csv.DictReader(file), start=2)
        ]


def read(path: Path) -> list[Row]:
    """The rows of a file with the columns `COLUMNS`. Raises `BadSheet`."""
    lines = sheets.read(
        path, sheets.Wanted({name: name for name in COLUMNS}, required=COLUMNS)
    ).lines
    for line in lines:
        if changed := [name for name in COLUMNS if name in line.kinds]:
            raise sheets.BadSheet(
                "not_text",
                f"第 {line.number} 行 {changed[0]}：{no_longer_text(line.kinds[changed[0]])}",
            )
    return [
        Row(line.number, **{name: line.cells.get(name, "") for name in COLUMNS})
        for line in lines
    ]


def load(settings: Settings, rows: Sequence[Row] | None = None) -> Loaded:
    """Records the rows that say something new, all or none; loading them again records nothing. Raises `Faulty`."""
    rows = packaged() if rows is None else rows
    with opened(settings) as bus:
        host = bus.hosts["branches"]
        host.ledger.refresh()
        if faults := list(_faults(rows, host.store.views)):
            raise Faulty(faults)
        ordered = sorted(
            rows, key=lambda row: len(row.code)
        )  # A parent is recorded before what lies in it.
        changed = [
            row
            for row in ordered
            if _says_more(row, host.store.views.get("divisions", row.code))
        ]
        _record(host, changed)
        return Loaded(len(changed), len(rows) - len(changed))


def _record(host: Host, rows: Sequence[Row]) -> None:
    outcomes = host.ledger.together([_request(host, row) for row in rows])
    refused = [
        (row, outcome)
        for row, outcome in zip(rows, outcomes, strict=True)
        if isinstance(outcome, Exception)
    ]
    for _, error in refused:
        if not isinstance(error, Problem):
            raise error
    if refused:
        raise Faulty([f"第 {row.line} 行: {error}" for row, error in refused])


def _request(host: Host, row: Row) -> Request:
    """Keyed by what it says and what it replaces, so that a name may change and change back."""
    before = host.store.views.get("divisions", row.code)
    about = plain_digest(
        "division", {**row.payload(), "replaces": before["seq"] if before else 0}
    )
    return host.request(
        host.command("record_division"), row.payload(), OPERATOR, f"division:{about}"
    )


def _says_more(row: Row, recorded: Json | None) -> bool:
    return (
        recorded is None
        or not recorded["periods"]
        or (recorded["name"], recorded["status"]) != (row.name, row.status)
    )


def _faults(rows: Iterable[Row], recorded: Reads) -> Iterator[str]:
    """What is wrong with the rows, taken together with the divisions already recorded."""
    first: dict[str, int] = {}
    codes = {row.code for row in rows}
    for row in rows:
        for fault in _faults_of(row):
            yield f"第 {row.line} 行: {fault}"
        if row.code in first:
            yield f"第 {row.line} 行: 代码 {row.code} 与第 {first[row.code]} 行重复"
        elif (
            row.parent
            and row.parent not in codes
            and recorded.get("divisions", row.parent) is None
        ):
            yield f"第 {row.line} 行: 没有上级区划 {row.parent}"
        first.setdefault(row.code, row.line)


def _faults_of(row: Row) -> Iterator[str]:
    level = territory.LEVELS.get(len(row.code))
    if level is None or not (row.code.isascii() and row.code.isdigit()):
        yield f"代码 {row.code or '（空）'} 应为 6、9 或 12 位数字"
        return
    if row.level != level:
        yield f"代码 {row.code} 的级别应为 {level}，不是 {row.level or '（空）'}"
    if row.parent != ("" if level == "district" else row.code[:-3]):
        yield f"代码 {row.code} 的上级不能是 {row.parent or '（空）'}"
    if not 0 < len(row.name) <= 40:
        yield "名称应为 1 到 40 个字"
    if row.status not in STATUSES:
        yield f"状态应为 {'、'.join(STATUSES)}，不是 {row.status or '（空）'}"
