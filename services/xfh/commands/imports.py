"""`xfh import`: the rows of a table as commands, all of them or none.

Every row is decided in one turn of the ledger. What a row causes is keyed by its content, so that the same file
imported again, after a crash too, only adds what is not there yet. A step that needs the id an earlier one makes
(approve the unit just registered) is decided after it in the same turn and takes the id from its fact.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from schemas.exchange import rows
from schemas.exchange.columns import Kind, Step
from schemas.exchange.kinds import KINDS
from schemas.exchange.rows import Row, Where, refused
from schemas.exchange.tables import Table
from services.kit.buses.local import LocalBus
from services.kit.config import Settings
from services.kit.engine.host import Host
from services.kit.engine.rows import asked_by
from services.kit.engine.together import Answered, Asking, decide
from services.kit.errors import Problem
from services.kit.persons.in_tables import People
from services.xfh.commands import sheets
from services.xfh.commands.columns import actor_of
from services.xfh.commands.finding import Finding
from services.xfh.commands.network import catch_up, must_be_there, opened
from services.xfh.commands.progress import progress


class Planned(NamedTuple):
    """One command of a row, and what it does in a word."""

    row: Row
    step: Step
    asking: Asking


class Refusals(Exception):
    """Why nothing was imported, line by line."""

    def __init__(self, lines: Sequence[str]):
        super().__init__(f"没有导入任何内容：{len(lines)} 处有问题")
        self.lines = lines


def run(settings: Settings, args: argparse.Namespace) -> int:
    """1 when anything is wrong with the file or refused: then nothing is imported."""
    kind = KINDS[args.kind]
    if args.template:
        return _template(kind)
    must_be_there(settings)
    also = ["approve_unit"] if args.approve else []
    try:
        with opened(settings) as bus:
            print(import_file(bus, kind, args.file, also, skips=args.skip_extra))
    except Refusals as refusals:
        print("\n".join(refusals.lines))
        print(refusals, file=sys.stderr)
        return 1
    except sheets.BadSheet as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def import_file(
    bus: LocalBus,
    kind: Kind,
    path: Path,
    also: Sequence[str] = (),
    *,
    skips: bool = False,
) -> str:
    """What was done, in a sentence. Raises `Refusals` or `BadSheet`; then nothing was."""
    table = sheets.read(path, kind.wanted(skips=skips))
    planned = _planned(bus, kind, table, also)
    faults = [_complaint(fault) for row in planned for fault in row.faults]
    if faults:
        raise Refusals(faults)
    for note in table.notes:
        print(note, file=sys.stderr)
    host = bus.hosts[kind.service]
    catch_up(host)
    return _decide(host, kind, planned)


def _planned(bus: LocalBus, kind: Kind, table: Table, also: Sequence[str]) -> list[Row]:
    """Each line as a row. People are looked up, as ids or by name and number."""
    finding = Finding(bus)
    people = People(kind, finding.find)
    where = Where(table.sheet, table.letters)
    found = rows.plan(kind, map(people.by_id, table.lines), where, also)
    pairs = zip(table.lines, found, strict=True)
    planned = [people.posted(people.as_written(line, row)) for line, row in pairs]
    finding.record()
    return planned


def _commands(kind: Kind, row: Row) -> Iterator[Planned]:
    asked = asked_by(row, actor_of(kind, row.cells))
    for (step, _), asking in zip(row.steps, asked, strict=True):
        yield Planned(row, step, asking)


def _complaint(fault: rows.Fault) -> str:
    return f"{fault.message} ({fault.code})"


def _decide(host: Host, kind: Kind, rows: Sequence[Row]) -> str:
    planned = [command for row in rows for command in _commands(kind, row)]
    with progress("核对", len(planned)) as told:
        (answers,) = decide(host, [[command.asking for command in planned]], told)
    decided = list(zip(planned, answers, strict=True))
    refusals: list[str] = []
    for command, answer in decided:
        if isinstance(answer.outcome, Problem):
            problem = answer.outcome.as_dict()
            faults = refused(kind, command.row, command.step, problem)
            refusals += map(_complaint, faults)
    if refusals:
        raise Refusals(refusals)
    return _summary(decided)


def _summary(decided: Sequence[tuple[Planned, Answered]]) -> str:
    """How many rows are new, how many were there, and how many had further steps, by what these do."""
    new, known = 0, 0
    further: dict[str, int] = {}
    for command, answer in decided:
        if command.asking.after:
            done = command.step.done
            further[done] = further.get(done, 0) + int(not answer.again)
        elif answer.again:
            known += 1
        else:
            new += 1
    parts = [f"已导入 {new} 行"]
    if known:
        parts.append(f"{known} 行此前已导入")
    parts += (f"{done} {count} 行" for done, count in further.items())
    return "，".join(parts)


def _template(kind: Kind) -> int:
    """The heading as CSV on stdout, marked so that Excel reads it as UTF-8; what the columns mean on stderr."""
    print("\ufeff" + ",".join(kind.columns().values()))
    print("\n".join(explained(kind)), file=sys.stderr)
    return 0


def explained(kind: Kind) -> Iterator[str]:
    """A line for each column: its heading, its name, and what may stand in it."""
    headings = kind.columns()
    for name in kind.fields():
        yield f"{headings[name]} ({name})：{kind.meaning(name)}"
    if kind.posted_by:
        yield f"{kind.posted_by} (by)：支部的活动必填在任书记的编号"
