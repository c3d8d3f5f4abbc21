"""WeCom's interface of a corporation's application: errors with status 200, and a token to be got before anything else.

The token is good for two hours and may be withdrawn before; WeCom lends few of them, so one is kept until it is
refused or over.
"""

import threading
import time
from collections.abc import Callable

from schemas.documents import Json
from services.kit.ways import others

OF_THE_TOKEN = (40014, 42001, 42009, 40001)  # It is wrong, over, or withdrawn.
BEFORE_IT_ENDS_S = 300.0


class Corporation:
    """Thread-safe. `url` is where WeCom is; `secret` is the application's."""

    def __init__(
        self,
        url: str,
        corp: str,
        secret: Callable[[], str],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url, self._corp = url, corp
        self._secret, self._now = secret, now
        self._getting = threading.Lock()
        self._token, self._until = "", 0.0

    def get(self, path: str, **said: str) -> Json:
        """What WeCom answers. Raises `SaysNo` with its error code, `NotReached` or `NoAnswer`."""
        return self._with_token(
            lambda token: others.get_json(
                self._url + path, {"access_token": token} | said
            )
        )

    def post(self, path: str, said: Json) -> Json:
        """The same. Safe to repeat where what is asked is."""
        return self._with_token(
            lambda token: others.post_json(
                self._url + path, said, {"access_token": token}
            )
        )

    def _with_token(self, ask: Callable[[str], Json]) -> Json:
        """Once more with a new token, where it was that."""
        answer = ask(self._good_token())
        if answer.get("errcode", 0) in OF_THE_TOKEN:
            self._until = 0.0
            answer = ask(self._good_token())
        return done(answer)

    def _good_token(self) -> str:
        with self._getting:
            if self._now() >= self._until:
                self._get_token()
            return self._token

    def _get_token(self) -> None:
        who = {"corpid": self._corp, "corpsecret": self._secret()}
        answer = done(others.get_json(f"{self._url}/cgi-bin/gettoken", who))
        token, lasts_s = (
            others.text_in(answer, "access_token"),
            answer.get("expires_in"),
        )
        if not token or not isinstance(lasts_s, int | float):
            raise others.SaysNo("no_token")
        self._token, self._until = token, self._now() + lasts_s - BEFORE_IT_ENDS_S


def done(answer: Json) -> Json:
    """The answer, when it says that it was done. Raises `SaysNo`."""
    code = answer.get("errcode", 0)
    if code != 0:
        said = code if isinstance(code, int) else "unknown"
        raise others.SaysNo(f"errcode_{said}")
    return answer
