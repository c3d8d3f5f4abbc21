"""What a list was narrowed to, in words: whoever has the file alone must know what is not in it."""

from typing import Any

import marshmallow as ma

from gateway.files.columns import text
from gateway.files.formats import Row
from gateway.files.listed.export import Export
from gateway.files.place_names import PlaceNames
from schemas.documents import Json

ALL = "全部"
COLUMNS = (text("项目", "name"), text("选择", "chosen"))
OF_PLACES = ("division", "community", "scope")
MOST_IN_A_NAME = 60
NOT_IN_A_NAME = str.maketrans('/\\:*?"<>|\r\n\t', "_" * 12)

Choices = list[tuple[str, str]]


def chosen(one: Export, schema: ma.Schema, filters: Json, names: PlaceNames) -> Choices:
    """(what may be chosen, what was) of each filter of the list; everything where nothing was."""
    return [
        (_label(field), _in_words(one, name, filters.get(name), names))
        for name, field in schema.fields.items()
    ]


def rows(one: Export, choices: Choices) -> list[Row]:
    """Of the sheet that says what the list was narrowed to."""
    return [("清单", one.title), *choices]


def name_of(one: Export, choices: Choices) -> str:
    """For a file that has no place to say it: the title with all that is not everything."""
    narrowed = [f"{label} {choice}" for label, choice in choices if choice != ALL]
    if not narrowed:
        return one.title
    words = "；".join(narrowed)[:MOST_IN_A_NAME]
    return f"{one.title}（{words.translate(NOT_IN_A_NAME)}）"


def _label(field: ma.fields.Field[Any]) -> str:
    description = str(field.metadata.get("description", ""))
    return description.partition("；")[0].partition("，")[0]


def _in_words(one: Export, name: str, choice: Any, names: PlaceNames) -> str:
    if choice is None:
        return ALL
    if name == "state":
        return _states(one, choice)
    if isinstance(choice, list):
        return "、".join(map(str, choice))
    if name in OF_PLACES:
        return _place(names, str(choice))
    return str(choice)


def _states(one: Export, states: list[str]) -> str:
    if set(states) == one.states.keys():
        return ALL
    return "、".join(one.states[state] for state in states)


def _place(names: PlaceNames, code: str) -> str:
    name = names.divisions.get(code)
    return code if name is None else f"{name}（{code}）"
