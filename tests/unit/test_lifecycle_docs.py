"""The life cycles in the documentation are those of the code."""

from pathlib import Path

from services.commands import lifecycles


def test_the_documented_life_cycles_are_those_of_the_code() -> None:
    assert Path("docs/lifecycles.md").read_text(encoding="utf-8") == lifecycles.text(), (
        "run `xfh lifecycles > docs/lifecycles.md`"
    )
