"""Channels: what an operator may set up, and what a mistake is told as."""

from pathlib import Path

import pytest

from services.kit.channels import Channel, channels_in
from services.kit.config import load
from services.kit.config.values import BadSetting

SECRET = "s3cr3t"
GOOD = f"""
[mail]
url = "mailtos://user:{SECRET}@smtp.example.org?from=notices@example.org&to={{address}}"
asks = "mail"
[street-robot]
url = "wecombot://{SECRET}"
for = "510108015"
language = "en"
"""


def channels_file(folder: Path, text: str) -> dict[str, str]:
    path = folder / "channels.toml"
    path.write_text(text, encoding="utf-8")
    return {"XFH_NOTICES": str(path)}


def test_they_are_off_by_default() -> None:
    assert load({}).channels == ()
    assert str(load({}).channels) == ""


def test_a_file_of_comments_leaves_them_off(tmp_path: Path) -> None:
    assert load(channels_file(tmp_path, "# nothing yet\n")).channels == ()


def test_what_is_set_up_is_known_by_name(tmp_path: Path) -> None:
    channels = load(channels_file(tmp_path, GOOD)).channels
    mail, robot = channels
    assert (mail.name, mail.asks, mail.of, mail.language) == ("mail", "mail", "", "zh")
    assert (robot.name, robot.asks, robot.of, robot.language) == (
        "street-robot",
        "",
        "510108015",
        "en",
    )
    assert channels.named("mail") is mail
    assert channels.named("fax") is None


def test_nothing_that_shows_them_shows_a_password(tmp_path: Path) -> None:
    settings = load(channels_file(tmp_path, GOOD))
    assert str(settings.channels) == "mail、street-robot"
    assert SECRET not in repr(settings)


def test_an_address_is_quoted_into_its_place() -> None:
    channel = Channel("mail", "mailtos://smtp.example.org?to={address}", asks="mail")
    assert channel.url_of("a&b=c/d?e#f@example.org").endswith(
        "?to=a%26b%3Dc%2Fd%3Fe%23f%40example.org"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[mail", "TOML"),
        ("mail = 1", "mail"),
        ("[Mail]\nurl = 'x://y'", "渠道名"),
        ("[m]\nurl = 'x://y?{address}'\nasks = 'mail'\nport = '1'", "port"),
        ("[m]\nurl = 'x://y'\nfor = 5", "文字"),
        ("[m]\nasks = 'mail'", "url"),
        ("[m]\nurl = 'nonsense'\nfor = '510108'", "url"),
        ("[m]\nurl = 'x://y/{address}'", "asks"),
        ("[m]\nurl = 'x://y/{address}'\nasks = 'mail'\nfor = '510108'", "只有一项"),
        ("[m]\nurl = 'x://y/{address}'\nasks = 'fax'", "mail、id"),
        ("[m]\nurl = 'x://y'\nfor = 'everybody'", "for"),
        ("[m]\nurl = 'x://y'\nfor = '510108'\nlanguage = 'fr'", "zh、en"),
        ("[m]\nurl = 'x://y'\nasks = 'mail'", "{address}"),
        ("[m]\nurl = 'x://{address}/z'\nasks = 'id'", "服务器"),
        ("[m]\nurl = 'x://y/{address}'\nfor = '510108'", "{address}"),
        ("[m]\nurl = 'x://y/?retry=3'\nfor = '510108'", "retry"),
        (
            "\n".join(f"[c{n}]\nurl = 'x://y'\nfor = '510108'" for n in range(21)),
            "最多 20",
        ),
    ],
)
def test_a_mistake_stops_with_a_sentence(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(BadSetting) as caught:
        load(channels_file(tmp_path, text))
    assert says in str(caught.value)
    assert "XFH_NOTICES" in str(caught.value)


def test_a_mistake_is_told_without_the_url(tmp_path: Path) -> None:
    with pytest.raises(BadSetting) as caught:
        load(channels_file(tmp_path, GOOD.replace("asks", "ask")))
    assert SECRET not in str(caught.value)
    with pytest.raises(ValueError, match="asks") as told:
        channels_in(GOOD.replace('asks = "mail"', ""))
    assert SECRET not in str(told.value)


def test_a_file_that_is_not_there_or_no_text_stops_as_well(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="打不开"):
        load({"XFH_NOTICES": str(tmp_path / "nothing.toml")})
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(BadSetting, match="UTF-8"):
        load({"XFH_NOTICES": str(tmp_path / "bytes.toml")})
