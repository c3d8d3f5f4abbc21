"""Ways in that an operator sets up: what may be said, and what a mistake is told as."""

from pathlib import Path

import pytest

from services.kit.config import load
from services.kit.config.values import BadSetting
from services.kit.ways.senders import HttpSender, WeComSender, filled
from services.kit.ways.tables import secret_in

SMS = """
[senders.sms]
by = "http"
url = "https://sms.example.org/send?at={time}"
body = '{"mobile": "{phone}", "code": "{code}"}'
sign = "{time}{body}"
signature = "X-Signature"
secret_file = "/run/secrets/sms"
"""
WECOM = """
[senders.wecom]
by = "wecom"
corp = "ww1"
agent = 1000002
secret_file = "/run/secrets/wecom"
daily = 50
"""
MAIL = """
[senders.mail]
by = "mail"
server = "smtp.example.org"
user = "notices"
sender = "notices@example.org"
tls = "starttls"
port = 587
secret_file = "/run/secrets/mail"
"""


def ways_file(folder: Path, text: str) -> dict[str, str]:
    path = folder / "sign-in.toml"
    path.write_text(text, encoding="utf-8")
    return {"XFH_SIGN_IN": str(path)}


def test_without_a_file_nothing_is_sent() -> None:
    assert load({}).ways.senders == ()


def test_senders_are_known_by_name(tmp_path: Path) -> None:
    ways = load(ways_file(tmp_path, SMS + WECOM)).ways
    sms, wecom = ways.senders
    assert isinstance(sms, HttpSender)
    assert isinstance(wecom, WeComSender)
    assert (sms.text, sms.daily, wecom.text, wecom.daily) == (
        "短信",
        500,
        "企业微信",
        50,
    )
    assert ways.sender("sms") is sms
    assert ways.sender("fax") is None
    assert str(ways) == "sms、wecom"


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("[senders.sms]", "[senders.SMS]", "SMS"),
        ('by = "http"', 'by = "pigeon"', "by"),
        ('by = "http"', "", "by"),
        ("body =", "text =", "body"),
        ("sign =", "sing =", "sing"),
        ('signature = "X-Signature"', "", "signature"),
        ("{phone}", "13800001234", "phone"),
        ("{code}", "{codes}", "codes"),
        ("at={time}", "to={phone}", "phone"),
        ("at={time}", "code={code}", "code"),
        ("https://sms", "https://user:pass@sms", "url"),
        ("https://sms", "ftp://sms", "url"),
        ("{time}{body}", "{time}{secret}", "secret"),
        ('secret_file = "/run', 'daily = 0\nsecret_file = "/run', "daily"),
        ('secret_file = "/run', 'daily = "9"\nsecret_file = "/run', "daily"),
        ('secret_file = "/run', 'answer = "("\nsecret_file = "/run', "answer"),
        ('secret_file = "/run', 'headers = {A = 1}\nsecret_file = "/run', "headers"),
        (
            'secret_file = "/run',
            'headers = {A = "1\\r\\nB: 2"}\nsecret_file = "/run',
            "标头",
        ),
        ('secret_file = "/run', 'headers = {"A B" = "1"}\nsecret_file = "/run', "标头"),
        ('secret_file = "/run', 'headers = {A = "中文"}\nsecret_file = "/run', "标头"),
        ('secret_file = "/run', 'type = "a\\nb"\nsecret_file = "/run', "标头"),
        ('"X-Signature"', '"X Signature"', "标头"),
        ('secret_file = "/run', 'text = ""\nsecret_file = "/run', "text 不能为空"),
        ('secret_file = "/run', 'text = "短信\\u202e"\nsecret_file = "/run', "text"),
        ("/run/secrets/sms", "", "secret_file 不能为空"),
        ("https://sms.example.org", "https://sms.example.org:99999", "url"),
        ("https://sms.example.org", "https://sms.example.org:0", "url"),
        ("https://sms.example.org", "https://[::", "url"),
        ('by = "http"', "by = []", "by"),
        ('by = "http"', "by = {}", "by"),
        ("[senders.sms]", "a = " + "[" * 5000 + "\n[senders.sms]", "套得太深"),
        ("[senders.sms]", "a = " + "9" * 5000 + "\n[senders.sms]", "数字太大"),
        ("[senders.sms]", "[sender.sms]", "sender"),
        ("[senders.sms]", "senders = 1\n[x]", "x"),
    ],
)
def test_a_mistake_is_said_in_a_sentence(
    tmp_path: Path, was: str, becomes: str, says: str
) -> None:
    assert was in SMS
    with pytest.raises(BadSetting, match="XFH_SIGN_IN") as caught:
        load(ways_file(tmp_path, SMS.replace(was, becomes)))
    assert says in str(caught.value)


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ("smtp.example.org", "smtp.example.org/x", "server"),
        ("587", "0", "port"),
        ("starttls", "perhaps", "tls"),
        ('sender = "notices@example.org"', 'sender = "notices"', "sender"),
    ],
)
def test_a_mistake_about_a_mail_server_is_said_in_a_sentence(
    tmp_path: Path, was: str, becomes: str, says: str
) -> None:
    assert str(load(ways_file(tmp_path, MAIL)).ways) == "mail"
    with pytest.raises(BadSetting, match=f"mail 的 {says}"):
        load(ways_file(tmp_path, MAIL.replace(was, becomes)))


def test_a_file_may_begin_with_the_mark_of_windows_editor(tmp_path: Path) -> None:
    (tmp_path / "ways.toml").write_text(SMS, encoding="utf-8-sig")
    assert load({"XFH_SIGN_IN": str(tmp_path / "ways.toml")}).ways.sender("sms")


def test_a_provider_by_what_is_no_text_is_told_so(tmp_path: Path) -> None:
    for table in ("by = []", "by = {}", "by = 2026-01-01"):
        with pytest.raises(BadSetting, match="登录服务 city 的 by"):
            load(ways_file(tmp_path, f"[providers.city]\n{table}"))


def test_a_template_is_filled_in_once() -> None:
    """What stands in for one place is no template."""
    values = {"phone": "{code}", "code": "1"}
    assert filled("{phone} {code} {}", values | {"": "{}"}) == "{code} 1 {}"


def test_a_secret_is_what_its_file_says(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("s3cr3t\n")
    assert secret_in(file) == "s3cr3t"
    file.write_text("s3cr3t\r\n", encoding="utf-8-sig")
    assert secret_in(file) == "s3cr3t"
    for content in (b"", b"\n", b"\xff\xfe"):
        file.write_bytes(content)
        with pytest.raises(ValueError, match="secret"):
            secret_in(file)
    with pytest.raises(ValueError, match="none"):
        secret_in(tmp_path / "none")
    for path in (tmp_path, tmp_path / "nothing", file / "x", Path("a\0b")):
        with pytest.raises(ValueError, match=r"密钥文件.*：[^a-z]*$"):
            secret_in(path)
