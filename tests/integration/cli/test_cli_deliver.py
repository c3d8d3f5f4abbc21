"""`xfh deliver` and `xfh config` about channels: what is said, and what is not."""

from pathlib import Path

import pytest

from tests.integration.cli.conftest import Xfh

SECRET = "s3cr3t"
CHANNELS = f'[mail]\nurl = "mailtos://user:{SECRET}@smtp.example.org?to={{address}}"\nasks = "mail"\n'


@pytest.fixture
def channels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "channels.toml"
    monkeypatch.setenv("XFH_NOTICES", str(file))
    return file


def test_without_channels_there_is_nothing_to_deliver_by(
    xfh: Xfh, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XFH_NOTICES", raising=False)
    ran = xfh("deliver")
    assert (ran.code, ran.out) == (2, "")
    assert "docs/notices.md" in ran.err


def test_a_url_apprise_cannot_use_is_named_by_its_channel_alone(
    xfh: Xfh, channels: Path
) -> None:
    channels.write_text(CHANNELS.replace("mailtos:", "pigeon:"))
    ran = xfh("deliver")
    assert ran.code == 2
    assert "mail" in ran.err
    assert SECRET not in ran.err


def test_the_settings_tell_the_channels_by_name(xfh: Xfh, channels: Path) -> None:
    channels.write_text(CHANNELS)
    ran = xfh("config")
    (line,) = [line for line in ran.out.splitlines() if line.startswith("XFH_NOTICES")]
    assert line.split() == ["XFH_NOTICES", "mail", "环境变量"]
    assert SECRET not in ran.out


def test_a_file_with_a_mistake_stops_every_command_with_a_sentence(
    xfh: Xfh, channels: Path
) -> None:
    channels.write_text("[mail]\nasks = 'mail'\n")
    ran = xfh("config")
    assert ran.code == 2
    assert str(channels) in ran.err
    assert "url" in ran.err
