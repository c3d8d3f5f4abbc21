"""WeChat: no OAuth 2 (`appid`, errors with status 200), on the web and in a mini-program.

An `openid` is of one application, a `unionid` of all of one owner: where WeChat says it, it is who somebody
is, so that the website and the mini-program know the same person.
"""

from collections.abc import Mapping
from urllib.parse import urlencode

from gateway.signin.providers.contract import (
    Identity,
    Journey,
    NotProven,
    code_in,
    named_in,
    subject_in,
)
from schemas.documents import Json
from services.kit.ways import others
from services.kit.ways.providers import MiniProgram, WeChat
from services.kit.ways.tables import secret_in
from services.kit.ways.wecom import done

ISSUER = "wechat"


class WeChatWeb:
    def __init__(self, provider: WeChat):
        self._provider = provider

    def begin(self, journey: Journey) -> str:
        said = {
            "appid": self._provider.client,
            "redirect_uri": journey.back,
            "response_type": "code",
            "scope": "snsapi_login",
            "state": journey.state,
        }
        at = f"{self._provider.url}/connect/qrconnect"
        return f"{at}?{urlencode(said)}#wechat_redirect"

    def finish(self, said: Mapping[str, str], journey: Journey) -> Identity:
        provider = self._provider
        asked = _as_application(provider) | {
            "code": code_in(said),
            "grant_type": "authorization_code",
        }
        answer = _asked(f"{provider.api}/sns/oauth2/access_token", asked)
        if not named_in(answer, "unionid"):
            who = {name: named_in(answer, name) for name in ("access_token", "openid")}
            answer = _asked(f"{provider.api}/sns/userinfo", who)
        return _identity(answer, provider.client)


class WeChatMini:
    """Nobody is led anywhere: the program gets a code by `wx.login` and sends it."""

    def __init__(self, provider: MiniProgram):
        self._provider = provider

    def begin(self, journey: Journey) -> str:
        raise NotProven

    def finish(self, said: Mapping[str, str], journey: Journey) -> Identity:
        asked = _as_application(self._provider) | {
            "js_code": code_in(said),
            "grant_type": "authorization_code",
        }
        answer = _asked(f"{self._provider.api}/sns/jscode2session", asked)
        return _identity(answer, self._provider.client)


def _as_application(provider: WeChat | MiniProgram) -> dict[str, str]:
    return {"appid": provider.client, "secret": secret_in(provider.secret_file)}


def _asked(url: str, said: Mapping[str, str]) -> Json:
    """A code that is wrong, over or used is an error of WeChat's like any other, and then nobody is proven."""
    try:
        return done(others.get_json(url, said))
    except others.SaysNo as refusal:
        raise NotProven from refusal


def _identity(answer: Json, application: str) -> Identity:
    if named_in(answer, "unionid"):
        return Identity(ISSUER, f"union/{subject_in(answer, 'unionid')}")
    return Identity(ISSUER, f"{application}/{subject_in(answer, 'openid')}")
