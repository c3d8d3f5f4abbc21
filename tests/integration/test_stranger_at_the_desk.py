"""The neighbours try every page of people and of the desk: to read it, and to send it with all that the forms hide.

What a community knows of its people is nothing to the next one, nor to the next street, nor to a unit nobody asked.
"""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import marshmallow as ma
import pytest
from werkzeug.test import TestResponse

from gateway.edge.addresses import API
from gateway.web.commands import ROUTES
from gateway.web.forms import typed
from gateway.web.page import Button, Form
from gateway.web.serve import ANSWERED, PAGES
from schemas.documents import Json, without
from tests.browser.district import COMMUNITY, furnish
from tests.examples import (
    activities,
    branches,
    cobuild,
    grids,
    metrics,
    notices,
    partners,
    people,
)
from tests.examples.people import CONSENT
from tests.integration.gateway_stage import Gateway, gateway
from tests.integration.test_english_pages import JUNE, PARAMETER, Walk
from tests.integration.test_signing_in import Browser, accept, invite
from tests.matrix import table
from tests.matrix.said import FIXED

NEXT_COMMUNITY, NEXT_STREET = "510108002002", "510108003"
NEIGHBOURS = {
    "community_worker": ("社工邻", NEXT_COMMUNITY),
    "street_admin": ("街道邻", NEXT_STREET),
    "grid_member": ("网格员邻", NEXT_COMMUNITY),
    "unit_liaison": ("联络员邻", "unit/U9"),
    "branch_secretary": ("书记邻", "branch/B9"),
}
KNOWN_HERE = ("端木", "端*", "139****2222", "独自生活", "软管开裂", "3栋2单元502", "老人上下楼不方便")  # fmt: skip
# What somebody says in an address to be taken for one from here.
TRIED = {
    **dict.fromkeys(("community", "division", "scope", "parent"), COMMUNITY),
    "issuer": f"community/{COMMUNITY}",
    "owner": f"community/{COMMUNITY}",
    "role": "community_worker",
}
EXAMPLES: Json = {
    name: said
    for module in (
        activities,
        branches,
        cobuild,
        grids,
        metrics,
        notices,
        partners,
        people,
    )
    for name, said in module.COMMANDS.items()
}
DOCUMENT = Path(__file__).parents[2] / "docs" / "who-may-ask.md"
WRITTEN = table.read(DOCUMENT.read_text(encoding="utf-8"))
SENT = {row.path: row for row in PAGES if isinstance(row, Form | Button)}
HERE = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}


@dataclass
class World:
    """What there is in one community, by the names that addresses have for it."""

    walk: Walk
    known: dict[str, str]

    @property
    def front(self) -> Gateway:
        return self.walk.front

    def rules(self, method: str) -> Iterator[tuple[str, str]]:
        """(rule, address) of all pages but those of signing in and for everybody."""
        for rule in self.front.client.application.url_map.iter_rules():
            ours = ("/desk", "/me", "/signups", "/unit", "/branch", "/partner")
            if rule.rule.startswith(ours) and method in (rule.methods or ()):
                yield rule.rule, PARAMETER.sub(self._known, rule.rule)

    def _known(self, found: re.Match[str]) -> str:
        return self.known.get(found[1], FIXED.get(found[1], "X1"))

    def as_neighbour(
        self, role: str, method: str, to: str, **sent: Any
    ) -> TestResponse:
        token = self.front.token(f"N-{role}", (role, NEIGHBOURS[role][1]))
        headers = {"Authorization": f"Bearer {token}", "Accept": "text/html"}
        return self.front.client.open(to, method=method, headers=headers, **sent)

    def recorded(self) -> dict[str, int]:
        """How far each log is, but for who looked at what."""
        hosts = self.front.bus.hosts.items()
        return {
            name: sum(
                event.type != "looks_recorded.v1"
                for event in host.store.log.read(0, 100_000)
            )
            for name, host in hosts
        }


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    folder = Path(tmp_path_factory.mktemp("strangers"))
    (folder / "clock").write_text(str(JUNE - time.time()))
    with gateway(folder) as front:
        walk = Walk(front=front)
        furnish(walk)
        for code, name in ((NEXT_COMMUNITY, "府青社区"), (NEXT_STREET, "府青街道")):
            about = {"division": code, "name": name, "status": "demo"}
            walk.done("/divisions", "district-1", "district", **about)
        yield World(walk, known_here(walk))


def known_here(walk: Walk) -> dict[str, str]:
    """One of each of what is kept of somebody here."""
    by_worker, by_street = ("worker-1", "worker"), ("street-1", "street")
    record: Json = {"name": "端木赐", "contacts": ["13911112222"], "consent": CONSENT}
    two = (
        walk.done("/people", *by_worker, community=COMMUNITY, **record)["id"]
        for _ in range(2)
    )
    person, twin = two
    at = f"/people/{person}"
    term = {"holder": twin, "kind": "household", "until": "2026-12-31"}
    office = {"role": "grid_member", "scope": COMMUNITY, "basis": "聘用"}
    merge: Json = {"person": twin, "into": person, "basis": "登记重复"}
    account = {"phone": "13812340009"}
    agreed = {"purpose": "photos", **CONSENT}
    return {name: str(value) for name, value in vars(walk).items() if value} | {
        "person": person,
        "on_behalf_of": person,
        "into": person,
        "account": walk.done(f"{at}/account", *by_worker, **account)["id"],
        "link": walk.done(f"{at}/links", *by_worker, consent=CONSENT, **term)["id"],
        "consent": walk.done(f"{at}/consents", *by_worker, **agreed)["id"],
        "merge": walk.done("/merges", *by_worker, **merge)["id"],
        "invitation": walk.done(f"{at}/invitation", *by_worker)["id"],
        "desk_code": walk.done(f"{at}/desk-code", *by_worker)["id"],
        "grant": walk.done(f"/people/{twin}/roles", *by_street, **office)["id"],
        "visit": walk.called,
        "year": "2026",
    }


@pytest.mark.parametrize("role", NEIGHBOURS)
def test_no_page_tells_a_neighbour_what_is_known_here(world: World, role: str) -> None:
    """Whatever the address says after the `?`."""
    told = set()
    for rule, address in world.rules("GET"):
        tried = TRIED | {"person": world.known["person"], "grid": world.walk.grid}
        for query in ({}, tried):
            page = world.as_neighbour(role, "GET", address, query_string=query)
            assert page.status_code < 500, address
            told |= {(rule, word) for word in KNOWN_HERE if word in page.text}
    assert told == set()


@pytest.mark.parametrize("role", NEIGHBOURS)
def test_no_form_does_for_a_neighbour_what_the_table_says_they_may_not(
    world: World, role: str
) -> None:
    """With every field the form hides, as the page of somebody from here would send it."""
    before, done, told = world.recorded(), set(), set()
    for rule, address in world.rules("POST"):
        row = SENT.get(rule)
        if row is None or may(role, row.command):
            continue
        page = world.as_neighbour(role, "POST", address, data=filled(world, rule, row))
        assert page.status_code < 500, address
        told |= {(rule, word) for word in KNOWN_HERE if word in page.text}
        if page.status_code == 303:
            done.add(rule)
    assert (done, told) == (set(), set())
    assert world.recorded() == before


def filled(world: World, rule: str, row: Form | Button) -> dict[str, str]:
    """The example of the command, about somebody and something from here, as a form sends it."""
    said = {
        name: world.known.get(name, value)
        for name, value in EXAMPLES.get(row.command, {}).items()
    }
    places = dict.fromkeys(("community", "division", "scope"), COMMUNITY)
    said |= {name: code for name, code in places.items() if name in said}
    return {"key": f"try-{row.command}"} | typed(
        without(said, *PARAMETER.findall(rule))
    )


def may(role: str, command: str) -> bool:
    """In some state of the thing."""
    route = ROUTES.get(command)
    if route is None:
        return False
    path = route.path.replace("<", "{").replace(">", "}")
    who, _ = NEIGHBOURS[role]
    return "可" in table.told_to(who, WRITTEN[f"POST {API}{path}"])


@pytest.mark.parametrize("role", ["community_worker", "street_admin"])
def test_a_name_that_is_looked_for_finds_nobody_next_door(
    world: World, role: str
) -> None:
    for one in ANSWERED:
        address = PARAMETER.sub(world._known, one.path)
        tried = TRIED | {"name": "端木", "names": "端木赐", "q": "端木"}
        page = world.as_neighbour(role, "POST", address, data=tried, query_string=TRIED)
        assert not any(
            word in page.text.replace("端木赐", "") for word in ("端*", "139****")
        )
    sought = {"sought/person": "端木", "seeking": "person"}
    for command in ("/desk/certificates/new", "/desk/commendations/new"):
        page = world.as_neighbour(role, "POST", command, data=sought)
        assert "端*" not in page.text


@pytest.mark.parametrize("row", SENT.values(), ids=lambda row: row.path)
def test_no_form_takes_what_its_command_does_not_ask(row: Form | Button) -> None:
    must_refuse_more(row.schema())


def must_refuse_more(schema: ma.Schema) -> None:
    """Here, and in each of its parts."""
    assert schema.unknown == ma.RAISE
    for field in schema.fields.values():
        inner = field.inner if isinstance(field, ma.fields.List) else field
        if isinstance(inner, ma.fields.Nested):
            must_refuse_more(inner.schema)


def test_what_the_address_says_is_said_once(world: World) -> None:
    """A form cannot mean another than the page it is sent from."""
    person, other = world.known["person"], world.walk.person
    token = world.walk.token("worker-1", "worker")
    headers = {"Authorization": f"Bearer {token}"}
    data = {"key": "one-of-two", "person": other, "reason": "核对身份"}
    page = f"/desk/people/{person}/reveal"
    sent = world.front.client.post(page, data=data, headers=headers)
    assert sent.status_code == 422


ELSEWHERE = (
    "https://elsewhere.example/",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "javascript:alert(1)",
    "/\telsewhere",
)


@pytest.mark.parametrize("back", ELSEWHERE)
def test_nobody_is_led_elsewhere(world: World, back: str) -> None:
    """Neither by a form that is sent nor by the link that leads back."""
    token = world.walk.token("worker-1", "worker")
    headers = {"Authorization": f"Bearer {token}"}
    person = world.known["person"]
    page = f"/desk/people/{person}/reveal"
    shown = world.front.client.get(page, query_string={"back": back}, headers=headers)
    content = shown.text.partition("<main")[2].partition("</main>")[0]
    assert 'name="back" value=""' in content
    assert "elsewhere" not in content
    assert "javascript" not in content
    data = {"key": f"back-{abs(hash(back))}", "reason": "核对身份", "back": back}
    sent = world.front.client.post(page, data=data, headers=headers)
    assert sent.headers["Location"] == f"/desk/people/{person}"


def test_a_cookie_changes_nothing_without_the_token_of_its_own_session(
    world: World,
) -> None:
    """By any form: with none, with one that is made up, and with that of a session before."""
    front, worker = world.front, world.walk.token("worker-1", "worker")
    about = {"name": "司空图", "community": COMMUNITY, "consent": CONSENT}
    person = front.done("/people", worker, **about)["id"]
    stale, browser = Browser(front), Browser(front)
    for one in (stale, browser):
        accept(one, invite(front, worker, person), "13812340010")
    before, sent = world.recorded(), 0
    for rule, address in world.rules("POST"):
        for token in ("", "made-up", stale.csrf):
            data = {"key": "stale", "csrf": token, **_fields(world, rule)}
            answer = browser.client.post(address, data=data, headers=HERE)
            assert answer.status_code in (401, 403), (rule, token)
            sent += 1
    assert sent > 100
    assert world.recorded() == before


def _fields(world: World, rule: str) -> dict[str, str]:
    row = SENT.get(rule)
    return filled(world, rule, row) if row else {}


def test_no_form_breaks_on_whatever_is_sent_for_its_fields(world: World) -> None:
    """A text for a list, a list for a text, parts of what has none: each is told as wrong, none is an error."""
    front, worker = world.front, world.walk.token("worker-1", "worker")
    headers = {"Authorization": f"Bearer {worker}"}
    broken = set()
    for rule, address in world.rules("POST"):
        row = SENT.get(rule)
        for inside in ("", "/0", "/0/0", "/0/x", "/x", "/x/0/y"):
            names = row.schema().fields if row else ("name", "names", "item")
            data = {f"{name}{inside}": "乱填" for name in names}
            sent = front.client.post(address, data=data, headers=headers)
            if sent.status_code >= 500:
                broken.add((rule, inside))
    assert broken == set()
