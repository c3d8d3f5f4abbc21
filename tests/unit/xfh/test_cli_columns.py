"""Cells as people type them, made what the schemas expect; what cannot be is left for the schema to refuse."""

from typing import Any

import pytest

from schemas import fields
from schemas.exchange.cells import value
from schemas.exchange.columns import fields_of
from schemas.exchange.kinds import KINDS
from schemas.opening_hours import OpeningHours
from services.kit.actor import OPERATOR, Role
from services.kit.entrypoints import Command
from services.kit.service import entrypoints
from services.xfh.commands.columns import actor_of, keeper
from services.xfh.registry import load


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        (fields.Whole(1, 9), "5", 5),
        (fields.Whole(1, 9), "五", "五"),
        (
            fields.Many(fields.Text(9), 1, 9),
            "老人、儿童，残障人士",
            ["老人", "儿童", "残障人士"],
        ),
        (fields.Instant(), "2026-06-13 9:30", "2026-06-13T09:30:00+08:00"),
        (fields.Instant(), "2026/6/13 09:30:00", "2026-06-13T09:30:00+08:00"),
        (fields.Instant(), "2026-06-13T01:30:00Z", "2026-06-13T01:30:00+00:00"),
        (fields.Day(), "2026年6月1日", "2026-06-01"),
        (fields.Instant(), "明天", "明天"),
        (fields.Day(), "2026/6/1", "2026-06-01"),
        (fields.Day(), "2026-13-01", "2026-13-01"),
        (fields.Text(9), "007", "007"),
        (
            OpeningHours(),
            "周一 9:00-12:00",
            [{"day": "MO", "opens": "09:00", "closes": "12:00"}],
        ),
        (
            OpeningHours(),
            "SU 14:00–18:30",
            [{"day": "SU", "opens": "14:00", "closes": "18:30"}],
        ),
        (OpeningHours(), "SU 14:00–18:30、周末", ["SU 14:00–18:30、周末"]),
    ],
)
def test_a_cell_becomes_what_its_field_expects(
    field: Any, text: str, expected: Any
) -> None:
    assert value(field, text) == expected


@pytest.mark.parametrize("name", KINDS)
def test_every_step_is_a_command_and_every_field_it_needs_has_a_column(
    name: str,
) -> None:
    kind = KINDS[name]
    commands = {
        mark.name: mark
        for mark in entrypoints(load(kind.service))
        if isinstance(mark, Command)
    }
    for step in kind.steps:
        assert step.schema is commands[step.command].schema
        declared = fields_of(step.schema)
        own = {step.field_of(column) for column in step.columns} | (
            {step.about} if step.about else set()
        )
        own |= {path.partition("/")[0] for path in own}
        assert (
            {field for field in declared if declared[field].required}
            <= own
            <= declared.keys()
        )


def test_an_activity_is_posted_in_the_role_that_keeps_its_host() -> None:
    assert keeper("branch/B1", "P1").roles == (Role("branch_secretary", "branch/B1"),)
    assert keeper("community/510108002001", "P1").roles == (
        Role("community_worker", "510108002001"),
    )


def test_units_are_imported_by_the_operator_whatever_a_row_says() -> None:
    assert actor_of(KINDS["units"], {"by": "P1"}) == OPERATOR
