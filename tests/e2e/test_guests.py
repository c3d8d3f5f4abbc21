"""Whoever opens a link that the demonstration prints is let in, in the role that it names, at a page of its work."""

import http.client
import json
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

from schemas.token import ROLES
from services.xfh.demo import guests
from tests.clocks import HUNG_S
from tests.e2e.story import TINY, lived, starts_at_demo_day
from tests.servers import platform

PAGES = (
    "/branch",
    "/desk",
    "/desk/doorstep",
    "/district",
    "/me",
    "/partner",
    "/unit",
)
PASSWORD = "海棠花开了 2026"


def test_a_visitor_of_the_demonstration_comes_in_in_every_role(tmp_path: Path) -> None:
    clock = starts_at_demo_day(tmp_path)
    with (
        platform(tmp_path, "local:", clock=str(clock)) as running,
        lived(running, clock, scale=TINY) as (day, _),
    ):
        links = guests.invite(day)
        assert pages(links) == set(PAGES)
        outdated = guests.invite(day)
        held: set[str] = set()
        for number, link in enumerate(guests.invite(day).values()):
            status, me = accepted(link, number)
            assert status == 200, me
            held |= {role["role"] for role in me["roles"]}
        assert held == set(ROLES)
        status, _ = accepted(next(iter(outdated.values())), 0)
        assert status == 404


def pages(links: dict[str, str]) -> set[str]:
    """Where each link leads in a browser, to a page that says no problem."""
    return {
        landed(link, f"1380000000{number}")
        for number, link in enumerate(links.values())
    }


def landed(link: str, phone: str) -> str:
    at = urlsplit(link)
    home = f"{at.scheme}://{at.netloc}"
    said = {"secret": at.fragment.partition("=")[2], "phone": phone}
    body = urlencode(said | {"password": PASSWORD}).encode()
    headers = {"Origin": home, "Sec-Fetch-Site": "same-origin"}
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    accepting = urllib.request.Request(f"{home}/invite", body, headers)
    with browser.open(accepting, timeout=HUNG_S) as page:
        assert page.status == 200
        path: str = urlsplit(page.url).path
        return path


def accepted(link: str, number: int) -> tuple[int, Any]:
    """(status, answer) of the link accepted as the page does it, with a number of the visitor's own."""
    at = urlsplit(link)
    said = {
        "secret": at.fragment.partition("=")[2],
        "phone": f"1390000000{number}",
        "password": PASSWORD,
    }
    headers = {
        "Content-Type": "application/json",
        "Origin": f"{at.scheme}://{at.netloc}",
    }
    connection = http.client.HTTPConnection(at.netloc, timeout=HUNG_S)
    try:
        connection.request(
            "POST", "/sign-in/invitation", body=json.dumps(said), headers=headers
        )
        answer = connection.getresponse()
        return answer.status, json.load(answer)
    finally:
        connection.close()
