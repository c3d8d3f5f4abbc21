"""Two gateways before one platform, and somebody in office who is signed in at one of them."""

import http.client
import itertools
import json
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http.cookies import SimpleCookie
from typing import Any

from services.kit.actor import Role
from services.kit.bearers import tokens
from tests import servers
from tests.clocks import HUNG_S
from tests.examples.people import CONSENT

DISTRICT, STREET, COMMUNITY = "510108", "510108015", "510108015001"
OFFICE = {"role": "community_worker", "scope": COMMUNITY}
PASSWORD, NEW_PASSWORD = "zebra crossing 76", "violet harbour 77"
HERE = {"Sec-Fetch-Site": "same-origin"}


class Gateways:
    """One platform, asked at two doors: `here`, and `there`."""

    def __init__(self, running: servers.Platform, there: servers.Address) -> None:
        self.here, self.there = running.address, there
        self._settings = running.settings
        self._numbers = itertools.count(1)
        admin = Role("district_admin", DISTRICT)
        self._admin = {"Authorization": f"Bearer {self.token('A1', admin)}"}

    def token(self, id: str, *roles: Role) -> str:
        return tokens.issue(self._settings, id, roles, hours=1)

    def ask(
        self, at: servers.Address, path: str, headers: Any, body: Any = None
    ) -> tuple[int, Any, str]:
        """The status, what is answered, and the session it began if it did."""
        sent = {"Content-Type": "application/json", **headers}
        sent["Idempotency-Key"] = f"key-{next(self._numbers)}"
        method = "GET" if body is None else "POST"
        said = None if body is None else json.dumps(body)
        with closing(http.client.HTTPConnection(*at, timeout=HUNG_S)) as line:
            line.request(method, path, said, sent)
            answer = line.getresponse()
            cookies = SimpleCookie(answer.headers["Set-Cookie"] or "")
            text = answer.read().decode()
        began = cookies["xfh"].value if "xfh" in cookies else ""
        is_json = "json" in (answer.headers["Content-Type"] or "")
        return answer.status, json.loads(text) if is_json else text, began

    def done(self, path: str, headers: Any = None, **body: Any) -> Any:
        """What is done here, by the administrator where nobody else is named."""
        asked_by = self._admin if headers is None else headers
        status, answer, _ = self.ask(self.here, f"/api/v1{path}", asked_by, body)
        assert status in (200, 201), answer
        return answer.get("document", answer)

    def shown(self, path: str) -> Any:
        return self.ask(self.here, f"/api/v1{path}", self._admin)[1]


class Official:
    """Somebody new in an office, with an account."""

    def __init__(self, at: Gateways) -> None:
        self.at = at
        about = {"name": "李工", "community": COMMUNITY, "consent": CONSENT}
        self.id = at.done("/people", **about)["id"]
        office = OFFICE | {"basis": "聘用"}
        self.grant = at.done(f"/people/{self.id}/roles", **office)["id"]
        self.phone = f"139{next(at._numbers):08}"
        invited = at.done(f"/people/{self.id}/invitation")["id"]
        path = at.shown(f"/invitations/{invited}")["path"]
        self.secret = path.partition("=")[2]
        said = {"secret": self.secret, "phone": self.phone, "password": PASSWORD}
        self.begun = self.enters(at.here, "invitation", **said)

    def enters(self, at: servers.Address, way: str, **said: str) -> dict[str, str]:
        """The headers of a browser that came in."""
        status, answer, cookie = self.at.ask(at, f"/sign-in/{way}", HERE, said)
        assert status == 200, answer
        return HERE | {"Cookie": f"xfh={cookie}", "X-CSRF-Token": answer["csrf_token"]}

    def by_password(self, at: servers.Address) -> dict[str, str]:
        return self.enters(at, "password", phone=self.phone, password=PASSWORD)

    def program(self) -> Any:
        return self.at.done("/tokens", {}, phone=self.phone, password=PASSWORD)

    def key(self) -> tuple[str, str]:
        """Of a machine: its id, and the key."""
        until = (datetime.now(UTC) + timedelta(days=9)).date().isoformat()
        said = {"name": "街道数据平台", "roles": [OFFICE], "until": until}
        _, answer, _ = self.at.ask(self.at.here, "/api/v1/api-keys", self.begun, said)
        return answer["document"]["id"], answer["key"]
