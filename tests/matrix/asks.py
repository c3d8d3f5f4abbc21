"""What is asked on each address: which thing it is about, what stands in the path, after the `?` and in the body."""

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from io import StringIO
from typing import Any
from urllib.parse import urlencode

from flask import Flask

from gateway.api import TABLES
from gateway.api.routes import Route
from gateway.edge.addresses import API
from gateway.edge.application import Application
from gateway.web.commands import DESK
from gateway.web.forms import typed
from gateway.web.page import Button, Form
from gateway.web.serve import PAGES as PAGES_OF_WEB
from schemas.exchange.kinds import KINDS
from services.metrics.views import report_links
from tests.matrix import activities, grids, network, people
from tests.matrix.cobuild import SUBJECTS as OF_COBUILD
from tests.matrix.said import (
    BODIES,
    FIXED,
    IN_A_TABLE,
    OPERATING,
    PAGES,
    PERSON,
    SAID,
    SIGN_IN,
    STRANGER,
)
from tests.matrix.stage import REPORT_KEY, Request, as_json
from tests.matrix.subjects import Subject

SUBJECTS = {
    one.name: one
    for one in (
        *activities.SUBJECTS,
        *OF_COBUILD,
        *network.SUBJECTS,
        *people.SUBJECTS,
        *grids.SUBJECTS,
    )
}

# What an address is about, by the parameter in it, the first that is found; else by its words.
BY_PARAMETER = {
    "api_key": "api_key",
    "session": "session",
    "activity": "activity",
    "signup": "signup",
    "template": "template",
    "contest": "contest",
    "certificate": "certificate",
    "code": "certificate",
    "commendation": "commendation",
    "secret": "calendar",
    "person": "record",
    "offering": "offering",
    "unit": "unit",
    "need": "need",
    "commitment": "commitment",
    "meeting": "meeting",
    "resolution": "meeting",
    "partner": "partner",
    "branch": "branch",
    "report": "member_report",
    "scope": "report",
    "delivery": "delivery",
    "notice": "notice",
    "kind": "activity",
    "street": "activity",
    "account": "account",
    "grant": "grant",
    "invitation": "invitation",
    "desk_code": "desk_code",
    "link": "link",
    "consent": "consent",
    "member": "member",
    "team": "team",
    "door": "door",
    "round": "round",
    "visit": "visit",
    "finding": "finding",
    "care": "care",
    "mediation": "mediation",
    "merge": "merge",
}
OF_A_PERSON = f"{API}/people/<person>"  # Who they are, not what they have done.
CONTRIBUTION = f"{API}/metrics/units/<unit>"  # What the unit has done, not the unit.
OWN_UNIT = "/unit/"
BY_WORD = {
    "activities": "activity",
    "campaigns": "activity",
    "templates": "template",
    "sessions": "session",
    "calendars": "activity",
    "roster": "activity",
    "sign": "activity",
    "calendar": "calendar",
    "signups": "signup",
    "contests": "contest",
    "certificates": "certificate",
    "commendations": "commendation",
    "record": "record",
    "code": "record",
    "partners": "partner",
    "alliance": "partner",
    "units": "unit",
    "branch": "branch",
    "partner": "partner",
    "offerings": "offering",
    "hsds": "offering",
    "needs": "need",
    "matching": "need",
    "commitments": "commitment",
    "meetings": "meeting",
    "branches": "branch",
    "member": "member_report",
    "metrics": "report",
    "facts": "report",
    "breakdown": "report",
    "span": "report",
    "unit": "contribution",
    "comparison": "report",
    "series": "report",
    "report": "report",
    "deliveries": "delivery",
    "notices": "notice",
    "waiting": "need",
    "audit": "person",
    "people": "person",
    "data": "person",
    "erase": "person",
    "tokens": "person",
    "keys": "api_key",
    "factor": "person",
    "links": "link",
    "merges": "merge",
    "roles": "grant",
    "grid": "member",
    "teams": "team",
    "doors": "door",
    "walks": "door",
    "rounds": "round",
    "visits": "visit",
    "findings": "finding",
    "cares": "care",
    "mediations": "mediation",
}
SIGNING = "/sign-"
ROSTER = f"{API}/imports/members"
OF_SESSIONS = (f"{API}/people/me/s", "/me/signed-in")


@dataclass(frozen=True)
class Ask:
    """One address asked by one method: what it is about, what to send, and what the reader may call it."""

    method: str
    rule: str
    subject: Subject
    summary: str
    request: Request

    @property
    def name(self) -> str:
        return f"{self.method} {self.rule.replace('<path:', '<').replace('<', '{').replace('>', '}')}"

    @property
    def another(self) -> str:
        """An id like that of the thing, which nothing has."""
        return (
            f"{self.subject.id[:-1]}Z"
            if len(self.subject.id) > 3
            else f"{self.subject.id}9"
        )

    def of_another(self) -> "Ask":
        """The same of something that does not exist."""
        other = self.another
        body = self.request.body and self.request.body.replace(
            f'"{self.subject.id}"'.encode(), f'"{other}"'.encode()
        )
        path = "/".join(
            other if part == self.subject.id else part
            for part in self.request.path.split("/")
        )
        return replace(self, request=replace(self.request, path=path, body=body))

    def of_a_stranger(self) -> "Ask":
        """The same of somebody who has nothing to do with the thing."""
        body = self.request.body and self.request.body.replace(
            f'"{PERSON}"'.encode(), f'"{STRANGER}"'.encode()
        )
        return replace(self, request=replace(self.request, body=body))

    @property
    def is_about_it(self) -> bool:
        """Whether the address names the thing, and does not only list or make such things."""
        return self.subject.id in self.request.path.split("/")


FORM = "application/x-www-form-urlencoded"
FORMS = {
    row.path: row.command for row in PAGES_OF_WEB if isinstance(row, Form | Button)
} | {"/activities/<activity>/here": "check_in"}
SAID_ELSEWHERE = {**SIGN_IN, **OPERATING}
OF_NO_SERVICE = {
    "/",
    "/approve",
    "/display",
    "/invite",
    "/leave",
    "/role",
    "/search",
    "/sign-in",
    "/me/linked",
    "/me/password",
    "/sign-in/linking",
    "/sign-in/sent",
    "/sign-in/sent/code",
    "/start",
}


def asks(app: Flask) -> list[Ask]:
    """Every address the gateway has, sorted; HEAD and OPTIONS are not asked.

    Nor are the pages at the desk: each asks what its address in the API asks, which `test_gateway_desk` holds them to;
    nor streams, which do not end: `test_gateway_live` asks those.
    """
    routes = {
        (route.method, API + route.path): route
        for table in TABLES
        for route in table.routes
    }
    found = [
        _ask(method, rule.rule, routes.get((method, rule.rule)), app)
        for rule in app.url_map.iter_rules()
        if not rule.rule.startswith((f"{DESK}/", "/live/"))
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    return sorted(found, key=lambda ask: (ask.rule, ask.method))


def _ask(method: str, rule: str, route: Route | None, app: Flask) -> Ask:
    subject = SUBJECTS[_about(rule)]
    name = route.name if route else FORMS.get(rule) or _named(rule)
    path = re.sub(r"<(?:path:)?(\w+)>", lambda found: _value(found[1], subject), rule)
    known = {
        word: value
        for word, value in SAID.get(name, {}).items()
        if f"<{word}>" not in rule
    }
    said = {
        **known,
        **({"key": _link(subject)} if name in ("open_facts", "open_report") else {}),
    }
    sent = _sent(rule, name, route) if method == "POST" else {}
    return Ask(
        method,
        rule,
        subject,
        _summary(method, rule, app),
        Request(method, path, tuple(said.items()), **sent),
    )


def _about(rule: str) -> str:
    if rule == CONTRIBUTION:
        return "contribution"
    if f"{rule}/".startswith(OWN_UNIT):
        return "unit"
    if rule.startswith((OF_A_PERSON, SIGNING)):
        return "person"
    if rule.startswith(OF_SESSIONS):
        return "signed_in"
    if rule.startswith(ROSTER):
        return "member"
    parameters = re.findall(r"<(?:path:)?(\w+)>", rule)
    for parameter, subject in BY_PARAMETER.items():
        if parameter in parameters:
            return subject
    words = re.findall(r"[a-z]+", re.sub(r"<.*?>", "", rule).removeprefix(API))
    return next((BY_WORD[word] for word in reversed(words) if word in BY_WORD), "place")


def _named(rule: str) -> str:
    """The question behind a file, or what is uploaded."""
    if rule.endswith("checkins/paper"):
        return "record_paper_list"
    if rule.endswith("/scans"):
        return "record_scans"
    if rule.endswith("/queued"):
        return "record_visits"
    if rule.endswith("/facts"):
        return "report_facts"
    return re.split(r"[/.]", rule.removeprefix(f"{API}/lists/"))[0]


def _value(parameter: str, subject: Subject) -> str:
    if parameter == subject.name:
        return subject.id
    places = {
        "division": subject.community,
        "community": subject.community,
        "street": subject.community[:9],
    }
    kept = {name: one.id for name, one in SUBJECTS.items() if name not in FIXED}
    return {**kept, **places, **FIXED}[parameter]


def _link(subject: Subject) -> str:
    scene = next(iter(subject.scenes.values()))
    path = str(
        report_links.link(FIXED["scope"], FIXED["month"], REPORT_KEY, scene.now)["path"]
    )
    return path.partition("key=")[2]


def _sent(rule: str, name: str, route: Route | None) -> dict[str, Any]:
    if rule.startswith(f"{API}/imports/"):
        return {"body": _table(rule.rpartition("/")[2]), "media_type": "text/csv"}
    if rule in SAID_ELSEWHERE:
        return {"body": as_json(SAID_ELSEWHERE[rule])}
    if rule in OF_NO_SERVICE:
        return {"body": b"", "media_type": FORM}
    said = BODIES.get(name) or _example(name)
    if rule in FORMS:
        fields = {
            path: text for path, text in typed(said).items() if f"<{path}>" not in rule
        }
        return {"body": urlencode(fields).encode(), "media_type": FORM}
    left_out = route.unsaid if route else []
    return {
        "body": as_json(
            {field: value for field, value in said.items() if field not in left_out}
        )
    }


def _example(name: str) -> Mapping[str, Any]:
    service = next(
        table.service
        for table in TABLES
        for route in table.routes
        if route.name == name
    )
    commands: dict[str, dict[str, Any]] = import_module(
        f"tests.examples.{service}"
    ).COMMANDS
    said: Mapping[str, Any] = commands[name]
    return said


def _table(kind: str) -> bytes:
    """The example of the first command as a row of the table."""
    columns, file = KINDS[kind].columns(), StringIO()
    command = KINDS[kind].steps[0].command
    said = {**(BODIES.get(command) or _example(command)), **IN_A_TABLE.get(command, {})}
    csv.writer(file).writerows(
        [columns.values(), [_cell(said.get(name, "")) for name in columns]]
    )
    return file.getvalue().encode()


def _cell(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)


def _summary(method: str, rule: str, app: Flask) -> str:
    assert isinstance(app, Application)
    operations = (one for chapter in app.chapters for one in chapter.operations)
    described = {(one.method, API + one.path): one.about for one in operations}
    about = described.get((method, rule), {})
    return str(about.get("summary", PAGES.get(rule, "")))
