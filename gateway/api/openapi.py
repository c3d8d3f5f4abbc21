"""The description of the API, OpenAPI 3.1, from the same schemas that check what callers send."""

import json
from typing import Any

import marshmallow as ma
from apispec.ext.marshmallow import MarshmallowPlugin
from flask_smorest import Api, Blueprint

from gateway.api.description import enumerations, examples
from gateway.api.description.answers import ProblemDocument, done, page
from gateway.api.description.parts import camel
from gateway.api.routes import Route, Table
from gateway.edge.addresses import API
from gateway.edge.application import Application
from gateway.edge.errors import MEDIA_TYPE
from gateway.edge.responses import JSON
from schemas.documents import Json, pick_present

TITLE = "Xianfenghui"  # Programs are named after it, so it is no Chinese name.
DESCRIPTION = """先锋荟：社区共建网络。
每个 POST 都可以带 Idempotency-Key：用同一个键重试，不会做第二遍，得到的是第一次的答复。
每个错误都是问题文档（RFC 9457），有固定的 code、出错的位置 errors[].path 和一句说明。
列表一次给一页；答复里的 next 就是下一页的 after，为 null 表示没有了。
响应头 RateLimit 说明同时还能容纳多少个请求；容纳不下时答复 503，请在 Retry-After 的秒数后用同一个键重试。"""

KEY = {
    "name": "Idempotency-Key",
    "description": "重试时用同一个键；不填则由系统给出，见答复的同名响应头",
    "schema": {
        "type": "string",
        "minLength": 1,
        "maxLength": 128,
        "pattern": "^[ -~]+$",
    },
}
KNOWN = {
    "name": "If-None-Match",
    "description": "上次答复的 ETag；没有变化时答复 304",
    "schema": {"type": "string"},
}
AFTER = {
    "name": "after",
    "in": "query",
    "description": "上一页答复中的 next；第一页不填",
    "schema": {"type": "string", "minLength": 1},
}
PROBLEMS = {
    400: "请求读不懂",
    401: "需要登录，或登录已失效",
    403: "没有权限",
    404: "没有这样东西",
    408: "内容没有及时送达",
    409: "规则不允许",
    413: "内容太大",
    415: "内容类型不对",
    422: "填写有误",
    500: "系统出错",
    503: "暂时不可用，用同一个键重试",
    507: "存储已满，没有记下任何东西",
}
ONLY_OF_COMMANDS = {408, 409, 413, 415, 507}
BEARER: list[Json] = [{"bearer": []}]
FOR_ALL: list[Json] = [{}, *BEARER]


Responses = dict[int, Any]


def register(app: Application) -> None:
    """Gives the application what collects the description while addresses are registered."""
    app.config |= {"API_TITLE": TITLE, "API_VERSION": "v1", "OPENAPI_VERSION": "3.1.0"}
    app.api = Api(app, spec_kwargs=_about(app.home.url))
    app.api.DEFAULT_ERROR_RESPONSE_NAME = None  # Each operation says its own problems.
    components = app.api.spec.components
    components.parameter("Key", "header", KEY)
    components.parameter("Known", "header", KNOWN)
    for status, text in PROBLEMS.items():
        problem = content(ProblemDocument, text, MEDIA_TYPE)
        components.response(f"Problem{status}", problem)


def _about(url: str) -> Json:
    bearer = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    return {
        "info": {"description": DESCRIPTION},
        "servers": [{"url": url}],
        "components": {"securitySchemes": {"bearer": bearer}},
        "marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_name_of),
    }


def blueprint(table: Table) -> Blueprint:
    """The addresses of a table, under the title it has in the description."""
    return Blueprint(
        table.service, table.service, url_prefix=API, description=table.title
    )


def described(route: Route) -> Json:
    """What the description says of a route."""
    about = {
        "summary": route.summary,
        "operationId": route.name,
        "security": FOR_ALL if route.for_all else BEARER,
    }
    path = [path_parameter(route.schema, name) for name in route.parameters]
    if route.method == "POST":
        return about | _commanded(route, path)
    return about | _asked(route, path)


def _answered(route: Route) -> Json:
    if route.records:
        return content(done(route), "完成；同一个键重试时答复相同")
    return content(page(route.shows), "答复")


def _commanded(route: Route, path: list[Json]) -> Json:
    about = {
        "parameters": [*path, "Key"],
        "responses": {route.status: _answered(route)} | problems(),
    }
    body = route.schema(exclude=route.unsaid)
    if body.fields:
        about["requestBody"] = {
            "required": any(field.required for field in body.fields.values()),
            "content": {JSON: {"schema": body}},
        }
    return about


def _asked(route: Route, path: list[Json]) -> Json:
    shows = page(route.shows) if route.listed else route.shows
    paging = ["after"] if route.listed else []
    filters = route.schema(exclude=[*route.parameters, *paging])
    parameters = [*path, {"in": "query", "schema": filters}]
    if route.listed:
        parameters.append(AFTER)
    return {
        "parameters": [*parameters, "Known"],
        "responses": answers(content(shows, "答复")),
    }


def problems() -> Responses:
    """The responses of a command that is refused, by status."""
    return dict(map(_problem, PROBLEMS))


def answers(answer: Json) -> Responses:
    """The responses to a question that can be asked again: its answer, that it has not changed, or a problem."""
    return {200: answer, 304: {"description": "没有变化"}} | problems_of_questions()


def problems_of_questions() -> Responses:
    """The same without those that only a command can meet."""
    return dict(_problem(one) for one in PROBLEMS if one not in ONLY_OF_COMMANDS)


def _problem(status: int) -> tuple[int, str]:
    return status, f"Problem{status}"


def path_parameter(schema: type[ma.Schema], name: str) -> Json:
    """How the description tells a name in a path, as the schema's field of that name has it."""
    metadata = schema().fields[name].metadata
    kind = pick_present(metadata, "pattern", "minLength", "maxLength")
    about = {"name": name, "in": "path", "required": True}
    described = pick_present(metadata, "description")
    return about | described | {"schema": {"type": "string"} | kind}


def content(schema: Any, text: str, media_type: str = JSON) -> Json:
    """A response of that media type, `text` saying what it is."""
    return {"description": text, "content": {media_type: {"schema": schema}}}


def _name_of(schema: Any) -> str:
    """`ActivitiesSignUp`, or `ActivitiesSignUpWithoutActivity` where the path already says that."""
    resolved = schema if isinstance(schema, ma.Schema) else schema()
    cls = type(resolved)
    _, _, inside = cls.__module__.partition("schemas.")
    name = f"{inside.partition('.')[0]}_{cls.__name__}"
    if resolved.exclude:
        name = "_".join([name, "without", *sorted(resolved.exclude)])
    return camel(name)


def finished(api: Json) -> Json:
    """The whole of it: word lists named, with examples, and without what flask-smorest brings that nobody refers to."""
    schemas, text = api["components"]["schemas"], json.dumps(api)
    for name in list(schemas):
        if f'"#/components/schemas/{name}"' not in text:
            del schemas[name]
    enumerations.name_them(api)
    examples.add_them(api)
    return api
