"""What we export can be imported: every list there is a table for, made from the definitions of both."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import pytest

from gateway.files import formats, workbook_writer
from gateway.files.columns import Column
from gateway.files.formats import Sheet
from gateway.files.listed.export import Export
from gateway.files.lists import EXPORTS
from schemas.exchange import openings, tables
from schemas.exchange.cells import value
from schemas.exchange.columns import STATE, Kind
from schemas.exchange.kinds import KINDS
from schemas.exchange.rows import Where, plan
from schemas.exchange.wanted import example
from schemas.opening_hours import OpeningHours
from services.partners.model.hours import in_words

BOTH = [one for one in EXPORTS if one.name in KINDS]
SAMPLES = {date: "2026-06-01", datetime: "2026-06-01T01:00:00.000Z", int: 1, str: "甲"}
STATES = [
    (one, state)
    for one in BOTH
    for states in [KINDS[one.name].states]
    for state in (states.words if states else ("",))
]


def payloads(kind: Kind, state: str) -> dict[str, Any]:
    """By column, what a row filled in with every example says of a thing in this state."""
    declared = kind.fields()
    texts = {
        column: example(field, kind.columns()[column])
        for column, field in declared.items()
    }
    said = {
        column: field.deserialize(value(field, texts[column]))
        for column, field in declared.items()
    }
    if not state:
        return said
    taken = [step for step in kind.steps if not step.states or state in step.states]
    return {column: said[column] for step in taken for column in step.columns} | {
        STATE: state
    }


def document(export: Export, kind: Kind, said: Mapping[str, Any]) -> dict[str, Any]:
    """One that says so, and something in every field that is not for filling in."""
    known, made = kind.wanted().known(), dict[str, Any]()
    for column in export.columns:
        name = known.get(column.heading, "")
        if name in said:
            put(made, column.field, shown(kind, name, said[name]))
        elif not name:
            put(made, column.field, sample(column))
    return made


def shown(kind: Kind, name: str, said: Any) -> Any:
    if name == STATE and kind.states:
        return kind.states.said[said]
    return in_words(said) if isinstance(kind.fields()[name], OpeningHours) else said


def sample(column: Column) -> Any:
    for one in SAMPLES.values():
        try:
            column.show(one)
        except (TypeError, ValueError):
            continue
        return one
    raise AssertionError(column.heading)


def put(made: dict[str, Any], path: str, found: Any) -> None:
    name, *rest = path.split("/")
    if not rest:
        made[name] = found
        return
    inside = made.setdefault(name, [{}])[0]
    put(inside, "/".join(rest[1:]), found)


def exported(export: Export, found: dict[str, Any], format: str) -> bytes:
    table = [
        Sheet(
            export.title,
            export.columns,
            [[column.of(found) for column in export.columns]],
        )
    ]
    about = Sheet("说明", export.columns[:2], [["清单", export.title]])
    return (
        workbook_writer.xlsx([*table, about])
        if format == "xlsx"
        else formats.separated(table)
    )


@pytest.mark.parametrize("format", ["xlsx", "csv"])
@pytest.mark.parametrize(
    ("export", "state"),
    STATES,
    ids=lambda one: one if isinstance(one, str) else one.name,
)
def test_a_list_as_it_is_exported_is_read_as_it_was_said(
    export: Export, state: str, format: str
) -> None:
    kind, said = KINDS[export.name], payloads(KINDS[export.name], state)
    told = [column.heading for column in export.columns]
    table = tables.read(
        exported(export, document(export, kind, said), format),
        openings.rows,
        kind.wanted(told),
        most=9,
    )
    (row,) = plan(kind, table.lines, Where(table.sheet, table.letters))
    assert row.faults == ()
    known = kind.wanted().known()
    columns = {known[heading] for heading in told if known.get(heading)} & said.keys()
    assert columns.issuperset(kind.required())
    for step, payload in row.steps:
        expected = {
            step.field_of(name): said[name] for name in step.columns if name in columns
        }
        assert json.dumps(payload, sort_keys=True) == json.dumps(
            expected, sort_keys=True
        )
    assert {column for step, _ in row.steps for column in step.columns} >= columns - {
        STATE
    }


def test_there_are_lists_that_go_both_ways() -> None:
    assert {one.name for one in BOTH} >= {
        "units",
        "partners",
        "offerings",
        "needs",
        "branches",
        "activities",
    }
