"""The demonstration says where its data is and how to serve it again."""

import shlex
from pathlib import Path

from services.kit.config import Settings, load
from services.xfh.demo.summary import where
from services.xfh.grammar import parser


def test_what_it_says_to_type_serves_the_same_data_by_the_same_clock_at_the_same_address(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "演示 数据"
    said = where(Settings(data=folder, http="127.0.0.1:8123"), folder / "demo.clock")
    assert f"数据在 {folder}；" in said
    data, clock, http, _, *words = shlex.split(said.splitlines()[-1])
    settings = load(dict(one.split("=", 1) for one in (data, clock, http)))
    assert (settings.data, settings.clock_file) == (folder, str(folder / "demo.clock"))
    assert settings.http == "127.0.0.1:8123"
    assert parser().parse_args(words).run.startswith("services.xfh.commands.up:")
