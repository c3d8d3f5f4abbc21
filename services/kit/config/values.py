"""What each variable may say, and how it is read. Each raises `BadSetting` in words that follow the variable's name."""

import os
import re
from collections.abc import Callable
from ipaddress import IPv6Address
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from services.kit.channels import Channels, channels_in
from services.kit.clock import shifted
from services.kit.config.typed_files import text_in, why
from services.kit.ways.configured import Ways, ways_in

T = TypeVar("T")
DEVELOPMENT, PRODUCTION = "development", "production"
# 1 to 65535.
PORT = (
    "([1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}"
    "|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
)
NAME = r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\]"
ORIGIN = rf"(?P<scheme>https?)://(?P<host>{NAME})(?P<port>:{PORT})?"
PATH = r"(?P<path>(/(?!\.{1,2}(/|\Z))[A-Za-z0-9._~-]+)*)"
# sqlite://var would be /var, which nobody means.
SQLITE = re.compile("sqlite:(?!//[^/])(.+)", re.DOTALL)
USUAL_PORTS = {"http": ":80", "https": ":443"}  # Browsers leave them out.
HOST = r"[^\s:/]+|\[[0-9A-Fa-f:.]+\]"
OF_THIS_MACHINE = {"0.0.0.0": "127.0.0.1", "[::]": "[::1]"}


class BadSetting(ValueError):
    """A value in the environment that cannot be used; the message names it."""


def address(text: str) -> str:
    """`host:port`, with a port from 1 to 65535."""
    if not re.fullmatch(f"({HOST}):{PORT}", text):
        raise BadSetting("应为 主机:端口，例如 127.0.0.1:8000 或 [::1]:8000")
    return text


def here(http: str) -> str:
    """`host:port` by which whoever listens there is found on the same machine: nobody is found at 0.0.0.0."""
    host, _, port = http.rpartition(":")
    return f"{OF_THIS_MACHINE.get(host, host)}:{port}"


def found_at(http: str) -> str:
    """Where a browser on the same machine finds who listens there, as it writes that itself."""
    return f"http://{here(http)}".lower().removesuffix(USUAL_PORTS["http"])


def public_url(text: str) -> str:
    """Where people find the platform: the origin as a browser writes it, and the path a proxy has it under, if any."""
    try:
        found = _found(f"{ORIGIN}{PATH}/?", text)
        return _as_browsers(found) + found["path"]
    except ValueError as error:
        raise BadSetting(
            "应为 http:// 或 https:// 加主机名（小写，中文域名写成 xn--…），可带端口和路径，如 https://www.example.cn/xfh"
        ) from error


def origins(text: str) -> tuple[str, ...]:
    """Whose pages may ask: origins with spaces between, or `*` for everybody's."""
    if text.split() == ["*"]:
        return ("*",)
    try:
        return tuple(_as_browsers(_found(ORIGIN, origin)) for origin in text.split())
    except ValueError as error:
        raise BadSetting(
            "应为一个或几个来源，用空格隔开，如 https://a.example.cn；* 表示任何来源"
        ) from error


def _found(pattern: str, text: str) -> re.Match[str]:
    found = re.fullmatch(pattern, text)
    if found is None:
        raise ValueError(text)
    return found


def _as_browsers(origin: re.Match[str]) -> str:
    """Without the usual port, an IPv6 address at its shortest. Raises `ValueError` for an address that is none."""
    scheme, host, port = origin.group("scheme", "host", "port")
    if host.startswith("["):
        host = f"[{IPv6Address(host[1:-1]).compressed}]"
    return f"{scheme}://{host}{(port or '').removesuffix(USUAL_PORTS[scheme])}"


def bus(text: str) -> str:
    """`local:`, or the URL of a broker."""
    if text != "local:" and not _has_hosts(r"amqps?://", text):
        raise BadSetting("应为 local: 或 amqp://用户:密码@主机:端口/虚拟主机")
    return text


def folder(text: str) -> Path:
    """A folder by its path, there or to be made. A shell makes of `~` what it stands for, nobody else does."""
    if text.startswith("~") or not text.strip() or not text.isprintable():
        raise BadSetting("应为目录；这里的 ~ 不代表个人目录，请写完整的路径")
    path = Path(text)
    # Those of Path raise where one may not look.
    if file := next(filter(os.path.isfile, (path, *path.parents)), None):
        raise BadSetting(f"应为目录，{file} 是一个文件")
    return path


def clock_file(text: str) -> str:
    """A file that moves the clock by the seconds in it; it may come later."""
    try:
        shifted(Path(text))()
    except OSError as error:
        raise BadSetting(f"打不开这个文件：{why(error)}") from error
    except (ValueError, OverflowError) as error:
        raise BadSetting("文件里应为一个秒数，如 -86400") from error
    return text


def store(text: str) -> str:
    """`sqlite:` and a folder, or the URL of a MongoDB."""
    if found := SQLITE.fullmatch(text):
        folder(found[1])
    elif not _has_hosts(r"mongodb(\+srv)?://", text):
        raise BadSetting("应为 sqlite:目录 或 mongodb://主机:端口/")
    return text


def _has_hosts(scheme: str, text: str) -> bool:
    """Whether it is a URL that begins so, with a host, or several between commas."""
    try:
        hosts = urlsplit(text).netloc.rpartition("@")[2].split(",")
    except ValueError:
        return False
    named = all(re.fullmatch(f"({HOST})(:{PORT})?", host) for host in hosts)
    return named and re.match(scheme, text) is not None


def seconds(text: str) -> float:
    """From a tenth of a second to a minute."""
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0.1 <= seconds <= 60:
        raise BadSetting("应为 0.1 到 60 之间的秒数")
    return seconds


def workers(text: str) -> int:
    """How many processes, from 1 to 64."""
    if not re.fullmatch("[0-9]{1,2}", text) or not 1 <= int(text) <= 64:
        raise BadSetting("应为 1 到 64 之间的整数")
    return int(text)


def environment(text: str) -> str:
    """`development` or `production`."""
    if text not in (DEVELOPMENT, PRODUCTION):
        raise BadSetting(f"应为 {DEVELOPMENT} 或 {PRODUCTION}")
    return text


def proxies(text: str) -> int:
    """How many proxies are before the platform, from none to 5."""
    if not re.fullmatch("[0-5]", text):
        raise BadSetting("应为平台前面的代理有几层，0 到 5")
    return int(text)


def channels(text: str) -> Channels:
    """What the file says; without one nothing is ever sent."""
    return of_a_file(text, channels_in)


def ways(text: str) -> Ways:
    """What the file says; without one there are those that need no set-up."""
    return of_a_file(text, ways_in)


def of_a_file(name: str, read: Callable[[str], T]) -> T:
    """What `read` makes of the file. Its `ValueError` says what is wrong with what the file says."""
    try:
        return read(text_in(Path(name)))
    except ValueError as error:
        raise BadSetting(str(error)) from error


def truth(text: str) -> bool:
    """`0` or `1`."""
    if text not in {"0", "1"}:
        raise BadSetting("应为 0 或 1")
    return text == "1"


def level(text: str) -> str:
    """The name of a level of logging, in capitals."""
    if text.upper() not in {"DEBUG", "INFO", "WARNING", "ERROR"}:
        raise BadSetting("应为 DEBUG、INFO、WARNING 或 ERROR")
    return text.upper()
