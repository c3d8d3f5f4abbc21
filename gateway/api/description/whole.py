"""The whole description of the API, OpenAPI 3.1, put together from its chapters."""

from collections.abc import Iterable
from copy import deepcopy
from typing import Any

import marshmallow as ma
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin

from gateway.api.description import enumerations, examples
from gateway.api.description.answers import ProblemDocument
from gateway.api.description.parts import camel
from gateway.api.openapi import PROBLEMS, content
from gateway.edge.addresses import API
from gateway.edge.chapters import Chapter, Operation
from gateway.edge.errors import MEDIA_TYPE
from schemas.documents import Json
from services.kit.clock import give_way

TITLE = "Xianfenghui"  # Programs are named after it, so it is no Chinese name.
LICENSE = {"name": "Apache 2.0", "identifier": "Apache-2.0"}
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


def whole(chapters: Iterable[Chapter], url: str) -> Json:
    """All that `chapters` tell of, for an API found at `url`. Others have their turn while it is made."""
    spec = _begun(url)
    for chapter in chapters:
        for operation in chapter.operations:
            _tell(spec, operation, chapter.name)
            give_way()
        spec.tag({"name": chapter.name, "description": chapter.title})
    api = spec.to_dict()
    enumerations.name_them(api)
    examples.add_them(api)
    return api


def _begun(url: str) -> APISpec:
    """With what operations call by name."""
    schemas = MarshmallowPlugin(schema_name_resolver=_name_of)
    bearer = {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}
    about = {
        "info": {"description": DESCRIPTION, "license": LICENSE},
        "servers": [{"url": url}],
        "components": {"securitySchemes": {"bearer": bearer}},
    }
    spec = APISpec(TITLE, "v1", "3.1.0", plugins=[schemas], **about)
    spec.components.parameter("Key", "header", KEY)
    spec.components.parameter("Known", "header", KNOWN)
    for status, text in PROBLEMS.items():
        problem = content(ProblemDocument, text, MEDIA_TYPE)
        spec.components.response(f"Problem{status}", problem)
    return spec


def _tell(spec: APISpec, operation: Operation, chapter: str) -> None:
    path = API + operation.path.replace("<", "{").replace(">", "}")
    # A copy, for apispec writes into what it is given.
    about = {"tags": [chapter]} | deepcopy(operation.about)
    spec.path(path, operations={operation.method.lower(): about})


def _name_of(schema: Any) -> str:
    """`ActivitiesSignUp`, or `ActivitiesSignUpWithoutActivity` where the path already says that."""
    resolved = schema if isinstance(schema, ma.Schema) else schema()
    cls = type(resolved)
    _, _, inside = cls.__module__.partition("schemas.")
    name = f"{inside.partition('.')[0]}_{cls.__name__}"
    if resolved.exclude:
        name = "_".join([name, "without", *sorted(resolved.exclude)])
    return camel(name)
