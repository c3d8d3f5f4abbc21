"""docs/notices.md lists the kinds there are, by the headings they have, and the states of a delivery."""

import re
from pathlib import Path

from schemas.notices.choices import ChooseNotices
from schemas.notices.kinds import KINDS
from services.kit.channels import channels_in
from services.notices.model import timing
from services.notices.views.texts import TEMPLATES

TEXT = (Path(__file__).parents[3] / "docs" / "notices.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)


def test_every_kind_is_there_by_its_heading() -> None:
    said = {kind: heading for kind, heading, _ in ROW.findall(TEXT)}
    assert said == {kind: TEMPLATES["zh"]["kinds"][kind]["heading"] for kind in KINDS}


def test_the_example_can_be_used_as_printed() -> None:
    example = re.search(r"```toml\n(.*?)```", TEXT, re.DOTALL)
    assert example is not None
    assert [channel.name for channel in channels_in(example[1])] == [
        "mail",
        "street-robot",
    ]


def test_the_choices_it_names_are_those_there_are() -> None:
    for name in ChooseNotices().fields:
        assert f"`{name}`" in TEXT


def test_the_pauses_it_tells_are_those_that_are_made() -> None:
    minutes = [pause.total_seconds() / 60 for pause in timing.RETRIES]
    assert minutes == [1, 5, 30, 120]
    assert "过 1 分钟、5 分钟、30 分钟、2 小时再试" in TEXT
