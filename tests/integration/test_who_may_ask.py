"""Every address × every caller × every state: as the table in the docs says, and never against what must hold."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from services.xfh.registry import SERVICES, load
from tests.matrix import invariants, table
from tests.matrix.asks import SUBJECTS, asks
from tests.matrix.callers import Caller
from tests.matrix.cells import Cell, all_cells, of_nothing
from tests.matrix.stage import Answer, Stage

DOCUMENT = Path(__file__).parents[2] / "docs" / "who-may-ask.md"
ANEW = "if it should be so, write the table anew and review it: python -m tests.matrix"
MOST_SHOWN = 40


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return Stage(tmp_path_factory.mktemp("matrix"))


@pytest.fixture(scope="module")
def cells(stage: Stage) -> list[Cell]:
    return list(all_cells(stage, asks(stage.app)))


@pytest.fixture(scope="module")
def nothing(stage: Stage) -> dict[tuple[str, Caller], Answer]:
    return of_nothing(stage, asks(stage.app))


def test_every_life_cycle_is_asked_about_in_every_state() -> None:
    walked = [subject.life for subject in SUBJECTS.values() if subject.life]
    assert all(life in walked for name in SERVICES for life in load(name).lifecycles)


def test_every_address_has_a_row_and_every_row_an_address(cells: list[Cell]) -> None:
    written = table.read(DOCUMENT.read_text(encoding="utf-8"))
    assert sorted(written) == sorted({cell.ask.name for cell in cells}), ANEW


def test_everybody_gets_what_the_table_says(cells: list[Cell]) -> None:
    written = table.read(DOCUMENT.read_text(encoding="utf-8"))
    told = table.rows(cells)
    differing = [
        line
        for name, (_, row) in told.items()
        for line in _differing(name, written.get(name, ""), row)
    ]
    assert not differing, _shown(
        [*differing[:MOST_SHOWN], f"{len(differing)} in all; {ANEW}"]
    )


def test_the_table_is_as_it_is_written_today(cells: list[Cell]) -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == table.written(table.rows(cells)), (
        ANEW
    )


def test_no_answer_is_what_none_may_be(
    cells: list[Cell], nothing: dict[tuple[str, Caller], Answer]
) -> None:
    """No defect, nothing done by nobody or by asking, nothing told of what is hidden, no right without a role."""
    broken = invariants.violations(cells, nothing)
    assert not broken, _shown(
        f"{one.rule} · {one.name} · {one.example}" for one in broken
    )


def _differing(name: str, said: str, row: table.Row) -> list[str]:
    wanted = table.expanded(said, row)
    return [
        f"{name} · {one} · {state or '—'}: got {row[one, state]}, wanted {wanted[one, state] or 'a row'}"
        for one, state in row
        if row[one, state] != wanted[one, state]
    ]


def _shown(lines: Iterable[str]) -> str:
    return "\n" + "\n".join(lines)
