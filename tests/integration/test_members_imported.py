"""Members of micro-grids from a clerk's table: by whole name and sign-in number, as nobody knows ids."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from gateway.edge.rpc import Services
from schemas.exchange.doorstep import MEMBER
from schemas.exchange.people_named import BY_NAME
from tests.integration.exchange.tables import outcomes, sent, upload
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway
from tests.unit.exchange.books import book

NAME, PHONE = "长孙明", "13812340090"
RECORD = {
    "name": NAME,
    "born": "1970",
    "community": COMMUNITY,
    "contacts": ["13900005690"],
    "consent": {"how": "当面", "on": "2026-05-30"},
}
GRIDS = ("W-0101", "W-0102", "W-0103", "W-0104")


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Gateway]:
    with gateway(tmp_path) as front:
        yield front


@pytest.fixture
def member(front: Gateway) -> str:
    admin = front.token("A1", ("district_admin", DISTRICT))
    for grid in GRIDS:
        here = {"community": COMMUNITY, "grid": grid, "name": grid}
        front.done("/grids", admin, **here, valid_from="2026-01-01")
    person = front.done("/people", worker(front), **RECORD)["id"]
    front.done(f"/people/{person}/account", admin, phone=PHONE)
    return str(person)


def worker(front: Gateway) -> str:
    return front.token("W1", ("community_worker", COMMUNITY))


def sheet(*written: str) -> bytes:
    rows = [[COMMUNITY, grid, one] for grid, one in zip(GRIDS, written, strict=False)]
    return book([*MEMBER.values()], *rows)


def in_office(front: Gateway) -> list[tuple[str, str]]:
    listed: dict[str, Any] = front.get(
        f"/grid-members?community={COMMUNITY}", worker(front)
    ).get_json()
    return sorted((one["grid"], one["person"]) for one in listed["items"])


def test_members_are_found_by_whole_name_and_sign_in_number(
    front: Gateway, member: str
) -> None:
    content = sheet(f"{NAME} {PHONE}", f"{NAME}，+86{PHONE}", f"{NAME}{PHONE}", member)
    report = upload(front, "members", content, token=worker(front))
    assert [row[1] for row in outcomes(report)] == ["imported"] * 4, report
    assert in_office(front) == [(grid, member) for grid in GRIDS]
    again = upload(front, "members", content, token=worker(front))
    assert [row[1] for row in outcomes(again)] == ["already"] * 4


@pytest.mark.parametrize(
    "written", [f"长孙 {PHONE}", f"{NAME} 13900005690", f"王小明 {PHONE}"]
)
def test_who_is_not_both_is_refused_at_the_cell_and_nothing_is_imported(
    front: Gateway, member: str, written: str
) -> None:
    content = sheet(f"{NAME} {PHONE}", written)
    report = upload(front, "members", content, token=worker(front))
    assert [row[2] for row in outcomes(report)] == [
        ["others_refused"],
        ["unknown_person"],
    ]
    (error,) = report["rows"][1]["errors"]
    assert (error["column"], error["path"]) == (MEMBER["person"], "person")
    assert written in error["message"]
    assert member not in error["message"]
    assert in_office(front) == []


def test_each_is_looked_for_once_and_in_a_place_of_its_own(
    front: Gateway, member: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: list[str] = []
    place = Services.place

    def noted(self: Services, service: str, *more: float) -> Any:
        taken.append(service)
        return place(self, service, *more)

    monkeypatch.setattr(Services, "place", noted)
    content = sheet(f"{NAME} {PHONE}", f"{NAME} {PHONE}", f"王小明 {PHONE}")
    upload(front, "members", content, token=worker(front))
    assert taken.count("people") == 2


def test_the_template_says_that_people_are_named_so(front: Gateway) -> None:
    fetched = front.get("/imports/members/template.xlsx")
    meanings = load_workbook(BytesIO(fetched.data))["说明"]
    said = {str(row[0]): str(row[1]) for row in meanings.iter_rows(values_only=True)}
    assert BY_NAME in said["网格员"]
    assert BY_NAME not in said["微网格编码"]


def test_who_may_find_nobody_is_told_so(front: Gateway, member: str) -> None:
    resident = front.token("R1", ("resident", DISTRICT))
    content = sheet(f"{NAME} {PHONE}")
    answer = sent(front, "members", content, token=resident)
    assert (answer.status_code, answer.get_json()["code"]) == (403, "forbidden")
