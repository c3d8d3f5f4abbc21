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
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from schemas.documents import without
from services.kit.ways.tables import Texts, read

NAME = "[a-z][a-z0-9-]{0,19}"
MOST = 5
A_DAY = 500
MOST_A_DAY = 1_000_000
URL = re.compile(r"https?://[^\s/?#@]+(/[^\s#]*)?")
PLACES = re.compile(r"\{([a-z_]*)\}")
IN_BODY = {"phone", "code", "time", "nonce"}
IN_SIGNED = {"time", "nonce", "body"}
IN_HEADERS = {"time", "nonce", "secret"}
IN_URL = {"time", "nonce"}  # Neither whom nor what: addresses stand in logs of others.
WECOM = "https://qyapi.weixin.qq.com"


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


Sender = HttpSender | WeComSender
KINDS: dict[str, Callable[..., Sender]] = {"http": HttpSender, "wecom": WeComSender}


def senders_in(tables: Mapping[str, Any]) -> tuple[Sender, ...]:
    """Raises `ValueError` with a sentence that names the sender and what is wrong."""
    if len(tables) > MOST:
        raise ValueError(f"最多 {MOST} 个发送方式")
    return tuple(_sender(name, table) for name, table in tables.items())


def _sender(name: str, table: Any) -> Sender:
    called = f"发送方式 {name}"
    if not re.fullmatch(NAME, name):
        raise ValueError(f"{called} 的名字应为小写字母开头的字母、数字和 -，最多 20 位")
    if not isinstance(table, Mapping) or table.get("by") not in KINDS:
        raise ValueError(f"{called} 的 by 应为：{'、'.join(KINDS)}")
    kind = KINDS[table["by"]]
    sender: Sender = read(kind, without(table, "by"), name, called)
    _must_make_sense(sender, called)
    return sender


def _must_make_sense(sender: Sender, called: str) -> None:
    if not URL.fullmatch(sender.url):
        raise ValueError(f"{called} 的 url 应为 https://…，其中不含密码")
    if not 1 <= sender.daily <= MOST_A_DAY:
        raise ValueError(f"{called} 的 daily 应为 1 到 {MOST_A_DAY}")
    if isinstance(sender, HttpSender):
        _must_be_whole(sender, called)


def _must_be_whole(sender: HttpSender, called: str) -> None:
    _must_know(sender.url, IN_URL, called, "url")
    _must_know(sender.body, IN_BODY, called, "body")
    _must_know(sender.sign, IN_SIGNED, called, "sign")
    for header in sender.headers.values():
        _must_know(header, IN_HEADERS, called, "headers")
    if not {"{phone}", "{code}"} <= {f"{{{place}}}" for place in _places(sender.body)}:
        raise ValueError(f"{called} 的 body 里应有 {{phone}} 和 {{code}}")
    if bool(sender.sign) != bool(sender.signature):
        raise ValueError(f"{called} 的 sign 和 signature 要么都有，要么都没有")
    try:
        re.compile(sender.answer)
    except re.error as error:
        raise ValueError(f"{called} 的 answer 不是正则表达式") from error


def _must_know(template: str, known: set[str], called: str, entry: str) -> None:
    for place in _places(template):
        if place not in known:
            raise ValueError(f"{called} 的 {entry} 里不能有 {{{place}}}")


def _places(template: str) -> list[str]:
    return PLACES.findall(template)


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with what stands in for each of its places."""
    return PLACES.sub(lambda place: values[place[1]], template)
