"""Who somebody was proven to be elsewhere, kept by their browser until they have linked it to an account."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import request
from werkzeug.wrappers import Response as Answer

from gateway.edge.cursors import Cursors
from gateway.signin.cookies import Cookies
from gateway.signin.providers.contract import Identity
from schemas.documents import Json
from schemas.fields import instant
from services.kit.clock import Clock
from services.kit.errors import Invalid

GOOD_FOR = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Pending:
    """An identity that was proven a moment ago in this browser, and is linked to no account."""

    provider: str
    identity: Identity

    def as_payload(self) -> Json:
        who = {"issuer": self.identity.issuer, "subject": self.identity.subject}
        return {"provider": self.provider} | who


class Seal:
    """What is pending, in a cookie that says nothing and that nobody else can make."""

    ABOUT = "linking"

    def __init__(self, cookies: Cookies, cursors: Cursors, now: Clock) -> None:
        self.cookies, self._cursors, self._now = cookies, cursors, now

    def give(self, response: Answer, pending: Pending) -> None:
        until = instant(self._now() + GOOD_FOR)
        identity = pending.identity
        said = [pending.provider, identity.issuer, identity.subject, until]
        self.cookies.give(response, self._cursors.after(self.ABOUT, said), GOOD_FOR)

    def opened(self) -> Pending | None:
        try:
            sealed = self.cookies.secret_in(request.environ)
            provider, issuer, subject, until = self._cursors.place(self.ABOUT, sealed)
        except Invalid:
            return None
        if self._now() >= datetime.fromisoformat(until):
            return None
        return Pending(provider, Identity(issuer, subject))
