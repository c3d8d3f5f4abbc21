"""What a row of a table is: the commands it becomes, and the columns that hold their fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from marshmallow.fields import Field

from schemas import fields
from schemas.exchange.as_written import COUNTED_IN
from schemas.exchange.headings import Wanted
from schemas.exchange.wanted import example
from schemas.fields import Schema

STATE = "state"


@dataclass(frozen=True, slots=True)
class Step:
    """A command and the headings of its fields. `about` is the field that names what the row's first step made.

    `named` has the fields of columns that are called otherwise, since another step has a field of their name, or since
    they lie in a part of the command: `consent/on`. A step
    with `states` is taken where the row says that the thing is in one of them.
    """

    command: str
    schema: type[Schema]
    done: str
    columns: Mapping[str, str]
    about: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    states: tuple[str, ...] = ()

    def field_of(self, column: str) -> str:
        """The field of a column; mostly it is called the same."""
        return self.named.get(column, column)

    def column_of(self, name: str) -> str:
        """The column of a field; its own name where no column has it."""
        for column in self.columns:
            if self.field_of(column) == name:
                return column
        return name

    def needs(self, column: str) -> bool:
        return fields_of(self.schema)[self.field_of(column)].required


@dataclass(frozen=True, slots=True)
class Kind:
    """A row is the first step, then each other that has a cell filled in or, having no columns, was asked for.

    `also` has the columns that a list of ours calls otherwise, by that heading. Where there are `states`, a column
    tells in which the thing is; the first asks for no step.
    """

    title: str
    service: str
    steps: tuple[Step, ...]
    posted_by: str = ""
    also: Mapping[str, str] = field(default_factory=dict)
    states: fields.OneOf | None = None

    def columns(self) -> dict[str, str]:
        """The heading of every column."""
        columns: dict[str, str] = {}
        for step in self.steps:
            columns |= step.columns
        if self.states:
            columns[STATE] = self.states.metadata["heading"]
        if self.posted_by:
            columns["by"] = self.posted_by
        return columns

    def fields(self) -> dict[str, Field[Any]]:
        """The field each column fills."""
        fields: dict[str, Field[Any]] = {}
        for step in self.steps:
            declared = fields_of(step.schema)
            for column in step.columns:
                fields[column] = declared[step.field_of(column)]
        if self.states:
            fields[STATE] = self.states
        return fields

    def required(self) -> list[str]:
        """The fields no row can do without."""
        declared = self.fields()
        return [name for name in self.steps[0].columns if declared[name].required]

    def meaning(self, column: str) -> str:
        """What may stand in a column, in a sentence for who fills it in."""
        heading, declared = self.columns()[column], self.fields()[column]
        steps = [step for step in self.steps if column in step.columns]
        said = [self._when(column, steps), _values(declared, heading)]
        description = declared.metadata.get("description", "")
        # What several steps ask for is described by each in its own way.
        if len(steps) < 2 and description not in ("", heading):
            said.insert(1, description)
        return "；".join(said)

    def _when(self, column: str, steps: Sequence[Step]) -> str:
        """In which rows it must be filled in."""
        if column in self.required():
            return "必填"
        needing = [step.done for step in steps if step.needs(column)]
        return f"{'、'.join(needing)}时必填" if needing else "可不填"

    def wanted(self, told: Sequence[str] = (), *, skips: bool = False) -> Wanted:
        """What a file of these rows has. `told` are headings of a list of ours that are not for filling in."""
        also = {**self.also, **self._with_units()}
        return Wanted(self.columns(), self.required(), also, told, skips)

    def _with_units(self) -> dict[str, str]:
        """The column of each heading that says what is counted: 名额（人）."""
        return {
            f"{heading}（{said}{unit}）": column
            for column, heading in self.columns().items()
            for unit in COUNTED_IN.get(heading, ())
            for said in ("", "单位：")
        }


def states(
    heading: str, said: Mapping[str, str], some: tuple[str, ...] = ()
) -> fields.OneOf:
    """The column that tells in which state a thing is, of `some` of its states or of all."""
    words = some or tuple(said)
    about = {"heading": heading, "description": "补登以前的名单时填写，不填为第一种"}
    return fields.OneOf(words, {word: said[word] for word in words}, metadata=about)


@cache
def fields_of(schema: type[Schema]) -> Mapping[str, Field[Any]]:
    """The fields of a command by name, and by path those in a part of it."""
    declared: dict[str, Field[Any]] = dict(schema().fields)
    for name, part in schema().fields.items():
        if isinstance(part, fields.Part):
            inside = part.schema.fields.items()
            declared |= {f"{name}/{path}": inner for path, inner in inside}
    return declared


def _values(field: Field[Any], heading: str) -> str:
    """Each word there is to choose from, or else one value for many."""
    item = field.inner if isinstance(field, fields.Many) else field
    if isinstance(item, fields.OneOf):
        return "、".join(item.said.values())
    return f"例如 {example(field, heading)}"
