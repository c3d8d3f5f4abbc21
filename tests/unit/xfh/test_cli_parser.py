"""What may be typed after `xfh`, and what a wrong setting does to all of it."""

import re
from importlib import import_module
from pathlib import Path

import pytest

from schemas.exchange.kinds import KINDS
from services.district import territory
from services.kit.actor import Role
from services.xfh import cli, columns_told, grammar
from services.xfh.commands import divisions, tokens
from services.xfh.registry import SERVICES

COMMANDS = [
    "up", "gateway", "serve metrics", "config", "demo", "token --actor P1 --role resident",
    "log tail activities", "log show activities 1", "log export activities", "rebuild metrics", "reconcile",
    "followers", "followers retry metrics activities", "followers set-aside metrics activities 3 --reason 试",
    "divisions load", "import units units.csv", "import branches b.xlsx", "import activities --template",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XFH_BUS", raising=False)
    monkeypatch.delenv("XFH_STORE", raising=False)


@pytest.mark.parametrize("typed", COMMANDS)
def test_every_command_names_a_function_that_exists(typed: str) -> None:
    module, _, function = grammar.parser().parse_args(typed.split()).run.partition(":")
    assert callable(getattr(import_module(module), function))


@pytest.mark.parametrize("typed", COMMANDS)
def test_a_bad_setting_stops_every_command_with_a_sentence_that_names_it(
    typed: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XFH_BUS", "kafka://there")
    assert cli.main(typed.split()) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "XFH_BUS" in told.err
    assert "kafka://there" in told.err


def test_every_kind_of_table_can_be_imported_under_its_title() -> None:
    assert {name: kind.title for name, kind in KINDS.items()} == columns_told.IMPORTED


@pytest.mark.parametrize(
    "typed", ["", "fly", "rebuild", "rebuild nobody", "import units", "log tail nobody"]
)
def test_what_cannot_be_understood_is_a_matter_of_usage(typed: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(typed.split())
    assert stopped.value.code == 2


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "还要写：命令"),
        ("fly", "命令：没有 'fly'，可以是："),
        ("rebuild nobody", "SERVICE：没有 'nobody'，可以是："),
        ("up now", "多写了：now"),
        ("demo --days many", "--days：应为整数，写的是 'many'"),
        ("demo --days", "--days：后面要写一个值"),
        ("import units", "这几样要写一样：FILE --template"),
        ("import units u.csv --template", "--template：不能和 FILE 同时写"),
        ("log tail activities --follow=on", "-f/--follow：后面不写值，写的是 'on'"),
        ("import units u.csv --s=1 --t", "后面不写值"),
    ],
)
def test_what_was_typed_wrong_is_said_in_chinese(
    typed: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(typed.split())
    told = capsys.readouterr().err
    assert told.startswith("用法：xfh")
    assert says in told


@pytest.mark.parametrize("typed", ["", "divisions load", "import units"])
def test_help_has_no_english_headings(
    typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main([*typed.split(), "--help"])
    told = capsys.readouterr().out
    assert told.startswith("用法：xfh")
    assert not re.search("usage|positional|options|show this", told)


@pytest.mark.parametrize(
    ("file", "says"),
    [("nowhere.csv", "没有这个文件"), ("", "这是一个文件夹"), ("f/x", "不是文件夹")],
)
def test_what_is_wrong_with_a_file_is_said_in_words_with_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, says: str
) -> None:
    (tmp_path / "f").touch()
    path = str(tmp_path / file)
    assert cli.main(["divisions", "load", path]) == 1
    told = capsys.readouterr().err
    assert says in told
    assert told.endswith(f"：{path.rstrip('/')}\n")


def test_config_shows_each_setting_where_it_comes_from_and_no_password(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XFH_BUS", "amqp://guest:quiet@localhost:5672/")
    assert cli.main(["config"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [
        line.split() for line in lines if line.startswith(("XFH_BUS", "XFH_STORE"))
    ] == [
        ["XFH_BUS", "amqp://guest:***@localhost:5672/", "环境变量"],
        ["XFH_STORE", "sqlite:var", "默认"],
    ]
    assert "quiet" not in "".join(lines)


@pytest.mark.parametrize("kind", KINDS)
def test_the_help_of_an_import_tells_every_column_and_when_it_is_filled_in(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["import", kind, "--help"])
    told = capsys.readouterr().out
    for column, heading in KINDS[kind].columns().items():
        assert f"{heading} ({column})：" in told


def test_the_help_of_divisions_tells_the_columns_with_an_example(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit):
        cli.main(["divisions", "load", "--help"])
    told = capsys.readouterr().out
    assert ",".join(divisions.COLUMNS) in told
    for word in (*territory.LEVELS.values(), *divisions.STATUSES):
        assert word in told


@pytest.mark.parametrize("typed", ["rebuild", "followers retry", "log verify"])
def test_no_service_is_broken_in_two_where_they_are_listed(
    typed: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for columns in range(60, 120):
        monkeypatch.setenv("COLUMNS", str(columns))
        with pytest.raises(SystemExit):
            cli.main([*typed.split(), "--help"])
        assert set(SERVICES) <= set(re.findall("[a-z]+", capsys.readouterr().out))


def test_a_role_holds_everywhere_only_when_that_is_said() -> None:
    assert tokens.role_from("street_admin:*") == Role("street_admin", "*")
    assert tokens.role_from("street_admin") == Role("street_admin", "")
    assert tokens.role_from("branch_secretary:branch/B1") == Role(
        "branch_secretary", "branch/B1"
    )
