"""The page that shows the API to people: made from its description, without scripts or anything from outside."""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from threading import Lock

from flask import Response, render_template

from gateway.api.description.parts import METHODS, resolved
from gateway.api.description.whole import whole
from gateway.edge.addresses import API
from gateway.edge.application import Application
from gateway.edge.errors import to_json
from gateway.edge.etags import unless_known
from gateway.edge.responses import JSON, of_json
from gateway.pages.docs import fields
from gateway.pages.docs.fields import Field
from gateway.pages.docs.roles import Described
from gateway.pages.html import POLICY
from schemas.documents import Json


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


def register(app: Application) -> None:
    """Serves the description as a file, and as a page where people look for it. Nothing is made before."""
    described = Described(
        _once(lambda: whole(app.chapters, app.home.url)), app.admission
    )

    @app.get(f"{API}/openapi.json")
    def openapi_json() -> Response:
        return unless_known(of_json(described.written(to_json)))

    @app.get("/api/docs")
    @app.get(f"{API}/")
    def docs() -> Response:
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
        page = described.written(_page)
        return Response(page, headers=headers, content_type="text/html; charset=utf-8")


def _once(make: Callable[[], Json]) -> Callable[[], Json]:
    """Makes it when it is first asked for; who asks meanwhile waits for that."""
    making, made = Lock(), cache(make)

    def known() -> Json:
        with making:
            return made()

    return known


def _page(api: Json) -> str:
    return render_template("docs/docs.html", api=api, groups=_groups(api))


def _groups(api: Json) -> list[tuple[str, str, list[Operation]]]:
    """(anchor, title, operations) of each service."""
    groups: dict[str, list[Operation]] = defaultdict(list)
    for path, methods in api["paths"].items():
        for method in filter(METHODS.__contains__, methods):
            operation = methods[method]
            group = groups[operation["tags"][0]]
            group.append(_operation(api, path, method, operation))
    return [
        (tag["name"], tag["description"], groups[tag["name"]]) for tag in api["tags"]
    ]


def _operation(api: Json, path: str, method: str, operation: Json) -> Operation:
    body = _of_json(operation.get("requestBody", {}))
    answer = _of_json(_done(operation)).get("schema", {})
    return Operation(
        method.upper(),
        path,
        operation["summary"],
        {} in operation["security"],
        operation.get("description", ""),
        _written(body.get("example")),
        fields.of_parameters(api, operation),
        fields.of_schema(api, body.get("schema", {})),
        fields.of_schema(api, _document(api, answer)),
    )


def _of_json(part: Json) -> Json:
    """What a body or an answer says of JSON; nothing of a file."""
    body: Json = part.get("content", {}).get(JSON, {})
    return body


def _written(example: Json | None) -> str:
    """What to send, as one would write it."""
    return json.dumps(example, ensure_ascii=False, indent=2) if example else ""


def _done(operation: Json) -> Json:
    responses = operation["responses"]
    status = next(status for status in responses if status.startswith("2"))
    done: Json = responses[status]
    return done


def _document(api: Json, answer: Json) -> Json:
    """What an answer is about: the document changed, one line of the list, or the answer itself."""
    shown = resolved(api, answer)
    inside: Json = shown.get("properties", {})
    if "document" in inside:
        return inside["document"]  # type: ignore[no-any-return]
    if "next" in inside:
        return inside["items"]["items"]  # type: ignore[no-any-return]
    return shown
