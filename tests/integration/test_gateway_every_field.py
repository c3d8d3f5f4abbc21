"""Every field of every command and question, with values it cannot have: a problem that names it, never a defect."""

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from gateway.api import TABLES
from gateway.routes import Route, Table
from schemas.paging import Paged
from tests.integration.gateway_stage import Gateway, gateway

ROLES = (
    "district_admin", "street_admin", "community_worker", "unit_liaison", "partner_manager", "branch_secretary",
    "resident", "district_analyst",
)  # fmt: skip
NEVER_RIGHT: tuple[Any, ...] = (
    None,
    "",
    "\u0000",
    "字" * 6000,
    10**30,
    -(10**30),
    1.5,
    [],
    [[]],
    {},
    {"a": 1},
    "a\ud800",
)
NEVER_ASKED = ("", "%00", "x" * 3000, "-1", "1e9", "%F0%90%80%80" * 100)
ROUTES = [(table, route) for table in TABLES for route in table.routes]


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway")) as made:
        yield made


@pytest.fixture(scope="module")
def anybody(front: Gateway) -> str:
    """Someone who may ask everything, everywhere."""
    return front.token("A1", *((role, "*") for role in ROLES))


def example(table: Table, route: Route) -> dict[str, Any]:
    commands: dict[str, dict[str, Any]] = import_module(f"tests.examples.{table.service}").COMMANDS
    return commands[route.name]


def address(route: Route, said: dict[str, Any]) -> str:
    path = route.path
    for name in route.parameters:
        path = path.replace(f"<{name}>", str(said.get(name, "A1")))
    return path


@pytest.mark.parametrize(
    ("table", "route"),
    [pair for pair in ROUTES if pair[1].method == "POST"],
    ids=lambda each: getattr(each, "name", ""),
)
def test_a_value_a_field_cannot_have_is_named(front: Gateway, anybody: str, table: Table, route: Route) -> None:
    said = example(table, route)
    path = address(route, said)
    body = {name: value for name, value in said.items() if name not in route.parameters}
    assert front.ask("POST", path, anybody, json={**body, "strange": 1}).get_json()["code"] == "unknown_field"
    for field in route.schema().fields.keys() - set(route.parameters):
        for value in NEVER_RIGHT:
            answer = front.ask("POST", path, anybody, json={**body, field: value})
            problem = answer.get_json()
            assert answer.status_code in {400, 422}, f"{field}={value!r:.60}: {problem}"
            assert not problem["errors"] or any(error["path"].startswith(field) for error in problem["errors"]), problem


@pytest.mark.parametrize(
    ("table", "route"), [pair for pair in ROUTES if pair[1].method == "GET"], ids=lambda each: getattr(each, "name", "")
)
def test_a_question_that_makes_no_sense_is_no_defect(front: Gateway, anybody: str, table: Table, route: Route) -> None:
    path = address(route, {"division": "510108", "community": "510108002001"})
    asked = set(route.schema().fields) | ({"after", "limit"} if issubclass(route.schema, Paged) else set())
    for field in asked - set(route.parameters):
        for value in NEVER_ASKED:
            answer = front.get(f"{path}?{field}={value}", anybody)
            assert answer.status_code in {400, 422}, f"{field}={value:.40}: {answer.text:.300}"
