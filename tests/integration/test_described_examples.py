"""What the description of the API shows for an example may be sent, and is what is answered."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator

from gateway.api import TABLES
from gateway.api.description.parts import operations, resolved
from schemas.token import ROLES
from tests.integration.gateway_stage import Gateway, gateway

JSON = "application/json"


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """Some days before those of the examples."""
    folder = tmp_path_factory.mktemp("gateway")
    before = datetime(2026, 6, 1, tzinfo=UTC) - datetime.now(UTC)
    (folder / "clock").write_text(str(before.total_seconds()))
    with gateway(folder) as made:
        yield made


def test_every_operation_has_an_example_that_is_taken_and_one_that_is_answered(
    front: Gateway,
) -> None:
    described = {one["operationId"]: one for one in operations(front.description)}
    for route in (route for table in TABLES for route in table.routes):
        operation = described[route.name]
        parameters = (
            resolved(front.description, one) for one in operation["parameters"]
        )
        said = {one["name"]: one["example"] for one in parameters if "example" in one}
        if "requestBody" in operation:
            said |= operation["requestBody"]["content"]["application/json"]["example"]
        assert route.spoken.validate(said) == {}, route.name


def test_the_examples_are_as_the_description_says(front: Gateway) -> None:
    """Those that are sent, those that are answered, and those that schemas have."""
    wrong = {
        f"{where}: {error.message}"
        for where, schema, value in _examples(front.description)
        for error in OAS31Validator(
            {**schema, "components": front.description["components"]}
        ).iter_errors(value)
    }
    assert wrong == set()


Example = tuple[str, dict[str, Any], Any]


def _examples(api: dict[str, Any]) -> Iterator[Example]:
    """Where each stands, of what schema it is one, and what it is."""
    for operation in operations(api):
        yield from _of_operation(operation)
    for name, schema in api["components"]["schemas"].items():
        for field, said in schema.get("properties", {}).items():
            for one in (said, said.get("items", {})):
                if "example" in one:
                    yield f"{name} {field}", one, one["example"]


def _of_operation(operation: dict[str, Any]) -> Iterator[Example]:
    name = operation["operationId"]
    parts = [operation.get("requestBody", {}), *operation["responses"].values()]
    contents = [one for part in parts for one in part.get("content", {}).values()]
    said = [one for one in operation["parameters"] if "example" in one]
    for one in (one for one in (*contents, *said) if "example" in one):
        yield name, one["schema"], one["example"]


def test_an_example_is_what_its_schema_has_for_one(front: Gateway) -> None:
    asked = front.description["paths"]["/api/v1/people/find-by-number"]["post"]
    example = asked["requestBody"]["content"]["application/json"]["example"]
    assert example == {"name": "王小明", "phone": "13800001234"}


def test_no_example_is_refused_for_what_it_says(front: Gateway) -> None:
    """By who may ask anything: what it names may not be there, or may stand otherwise, but it is well said.

    What is not there for everybody alike, like who has signed in or the secret of a link, is not looked at.
    """
    everything = front.token("lin-mei", *((role, "*") for role in ROLES))
    answers = {
        operation["operationId"]: _sent(front, method, path, operation, everything)
        for path, methods in front.description["paths"].items()
        for method, operation in methods.items()
        if "octet-stream" not in str(operation.get("requestBody"))
    }
    wrong = {name: said for name, said in answers.items() if said[0] in REFUSALS}
    assert wrong == {}
    taken = [name for name, (status, _) in answers.items() if status in (200, 201)]
    assert len(taken) > TAKEN


REFUSALS = (400, 405, 415, 422, 500, 503)
TAKEN = 140  # Of four hundred: lists, and what names nothing that must be there.


def _sent(
    front: Gateway, method: str, path: str, operation: dict[str, Any], token: str
) -> tuple[int, str]:
    said = [resolved(front.description, one) for one in operation["parameters"]]
    said = [one for one in said if "example" in one]
    words = {one["name"]: one["example"] for one in said if one["in"] == "path"}
    query = {one["name"]: one["example"] for one in said if one["in"] == "query"}
    body = operation.get("requestBody", {}).get("content", {}).get(JSON, {})
    answer = front.client.open(
        path.format(**words),
        method=method.upper(),
        query_string=query,
        headers={"Authorization": f"Bearer {token}"},
        json=body.get("example", {}) if method == "post" else None,
    )
    problem = answer.get_json(silent=True) or {}
    return answer.status_code, problem.get("title", "")
