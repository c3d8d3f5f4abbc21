"""People with accounts, who sign in on the page as anybody does: what is kept in a browser is kept for a cookie."""

import urllib.request
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from playwright.sync_api import Page

from tests.browser.district import COMMUNITY
from tests.browser.stage import Stage
from tests.clocks import HUNG_S

PASSWORD = "红旗渠边的柳树 42"
CONSENT = {"how": "书面", "on": "2026-06-01"}


@dataclass(frozen=True)
class Account:
    person: str
    phone: str


def invited(stage: Stage, name: str, phone: str, **role: str) -> Account:
    """Somebody recorded who has accepted an invitation: with `role` and `scope`, or as a resident."""
    admin = ("district-1", "district")
    about: Any = {"name": name, "community": COMMUNITY, "consent": CONSENT}
    person = stage.done("/people", *admin, **about)["id"]
    if role:
        stage.done(f"/people/{person}/roles", *admin, basis="任命", **role)
    one = stage.done(f"/people/{person}/invitation", *admin)["id"]
    path = stage.told(f"/invitations/{one}", *admin)["path"]
    secret = path.partition("#invitation=")[2]
    said = {"secret": secret, "phone": phone, "password": PASSWORD}
    _accept(stage, urlencode(said).encode())
    return Account(person, phone)


def sign_in(stage: Stage, page: Page, account: Account, back: str = "/me") -> None:
    page.goto(stage.address(f"/sign-in?{urlencode({'back': back})}"))
    form = page.locator("form", has=page.locator("input[type=password]"))
    form.locator("[name=phone]").fill(account.phone)
    form.locator("[name=password]").fill(PASSWORD)
    form.get_by_role("button", name="登录").click()
    page.wait_for_url(stage.address(back))


def _accept(stage: Stage, body: bytes) -> None:
    headers = {"Origin": stage.url, "Sec-Fetch-Site": "same-origin"}
    request = urllib.request.Request(stage.address("/invite"), body, headers)
    with urllib.request.urlopen(request, timeout=HUNG_S) as answer:
        assert answer.status == 200, answer.read().decode()
