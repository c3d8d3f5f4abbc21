"""DingTalk: a token of the person's by the code, and with it who they are, over all of the owner's applications."""

from collections.abc import Mapping
from typing import Any
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
from services.kit.ways.providers import DingTalk
from services.kit.ways.tables import secret_in
from services.kit.ways.wecom import done

ISSUER, MAINLAND = "dingtalk", "86"


class DingTalkLogin:
    def __init__(self, provider: DingTalk):
        self._provider = provider

    def begin(self, journey: Journey) -> str:
        said = {
            "client_id": self._provider.client,
            "redirect_uri": journey.back,
            "response_type": "code",
            "scope": "openid",
            "state": journey.state,
            "prompt": "consent",
        }
        return f"{self._provider.url}/oauth2/auth?{urlencode(said)}"

    def finish(self, said: Mapping[str, str], journey: Journey) -> Identity:
        try:
            person = self._person(code_in(said))
        except others.SaysNo as refusal:
            raise NotProven from refusal
        return Identity(ISSUER, subject_in(person, "unionId"), _phone_in(person))

    def _person(self, code: str) -> Json:
        asked: Json = {
            "clientId": self._provider.client,
            "clientSecret": secret_in(self._provider.secret_file),
            "code": code,
            "grantType": "authorization_code",
        }
        api = self._provider.api
        token = done(others.post_json(f"{api}/v1.0/oauth2/userAccessToken", asked))
        header = {"x-acs-dingtalk-access-token": named_in(token, "accessToken")}
        return done(others.get_json(f"{api}/v1.0/contact/users/me", {}, header))


def _phone_in(person: Mapping[str, Any]) -> str:
    if person.get("stateCode") != MAINLAND or not person.get("mobile"):
        return ""
    return f"+{MAINLAND}{person['mobile']}"
