"""What may be typed after `xfh`, and what a wrong setting does to all of it."""

from importlib import import_module

import pytest

from schemas.exchange.kinds import KINDS
from services.kit.actor import Role
from services.xfh import cli, grammar
from services.xfh.commands import tokens

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
    assert {name: kind.title for name, kind in KINDS.items()} == grammar.IMPORTED


@pytest.mark.parametrize(
    "typed", ["", "fly", "rebuild", "rebuild nobody", "import units", "log tail nobody"]
)
def test_what_cannot_be_understood_is_a_matter_of_usage(typed: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(typed.split())
    assert stopped.value.code == 2


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


def test_a_role_holds_everywhere_only_when_that_is_said() -> None:
    assert tokens.role_from("street_admin:*") == Role("street_admin", "*")
    assert tokens.role_from("street_admin") == Role("street_admin", "")
    assert tokens.role_from("branch_secretary:branch/B1") == Role(
        "branch_secretary", "branch/B1"
    )
