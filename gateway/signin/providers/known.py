"""The adapter of each provider that is set up."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from gateway.signin.providers.contract import Adapter
from gateway.signin.providers.dingtalk import DingTalkLogin
from gateway.signin.providers.oidc import OpenIdConnect
from gateway.signin.providers.wechat import WeChatMini, WeChatWeb
from gateway.signin.providers.wecom import WeComLogin
from services.kit.config.values import BadSetting
from services.kit.ways import providers
from services.kit.ways.providers import Provider
from services.kit.ways.tables import secret_in

ADAPTERS: Mapping[type[Provider], Callable[[Any], Adapter]] = {
    providers.OpenId: OpenIdConnect,
    providers.WeChat: WeChatWeb,
    providers.MiniProgram: WeChatMini,
    providers.WeCom: WeComLogin,
    providers.DingTalk: DingTalkLogin,
}


def adapters(those: Iterable[Provider]) -> dict[str, Adapter]:
    """By the provider's name. Raises `BadSetting` when a secret cannot be read."""
    return {one.name: _adapter(one) for one in those}


def _adapter(provider: Provider) -> Adapter:
    try:
        secret_in(provider.secret_file)
    except ValueError as error:
        raise BadSetting(f"XFH_SIGN_IN 的登录服务 {provider.name}：{error}") from error
    return ADAPTERS[type(provider)](provider)
