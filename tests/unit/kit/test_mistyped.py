"""A variable that nearly has the name of one of ours is told of: what it says is in force nowhere."""

import pytest

from services.kit.config import VARIABLES, mistyped
from services.xfh import cli


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("XFH_PROXY", "XFH_PROXIES"), ("XFH_BUSS", "XFH_BUS"), ("XFH_DATABASE", "XFH_DATA"), ("xfh_http", "XFH_HTTP"),
        ("XFHBUS", "XFH_BUS"), ("XFH_NOTICE", "XFH_NOTICES"), ("XFH_PUBLIC_URI", "XFH_PUBLIC_URL"),
        ("XFH_SIGNIN", "XFH_SIGN_IN"), ("XFH-ENV", "XFH_ENV"),
    ],
)  # fmt: skip
def test_what_was_meant_is_said(name: str, meant: str) -> None:
    assert mistyped({name: "1", "PATH": "/bin"}) == {name: meant}


def test_what_is_ours_or_nothing_like_it_is_left_alone() -> None:
    others = ("XFH_CHROMIUM", "XFH_MONGODB_PASSWORD", "XFH_PUBLISH", "HTTP", "XFCE_BUS")
    assert mistyped(dict.fromkeys([*VARIABLES, *others], "1")) == {}


def test_the_command_tells_of_it_and_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("XFH_PROXY", "1")
    assert cli.main(["config"]) == 0
    told = capsys.readouterr()
    assert told.err == "没有 XFH_PROXY 这个设置，不起作用；是不是 XFH_PROXIES？\n"
    assert "XFH_PROXIES" in told.out
