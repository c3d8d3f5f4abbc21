"""How far a long command has come, on a terminal and elsewhere: whoever gets to the end has all of it."""

import io
import sys

import pytest

from services.xfh.commands import progress as told_in
from services.xfh.commands.progress import progress


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(told_in, "EVERY_S", 0.0)


@pytest.mark.parametrize("done", [90, 100, 110])
def test_an_estimate_ends_at_all_of_it(
    capsys: pytest.CaptureFixture[str], done: int
) -> None:
    with progress("演示", 100) as told:
        for _ in range(done):
            told(1)
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "演示：1 / 100（1%）"
    assert lines[-1] == f"演示：{done} / {done}（100%）"
    assert not [
        line for line in lines if int(line.partition("（")[2].removesuffix("%）")) > 100
    ]


@pytest.mark.parametrize("done", [90, 110])
def test_so_does_a_bar(monkeypatch: pytest.MonkeyPatch, done: int) -> None:
    screen = io.StringIO()
    screen.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stderr", screen)
    with progress("演示", 100) as told:
        for _ in range(done):
            told(1)
    assert "100%|" in screen.getvalue()
    assert f"{done}/{done}" in screen.getvalue()


def test_what_breaks_off_does_not_say_it_came_to_the_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def breaks_off() -> None:
        with progress("演示", 100) as told:
            told(30)
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011
        breaks_off()
    assert capsys.readouterr().err.splitlines() == ["演示：30 / 100（30%）"]


def test_what_takes_no_time_says_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(told_in, "EVERY_S", 60.0)
    with progress("核对", 2) as told:
        told(2)
    assert not capsys.readouterr().err
