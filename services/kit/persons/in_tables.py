"""People in a table: whoever is written by whole name and sign-in number is found, so that nobody types an id."""

from collections.abc import Callable
from dataclasses import replace

from schemas.documents import Json
from schemas.exchange.columns import Kind, Step
from schemas.exchange.people_named import NOBODY, name_and_number
from schemas.exchange.rows import Fault, Row, refused
from schemas.exchange.tables import Line
from schemas.people.persons import FindByNumber
from services.kit.errors import Invalid
from services.kit.persons.aliases import NAMES_PERSON

QUESTION = FindByNumber()
POSTED_BY = "by"
Find = Callable[[Json], list[Json]]
"""Asks `people` for `{name, phone}`: whoever both are right of, or nobody. That it was asked is on record."""


class People:
    """Those a table of `kind` names, each looked up once."""

    def __init__(self, kind: Kind, find: Find):
        self._kind, self._find = kind, find
        self._ids: dict[str, str] = {}
        self._steps = {column: step for step in kind.steps for column in step.columns}
        self._columns = [
            column
            for column, field in kind.fields().items()
            if field.metadata.get(NAMES_PERSON)
        ]

    def by_id(self, line: Line) -> Line:
        """The line with the ids of whom it names; a cell that names nobody known stays as it is, and is no id."""
        ids = {column: self._id(said) for column, said in self._named(line).items()}
        found = {column: id for column, id in ids.items() if id}
        return replace(line, cells=line.cells | found)

    def as_written(self, line: Line, row: Row) -> Row:
        """The row of that line as it stands in the file, with what is wrong with a cell that names nobody known."""
        row = replace(row, cells=line.cells)
        if not row.faults:
            return row
        named = self._named(line)
        unknown = [column for column, said in named.items() if not self._id(said)]
        faults = [self._unknown(row, column) for column in unknown]
        instead = {fault.column: fault for fault in faults}
        said = (instead.get(fault.column, fault) for fault in row.faults)
        return replace(row, faults=tuple(said))

    def posted(self, row: Row) -> Row:
        """The same, who posts it known by id; of nobody known it says so."""
        said = name_and_number(row.cells.get(POSTED_BY, ""))
        if not said or QUESTION.validate(said):
            return row
        if id := self._id(said):
            return replace(row, cells={**row.cells, POSTED_BY: id})
        fault = self._unknown(row, POSTED_BY)
        return replace(row, faults=(*row.faults, fault))

    def _named(self, line: Line) -> dict[str, Json]:
        written = {column: line.cells.get(column, "") for column in self._columns}
        said = {column: name_and_number(text) for column, text in written.items()}
        return {
            column: one
            for column, one in said.items()
            if one and not QUESTION.validate(one)
        }

    def _id(self, said: Json) -> str:
        """`""` of nobody known."""
        key = f"{said['name']} {said['phone']}"
        if key not in self._ids:
            found = self._find(QUESTION.load(said))
            self._ids[key] = found[0]["id"] if found else ""
        return self._ids[key]

    def _unknown(self, row: Row, column: str) -> Fault:
        step: Step = self._steps.get(column, self._kind.steps[0])
        problem = Invalid(NOBODY, code="unknown_person", path=step.field_of(column))
        (fault,) = refused(self._kind, row, step, problem.as_dict())
        return fault
