"""The page that shows the API to people: made from its description, without scripts or anything from outside."""

import json
from dataclasses import dataclass

from flask import Flask, Response, render_template

from gateway.api.description.parts import resolved as _resolved
from gateway.api.description.roles import Described
from gateway.api.routes import API
from schemas.documents import Json

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    about: str
    required: bool


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    summary: str
    for_all: bool
    who: str
    example: str
    parameters: list[Field]
    content: list[Field]
    answer: list[Field]


def add(app: Flask, described: Described) -> None:
    """Serves the page where people look for it."""

    @app.get("/api/docs")
    @app.get(f"{API}/")
    def docs() -> Response:
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
        return Response(
            described.written(_page),
            headers=headers,
            content_type="text/html; charset=utf-8",
        )


def _page(api: Json) -> str:
    return render_template("docs.html", api=api, groups=_groups(api))


def _groups(api: Json) -> list[tuple[str, str, list[Operation]]]:
    """(anchor, title, operations) of each service."""
    groups: dict[str, list[Operation]] = {tag["name"]: [] for tag in api["tags"]}
    for path, methods in api["paths"].items():
        for method, operation in methods.items():
            if method in ("get", "post"):
                groups[operation["tags"][0]].append(
                    _operation(api, path, method, operation)
                )
    return [
        (tag["name"], tag["description"], groups[tag["name"]]) for tag in api["tags"]
    ]


def _operation(api: Json, path: str, method: str, operation: Json) -> Operation:
    parameters = [_resolved(api, one) for one in operation["parameters"]]
    content = (
        operation.get("requestBody", {})
        .get("content", {})
        .get("application/json", {})
        .get("schema", {})
    )
    done = next(
        answer
        for status, answer in operation["responses"].items()
        if status.startswith("2")
    )
    return Operation(
        method.upper(),
        path,
        operation["summary"],
        {} in operation["security"],
        operation.get("description", ""),
        _example(operation),
        [
            Field(
                one["name"],
                _kind(api, one["schema"]),
                one.get("description", ""),
                one.get("required", False),
            )
            for one in parameters
        ],
        _fields(api, content),
        _fields(api, _document(api, _as_json(done))),
    )


def _example(operation: Json) -> str:
    """What to send, as one would write it."""
    said = (
        operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    )
    return (
        json.dumps(said["example"], ensure_ascii=False, indent=2)
        if said.get("example")
        else ""
    )


def _as_json(answer: Json) -> Json:
    """What a JSON answer holds; nothing of a file."""
    return answer["content"].get("application/json", {}).get("schema", {})  # type: ignore[no-any-return]


def _document(api: Json, answer: Json) -> Json:
    """What an answer is about: the document changed, one line of the list, or the answer itself."""
    shown = _resolved(api, answer)
    inside: Json = shown.get("properties", {})
    if "document" in inside:
        return inside["document"]  # type: ignore[no-any-return]
    if "next" in inside:
        return inside["items"]["items"]  # type: ignore[no-any-return]
    return shown


def _fields(api: Json, schema: Json) -> list[Field]:
    shown = _resolved(api, schema)
    required = shown.get("required", [])
    return [
        Field(name, _kind(api, field), field.get("description", ""), name in required)
        for name, field in shown.get("properties", {}).items()
    ]


def _kind(api: Json, schema: Json) -> str:
    """What may stand there, in a few words: `文字 1–60`, `文体、助老…`, `列表 1–6：person、relation`."""
    shown = _resolved(api, schema)
    if "enum" in shown:
        return "、".join(shown["enum"])
    if "properties" in shown:
        return "、".join(shown["properties"])
    kinds = [KINDS.get(kind, kind) for kind in _listed(shown.get("type", "object"))]
    kind = FORMATS.get(shown.get("format", ""), " 或 ".join(kinds))
    item = f"：{_kind(api, shown['items'])}" if "items" in shown else ""
    return f"{kind}{_range(shown)}{item}"


KINDS = {
    "string": "文字", "integer": "整数", "number": "数", "boolean": "true 或 false",
    "array": "列表", "object": "对象", "null": "null",
}  # fmt: skip
FORMATS = {"date-time": "时间", "date": "日期"}


def _listed(type: str | list[str]) -> list[str]:
    return [type] if isinstance(type, str) else type


def _range(schema: Json) -> str:
    for least, most in (
        ("minimum", "maximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
    ):
        if most in schema:
            return f" {schema.get(least, 0)}–{schema[most]}"
    return ""
