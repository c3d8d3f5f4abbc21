"""What a row of a table is: the commands it becomes, and the columns that hold their fields."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from marshmallow.fields import Field

from schemas import fields
from schemas.exchange.headings import Wanted
from schemas.exchange.wanted import example
from schemas.fields import Schema


@dataclass(frozen=True, slots=True)
class Step:
    """A command and the headings of its fields. `about` is the field that names what the row's first step made."""

    command: str
    schema: type[Schema]
    done: str
    columns: Mapping[str, str]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A row is the first step, then each other that has a cell filled in or, having no columns, was asked for.

    `also` has the fields that a list of ours calls otherwise, by that heading.
    """

    title: str
    service: str
    steps: tuple[Step, ...]
    posted_by: str = ""
    also: Mapping[str, str] = field(default_factory=dict)

    def columns(self) -> dict[str, str]:
        """Every column's heading by field."""
        own = {name: heading for step in self.steps for name, heading in step.columns.items()}
        return own | ({"by": self.posted_by} if self.posted_by else {})

    def fields(self) -> dict[str, Field[object]]:
        """The field each column fills, by its name."""
        return {name: _fields_of(step.schema)[name] for step in self.steps for name in step.columns}

    def required(self) -> list[str]:
        """The fields no row can do without."""
        declared = self.fields()
        return [name for name in self.steps[0].columns if declared[name].required]

    def wanted(self, told: Sequence[str] = (), *, skips: bool = False) -> Wanted:
        """What a file of these rows has. `told` are headings of a list of ours that are not for filling in."""
        return Wanted(self.columns(), self.required(), self.also, told, skips)


@cache
def _fields_of(schema: type[Schema]) -> Mapping[str, Field[object]]:
    return schema().fields


def meaning(heading: str, field: Field[object]) -> str:
    """What may stand in a column, in a sentence for who fills it in."""
    one = field.inner if isinstance(field, fields.Many) else field
    choices = "、".join(one.said.values()) if isinstance(one, fields.OneOf) else ""
    eg = "" if choices else f"例如 {example(field, heading)}"
    said = ["必填" if field.required else "可不填", field.metadata.get("description", ""), choices, eg]
    return "；".join(filter(None, said))
