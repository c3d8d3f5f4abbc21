"""`xfh import`: the rows of a table as commands, all of them or none.

Every row is decided in one turn of the ledger. What a row causes is keyed by its content, so that the same file
imported again, after a crash too, only adds what is not there yet. A step that needs the id an earlier one makes
(approve the unit just registered) is decided after it in the same turn and takes the id from its fact.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import marshmallow as ma
from marshmallow.fields import Field

from schemas.fields import complaints
from services.commands import sheets
from services.commands.columns import KINDS, Kind, Step, value
from services.commands.network import catch_up, opened
from services.commands.progress import Told, progress
from services.kit.actor import Actor
from services.kit.config import Settings
from services.kit.entrypoints import Asked, Command, entrypoints
from services.kit.errors import Problem
from services.kit.host import Host
from services.kit.ledger import Request, digest
from services.kit.log import Data, Fact
from services.kit.telemetry import new_trace
from services.kit.views import Overlay
from services.registry import load


@dataclass(frozen=True, slots=True)
class Planned:
    """One command of one row; `about` is its digest, `after` the key of the row's first command, `""` for that one."""

    line: int
    step: Step
    payload: Data
    actor: Actor
    about: str
    after: str = ""

    @property
    def key(self) -> str:
        return f"{self.actor.id}:import:{self.about}"


class Refusals(Exception):
    """Why nothing was imported, line by line."""

    def __init__(self, lines: Sequence[str]):
        super().__init__(f"没有导入任何内容：{len(lines)} 处有问题")
        self.lines = lines


def run(settings: Settings, args: argparse.Namespace) -> int:
    kind = KINDS[args.kind]
    if args.template:
        return _template(kind)
    try:
        with opened(settings) as bus:
            host = bus.hosts[kind.service]
            print(import_file(host, args.kind, args.file, args.approve))
    except Refusals as refusals:
        print("\n".join(refusals.lines))
        print(refusals, file=sys.stderr)
        return 1
    except sheets.BadSheet as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def import_file(host: Host, kind_name: str, path: Path, approve: bool) -> str:
    """What was done, in a sentence. Raises `Refusals` or `BadSheet`; then nothing was."""
    kind = KINDS[kind_name]
    schema = host.command(kind.steps[0].command).schema()
    required = [field for field in kind.steps[0].columns if schema.fields[field].required]
    lines = sheets.read(path, kind.columns(), required)
    planned = plan(host, kind_name, lines, approve)
    catch_up(host)
    return _decide(host, planned)


def plan(host: Host, kind_name: str, lines: Sequence[sheets.Line], approve: bool) -> list[Planned]:
    """The commands of all rows. Raises `Refusals` when a row does not load, or is there twice."""
    planned: list[Planned] = []
    refusals: list[str] = []
    first: dict[str, int] = {}
    for line in lines:
        try:
            steps = _plan_row(host, kind_name, line, approve)
        except ma.ValidationError as error:
            refusals += [_complaint(line.number, KINDS[kind_name], about) for about in complaints(error)]
            continue
        same = first.setdefault(steps[0].key, line.number)
        if same != line.number:
            refusals.append(f"第 {line.number} 行: 与第 {same} 行完全相同 (duplicate_row)")
        planned += steps
    if refusals:
        raise Refusals(refusals)
    return planned


def _plan_row(host: Host, kind_name: str, line: sheets.Line, approve: bool) -> list[Planned]:
    kind = KINDS[kind_name]
    actor = kind.actor(line.cells)
    steps: list[Planned] = []
    for step in kind.steps:
        if steps and not (approve if not step.columns else any(field in line.cells for field in step.columns)):
            continue
        payload = _load(host, step, line.cells)
        about = digest(step.command, payload if not steps else {"of": steps[0].key, **payload})
        steps.append(Planned(line.number, step, payload, actor, about, steps[0].key if steps else ""))
    return steps


def _load(host: Host, step: Step, cells: Mapping[str, str]) -> Data:
    """The payload but for `about`, which is not known yet. Raises `ValidationError`."""
    schema = host.command(step.command).schema()
    raw = {field: value(schema.fields[field], cells[field]) for field in step.columns if field in cells}
    loaded: Data = schema.load(raw, partial=(step.about,) if step.about else ())
    return loaded


def _complaint(line: int, kind: Kind, about: dict[str, str]) -> str:
    heading = kind.columns().get(about["path"].partition("/")[0], about["path"])
    return f"第 {line} 行: {heading}：{about['message']} ({about['code']})"


def _decide(host: Host, planned: Sequence[Planned]) -> str:
    known = host.store.log.by_keys([one.key for one in planned])
    made: dict[str, Data] = {key: event.data for key, event in known.items()}
    with progress("核对", len(planned) - len(known)) as told:
        outcomes = host.ledger.together([_request(host, one, made, told) for one in planned])
    refusals = []
    for one, outcome in zip(planned, outcomes, strict=True):
        if isinstance(outcome, Problem):
            refusals.append(f"第 {one.line} 行: {outcome.title} ({outcome.code})")
        elif isinstance(outcome, Exception):
            raise outcome
    if refusals:
        raise Refusals(refusals)
    return _summary(planned, known)


def _request(host: Host, one: Planned, made: dict[str, Data], told: Told) -> Request:
    """`made` holds, by key, the data of every fact the rows have caused: before this turn, or earlier in it."""
    mark = host.command(one.step.command)

    def rule(docs: Overlay, asked: Asked) -> Fact | None:
        told(1)
        mark.admit(one.actor)
        if one.after and one.after not in made:
            return None  # Its row has just been refused, and so nothing of this turn is written.
        about = {one.step.about: made[one.after][one.step.about]} if one.after else {}
        fact = host.request(mark, {**one.payload, **about}, one.actor, "").rule(docs, asked)
        if fact is not None:
            made[one.key] = fact.data
        return fact

    return Request(mark.name, rule, one.actor, one.key, one.about, new_trace())


def _summary(planned: Sequence[Planned], known: Mapping[str, Any]) -> str:
    rows = [one for one in planned if not one.after]
    before = [one for one in rows if one.key in known]
    parts = [f"已导入 {len(rows) - len(before)} 行"]
    if before:
        parts.append(f"{len(before)} 行此前已导入")
    for done in dict.fromkeys(one.step.done for one in planned if one.after):
        new = [one for one in planned if one.after and one.step.done == done and one.key not in known]
        parts.append(f"{done} {len(new)} 行")
    return "，".join(parts)


def _template(kind: Kind) -> int:
    """The heading as CSV on stdout, marked so that Excel reads it as UTF-8; what the columns mean on stderr."""
    print("\ufeff" + ",".join(kind.columns().values()))
    commands = {mark.name: mark for mark in entrypoints(load(kind.service)) if isinstance(mark, Command)}
    for step in kind.steps:
        schema = commands[step.command].schema()
        for field, heading in step.columns.items():
            print(f"{heading} ({field})：{_meaning(schema.fields[field])}", file=sys.stderr)
    if kind.posted_by:
        print(f"{kind.posted_by} (by)：支部的活动必填在任书记的编号", file=sys.stderr)
    return 0


def _meaning(field: Field[Any]) -> str:
    choices = "、".join(field.metadata.get("enum", ()))
    said = ["必填" if field.required else "可不填", field.metadata.get("description", ""), choices]
    return "；".join(filter(None, said))
