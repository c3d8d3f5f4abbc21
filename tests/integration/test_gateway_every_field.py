"""Every field of every command and question, with values it cannot have: a problem that names it, never a defect."""

from collections.abc import Iterator
from importlib import import_module
from itertools import product
from typing import Any

import pytest

from gateway.api import TABLES
from gateway.api.routes import Route, Table
from schemas.fields import AnyOf, Day, Division, Id, Instant, Many, OneOf, Part, Text
from schemas.paging import Paged
from tests.integration.gateway_stage import Gateway, gateway
from tests.matrix.said import BODIES

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
DAYS = ("0001-01-01", "9999-12-31")
MOMENTS = ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999Z")
PLACES = ("510108", "510108002", "510108002001")
NO_TEXT = ("", "%00", "x" * 3000, "%F0%90%80%80" * 100)
NEVER_ASKED = (*NO_TEXT, "-1", "1e9")


def each(method: str) -> pytest.MarkDecorator:
    routes = [
        (table, route)
        for table in TABLES
        for route in table.routes
        if route.method == method
    ]
    return pytest.mark.parametrize(
        ("table", "route"), routes, ids=lambda one: getattr(one, "name", "")
    )


OF_COMMANDS, OF_QUESTIONS = each("POST"), each("GET")


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway")) as made:
        yield made


@pytest.fixture(scope="module")
def anybody(front: Gateway) -> str:
    """Someone who may ask everything, everywhere."""
    return front.token("A1", *((role, "*") for role in ROLES))


def example(table: Table, route: Route) -> dict[str, Any]:
    commands: dict[str, dict[str, Any]] = import_module(
        f"tests.examples.{table.service}"
    ).COMMANDS
    known = commands if route.name in commands else BODIES
    return dict(known[route.name])


def address(route: Route, said: dict[str, Any]) -> str:
    path = route.path
    for name in route.parameters:
        path = path.replace(f"<{name}>", str(said.get(name, "A1")))
    return path


def impossible(field: object) -> list[Any]:
    """What the field cannot be: of what is never right, all but what is empty where it may be empty."""
    empty: list[Any] = []
    if isinstance(field, Many) and field.least == 0:
        empty = [[]]
    if isinstance(field, Part) and not any(
        part.required for part in field.schema.fields.values()
    ):
        empty = [{}]
    return [value for value in NEVER_RIGHT if value not in empty]


@OF_COMMANDS
def test_a_value_a_field_cannot_have_is_named(
    front: Gateway, anybody: str, table: Table, route: Route
) -> None:
    said = example(table, route)
    path = address(route, said)
    body = {name: value for name, value in said.items() if name not in route.unsaid}
    assert (
        front.ask("POST", path, anybody, json={**body, "strange": 1}).get_json()["code"]
        == "unknown_field"
    )
    for field in route.schema().fields.keys() - set(route.unsaid):
        for value in impossible(route.schema().fields[field]):
            answer = front.ask("POST", path, anybody, json={**body, field: value})
            problem = answer.get_json()
            assert answer.status_code in {400, 422}, f"{field}={value!r:.60}: {problem}"
            assert not problem["errors"] or any(
                error["path"].startswith(field) for error in problem["errors"]
            ), problem


@OF_QUESTIONS
def test_a_question_that_makes_no_sense_is_no_defect(
    front: Gateway, anybody: str, table: Table, route: Route
) -> None:
    path = address(route, {"division": "510108", "community": "510108002001"})
    asked = set(route.schema().fields) | (
        {"after", "limit"} if issubclass(route.schema, Paged) else set()
    )
    for field in asked - set(route.parameters):
        for value in (
            NO_TEXT if type(route.schema().fields.get(field)) is Text else NEVER_ASKED
        ):
            answer = front.get(f"{path}?{field}={value}", anybody)
            assert answer.status_code in {400, 422}, (
                f"{field}={value:.40}: {answer.text:.300}"
            )


def possible(field: object) -> list[str | None]:
    """What may stand in a question: nothing, the first of a list of words, a place of each level, the farthest days."""
    match field:
        case Division():
            return [
                None,
                *(place for place in PLACES if field.pattern.fullmatch(place)),
            ]
        case OneOf():
            return [None, field.words[0]]
        case AnyOf():
            return [None, field.words[0], ",".join(field.words)]
        case Day():
            return [None, *DAYS]
        case Id():
            return [None, "A1"]
    return [None]


@OF_QUESTIONS
def test_whatever_a_list_is_asked_for_an_index_answers(
    front: Gateway, anybody: str, table: Table, route: Route
) -> None:
    path = address(route, {"division": "510108", "community": "510108002001"})
    fields = {
        name: field
        for name, field in route.schema().fields.items()
        if name not in route.parameters
    }
    for values in product(*(possible(field) for field in fields.values())):
        asked = {
            name: value for name, value in zip(fields, values, strict=True) if value
        }
        answer = front.get(path, anybody, query_string=asked)
        assert answer.status_code < 500, f"{asked}: {answer.text}"


@OF_COMMANDS
def test_the_first_and_the_last_moment_are_no_defect(
    front: Gateway, anybody: str, table: Table, route: Route
) -> None:
    said = example(table, route)
    path = address(route, said)
    body = {name: value for name, value in said.items() if name not in route.unsaid}
    for name, field in route.schema().fields.items():
        for value in (
            DAYS
            if isinstance(field, Day)
            else MOMENTS
            if isinstance(field, Instant)
            else ()
        ):
            answer = front.ask("POST", path, anybody, json={**body, name: value})
            assert answer.status_code < 500, f"{name}={value}: {answer.text}"
