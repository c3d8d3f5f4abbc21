"""The description of the API, OpenAPI 3.1, from the same schemas that check what callers send."""

from functools import cache
from typing import Any

import marshmallow as ma
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from flask_smorest import Api, Blueprint

from gateway.routes import API, Route, Table

DESCRIPTION = """每个 POST 都可以带 `Idempotency-Key`：用同一个键重试，不会做第二遍，得到的是第一次的答复。
每个错误都是问题文档（RFC 9457），有固定的 `code`、出错的位置 `errors[].path` 和一句说明。"""

KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "重试时用同一个键；不填则由系统给出",
    "schema": {"type": "string", "minLength": 1, "maxLength": 128},
}
PROBLEMS = {
    400: "请求读不懂",
    401: "需要登录，或登录已失效",
    403: "没有权限",
    404: "没有这样东西",
    409: "规则不允许",
    413: "内容太大",
    415: "内容类型不对",
    422: "填写有误",
    429: "请求太多，稍后再试",
    500: "系统出错",
    503: "暂时不可用，用同一个键重试",
}


class Complaint(ma.Schema):
    path = ma.fields.String(required=True, metadata={"description": "出错的位置，如 party/0/person"})
    code = ma.fields.String(required=True)
    message = ma.fields.String(required=True)


class ProblemDocument(ma.Schema):
    type = ma.fields.String(required=True)
    title = ma.fields.String(required=True, metadata={"description": "给人看的一句话"})
    status = ma.fields.Integer(required=True)
    code = ma.fields.String(required=True, metadata={"description": "固定的错误代码"})
    errors = ma.fields.List(ma.fields.Nested(Complaint), required=True)


class Happened(ma.Schema):
    id = ma.fields.String(required=True)
    type = ma.fields.String(required=True, metadata={"description": "事件类型"})
    sequence = ma.fields.Integer(required=True)
    time = ma.fields.DateTime(required=True)


def api_of(app: Flask) -> Api:
    """Serves the description at `/api/v1/openapi.json`."""
    app.config |= {
        "API_TITLE": "先锋荟",
        "API_VERSION": "v1",
        "OPENAPI_VERSION": "3.1.0",
        "OPENAPI_URL_PREFIX": API,
        "OPENAPI_JSON_PATH": "openapi.json",
    }
    bearer = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    about = {
        "info": {"description": DESCRIPTION},
        "components": {"securitySchemes": {"bearer": bearer}},
        "marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_name_of),
    }
    return Api(app, spec_kwargs=about)


def blueprint(table: Table) -> Blueprint:
    return Blueprint(table.service, table.service, url_prefix=API, description=table.title)


def described(route: Route) -> dict[str, Any]:
    """What the description says of a route."""
    answers = {route.status: _content(_answer_of(route), "完成" if route.method == "POST" else "答复")}
    problems = {
        status: _content(ProblemDocument, text, "application/problem+json") for status, text in PROBLEMS.items()
    }
    about: dict[str, Any] = {
        "summary": route.summary,
        "operationId": route.name,
        "responses": {**answers, **problems},
        "parameters": [_path_parameter(route, name) for name in route.parameters],
        "security": [{}, {"bearer": []}] if route.for_all else [{"bearer": []}],
    }
    rest = route.schema(exclude=route.parameters)
    if route.method == "GET":
        about["parameters"].append({"in": "query", "schema": rest})
        return about
    about["parameters"].append(KEY)
    if rest.fields:
        about["requestBody"] = {"required": True, "content": {"application/json": {"schema": rest}}}
    return about


def _path_parameter(route: Route, name: str) -> dict[str, Any]:
    field = route.schema().fields[name]
    shown = {key: field.metadata[key] for key in ("pattern", "minLength", "maxLength") if key in field.metadata}
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", **shown}}


def _content(schema: Any, text: str, media_type: str = "application/json") -> dict[str, Any]:
    return {"description": text, "content": {media_type: {"schema": schema}}}


def _answer_of(route: Route) -> type[ma.Schema]:
    if route.method == "POST":
        return _done(route.shows)
    return _page(route.shows) if route.listed else route.shows


@cache
def _done(shows: type[ma.Schema]) -> type[ma.Schema]:
    return _named(shows, "Done", {"event": ma.fields.Nested(Happened), "document": ma.fields.Nested(shows)})


@cache
def _page(shows: type[ma.Schema]) -> type[ma.Schema]:
    page = {"items": ma.fields.List(ma.fields.Nested(shows)), "next": ma.fields.String(allow_none=True)}
    return _named(shows, "Page", page)


def _named(shows: type[ma.Schema], suffix: str, content: dict[str, Any]) -> type[ma.Schema]:
    made = ma.Schema.from_dict(content, name=f"{shows.__name__}{suffix}")
    made.__module__ = shows.__module__
    return made


def _name_of(schema: Any) -> str:
    """`activities.SignUp`, or `activities.SignUp.without.activity` where the path already says that."""
    resolved = schema if isinstance(schema, ma.Schema) else schema()
    cls = type(resolved)
    name = f"{cls.__module__.rpartition('.')[2]}.{cls.__name__}"
    return ".".join([name, "without", *sorted(resolved.exclude)]) if resolved.exclude else name
