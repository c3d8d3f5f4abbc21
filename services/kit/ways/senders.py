"""Senders of one-time codes, as the operator describes them.

[senders.sms]                             # any gateway that takes a POST
by = "http"
text = "短信"
url = "https://sms.example.org/send"
body = '{"mobile": "{phone}", "code": "{code}", "at": "{time}", "nonce": "{nonce}"}'
sign = "{time}\n{nonce}\n{body}"          # HMAC-SHA-256 of this, by the secret
signature = "X-Signature"                 # … goes into this header, in hex
answer = '"status": *"ok"'                # what a good answer says besides its status 2xx
secret_file = "/run/secrets/sms"

[senders.wecom]                           # a message of an application of the WeCom corporation
by = "wecom"
corp = "ww0000000000000000"
agent = 1000002
secret_file = "/run/secrets/wecom"

[senders.mail]                            # a mail server; to the address that was given with the login number
by = "mail"
server = "smtp.example.org"
port = 465                                # TLS from the start; `tls = "starttls"` begins it, `"none"` is for one's own
user = "notices@example.org"
sender = "notices@example.org"
secret_file = "/run/secrets/mail"         # the user's password
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from schemas.documents import without
from services.kit.ways.tables import Texts, read

NAME = "[a-z][a-z0-9-]{0,19}"
MOST = 5
A_DAY = 500
MOST_A_DAY = 1_000_000
URL = re.compile(r"https?://[^\s/?#@]+(/[^\s#]*)?")
HEADER = re.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+")
PLACES = re.compile(r"\{([a-z_]*)\}")
IN_BODY = {"phone", "code", "time", "nonce"}
IN_SIGNED = {"time", "nonce", "body"}
IN_HEADERS = {"time", "nonce", "secret"}
IN_URL = {"time", "nonce"}  # Neither whom nor what: addresses stand in logs of others.
WECOM = "https://qyapi.weixin.qq.com"
FROM_THE_START, STARTTLS, NO_TLS = TLS = ("start", "starttls", "none")
OF_THE_NUMBER, OF_MAIL = "login", "mail"  # What of a record a sender reaches people by.
MAIL_SERVER = re.compile(r"[0-9A-Za-z.-]{1,200}")
MAIL_ADDRESS = re.compile(r"[0-9A-Za-z._%+-]+@[0-9A-Za-z.-]+")
MOST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class HttpSender:
    """`text` is what people choose it by; `daily` bounds what it may cost in a day, whoever asks."""

    name: str
    url: str
    body: str
    secret_file: Path
    text: str = "短信"
    type: str = "application/json"
    headers: Texts = field(default_factory=dict, hash=False)
    sign: str = ""
    signature: str = ""
    answer: str = ""
    daily: int = A_DAY
    reaches: ClassVar[str] = OF_THE_NUMBER


@dataclass(frozen=True, slots=True)
class WeComSender:
    """Reaches who is in the corporation under the number they sign in with."""

    name: str
    corp: str
    agent: int
    secret_file: Path
    text: str = "企业微信"
    url: str = WECOM
    daily: int = A_DAY
    reaches: ClassVar[str] = OF_THE_NUMBER


@dataclass(frozen=True, slots=True)
class MailSender:
    """A mail server. The password is sent over TLS, or to a server of one's own network."""

    name: str
    server: str
    user: str
    sender: str
    secret_file: Path
    port: int = 465
    tls: str = FROM_THE_START
    text: str = "邮件"
    daily: int = A_DAY
    reaches: ClassVar[str] = OF_MAIL


Sender = HttpSender | WeComSender | MailSender
KINDS: dict[str, Callable[..., Sender]] = {
    "http": HttpSender,
    "wecom": WeComSender,
    "mail": MailSender,
}


def senders_in(tables: Mapping[str, Any]) -> tuple[Sender, ...]:
    """Raises `ValueError` with a sentence that names the sender and what is wrong."""
    if len(tables) > MOST:
        raise ValueError(f"最多 {MOST} 个发送方式")
    return tuple(_sender(name, table) for name, table in tables.items())


def _sender(name: str, table: Any) -> Sender:
    called = f"发送方式 {name}"
    if not re.fullmatch(NAME, name):
        raise ValueError(f"{called} 的名字应为小写字母开头的字母、数字和 -，最多 20 位")
    if not isinstance(table, Mapping) or table.get("by") not in list(KINDS):
        raise ValueError(f"{called} 的 by 应为：{'、'.join(KINDS)}")
    kind = KINDS[table["by"]]
    sender: Sender = read(kind, without(table, "by"), name, called)
    _must_make_sense(sender, called)
    return sender


def _must_make_sense(sender: Sender, called: str) -> None:
    if not 1 <= sender.daily <= MOST_A_DAY:
        raise ValueError(f"{called} 的 daily 应为 1 到 {MOST_A_DAY}")
    if isinstance(sender, MailSender):
        _must_be_a_mail_server(sender, called)
        return
    if not is_url(sender.url):
        raise ValueError(f"{called} 的 url 应为 https://…，其中不含密码")
    if isinstance(sender, HttpSender):
        _must_be_whole(sender, called)


def _must_be_a_mail_server(sender: MailSender, called: str) -> None:
    if not MAIL_SERVER.fullmatch(sender.server):
        raise ValueError(f"{called} 的 server 应为邮件服务器的名字")
    if not 1 <= sender.port <= MOST_PORT:
        raise ValueError(f"{called} 的 port 应为 1 到 {MOST_PORT}")
    if not MAIL_ADDRESS.fullmatch(sender.sender):
        raise ValueError(f"{called} 的 sender 应为邮箱地址")
    if sender.tls not in TLS:
        raise ValueError(f"{called} 的 tls 应为：{'、'.join(TLS)}")


def _must_be_whole(sender: HttpSender, called: str) -> None:
    _must_know(sender.url, IN_URL, called, "url")
    _must_know(sender.body, IN_BODY, called, "body")
    _must_know(sender.sign, IN_SIGNED, called, "sign")
    for header in sender.headers.values():
        _must_know(header, IN_HEADERS, called, "headers")
    _must_be_headers(sender, called)
    if not {"{phone}", "{code}"} <= {f"{{{place}}}" for place in _places(sender.body)}:
        raise ValueError(f"{called} 的 body 里应有 {{phone}} 和 {{code}}")
    if bool(sender.sign) != bool(sender.signature):
        raise ValueError(f"{called} 的 sign 和 signature 要么都有，要么都没有")
    try:
        re.compile(sender.answer)
    except re.error as error:
        raise ValueError(f"{called} 的 answer 不是正则表达式") from error


def _must_be_headers(sender: HttpSender, called: str) -> None:
    """As HTTP takes them: names of a few characters, and values without a line's end, in Latin letters."""
    names = (*sender.headers, sender.signature or "X")
    values = (*sender.headers.values(), sender.type)
    good = all(map(HEADER.fullmatch, names)) and all(map(_is_of_a_header, values))
    if not good:
        says = "headers、signature 和 type 应为 HTTP 标头：名称为字母、数字和 -，值为一行英文"
        raise ValueError(f"{called} 的 {says}")


def _is_of_a_header(value: str) -> bool:
    return value.isascii() and value.isprintable() and value == value.strip()


def is_url(text: str) -> bool:
    """Whether it is a server's address, without a password, and a port where there can be one."""
    try:
        has_port = urlsplit(text).port != 0
    except ValueError:
        return False
    return has_port and URL.fullmatch(text) is not None


def _must_know(template: str, known: set[str], called: str, entry: str) -> None:
    for place in _places(template):
        if place not in known:
            raise ValueError(f"{called} 的 {entry} 里不能有 {{{place}}}")


def _places(template: str) -> list[str]:
    return PLACES.findall(template)


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with what stands in for each of its places."""
    return PLACES.sub(lambda place: values[place[1]], template)
