"""In English nothing on a page is Chinese but what people wrote: all pages, and forms sent with nothing or nonsense."""

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from gateway.web import commands
from gateway.web.display import COOKIE
from gateway.web.english.catalogue import CHINESE
from gateway.web.english.saying import in_english
from gateway.web.page import Form
from gateway.web.serve import PAGES
from schemas.documents import Json
from tests.browser.district import ROLES, District, furnish
from tests.integration.gateway_stage import Gateway, gateway

JUNE = datetime(2026, 6, 8, 1, tzinfo=UTC).timestamp()
BROWSER = {"Accept": "text/html"}
NOBODY = ""
NONSENSE = "？" * 5001
# What a browser sends along, and what somebody filled in: neither is said by the page.
SENT = re.compile(r'\bvalue="[^"]*"|<textarea.*?</textarea>', re.DOTALL)
TEXT = re.compile(r"[^<>\"\n]*[\u4e00-\u9fff][^<>\"\n]*")
PARAMETER = re.compile(r"<(?:path:)?(\w+)>")
FORMS = {row.path: row for row in PAGES if isinstance(row, Form)}
MASKED = re.compile(r"[\u4e00-\u9fff]\*")  # Somebody's surname.
MADE = {row.path for row in commands.pages()}
# For programs; and what chooses another language.
APART = ("/api/", "/static/", "/web/", "/display")


@dataclass
class Walk(District):
    """The district in one process. `written` is what its people wrote, which stays as it is."""

    front: Gateway = field(kw_only=True)
    written: set[str] = field(default_factory=set)

    def done(self, path: str, who: str, role: str, /, **payload: Any) -> Json:
        self.written |= {one for one in texts_in(payload) if in_english(one) is None}
        return self.front.done(path, self.token(who, role), **payload)

    def told(self, path: str, who: str, role: str) -> Json:
        answer: Json = self.front.get(path, self.token(who, role)).get_json()
        return answer

    def token(self, who: str, role: str) -> str:
        held = self.role(role)
        return self.front.token(who, (held.role, held.scope))

    def look(self, address: str, role: str, **sent: Any) -> TestResponse:
        headers = dict(BROWSER)
        if role:
            headers["Authorization"] = f"Bearer {self.token(f'{role}-1', role)}"
        method = "POST" if sent else "GET"
        return self.front.client.open(address, method=method, headers=headers, **sent)

    def chinese(self, page: str) -> set[str]:
        """What is left of a page's Chinese."""
        found = {unescape(one).strip() for one in TEXT.findall(SENT.sub("", page))}
        left = map(self._without_written, found - {"中文"})
        return set(filter(CHINESE.search, left))

    def _without_written(self, text: str) -> str:
        for one in sorted(self.written, key=len, reverse=True):
            text = text.replace(one, "")
        return MASKED.sub("", text)

    def __hash__(self) -> int:
        return id(self)


def texts_in(value: Any) -> Iterator[str]:
    if isinstance(value, str) and CHINESE.search(value):
        yield from (value, *value.split("\n"))
    elif isinstance(value, dict | list):
        inner: Iterable[Any] = value.values() if isinstance(value, dict) else value
        for one in inner:
            yield from texts_in(one)


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = Path(tmp_path_factory.mktemp("english"))
    (folder / "clock").write_text(str(JUNE - time.time()))
    with gateway(folder) as front:
        walk = Walk(front=front)
        furnish(walk)
        front.client.set_cookie(COOKIE, "light.100.en")
        yield walk


def addresses(walk: Walk, method: str) -> Iterator[tuple[str, str]]:
    """(rule, address): of what is there where there is one of its kind, else of what is not."""
    known = {name: str(value) for name, value in vars(walk).items() if value}
    known |= {"division": walk.community, "service": "activities", "month": "2026-06"}
    known |= {"on_behalf_of": "resident-1", "year": "2026", "visit": walk.called}
    for rule in walk.front.client.application.url_map.iter_rules():
        if method in (rule.methods or ()) and not rule.rule.startswith(APART):
            yield rule.rule, PARAMETER.sub(lambda of: known.get(of[1], "X1"), rule.rule)


def test_every_page_is_in_english_for_everybody(walk: Walk) -> None:
    """One made of a command is for whoever may send it: what it says besides is the same for all."""
    left = set()
    for rule, address in addresses(walk, "GET"):
        for role in (NOBODY, *ROLES):
            page = walk.look(address, role)
            if page.mimetype == "text/html":
                left |= {(rule, role, one) for one in walk.chinese(page.text)}
            if rule in MADE and page.status_code == 200:
                break
    assert left == set()


@pytest.mark.parametrize("filled_in", ["", NONSENSE], ids=["nothing", "nonsense"])
def test_what_is_refused_is_refused_in_english(walk: Walk, filled_in: str) -> None:
    """By whoever may send it, or else by the last."""
    left = set()
    for rule, address in addresses(walk, "POST"):
        for role in ROLES:
            page = walk.look(address, role, data=sent(rule, filled_in))
            if page.mimetype == "text/html":
                left |= {(rule, role, one) for one in walk.chinese(page.text)}
            if page.status_code != 403:
                break
    assert left == set()


def sent(rule: str, filled_in: str) -> dict[str, str]:
    """To a form, with the same in every field."""
    names = FORMS[rule].schema().fields if rule in FORMS else ()
    return {"key": f"{len(filled_in)}-{rule}"[:100]} | dict.fromkeys(names, filled_in)
