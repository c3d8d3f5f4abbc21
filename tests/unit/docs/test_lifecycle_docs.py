"""The life cycles in the documentation are those in the code."""

from pathlib import Path

from services.xfh.commands.lifecycles import text
from services.xfh.registry import SERVICES, load

DOCUMENT = Path(__file__).parents[3] / "docs" / "lifecycles.md"


def test_the_document_is_what_the_code_says() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == text(), (
        "bring it up to date: xfh lifecycles > docs/lifecycles.md"
    )


def test_every_life_cycle_has_its_diagram_and_every_step_its_line() -> None:
    said = text()
    for name in SERVICES:
        for life in load(name).lifecycles:
            assert f"## {life.title}（{name}）\n\n```mermaid\nstateDiagram-v2\n" in said
            for state, words in life.texts.items():
                assert f"    {state}: {words}\n" in said
            for step, described in life.steps.items():
                assert f"| {described.text} `{step}`" in said


def test_what_nobody_commands_is_marked() -> None:
    assert "认领失效 `lapse`（到时自动）" in text()
    assert "暂停资格 `halt`（由其他服务的事件引起）" in text()
