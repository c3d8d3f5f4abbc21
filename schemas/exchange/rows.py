"""Rows as commands: each line of a table loaded with the schemas of what it becomes."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import marshmallow as ma

from schemas.exchange.cells import value
from schemas.exchange.columns import Kind, Step
from schemas.exchange.tables import Line
from schemas.fields import complaints

Data = dict[str, Any]

MOST_ROWS = 1_000  # Of one upload.


class Fault(NamedTuple):
    """What is wrong with a row; `column` is the heading it stands under, `""` when it is the row as a whole."""

    column: str
    path: str
    code: str
    message: str


class Planned(NamedTuple):
    """One command of a row; the payload lacks what only the row's first command can tell."""

    step: Step
    payload: Data


@dataclass(frozen=True, slots=True)
class Row:
    """A line and the commands it becomes; none when there are faults."""

    number: int
    cells: Mapping[str, str]
    steps: tuple[Planned, ...] = ()
    faults: tuple[Fault, ...] = ()


def plan(kind: Kind, lines: Iterable[Line], also: Collection[str] = ()) -> Iterator[Row]:
    """Every line as a row, one by one. `also` names the commands without columns that are asked for.

    A row whose content another has already is at fault: it is a slip, and could not be told from that one.
    """
    first: dict[str, int] = {}
    for line in lines:
        yield _unlike_any_before(_plan(kind, line, also), first)


def fault(kind: Kind, about: Mapping[str, str]) -> Fault:
    """A complaint `{path, code, message}` with the heading of its column."""
    column = kind.columns().get(about["path"].partition("/")[0], "")
    return Fault(column, about["path"], about["code"], about["message"])


def _plan(kind: Kind, line: Line, also: Collection[str]) -> Row:
    row = Row(line.number, line.cells)
    try:
        steps = tuple(Planned(step, _load(step, line.cells)) for step in _asked_for(kind, line.cells, also))
    except ma.ValidationError as error:
        return replace(row, faults=tuple(fault(kind, about) for about in complaints(error)))
    return replace(row, steps=steps)


def _asked_for(kind: Kind, cells: Mapping[str, str], also: Collection[str]) -> list[Step]:
    first, *others = kind.steps
    return [first, *(step for step in others if step.command in also or not cells.keys().isdisjoint(step.columns))]


def _load(step: Step, cells: Mapping[str, str]) -> Data:
    """The payload but for `about`, which is not known yet. Raises `ValidationError`."""
    schema = step.schema()
    raw = {field: value(schema.fields[field], cells[field]) for field in step.columns if field in cells}
    loaded: Data = schema.load(raw, partial=(step.about,) if step.about else ())
    return loaded


def _unlike_any_before(row: Row, first: dict[str, int]) -> Row:
    if not row.steps:
        return row
    content = json.dumps([row.steps[0].payload, row.cells.get("by")], sort_keys=True)
    same = first.setdefault(content, row.number)
    if same == row.number:
        return row
    return replace(row, steps=(), faults=(Fault("", "", "duplicate_row", f"与第 {same} 行完全相同"),))
