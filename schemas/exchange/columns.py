"""What a row of a table is: the commands it becomes, and the columns that hold their fields."""

from collections.abc import Mapping
from dataclasses import dataclass

from marshmallow.fields import Field

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
    """A row is the first step, then each other that has a cell filled in or, having no columns, was asked for."""

    title: str
    service: str
    steps: tuple[Step, ...]
    posted_by: str = ""

    def columns(self) -> dict[str, str]:
        """Every column's heading by field."""
        own = {field: heading for step in self.steps for field, heading in step.columns.items()}
        return own | ({"by": self.posted_by} if self.posted_by else {})

    def fields(self) -> dict[str, Field[object]]:
        """The field each column fills, by its name."""
        return {name: step.schema().fields[name] for step in self.steps for name in step.columns}

    def required(self) -> list[str]:
        """The fields no row can do without."""
        declared = self.fields()
        return [name for name in self.steps[0].columns if declared[name].required]


def meaning(field: Field[object]) -> str:
    """What may stand in a column, in a sentence for who fills it in."""
    choices = "、".join(field.metadata.get("enum", ()))
    said = ["必填" if field.required else "可不填", field.metadata.get("description", ""), choices]
    return "；".join(filter(None, said))
