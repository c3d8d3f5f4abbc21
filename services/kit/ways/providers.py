"""Those who say who somebody is, as the operator describes them.

[providers.city]                          # anything that speaks OpenID Connect
by = "oidc"
text = "市统一身份认证"
issuer = "https://id.example.org"
client = "xianfenghui"
secret_file = "/run/secrets/city"

[providers.wechat]                        # a website application of WeChat's open platform
by = "wechat"
client = "wx0000000000000000"
secret_file = "/run/secrets/wechat"

[providers.mini]                          # a mini-program: `POST /sign-in/with/mini/code`
by = "wechat-mini"
client = "wx1111111111111111"
secret_file = "/run/secrets/mini"

[providers.wecom]
by = "wecom"
client = "ww0000000000000000"             # the corporation
agent = "1000002"
secret_file = "/run/secrets/wecom"

[providers.dingtalk]
by = "dingtalk"
client = "ding0000"
secret_file = "/run/secrets/dingtalk"
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from schemas.documents import without
from services.kit.ways.senders import NAME, WECOM, is_url
from services.kit.ways.tables import read

MOST = 10


@dataclass(frozen=True, slots=True)
class OpenId:
    name: str
    issuer: str
    client: str
    secret_file: Path
    text: str = "统一身份认证"
    scope: str = "openid"
    is_visited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class WeChat:
    """`url` is where people are sent, `api` where the gateway asks; both are for tests."""

    name: str
    client: str
    secret_file: Path
    text: str = "微信"
    url: str = "https://open.weixin.qq.com"
    api: str = "https://api.weixin.qq.com"
    is_visited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class MiniProgram:
    """Not visited: the program itself gets a code from WeChat and sends it."""

    name: str
    client: str
    secret_file: Path
    text: str = "微信小程序"
    api: str = "https://api.weixin.qq.com"
    is_visited: ClassVar[bool] = False


@dataclass(frozen=True, slots=True)
class WeCom:
    name: str
    client: str
    agent: str
    secret_file: Path
    text: str = "企业微信"
    url: str = "https://login.work.weixin.qq.com"
    api: str = WECOM
    is_visited: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class DingTalk:
    name: str
    client: str
    secret_file: Path
    text: str = "钉钉"
    url: str = "https://login.dingtalk.com"
    api: str = "https://api.dingtalk.com"
    is_visited: ClassVar[bool] = True


Provider = OpenId | WeChat | MiniProgram | WeCom | DingTalk
KINDS: dict[str, Callable[..., Provider]] = {
    "oidc": OpenId,
    "wechat": WeChat,
    "wechat-mini": MiniProgram,
    "wecom": WeCom,
    "dingtalk": DingTalk,
}


def providers_in(tables: Mapping[str, Any]) -> tuple[Provider, ...]:
    """Raises `ValueError` with a sentence that names the provider and what is wrong."""
    if len(tables) > MOST:
        raise ValueError(f"最多 {MOST} 个登录服务")
    return tuple(_provider(name, table) for name, table in tables.items())


def _provider(name: str, table: Any) -> Provider:
    called = f"登录服务 {name}"
    if not re.fullmatch(NAME, name):
        raise ValueError(f"{called} 的名字应为小写字母开头的字母、数字和 -，最多 20 位")
    if not isinstance(table, Mapping) or table.get("by") not in list(KINDS):
        raise ValueError(f"{called} 的 by 应为：{'、'.join(KINDS)}")
    kind = KINDS[table["by"]]
    provider: Provider = read(kind, without(table, "by"), name, called)
    for entry in ("issuer", "url", "api"):
        url = getattr(provider, entry, "https://none")
        if not is_url(url):
            raise ValueError(f"{called} 的 {entry} 应为 https://…，其中不含密码")
    return provider
