"""Channels by which notices leave the platform: what the operator has set up, a table for each in a TOML file.

[mail]                                    # people give their own address …
url = "mailtos://user:password@smtp.example.org?from=notices@example.org&to={address}"
asks = "mail"

[street-robot]                            # … or it is a group's, for whoever works there
url = "wecombot://key"
for = "510108015"
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from schemas.channels import ADDRESSES, CHANNEL, LANGUAGES, MOST_CHANNELS
from services.kit.config.typed_files import tables_in

PLACE = "{address}"
KEYS = {"url", "asks", "for", "language"}
# apprise would send again by itself, or call a failure a success.
NEVER = re.compile(r"[?&](retry|optional)=")
OFFICE = (
    r"(unit|partner|branch)/[0-9A-Za-z][0-9A-Za-z._-]{0,63}|[0-9]{6}([0-9]{3}){0,2}"
)
URL = re.compile(r"[a-z][a-z0-9+.-]*://(?P<server>[^/?#]*).*")


@dataclass(frozen=True, slots=True)
class Channel:
    """`asks` is the kind of address a person gives; a group's channel has none, and `of` is whose notices it carries.

    `url` is apprise's, with passwords in it: never shown, never logged.
    """

    name: str
    url: str = field(repr=False)
    asks: str = ""
    of: str = ""
    language: str = "zh"

    def url_of(self, address: str) -> str:
        """Where to send. An address is quoted whole, so it can be nothing but the part it stands for."""
        return self.url.replace(PLACE, quote(address, safe=""))


class Channels(tuple[Channel, ...]):
    """Those set up; as text, their names alone."""

    __slots__ = ()

    def __str__(self) -> str:
        return "、".join(channel.name for channel in self)

    def named(self, name: str) -> Channel | None:
        """The one of that name, if it is set up."""
        return next((channel for channel in self if channel.name == name), None)


NO_CHANNELS = Channels()


def channels_in(text: str) -> Channels:
    """Raises `ValueError` with a sentence that names the channel and what is wrong, never what its URL says."""
    tables = tables_in(text)
    if len(tables) > MOST_CHANNELS:
        raise ValueError(f"最多 {MOST_CHANNELS} 个渠道")
    return Channels(_channel(name, table) for name, table in tables.items())


def _channel(name: str, table: Any) -> Channel:
    if not re.fullmatch(CHANNEL, name):
        raise ValueError(f"渠道名 {name} 应为小写字母开头的字母、数字和 -，最多 20 位")
    if not _says_texts(table):
        raise ValueError(f"渠道 {name} 应为一个表，各项为文字")
    if unknown := sorted(table.keys() - KEYS):
        raise ValueError(f"渠道 {name} 没有 {unknown[0]} 这一项")
    channel = Channel(
        name,
        table.get("url", ""),
        table.get("asks", ""),
        table.get("for", ""),
        table.get("language", "zh"),
    )
    _must_make_sense(channel)
    return channel


def _says_texts(table: Any) -> bool:
    if not isinstance(table, Mapping):
        return False
    return all(isinstance(value, str) for value in table.values())


def _must_make_sense(channel: Channel) -> None:
    called = f"渠道 {channel.name}"
    url = URL.fullmatch(channel.url)
    if url is None:
        raise ValueError(f"{called} 的 url 应为 apprise 的地址，如 mailtos://…")
    _must_be_somebodys(channel, called)
    if channel.language not in LANGUAGES:
        raise ValueError(f"{called} 的 language 应为：{'、'.join(LANGUAGES)}")
    if NEVER.search(channel.url):
        says = "不能有 retry 和 optional：是否重发由平台决定"
        raise ValueError(f"{called} 的 url {says}")
    is_personal = PLACE in channel.url
    if is_personal != bool(channel.asks) or PLACE in url["server"]:
        says = f"个人的地址写作 {PLACE}，不能在服务器的位置；群组的没有这一项"
        raise ValueError(f"{called} 的 url 里，{says}")


def _must_be_somebodys(channel: Channel, called: str) -> None:
    """Of people, who give their own address, or a group's."""
    if bool(channel.asks) == bool(channel.of):
        says = "应有 asks（个人的地址）或 for（给哪里的人），只有一项"
        raise ValueError(f"{called} {says}")
    if channel.asks and channel.asks not in ADDRESSES:
        raise ValueError(f"{called} 的 asks 应为：{'、'.join(ADDRESSES)}")
    if channel.of and not re.fullmatch(OFFICE, channel.of):
        says = "应为区划代码、unit/编号、partner/编号 或 branch/编号"
        raise ValueError(f"{called} 的 for {says}")
