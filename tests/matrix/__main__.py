"""Writes the table anew: `python -m tests.matrix`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.matrix import table
from tests.matrix.asks import asks
from tests.matrix.cells import all_cells
from tests.matrix.stage import Stage

DOCUMENT = Path(__file__).parents[2] / "docs" / "who-may-ask.md"

if __name__ == "__main__":
    with TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        DOCUMENT.write_text(
            table.written(table.rows(all_cells(stage, asks(stage.app)))),
            encoding="utf-8",
        )
