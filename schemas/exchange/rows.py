"""Rows as commands: each line of a table loaded with the schemas of what it becomes."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import marshmallow as ma

from schemas.documents import Json, pick_present
from schemas.exchange.as_written import COUNTED_IN
from schemas.exchange.cells import (
    is_no_longer_number,
    is_no_longer_text,
    unit_of,
    value,
)
from schemas.exchange.cleaning import visible
from schemas.exchange.columns import STATE, Kind, Step, fields_of
from schemas.exchange.moments import other_weekday
from schemas.exchange.raw import DRESSED, NUMBER, TEXT
from schemas.exchange.steps import asked_for, state_of, states_by_column
from schemas.exchange.tables import Line
from schemas.exchange.wanted import (
    AS_A_DAY,
    NO_DAY,
    another_unit,
    example,
    no_longer_number,
    no_longer_text,
    sentence,
)
from schemas.fields import complaints

MOST_ROWS = 1_000  # Of one upload.
OF_MOMENTS = ("bad_date", "bad_time")
LONGEST_FOUND = 40  # Characters of a cell that are repeated to the reader.


class Fault(NamedTuple):
    """What is wrong with a row; `column` is the heading it stands under, `""` when it is the row as a whole.

    `cell` is where, as a spreadsheet names it: `C5`; `""` where the file has no such column.
    """

    column: str
    path: str
    code: str
    message: str
    cell: str = ""


class Where(NamedTuple):
    """In which sheet a row stands, and in which of its columns each field."""

    sheet: str
    letters: Mapping[str, str]


class Planned(NamedTuple):
    """One command of a row; the payload lacks what only the row's first command can tell."""

    step: Step
    payload: Json


@dataclass(frozen=True, slots=True)
class Row:
    """A line and the commands it becomes; none when there are faults."""

    number: int
    cells: Mapping[str, str]
    where: Where
    steps: tuple[Planned, ...] = ()
    faults: tuple[Fault, ...] = ()

    def place(self, name: str) -> str:
        """`工作表“望平”C5`, or the row where there is no such column."""
        sheet = f"工作表“{self.where.sheet}”" if self.where.sheet else ""
        return sheet + (self.cell(name) or f"第 {self.number} 行")

    def cell(self, name: str) -> str:
        letter = self.where.letters.get(name)
        return f"{letter}{self.number}" if letter else ""


def plan(
    kind: Kind, lines: Iterable[Line], where: Where, also: Collection[str] = ()
) -> Iterator[Row]:
    """Every line as a row, one by one. `also` names the commands without columns that are asked for.

    A row whose content another has already is at fault: it is a slip, and could not be told from that one.
    """
    first: dict[str, int] = {}
    for line in lines:
        yield _unlike_any_before(_plan(kind, line, where, also), first)


def refused(
    kind: Kind, row: Row, step: Step, problem: Mapping[str, Any]
) -> list[Fault]:
    """What a step's rule refused, by the columns it names; where it names none, the row as a whole."""
    whole = {"path": "", "code": problem["code"], "message": problem["title"]}
    return [
        _fault(kind, row, _column(step, about), about, about["message"])
        for about in problem["errors"] or [whole]
    ]


def row_fault(row: Row, code: str, message: str) -> Fault:
    """What is wrong with a row as a whole."""
    return Fault("", "", code, f"{row.place('')}：{message}")


def _column(step: Step, about: Mapping[str, str]) -> str:
    path = about["path"]
    column = step.column_of(path)
    return column if column in step.columns else step.column_of(path.partition("/")[0])


def _fault(
    kind: Kind, row: Row, column: str, about: Mapping[str, str], sentence: str
) -> Fault:
    path, code = about["path"], about["code"]
    heading = kind.columns().get(column, "")
    if not heading:
        return row_fault(row, code, sentence)._replace(path=path)
    cell = _shown(row.cells.get(column))
    message = f"{row.place(column)}（{heading}）{cell}：{sentence}"
    return Fault(heading, path, code, message, row.cell(column))


def _shown(text: str | None) -> str:
    """As much of a cell as tells it from others."""
    if text is None:
        return "没有填"
    return f"填的是“{visible(text[:LONGEST_FOUND])}”"


def _complaint(
    kind: Kind, row: Row, column: str, about: Mapping[str, str], is_a: str = TEXT
) -> Fault:
    """A schema's complaint, with what would be right."""
    field = kind.fields().get(column)
    heading = kind.columns().get(column, "")
    says = sentence(field, about["code"], about["message"])
    if about["code"] in OF_MOMENTS:
        says = _of_a_moment(row.cells.get(column, ""), is_a, says)
    if heading and "例如" not in says and (right := example(field, heading)):
        says = f"{says}，例如 {right}"
    return _fault(kind, row, column, about, says)


def _of_a_moment(text: str, is_a: str, says: str) -> str:
    """What keeps a cell from being a day, where more can be told than `says` does."""
    if other := other_weekday(text):
        day, weekday, said = other
        return f"{day} 是星期{weekday}，不是星期{said}"
    return AS_A_DAY if is_a in (NUMBER, DRESSED) and says.startswith(NO_DAY) else says


def _plan(kind: Kind, line: Line, where: Where, also: Collection[str]) -> Row:
    row = Row(line.number, line.cells, where)
    faults = [*_changed(kind, row, line), *_misplaced(kind, row)]
    steps: list[Planned] = []
    for step in asked_for(kind, line.cells, also):
        try:
            steps.append(Planned(step, _load(step, line.cells)))
        except ma.ValidationError as error:
            for about in complaints(error):
                column = _column(step, about)
                is_a = line.kinds.get(column, TEXT)
                faults.append(_complaint(kind, row, column, about, is_a))
    if faults:
        return replace(row, faults=_one_a_cell(faults))
    return replace(row, steps=tuple(steps))


def _one_a_cell(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """The first thing wrong with each, as they stand in the row: once that is put right, the others may be."""
    first = {(fault.column or fault.path): fault for fault in reversed(list(faults))}
    faults = sorted(first.values(), key=lambda fault: (len(fault.cell), fault.cell))
    return tuple(faults)


def _changed(kind: Kind, row: Row, line: Line) -> Iterator[Fault]:
    """The cells of which a spreadsheet has made something else than was typed, or that count something else."""
    declared, headings = kind.fields(), kind.columns()
    for name, text in line.cells.items():
        field = declared.get(name)
        is_a = line.kinds.get(name, TEXT)
        complaint = None
        if is_no_longer_text(field, text, is_a):
            complaint = no_longer_text(is_a)
        elif is_no_longer_number(field, is_a):
            complaint = no_longer_number(is_a)
        elif unit := unit_of(field, text):
            own = COUNTED_IN[headings[name]]
            complaint = None if unit in own else another_unit(unit, own)
        if complaint:
            about = {"path": name, "code": complaint.code}
            yield _fault(kind, row, name, about, str(complaint))


def _misplaced(kind: Kind, row: Row) -> Iterator[Fault]:
    """A state that no table can bring about, and what belongs to another state than the row's."""
    if kind.states is None:
        return
    state = state_of(kind, row.cells)
    if state not in kind.states.words:
        about = {"path": STATE, "code": "not_allowed", "message": ""}
        yield _complaint(kind, row, STATE, about)
        return
    for column, states in states_by_column(kind).items():
        if column in row.cells and states and state not in states:
            of = "、".join(kind.states.said[state] for state in states)
            says = f"{kind.columns()[STATE]}是“{of}”时才填写"
            about = {"path": column, "code": "of_another_state"}
            yield _fault(kind, row, column, about, says)


def _load(step: Step, cells: Mapping[str, str]) -> Json:
    """The payload but for `about`, which is not known yet. Raises `ValidationError`."""
    schema, declared = step.schema(), fields_of(step.schema)
    raw: Json = {}
    for column, text in pick_present(cells, *step.columns).items():
        name = step.field_of(column)
        _put(raw, name, value(declared[name], text))
    loaded: Json = schema.load(raw, partial=(step.about,) if step.about else ())
    return loaded


def _put(raw: Json, path: str, said: Any) -> None:
    part, _, name = path.rpartition("/")
    inside = raw.setdefault(part, {}) if part else raw
    inside[name] = said


def _unlike_any_before(row: Row, first: dict[str, int]) -> Row:
    if not row.steps:
        return row
    said = [row.steps[0].payload, row.cells.get("by")]
    content = json.dumps(said, sort_keys=True)
    same = first.setdefault(content, row.number)
    if same == row.number:
        return row
    fault = row_fault(row, "duplicate_row", f"与第 {same} 行完全相同")
    return replace(row, steps=(), faults=(fault,))
