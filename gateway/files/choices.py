"""What a list was narrowed to, in words: whoever has the file alone must know what is not in it."""

from typing import Any

import marshmallow as ma

from gateway.files.columns import text
from gateway.files.formats import Row
from gateway.files.lists import Export
from gateway.files.place_names import PlaceNames

ALL = "全部"
COLUMNS = (text("项目", "name"), text("选择", "chosen"))
MOST_IN_A_NAME = 60
NOT_IN_A_NAME = str.maketrans('/\\:*?"<>|\r\n\t', "_" * 12)


def chosen(
    one: Export, schema: ma.Schema, said: dict[str, Any], names: PlaceNames
) -> list[tuple[str, str]]:
    """Each filter of the list with what was chosen; everything where nothing was."""
    return [
        (_label(field), _in_words(one, name, said.get(name), names))
        for name, field in schema.fields.items()
    ]


def rows(one: Export, choices: list[tuple[str, str]]) -> list[Row]:
    return [("清单", one.title), *choices]


def name_of(one: Export, choices: list[tuple[str, str]]) -> str:
    """For a file that has no place to say it: the title with all that is not everything."""
    narrowed = "；".join(
        f"{label} {choice}" for label, choice in choices if choice != ALL
    )
    return (
        f"{one.title}（{narrowed[:MOST_IN_A_NAME].translate(NOT_IN_A_NAME)}）"
        if narrowed
        else one.title
    )


def _label(field: ma.fields.Field[Any]) -> str:
    return (
        str(field.metadata.get("description", "")).partition("；")[0].partition("，")[0]
    )


def _in_words(one: Export, name: str, choice: Any, names: PlaceNames) -> str:
    if choice is None or (name == "state" and set(choice) == one.states.keys()):
        return ALL
    if name == "state":
        return "、".join(one.states[state] for state in choice)
    if isinstance(choice, list):
        return "、".join(map(str, choice))
    return (
        _named(names, str(choice))
        if name in ("division", "community", "scope")
        else str(choice)
    )


def _named(names: PlaceNames, code: str) -> str:
    return f"{names.divisions[code]}（{code}）" if code in names.divisions else code
