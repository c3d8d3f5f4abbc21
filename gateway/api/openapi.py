"""The description of the API, OpenAPI 3.1, from the same schemas that check what callers send."""

import json
from functools import cache
from typing import Any

import marshmallow as ma
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from flask_smorest import Api, Blueprint

from gateway.api.description import enumerations, examples
from gateway.api.description.parts import camel
from gateway.api.routes import API, Route, Table
from gateway.edge.errors import MEDIA_TYPE
from schemas.documents import Json

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


class Complaint(ma.Schema):
    path = ma.fields.String(
        required=True, metadata={"description": "出错的位置，如 party/0/person"}
    )
    code = ma.fields.String(required=True)
    message = ma.fields.String(required=True)


class ProblemDocument(ma.Schema):
    type = ma.fields.String(required=True)
    title = ma.fields.String(required=True, metadata={"description": "给人看的一句话"})
    status = ma.fields.Integer(required=True)
    code = ma.fields.String(required=True, metadata={"description": "固定的错误代码"})
    errors = ma.fields.List(ma.fields.Nested(Complaint), required=True)
    trace = ma.fields.String(metadata={"description": "系统出错时用它报修"})


class Happened(ma.Schema):
    id = ma.fields.String(required=True)
    type = ma.fields.String(required=True, metadata={"description": "事件类型"})
    sequence = ma.fields.Integer(required=True)
    time = ma.fields.DateTime(required=True)


def api_of(app: Flask, url: str) -> Api:
    """What collects the description while the routes are added. `url` is where the platform is found."""
    app.config |= {"API_TITLE": TITLE, "API_VERSION": "v1", "OPENAPI_VERSION": "3.1.0"}
    bearer = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    about = {
        "info": {"description": DESCRIPTION},
        "servers": [{"url": url}],
        "components": {"securitySchemes": {"bearer": bearer}},
        "marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_name_of),
    }
    api = Api(app, spec_kwargs=about)
    api.DEFAULT_ERROR_RESPONSE_NAME = None  # Each operation says its own problems.
    api.spec.components.parameter("Key", "header", KEY)
    api.spec.components.parameter("Known", "header", KNOWN)
    for status, text in PROBLEMS.items():
        api.spec.components.response(
            f"Problem{status}", _content(ProblemDocument, text, MEDIA_TYPE)
        )
    return api


def blueprint(table: Table) -> Blueprint:
    return Blueprint(
        table.service, table.service, url_prefix=API, description=table.title
    )


def described(route: Route) -> dict[str, Any]:
    """What the description says of a route."""
    about = {
        "summary": route.summary,
        "operationId": route.name,
        "security": [{}, {"bearer": []}] if route.for_all else [{"bearer": []}],
        "parameters": [path_parameter(route.schema, name) for name in route.parameters],
    }
    return about | (
        _commanded(route, about) if route.method == "POST" else _asked(route, about)
    )


def _answered(route: Route) -> dict[str, Any]:
    if route.records:
        return _content(_done(route.shows), "完成；同一个键重试时答复相同")
    return _content(_page(route.shows), "答复")


def _commanded(route: Route, about: dict[str, Any]) -> dict[str, Any]:
    said = route.schema(exclude=route.parameters)
    more: dict[str, Any] = {
        "parameters": [*about["parameters"], "Key"],
        "responses": {route.status: _answered(route)}
        | {status: f"Problem{status}" for status in PROBLEMS},
    }
    if said.fields:
        content = {"application/json": {"schema": said}}
        more["requestBody"] = {
            "required": any(field.required for field in said.fields.values()),
            "content": content,
        }
    return more


def _asked(route: Route, about: dict[str, Any]) -> dict[str, Any]:
    asked = route.schema(
        exclude=[*route.parameters, *(["after"] if route.listed else [])]
    )
    answer = _content(_page(route.shows) if route.listed else route.shows, "答复")
    problems = {
        status: f"Problem{status}"
        for status in PROBLEMS
        if status not in ONLY_OF_COMMANDS
    }
    parameters = [
        *about["parameters"],
        {"in": "query", "schema": asked},
        *([AFTER] if route.listed else []),
        "Known",
    ]
    return {
        "parameters": parameters,
        "responses": {200: answer, 304: {"description": "没有变化"}} | problems,
    }


def path_parameter(schema: type[ma.Schema], name: str) -> dict[str, Any]:
    said = schema().fields[name].metadata
    shown = {
        key: said[key] for key in ("pattern", "minLength", "maxLength") if key in said
    }
    named = {key: said[key] for key in ("description",) if key in said}
    return {
        "name": name,
        "in": "path",
        "required": True,
        **named,
        "schema": {"type": "string", **shown},
    }


def _content(
    schema: Any, text: str, media_type: str = "application/json"
) -> dict[str, Any]:
    return {"description": text, "content": {media_type: {"schema": schema}}}


@cache
def _done(shows: type[ma.Schema]) -> type[ma.Schema]:
    done = {
        "event": ma.fields.Nested(Happened, required=True),
        "document": ma.fields.Nested(shows, required=True),
    }
    return _named(shows, "Done", done)


@cache
def _page(shows: type[ma.Schema]) -> type[ma.Schema]:
    page = {
        "items": ma.fields.List(ma.fields.Nested(shows), required=True),
        "next": ma.fields.String(required=True, allow_none=True),
    }
    return _named(shows, "Page", page)


def _named(
    shows: type[ma.Schema], suffix: str, content: dict[str, Any]
) -> type[ma.Schema]:
    made = ma.Schema.from_dict(content, name=f"{shows.__name__}{suffix}")
    made.__module__ = shows.__module__
    return made


def _name_of(schema: Any) -> str:
    """`ActivitiesSignUp`, or `ActivitiesSignUpWithoutActivity` where the path already says that."""
    resolved = schema if isinstance(schema, ma.Schema) else schema()
    cls = type(resolved)
    _, _, inside = cls.__module__.partition("schemas.")
    name = camel(f"{inside.partition('.')[0]}_{cls.__name__}")
    return (
        camel("_".join([name, "without", *sorted(resolved.exclude)]))
        if resolved.exclude
        else name
    )


def finished(api: Json) -> Json:
    """The whole of it: word lists named, with examples, and without what flask-smorest brings that nobody refers to."""
    schemas, said = api["components"]["schemas"], json.dumps(api)
    for name in [
        name for name in schemas if f'"#/components/schemas/{name}"' not in said
    ]:
        del schemas[name]
    enumerations.name_them(api)
    examples.add_them(api)
    return api
