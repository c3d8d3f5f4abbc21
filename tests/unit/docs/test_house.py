"""What `python -m tests.house` counts."""

from pathlib import Path

import pytest

from tests.house import House, nodes_a_line, nodes_a_statement, passing_on

ON_ONE_LINE = """
def shown(docs, id):
    '''Says nothing that is counted.'''
    return docs.get("things", id)
"""
SPREAD = """
def shown(docs, id):
    return docs.get(
        "things",
        id,
    )
"""
IN_TWO_STEPS = """
def shown(docs, id):
    things = docs["things"]
    return things.get(id)
"""
PASSES_ON = """
class Things:
    @query
    def shown(self, id):
        return self.views.shown(id)
"""
ASKS_OF_ITSELF = """
class Things:
    @property
    def stopping(self):
        return self._stopping.is_set()
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "services").mkdir()
    return tmp_path


def house_of(root: Path, text: str) -> House:
    (root / "services" / "thing.py").write_text(text, encoding="utf-8")
    return House(root)


def test_spreading_a_call_lightens_its_lines_but_not_its_statement(root: Path) -> None:
    before, after = house_of(root, ON_ONE_LINE), house_of(root, SPREAD)
    assert nodes_a_line(before) > nodes_a_line(after)
    assert nodes_a_statement(before) == nodes_a_statement(after)


def test_a_step_with_a_name_lightens_the_statement(root: Path) -> None:
    before, after = house_of(root, ON_ONE_LINE), house_of(root, IN_TWO_STEPS)
    assert nodes_a_statement(before) > nodes_a_statement(after)


def test_a_method_passes_on_only_what_it_was_given(root: Path) -> None:
    (root / "services" / "things").mkdir()
    file = root / "services" / "things" / "service.py"
    found = []
    for text in (PASSES_ON, ASKS_OF_ITSELF):
        file.write_text(text, encoding="utf-8")
        found.append(passing_on(House(root)))
    assert found == [1, 0]
