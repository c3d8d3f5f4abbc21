"""A new name arrives wherever one is shown: every address of every service is asked for the old one."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

import pytest

from gateway.api import TABLES
from gateway.api.routes import Route
from gateway.files.figures.tables import FIGURES
from gateway.files.lists import EXPORTS
from schemas.fields import instant
from services.district.calendar import local_day
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)

OLD, NEW = "旧名甲乙丙", "新名丁戊己"
NOW = datetime.now(UTC)
TODAY = local_day(NOW)
TOMORROW = local_day(NOW + timedelta(days=1))  # Is to come also once it is midnight.
UNIT = {
    "industry": "电力", "members": 20, "contact_role": "队长", "credit_code": "91510108MA6TE5T178",
    "community": COMMUNITY,
}  # fmt: skip
PARTNER = {
    "kind": "居民骨干",
    "community": COMMUNITY,
    "categories": ["文化体育"],
    "contact_role": "队长",
}
NEED = {
    "category": "零距离安全",
    "audience": "老人",
    "urgency": "urgent",
    "community": COMMUNITY,
    "words": "电线",
}
EVERYTHING = (
    "district_admin", "district_analyst", "street_admin", "community_worker", "unit_liaison", "resident",
)  # fmt: skip
SPEAKS = {
    "branch": "branch_secretary",
    "unit": "unit_liaison",
    "partner": "partner_manager",
}


class Named(NamedTuple):
    """One kind of host: how it comes to be, and gets another name."""

    kind: str
    made: Callable[[Gateway, str], str]
    renamed: Callable[[Gateway, str, str], Any]
    shown_by: frozenset[str]


def everybody(front: Gateway, host: str = "", who: str = "M1") -> str:
    """Somebody who sees whatever anybody may, and speaks for the host."""
    roles = [(role, DISTRICT) for role in EVERYTHING]
    speaking = SPEAKS.get(host.partition("/")[0])
    return front.token(
        who, *roles, ("partner_manager", "*"), *([(speaking, host)] if speaking else [])
    )


def branch_made(front: Gateway, by: str) -> str:
    made = front.done(
        "/branches", by, name=OLD, company="星河传媒", community=COMMUNITY
    )
    term = {"person": "M1", "since": "2026-01-01", "until": "2028-12-31"}
    admin = front.token("A9", ("district_admin", DISTRICT))
    front.done(f"/branches/{made['id']}/secretary", admin, **term)
    return str(made["id"])


def unit_made(front: Gateway, by: str) -> str:
    id = str(front.done("/units", by, name=OLD, **UNIT)["id"])
    front.done(f"/units/{id}/approve", front.token("A9", ("district_admin", DISTRICT)))
    return id


def partner_made(front: Gateway, by: str) -> str:
    id = str(front.done("/partners", by, name=OLD, **PARTNER)["id"])
    front.done(f"/partners/{id}/approve", front.token("A9", ("street_admin", STREET)))
    return id


def community_made(front: Gateway, by: str) -> str:
    front.done("/divisions", by, division=COMMUNITY, name=OLD, status="demo")
    return COMMUNITY


def unit_renamed(front: Gateway, by: str, id: str) -> None:
    front.done(
        f"/units/{id}/profile",
        by,
        name=NEW,
        **{name: UNIT[name] for name in UNIT if name in RENAMED_UNIT},
    )


RENAMED_UNIT = ("industry", "members", "contact_role")
OF_ANY_HOST = frozenset(
    {"my_record", "resident_record", "get_certificate", "list_certificates", "my_certificates", "certified_services",
     "close_report", "verify_certificate", "get_commendation", "my_commendations"}
)  # fmt: skip
HOSTS = (
    Named(
        "branch", branch_made, lambda front, by, id: front.done(f"/branches/{id}/name", by, name=NEW),
        OF_ANY_HOST | {"get_branch", "list_branches", "branch_chart"},
    ),
    Named("unit", unit_made, unit_renamed, OF_ANY_HOST | {"get_unit", "list_units", "list_needs", "list_commitments"}),
    Named(
        "partner", partner_made,
        lambda front, by, id: front.done(
            f"/partners/{id}/profile", by, name=NEW, categories=["文化体育"], contact_role="队长"
        ),
        OF_ANY_HOST | {"get_partner", "list_partners"},
    ),
    Named(
        "community", community_made,
        lambda front, by, id: front.done("/divisions", by, division=id, name=NEW, status="demo"),
        OF_ANY_HOST | {"get_division", "breakdown"},
    ),
)  # fmt: skip


@pytest.fixture(params=HOSTS, ids=lambda one: one.kind)
def lived(
    request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[tuple[Named, Gateway, dict[str, str]]]:
    """A host under its old name has held an activity, certified and commended who came, and is renamed."""
    with gateway(tmp_path) as front:
        named: Named = request.param
        id = named.made(front, everybody(front))
        by = everybody(front, f"{named.kind}/{id}")
        follow(front)
        known = happened(front, by, named.kind, id, tmp_path / "clock")
        named.renamed(front, by, id)
        follow(front)
        yield named, front, known


def follow(front: Gateway) -> None:
    for _ in range(2):
        for host in front.bus.hosts.values():
            for follower in host.followers.values():
                follower.catch_up()


def happened(
    front: Gateway, by: str, kind: str, id: str, clock: Path
) -> dict[str, str]:
    """What is there now, by the names of parameters. It was posted two hours ago, and began an hour ago."""
    host, starts = f"{kind}/{id}", NOW - timedelta(hours=1)
    clock.write_text(str(-2 * 60 * 60))
    posting = {
        "title": "清洁日", "category": "环境整治", "community": COMMUNITY, "place": "广场", "capacity": 8, "host": host,
        "all_help": True,
        "starts_at": instant(starts), "ends_at": instant(starts + timedelta(hours=2)),
    }  # fmt: skip
    draft = front.done("/activities", by, **posting)
    activity = draft["id"]
    for step in ("publish", "open"):
        front.done(f"/activities/{activity}/{step}", by)
    signup = front.done(
        f"/activities/{activity}/signups",
        everybody(front, who="R1"),
        party=[{"person": "R1"}],
    )
    clock.write_text("0")
    [seat] = front.get(f"/activities/{activity}/seats", by).get_json()["items"]
    front.done(f"/activities/{activity}/start", by)
    front.done(f"/activities/{activity}/checkins", by, person="R1")
    front.done(
        f"/activities/{activity}/hours",
        by,
        person="R1",
        attended=True,
        minutes=45,
        reason="名单核对",
    )
    front.done(f"/activities/{activity}/close", by)
    issued = {"person": "R1", "issuer": host, "since": "2026-01-01", "until": TODAY}
    certificate = front.done("/certificates", by, **issued)
    code = front.get(f"/certificates/{certificate['id']}", by).get_json()["code"]
    commended = {"person": "R1", "issuer": host, "on": TODAY, "title": "优秀志愿者"}
    commendation = front.done("/commendations", by, **commended)
    return {
        kind: id, "host": host, "issuer": host, "activity": activity, "session": seat["session"],
        "signup": signup["id"], "certificate": certificate["id"], "code": code,
        "commendation": commendation["id"], "person": "R1",
        "division": COMMUNITY, "community": COMMUNITY, "scope": STREET, "period": TODAY[:7], "by": "division",
        **(worked(front, by, id) if kind == "unit" else {}),
    }  # fmt: skip


def worked(front: Gateway, by: str, unit: str) -> dict[str, str]:
    need = front.done("/needs", by, **NEED)["id"]
    front.done(f"/needs/{need}/verify", by, title="线路检查", urgency="urgent")
    commitment = front.done(f"/needs/{need}/claim", by, unit=unit, due=TOMORROW)["id"]
    return {"need": need, "commitment": commitment}


def address(route: Route, known: dict[str, str]) -> str | None:
    """Where to ask; None when what it needs is not there."""
    needed = {
        name for name, field in route.schema().fields.items() if field.required
    } | set(route.parameters)
    if needed - known.keys():
        return None
    path = route.path
    for name in route.parameters:
        path = path.replace(f"<{name}>", known[name])
    return f"{path}?{urlencode({name: known[name] for name in sorted(needed - set(route.parameters))})}"


def test_a_renamed_host_is_called_by_its_new_name_everywhere(
    lived: tuple[Named, Gateway, dict[str, str]],
) -> None:
    named, front, known = lived
    told = {}
    for route in (
        route for table in TABLES for route in table.routes if route.method == "GET"
    ):
        where = address(route, known)
        if where is not None:
            asked = [asked_by(front, where, known["host"], who) for who in ("M1", "R1")]
            told[route.name] = json.dumps(
                [answer.get_json() for answer in asked], ensure_ascii=False
            )
    assert [
        name for name, text in told.items() if OLD in text and name not in SAID_THEN
    ] == []
    assert (
        sorted(name for name in named.shown_by if NEW not in told.get(name, "")) == []
    )


def asked_by(front: Gateway, where: str, host: str, who: str) -> Any:
    headers = {"Authorization": f"Bearer {everybody(front, host, who)}"}
    return front.client.get(f"/api/v1{where}", headers=headers)


SAID_THEN = frozenset({"my_notices", "list_notices", "inbox"})
"""A notice says what something was called when it was told."""


def test_a_renamed_host_is_called_by_its_new_name_in_every_file_page_and_feed(
    lived: tuple[Named, Gateway, dict[str, str]],
) -> None:
    _, front, known = lived
    token = everybody(front, known["host"])
    addresses = [
        f"/lists/{one.name}.csv"
        for one in EXPORTS
        if one.name not in {"facts", "roster", "sign_in"}
    ]
    addresses += [
        f"/lists/{one.name}.csv?"
        + urlencode({"scope": STREET, "period": TODAY[:7], "by": by})
        for one in FIGURES
        if one.name == "breakdown"
        for by in ("division", "host", "unit")
    ]
    addresses += [
        f"/calendars/divisions/{COMMUNITY}.ics",
        f"/calendars/hosts/{known['host']}.ics",
        "/exchange/hsds",
    ]
    told = {}
    for where in addresses:
        answer = front.client.get(
            f"/api/v1{where}", headers={"Authorization": f"Bearer {token}"}
        )
        assert answer.status_code == 200, (where, answer.text)
        told[where] = answer.get_data(as_text=True).replace("\r\n ", "")
    for page in (f"/certificates/{known['certificate']}", f"/verify/{known['code']}"):
        told[page] = front.client.get(
            page, headers={"Authorization": f"Bearer {token}"}
        ).text
        assert NEW in told[page], page
    assert [where for where, text in told.items() if OLD in text] == []
    assert NEW in told[f"/calendars/hosts/{known['host']}.ics"]
    assert (
        NEW in told[f"/lists/breakdown.csv?scope={STREET}&period={TODAY[:7]}&by=host"]
    )
