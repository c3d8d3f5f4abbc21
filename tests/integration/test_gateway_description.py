"""What the API says of itself: complete, valid, and readable without anything from outside."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from gateway.api import TABLES
from schemas.token import ROLES
from services import registry
from services.kit.entrypoints import Command, Query, entrypoints
from services.kit.waiting import Waits
from tests.integration.gateway_stage import Gateway, gateway


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway")) as made:
        yield made


def test_the_description_is_valid_openapi_3_1(front: Gateway) -> None:
    assert front.description["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(front.description).iter_errors()) == []


@pytest.mark.parametrize("name", registry.SERVICES)
def test_every_command_and_question_has_exactly_one_route_with_its_schema(name: str) -> None:
    """What only the platform itself may ask, by a role no token can have, has none; parts of one list share one."""
    marks = [mark for mark in entrypoints(registry.load(name)) if isinstance(mark, Command | Query)]
    open_to_all = [mark for mark in marks if not mark.by or mark.by & set(ROLES)]
    asked = {mark.name: mark for mark in open_to_all if not hasattr(Waits, mark.name)}
    routes = [route for table in TABLES if table.service == name for route in table.routes]
    assert sorted(route.name for route in routes) == sorted(asked)
    for route in routes:
        mark = asked[route.name]
        assert route.schema is mark.schema
        assert route.method == ("POST" if isinstance(mark, Command) else "GET")
        assert route.for_all == (not mark.by)


def test_a_parameter_in_a_path_is_a_field_of_the_command() -> None:
    for table in TABLES:
        for route in table.routes:
            assert set(route.parameters) <= route.schema().fields.keys(), route.path


def test_every_operation_has_a_summary_its_problems_and_says_who_may_ask(front: Gateway) -> None:
    for methods in front.description["paths"].values():
        for method, operation in methods.items():
            if method in ("get", "post"):
                assert operation["summary"]
                assert operation["security"]
                assert {"401", "403", "404", "422", "503"} <= operation["responses"].keys()
                keys = [one for one in operation["parameters"] if one.get("$ref", "").endswith("/Key")]
                assert len(keys) == (1 if method == "post" else 0)


def test_everything_a_caller_says_has_a_name_in_words(front: Gateway) -> None:
    """It heads the refusal of what is wrong with it."""
    nameless = {
        f"{path} {name}"
        for path, methods in front.description["paths"].items()
        for method, operation in methods.items()
        if method in ("get", "post")
        for name, said in _said(front.description, operation)
        if not said.get("description")
    }
    assert nameless == set()


def _said(api: dict[str, Any], operation: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for one in operation["parameters"]:
        if "name" in one:
            yield one["name"], {**one["schema"], **one}
    names = list(re.findall("#/components/schemas/([^']+)", str(operation.get("requestBody"))))
    for name in names:
        schema = api["components"]["schemas"][name]
        yield from schema["properties"].items()
        names += [inner for inner in re.findall("#/components/schemas/([^']+)", str(schema)) if inner not in names]


@pytest.mark.parametrize("address", ["/", "/api/docs", "/api/v1/"])
def test_the_page_shows_every_operation_and_loads_nothing_from_outside(front: Gateway, address: str) -> None:
    answer = front.client.get(address)
    page = answer.text
    for path in front.description["paths"]:
        assert f"<code>{path}</code>" in page
    assert re.findall(r"(?:src|href|action)=\"(?!#)([^\"]*)", page) == ["/static/docs.css", "/api/v1/openapi.json"]
    assert "<script" not in page
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_the_style_of_the_page_loads_nothing_from_outside(front: Gateway) -> None:
    answer = front.client.get("/static/docs.css")
    assert answer.status_code == 200
    assert not re.search(r"url\(|@import", answer.text)
    answer.close()


def test_the_description_is_not_sent_again_to_one_who_has_it(front: Gateway) -> None:
    known = front.client.get("/api/v1/openapi.json").headers["ETag"]
    again = front.client.get("/api/v1/openapi.json", headers={"If-None-Match": known})
    assert (again.status_code, again.data) == (304, b"")
