"""What the API says of itself: complete, valid, and readable without anything from outside."""

import json
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, cast

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from gateway.api import TABLES
from gateway.api.description.parts import camel, operations
from gateway.api.description.whole import whole
from gateway.edge.admission import Admission
from gateway.edge.chapters import Chapter
from gateway.edge.rpc import Services
from gateway.pages.docs import page
from gateway.pages.docs.roles import NAMES, Described
from schemas.metrics.definitions import IDENTIFIERS
from schemas.partners.profile import KINDS
from schemas.token import ROLES
from services.kit.clock import give_way
from services.kit.entrypoints import Command, Query
from services.kit.errors import Unavailable
from services.kit.service import entrypoints
from services.xfh import registry
from tests.integration.gateway_stage import Gateway, gateway

SHARED = {
    "waiting",
    "count_waiting",
    "list_acted",
    "list_seals",
}  # Of several services.


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway")) as made:
        yield made


def test_the_description_is_valid_openapi_3_1(front: Gateway) -> None:
    assert front.description["openapi"] == "3.1.0"
    assert list(OpenAPIV31SpecValidator(front.description).iter_errors()) == []
    assert front.description["info"]["license"]["identifier"] == "Apache-2.0"


@pytest.mark.usefixtures("front")  # With which the stage has asked for its own.
def test_it_is_made_once_however_many_ask_and_not_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def slowly(chapters: Iterable[Chapter], url: str) -> Any:
        made.append(url)
        give_way()
        return whole(chapters, url)

    monkeypatch.setattr(page, "whole", slowly)
    with gateway(tmp_path, public_url="http://once.example") as other:
        before = list(made)
        with ThreadPoolExecutor(3) as crowd:
            asked = [crowd.submit(_read, other) for _ in range(3)]
            answers = {one.result() for one in asked}
    assert before == []
    assert made == ["http://once.example"]
    assert len(answers) == 1


def _read(front: Gateway) -> bytes:
    with front.client.application.test_client() as client:
        return client.get("/api/v1/openapi.json").get_data()


@pytest.mark.parametrize("name", registry.SERVICES)
def test_every_command_and_question_has_exactly_one_route_with_its_schema(
    name: str,
) -> None:
    """What only the platform itself may ask, by a role no token can have, has none; parts of one list share one."""
    marks = [
        mark
        for mark in entrypoints(registry.load(name))
        if isinstance(mark, Command | Query)
    ]
    open_to_all = [mark for mark in marks if not mark.by or mark.by & set(ROLES)]
    asked = {mark.name: mark for mark in open_to_all if mark.name not in SHARED}
    routes = [
        route for table in TABLES if table.service == name for route in table.routes
    ]
    routes = [route for route in routes if route.name not in SHARED]
    assert sorted(route.name for route in routes) == sorted(asked)
    for route in routes:
        mark = asked[route.name]
        assert route.schema is mark.schema
        assert route.records is isinstance(mark, Command)
        assert route.for_all == (not mark.by)


def test_a_parameter_in_a_path_is_a_field_of_the_command() -> None:
    for table in TABLES:
        for route in table.routes:
            assert set(route.parameters) <= route.schema().fields.keys(), route.path


def test_every_operation_has_a_summary_its_problems_and_says_who_may_ask(
    front: Gateway,
) -> None:
    for methods in front.description["paths"].values():
        for method, operation in methods.items():
            if method in ("get", "post"):
                assert operation["summary"]
                assert operation["security"]
                assert {"401", "403", "404", "422", "503"} <= operation[
                    "responses"
                ].keys()
                keys = [
                    one
                    for one in operation["parameters"]
                    if one.get("$ref", "").endswith("/Key")
                ]
                assert len(keys) == (1 if method == "post" else 0)


def test_it_has_nothing_that_nobody_here_has_written(front: Gateway) -> None:
    text = json.dumps(front.description)
    assert all(
        "default" not in one["responses"] for one in operations(front.description)
    )
    for kind in ("schemas", "responses", "parameters"):
        for name in front.description["components"][kind]:
            assert f'"#/components/{kind}/{name}"' in text, name


def test_programs_can_be_named_after_what_it_names(front: Gateway) -> None:
    """A package after its title, a class after each schema, a member after each word: no two the same."""
    schemas = front.description["components"]["schemas"]
    names = [front.description["info"]["title"], *schemas]
    assert [name for name in names if not re.fullmatch("[A-Z][A-Za-z0-9]*", name)] == []
    assert len({name.lower() for name in names}) == len(names)
    for name, schema in schemas.items():
        words = [re.sub(r"\W", "_", word).upper() for word in schema.get("enum", ())]
        assert len(set(words)) == len(words), name
        for field, said in schema.get("properties", {}).items():
            assert not _is_a_class(said) or name + camel(field) not in schemas


def _is_a_class(field: dict[str, Any]) -> bool:
    """One that programs call after the schema and the field."""
    return bool({"enum", "properties"} & field.get("items", field).keys())


def test_each_list_of_words_is_one_type_with_all_of_them(front: Gateway) -> None:
    schemas = front.description["components"]["schemas"]
    lists = [tuple(schema["enum"]) for schema in schemas.values() if "enum" in schema]
    assert len(set(lists)) == len(lists) > 50
    assert schemas["PartnersApplyKind"]["enum"] == list(KINDS)
    fields = [
        field
        for one in schemas.values()
        for field in one.get("properties", {}).values()
    ]
    fields += [
        one["schema"]
        for each in operations(front.description)
        for one in each["parameters"]
        if "schema" in one
    ]
    inside = [field.get("items", field) for field in fields]
    assert [field for field in inside if len(field.get("enum", ())) > 1] == []


def test_every_operation_says_by_which_roles_or_that_anybody_may_ask(
    front: Gateway,
) -> None:
    marks = [
        mark for name in registry.SERVICES for mark in entrypoints(registry.load(name))
    ]
    known = {
        mark.name: mark.by
        for mark in marks
        if isinstance(mark, Command | Query) and mark.by
    }
    for operation in operations(front.description):
        roles, name = operation.get("x-roles", []), operation["operationId"]
        assert bool(roles) != ({} in operation["security"]), name
        assert set(roles) == known.get(name, set(roles)) & set(ROLES)
        assert all(
            f"谁可以：{NAMES[roles[0]]}" in operation["description"] for _ in roles[:1]
        )


def test_what_services_cannot_say_now_they_say_later(front: Gateway) -> None:
    silent, said = Silent(), {"paths": {"/x": {"get": {"operationId": "list_units"}}}}
    admission = Admission(cast(Services, silent))
    described = Described(lambda: said, admission)
    assert "x-roles" not in described.now()["paths"]["/x"]["get"]
    admission._learned.clear()
    silent.roles = lambda service, within_s: {"list_units": ["resident"]}  # type: ignore[method-assign]
    assert described.now()["paths"]["/x"]["get"]["x-roles"] == ["resident"]
    assert described.now() is described.now()


class Silent:
    def roles(self, service: str, within_s: float) -> dict[str, list[str]]:
        raise Unavailable("没有答复")


def test_words_that_are_no_names_in_programs_have_one(front: Gateway) -> None:
    for name, schema in front.description["components"]["schemas"].items():
        words = schema.get("enum", ())
        if all(word.isascii() for word in words):
            continue
        members = schema["x-enum-varnames"]
        assert len(members) == len(set(members)) == len(words), name
        assert [one for one in members if not re.fullmatch("[A-Z][A-Z_]*", one)] == []


def test_programs_know_of_everything_what_kind_it_is(front: Gateway) -> None:
    """Also of files, which are bytes or text; and an object says its fields, or that it may have any."""
    assert list(_without_a_kind(front.description, "")) == []


KINDS_OF_SCHEMAS = {"type", "$ref", "const", "enum"}


def _without_a_kind(part: Any, where: str) -> Iterator[str]:
    for name, one in part.items() if isinstance(part, dict) else enumerate(part):
        here = f"{where}/{name}"
        is_schema = name in ("schema", "items") or where.endswith("/properties")
        if is_schema and isinstance(one, dict) and not _says_its_kind(one):
            yield here
        if isinstance(one, dict | list) and name != "example":
            yield from _without_a_kind(one, here)


def _says_its_kind(schema: dict[str, Any]) -> bool:
    is_free = schema == {"type": "object"}
    return not is_free and bool(KINDS_OF_SCHEMAS & schema.keys())


def test_a_file_can_be_sent_by_programs_that_know_no_tables(front: Gateway) -> None:
    for operation in operations(front.description):
        if operation["operationId"].startswith("import_"):
            assert "application/octet-stream" in operation["requestBody"]["content"]


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


def _said(
    api: dict[str, Any], operation: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    for one in operation["parameters"]:
        if "name" in one:
            yield one["name"], {**one["schema"], **one}
    names = list(
        re.findall("#/components/schemas/([^']+)", str(operation.get("requestBody")))
    )
    for name in names:
        schema = api["components"]["schemas"][name]
        yield from schema.get("properties", {}).items()
        names += [
            inner
            for inner in re.findall("#/components/schemas/([^']+)", str(schema))
            if inner not in names
        ]


@pytest.mark.parametrize("address", ["/api/docs", "/api/v1/"])
def test_the_page_shows_every_operation_and_loads_nothing_from_outside(
    front: Gateway, address: str
) -> None:
    answer = front.client.get(address)
    page = answer.text
    for path in front.description["paths"]:
        assert f"<code>{path}</code>" in page
    assert "谁可以：社区工作者" in page
    assert "&#34;title&#34;: &#34;端午包粽子&#34;" in page
    assert "、".join(IDENTIFIERS) in page
    assert re.findall(r"(?:src|href|action)=\"(?!#)([^\"]*)", page) == [
        "/static/docs.css",
        "/api/v1/openapi.json",
    ]
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


def test_a_pattern_is_of_all_that_is_said(front: Gateway) -> None:
    """`^a|b$` is of what begins with a, and of what ends with b."""
    found = set(_patterns(front.description))
    assert len(found) > 20
    loose = [one for one in found if "|" in _outside(one) or one[0] + one[-1] != "^$"]
    assert loose == []


def _patterns(part: Any) -> Iterator[str]:
    if isinstance(part, dict) and isinstance(part.get("pattern"), str):
        yield part["pattern"]
    if isinstance(part, dict | list):
        for one in part.values() if isinstance(part, dict) else part:
            yield from _patterns(one)


def _outside(pattern: str) -> str:
    """What of it stands in no brackets."""
    before, left = "", re.sub(r"\\.|\[[^]]*\]", "", pattern)
    while before != left:
        before, left = left, re.sub(r"\([^()]*\)", "", left)
    return left
