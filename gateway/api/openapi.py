"""What the description of the API tells of each address, from the schemas that check what callers send."""

from typing import Any

import marshmallow as ma

from gateway.api.description.answers import done, page
from gateway.api.routes import Route
from gateway.edge.responses import JSON
from schemas.documents import Json, pick_present

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
