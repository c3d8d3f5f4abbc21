"""`xfh lifecycles`: the life cycles of the platform as Markdown with a diagram each, drawn from the code."""

import argparse
from collections.abc import Iterator

from services.kit.config import Settings
from services.kit.lifecycle import LifeCycle
from services.xfh.registry import SERVICES, load

CAUSES = {
    "command": "",
    "time": "（到时自动）",
    "event": "（由其他服务的事件引起）",
    "step": "（由别的步骤引起）",
}
HEAD = """# 生命周期

`xfh lifecycles` 由代码生成；修改代码后用 `xfh lifecycles > docs/lifecycles.md` 更新。
"""


def show(settings: Settings, args: argparse.Namespace) -> int:
    print(text(), end="")
    return 0


def text() -> str:
    return HEAD + "".join(
        _section(name, life) for name in SERVICES for life in load(name).lifecycles
    )


def _section(service: str, life: LifeCycle) -> str:
    heading = ["", f"## {life.title}（{service}）", ""]
    diagram = ["```mermaid", "stateDiagram-v2", *_diagram(life), "```", ""]
    steps = ["| 步骤 | 从 | 到 |", "| --- | --- | --- |", *_table(life)]
    return "\n".join([*heading, *diagram, *steps]) + "\n"


def _diagram(life: LifeCycle) -> Iterator[str]:
    for state, text in life.texts.items():
        yield f"    {state}: {text}"
    yield f"    [*] --> {life.initial}"
    for step in life.steps.values():
        called = f"{step.text}{CAUSES[step.cause]}"
        for before in step.before if step.after else ():
            yield f"    {before} --> {step.after}: {called}"


def _table(life: LifeCycle) -> Iterator[str]:
    for name, step in life.steps.items():
        before = "、".join(life.texts[state] for state in step.before)
        after = life.texts[step.after] if step.after else "不变"
        yield f"| {step.text} `{name}`{CAUSES[step.cause]} | {before} | {after} |"
