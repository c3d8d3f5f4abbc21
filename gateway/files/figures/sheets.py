"""What the sheets of all tables of figures have in common: their columns, and what stands beside the figures."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from gateway.figures import words
from gateway.figures.layout import LOGS, OF_GRIDS
from gateway.files.choices import NOT_IN_A_NAME
from gateway.files.columns import Cell, Column, code, rate, text, whole
from gateway.files.formats import Sheet
from schemas.documents import Json

EMPTY = {
    "name": "空着的格",
    "meaning": "没有可算的；或是少于 5 人的数字，和能推出这种数字的，不对外提供",
}
VALUES = ("value", "previous", "last_year", "target", "before", "after")


def mixed(heading: str, field: str) -> Column:
    """A figure that is whole in one row and a rate in another; `valued` has made it the one or the other."""
    return Column(heading, field, lambda value: value, "#,##0", 12)


def meaning(heading: str, field: str) -> Column:
    return Column(heading, field, str, "@", 80)


ABOUT = (
    text("项目", "name"), code("标识", "identifier"), mixed("值", "value"), text("单位", "unit"),
    meaning("说明", "meaning"),
)  # fmt: skip


def sheet(title: str, columns: Sequence[Column], documents: Iterable[Json]) -> Sheet:
    """A row for each document, made when it is written."""
    rows = ([column.of(document) for column in columns] for document in documents)
    return Sheet(title, columns, rows)


def about(lines: Iterable[Json]) -> Sheet:
    """The sheet that says what the others are of."""
    return sheet("说明", ABOUT, lines)


def of_scope(answer: Json) -> Json:
    return {"name": "范围", "identifier": answer["scope"], "meaning": answer["name"]}


def defined(answer: Json) -> list[Json]:
    """Each figure with what it is and means."""
    figures = answer["figures"]
    return [
        valued(definition | {"value": figures[definition["identifier"]]})
        for definition in answer["definitions"]
    ]


def valued(line: Json) -> Json:
    """With each of its values a fraction when it is a rate, to be shown as a percentage, and else whole."""
    kind = KINDS.get(line.get("unit", ""), int)
    given = [name for name in VALUES if line.get(name) is not None]
    return line | {name: kind(line[name]) for name in given}


def per_door(value: float) -> str:
    """In words: the only numbers in a table that are not whole are rates, which show as percentages."""
    return f"{value:.2f}"


KINDS: dict[str, Callable[[float], Cell]] = {"比率": float, words.PER_DOOR: per_door}


def positions(answer: Json) -> Iterator[Json]:
    """How far each log is counted."""
    for log, position in sorted(answer["as_of"].items()):
        yield {
            "name": f"反映到{LOGS[log]}日志",
            "identifier": log,
            "value": position,
            "meaning": "日志中的第几个事件",
        }


def of_rows(title: str, rows: list[Json], definitions: list[Json]) -> Sheet:
    """The figures these rows have, in the order they are defined in."""
    first = rows[0]["figures"] if rows else {}
    known = first.keys() - _unrecorded(rows)
    shown = [one for one in definitions if one["identifier"] in known]
    return sheet(title, columns_of(shown), rows)


def _unrecorded(rows: list[Json]) -> frozenset[str]:
    """The figures that mean nothing where no grids are recorded: neither the page shows them."""
    for row in rows:
        if row["figures"].get("grids") or "grids" in row["withheld"]:
            return frozenset()
    return OF_GRIDS


def columns_of(definitions: Iterable[Json]) -> list[Column]:
    """Whose the figures are, and a column for each of them."""
    return [code("代码", "key"), text("名称", "name"), *map(_column, definitions)]


def _column(definition: Json) -> Column:
    about = _heading(definition), f"figures/{definition['identifier']}"
    if definition["unit"] == words.PER_DOOR:
        return Column(*about, per_door, "@", 12)
    show = rate if "part" in definition else whole
    column = show(*about)
    heading = 2 * len(column.heading) + 4  # Beside the filter's button.
    return replace(column, width=max(column.width, heading))


def _heading(definition: Json) -> str:
    """Pages say times in hours: a table, which counts minutes, says so."""
    unit = definition["unit"]
    return (
        f"{definition['name']}（{unit}）"
        if unit in words.MINUTES
        else str(definition["name"])
    )


def file_name(name: str) -> str:
    """What a file may be called."""
    return name.translate(NOT_IN_A_NAME)
