"""`xfh divisions`: the district's streets and communities, recorded as facts, ended, taken back."""

import argparse
import csv
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import chain
from pathlib import Path

import marshmallow as ma

from schemas.branches.divisions import RecordDivision
from schemas.exchange.cleaning import visible
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
NAME = RecordDivision().fields["name"]


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    code: str
    name: str
    level: str
    parent: str
    status: str

    def payload(self) -> dict[str, str]:
        return {
            "division": self.code,
            "name": self.name,
            "status": self.status,
        }


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
    """1 when the file cannot be read or has faults: then nothing is recorded."""
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
    typed = {"division": args.code, "valid_to": args.valid_to}
    return _decide(settings, "end_division", typed)


def withdraw(settings: Settings, args: argparse.Namespace) -> int:
    return _decide(settings, "withdraw_division", {"division": args.code})


def _decide(settings: Settings, name: str, typed: dict[str, str]) -> int:
    """Asks as the operator. 1 for what is refused or wrongly written: it is told, and nothing is recorded."""
    must_be_there(settings)
    with opened(settings) as bus:
        host = bus.hosts["branches"]
        host.ledger.refresh()
        try:
            request = _decision(host, name, typed)
        except ma.ValidationError as error:
            complaints = chain.from_iterable(error.messages_dict.values())
            print("；".join(map(str, complaints)), file=sys.stderr)
            return 1
        (outcome,) = host.ledger.together([request])
    if isinstance(outcome, Problem):
        print(outcome, file=sys.stderr)
        return 1
    if isinstance(outcome, Exception):
        raise outcome
    print(f"已记入区划 {typed['division']}")
    return 0


def _decision(host: Host, name: str, typed: dict[str, str]) -> Request:
    """Raises `ValidationError` for what is wrongly written."""
    command = host.command(name)
    payload = command.schema().load(typed)
    key = _key(host, name, typed)
    return host.request(command, payload, OPERATOR, key)


def _key(host: Host, name: str, typed: dict[str, str]) -> str:
    """By what is typed and what it replaces, so that a name may change and change back."""
    before = host.store.views.get("divisions", typed["division"])
    replaced = before["seq"] if before else 0
    return f"division:{plain_digest(name, {**typed, 'replaces': replaced})}"


def packaged() -> list[Row]:
    """成华区: the district, its streets (official codes) and communities (demonstration codes)."""
    with PACKAGED.open(encoding="utf-8") as file:
        numbered = enumerate(csv.DictReader(file), start=2)
        return [Row(line, **cells) for line, cells in numbered]


def read(path: Path) -> list[Row]:
    """The rows of a file with the columns `COLUMNS`. Raises `BadSheet`."""
    wanted = sheets.Wanted({name: name for name in COLUMNS}, required=COLUMNS)
    return list(map(_row, sheets.read(path, wanted).lines))


def _row(line: sheets.Line) -> Row:
    for name in COLUMNS:
        if name in line.kinds:
            where = f"第 {line.number} 行 {name}"
            why = no_longer_text(line.kinds[name])
            raise sheets.BadSheet("not_text", f"{where}：{why}")
    return Row(line.number, *(line.cells.get(name, "") for name in COLUMNS))


def load(settings: Settings, rows: Sequence[Row] | None = None) -> Loaded:
    """Records the rows that say something new, all or none; loading them again records nothing. Raises `Faulty`."""
    rows = packaged() if rows is None else rows
    with opened(settings) as bus:
        host = bus.hosts["branches"]
        host.ledger.refresh()
        if faults := list(_faults(rows, host.store.views)):
            raise Faulty(faults)
        # A parent is recorded before what lies in it.
        ordered = sorted(rows, key=lambda row: len(row.code))
        changed = [row for row in ordered if _says_more(row, host.store.views)]
        _record(host, changed)
        return Loaded(len(changed), len(rows) - len(changed))


def _record(host: Host, rows: Sequence[Row]) -> None:
    outcomes = host.ledger.together([_request(host, row) for row in rows])
    refusals: list[str] = []
    for row, outcome in zip(rows, outcomes, strict=True):
        if isinstance(outcome, Problem):
            refusals.append(f"第 {row.line} 行: {outcome}")
        elif isinstance(outcome, Exception):
            raise outcome
    if refusals:
        raise Faulty(refusals)


def _request(host: Host, row: Row) -> Request:
    command = host.command("record_division")
    payload = row.payload()
    return host.request(command, payload, OPERATOR, _key(host, "division", payload))


def _says_more(row: Row, views: Reads) -> bool:
    """True for what is not recorded, or not so."""
    recorded = views.get("divisions", row.code)
    if recorded is None or not recorded["periods"]:
        return True
    return (recorded["name"], recorded["status"]) != (row.name, row.status)


def _faults(rows: Iterable[Row], recorded: Reads) -> Iterator[str]:
    """What is wrong with the rows, taken together with the divisions already recorded."""
    first: dict[str, int] = {}
    codes = {row.code for row in rows}
    for row in rows:
        line = f"第 {row.line} 行"
        for fault in _faults_of(row):
            yield f"{line}: {fault}"
        if row.code in first:
            yield f"{line}: 代码 {row.code} 与第 {first[row.code]} 行重复"
        elif row.parent and row.parent not in codes and not _is_known(recorded, row):
            yield f"{line}: 没有上级区划 {row.parent}"
        first.setdefault(row.code, row.line)


def _is_known(recorded: Reads, row: Row) -> bool:
    return recorded.get("divisions", row.parent) is not None


def _faults_of(row: Row) -> Iterator[str]:
    level = territory.LEVELS.get(len(row.code))
    if level is None or not (row.code.isascii() and row.code.isdigit()):
        yield f"代码 {row.code or '（空）'} 应为 6、9 或 12 位数字"
        return
    if row.level != level:
        yield f"代码 {row.code} 的级别应为 {level}，不是 {row.level or '（空）'}"
    if row.parent != ("" if level == "district" else row.code[:-3]):
        yield f"代码 {row.code} 的上级不能是 {row.parent or '（空）'}"
    yield from _faults_of_name(row.name)
    if row.status not in STATUSES:
        yield f"状态应为 {'、'.join(STATUSES)}，不是 {row.status or '（空）'}"


def _faults_of_name(name: str) -> Iterator[str]:
    try:
        NAME.deserialize(name)
    except ma.ValidationError as error:
        yield f"名称 {visible(name) or '（空）'}：{'；'.join(map(str, error.messages))}"
