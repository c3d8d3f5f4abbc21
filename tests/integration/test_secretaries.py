"""A branch's secretary, over HTTP: in office there, so in the role here; and out of both with the branch."""

from datetime import datetime, timedelta
from pathlib import Path

from gateway.signin.routes import ACCESS
from services.district.calendar import LOCAL
from tests.clocks import wait_until
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway
from tests.integration.test_signing_in import RECORD, Browser, accept, invite

COMPANY = {"name": "星河直播党支部", "company": "星河传媒", "community": COMMUNITY}


def day(days: int) -> str:
    return (datetime.now(LOCAL) + timedelta(days=days)).date().isoformat()


def test_who_is_in_office_may_what_a_secretary_may_until_the_branch_ends(
    tmp_path: Path,
) -> None:
    with gateway(tmp_path) as front:
        admin = front.token("A1", ("district_admin", DISTRICT))
        person = front.done("/people", admin, **RECORD)["id"]
        browser = Browser(front)
        assert accept(browser, invite(front, admin, person)).status_code == 200
        since = {"since": day(-30)}
        branch = front.done("/branches", admin, **COMPANY, **since)["id"]
        term = {"person": person, "since": day(-20), "until": day(20)}
        front.done(f"/branches/{branch}/secretary", admin, **term)
        resident = {"role": "resident", "scope": COMMUNITY}
        secretary = {"role": "branch_secretary", "scope": f"branch/{branch}"}
        wait_until(lambda: roles(front, browser) == [resident, secretary])
        [held] = front.get(f"/people/{person}/roles", admin).get_json()["items"]
        assert (held["basis"], held["until"]) == ("支部任期", day(20))
        revoked = front.post(f"/roles/{held['id']}/revoke", admin, reason="离任")
        assert revoked.get_json()["code"] == "follows_term"
        ended = {"on": day(0), "reason": "企业注销"}
        front.done(f"/branches/{branch}/dissolve", admin, **ended)
        wait_until(lambda: roles(front, browser) == [resident])


def roles(front: Gateway, browser: Browser) -> list[dict[str, str]]:
    """As the gateway knows them when it looks."""
    front.client.application.extensions[ACCESS].look_again()
    found: list[dict[str, str]] = browser.get("/sign-in/me").get_json()["roles"]
    return found
