"""WeCom: a member of the corporation, by the corporation's token. Anybody else is nobody."""

from collections.abc import Mapping
from urllib.parse import urlencode

from gateway.signin.providers.contract import (
    Identity,
    Journey,
    NotProven,
    code_in,
    subject_in,
)
from services.kit.ways import others
from services.kit.ways.providers import WeCom
from services.kit.ways.tables import secret_in
from services.kit.ways.wecom import Corporation


class WeComLogin:
    def __init__(self, provider: WeCom):
        self._provider = provider
        secret_file = provider.secret_file
        self._corporation = Corporation(
            provider.api, provider.client, lambda: secret_in(secret_file)
        )

    def begin(self, journey: Journey) -> str:
        said = {
            "login_type": "CorpApp",
            "appid": self._provider.client,
            "agentid": self._provider.agent,
            "redirect_uri": journey.back,
            "state": journey.state,
        }
        return f"{self._provider.url}/wwlogin/sso/login?{urlencode(said)}"

    def finish(self, said: Mapping[str, str], journey: Journey) -> Identity:
        code = code_in(said)
        try:
            answer = self._corporation.get("/cgi-bin/auth/getuserinfo", code=code)
        except others.SaysNo as refusal:
            raise NotProven from refusal
        member = subject_in(answer, "userid")  # Who is from outside has an `openid`.
        return Identity(f"wecom/{self._provider.client}", member)
