"""A community's worker with an account, who signs others up by a session's cookie or by the token of a program."""

import http.client
import json
from contextlib import closing
from typing import Any

from schemas.documents import Json
from services.kit.actor import Role
from services.kit.bearers import tokens
from services.xfh.demo.client import Client
from tests import servers
from tests.clocks import HUNG_S

Headers = dict[str, str]

ME = {"phone": "13700000042", "password": "红旗渠边的柳树 42"}
JSON = {"Content-Type": "application/json"}
OURS = {"Sec-Fetch-Site": "same-origin"}
A_DISTRICT = 6


def ways(platform: servers.Platform, community: str) -> dict[str, Headers]:
    """What goes with each request, by how they are signed in. The token is good for five minutes."""
    at = platform.address
    accepted = {**ME, "secret": _invited(platform, community)}
    cookie, session = _post(at, "/sign-in/invitation", accepted)
    _, issued = _post(at, "/api/v1/tokens", ME)
    return {
        "by cookie": {**OURS, "Cookie": cookie, "X-CSRF-Token": session["csrf_token"]},
        "by a program's token": {"Authorization": f"Bearer {issued['access_token']}"},
    }


def _invited(platform: servers.Platform, community: str) -> str:
    """Recorded and given their role; the secret of the invitation."""
    admins = [Role("district_admin", community[:A_DISTRICT])]
    admin = tokens.issue(platform.settings, "bench-admin", admins, 1)
    with closing(Client(servers.text(platform.address))) as client:

        def new(path: str, **body: Any) -> str:
            return str(client.post(path, admin, body, path)["document"]["id"])

        consent = {"how": "书面", "on": str(platform.settings.now().date())}
        person = new("/people", name="压测工", community=community, consent=consent)
        role = {"role": "community_worker", "scope": community, "basis": "任命"}
        client.post(f"/people/{person}/roles", admin, role, "role")
        invitation = new(f"/people/{person}/invitation")
        shown: Json = client.get(f"/invitations/{invitation}", admin)
    return str(shown["path"]).partition("#invitation=")[2]


def _post(at: servers.Address, path: str, said: Json) -> tuple[str, Json]:
    """The cookie that comes with the answer, and the answer."""
    with closing(http.client.HTTPConnection(*at, timeout=HUNG_S)) as line:
        line.request("POST", path, json.dumps(said), OURS | JSON)
        answer = line.getresponse()
        content = answer.read()
        assert answer.status < 300, content
        return str(answer.headers["Set-Cookie"]).partition(";")[0], json.loads(content)
