"""The order of an upgrade as it is written down: whoever follows comes before, or with, whom it follows."""

import re
from pathlib import Path

from services.kit.engine.tables import sources_of
from services.xfh import registry

UPGRADING = Path(__file__).parents[3] / "docs" / "upgrading.md"


def steps() -> list[list[str]]:
    """The services of each step."""
    text = UPGRADING.read_text(encoding="utf-8")
    [line] = [line for line in text.splitlines() if "→" in line]
    return [re.findall("`([a-z]+)`", step) for step in line.split("→")]


def test_every_service_has_its_step() -> None:
    assert sorted(name for step in steps() for name in step) == sorted(
        registry.SERVICES
    )


def test_nobody_is_upgraded_after_whom_it_follows() -> None:
    at = {name: number for number, step in enumerate(steps()) for name in step}
    for name in registry.SERVICES:
        for source in sources_of(registry.load(name)):
            assert at[name] <= at[source], f"{name} follows {source}"
