"""Problem documents (RFC 9457): the one shape of every error.

Besides the problems of `services/kit/errors.py` there are those only HTTP has:

    Problem
     ├── BadRequest        400  what was sent cannot be read at all
     ├── NotAllowed        405  this address has no such method
     ├── TooSlow           408  the body did not come in time
     ├── TooLarge          413  the body is longer than a command can be
     ├── WrongMediaType    415  the body is not plain JSON
     └── TooMany           429  enough of such tries; said with when to come again
"""

import json
import logging
import re
from math import ceil
from typing import Any

import marshmallow as ma
from flask import Flask, Response, has_request_context, request
from werkzeug.exceptions import HTTPException

from gateway.edge.auth import UNSURE, access_unknown
from gateway.edge.home import here
from schemas.documents import Json
from schemas.fields import complaints
from services.kit.errors import Forbidden, Invalid, Problem, Unavailable

MEDIA_TYPE = "application/problem+json"
HTML = "text/html"
RETRY_AFTER_S = 1
MOST_ERRORS = 50
LONGEST_PATH = 200
# Where the environ of a request keeps its trace,
TRACE = "xfh.trace"
# and what the door has refused it, that a page may tell it.
REFUSED = "xfh.refused"
# What a script of ours sends along: the token of its page.
CSRF = "HTTP_X_CSRF_TOKEN"

log = logging.getLogger(__name__)


class BadRequest(Problem):
    status = 400
    code = "bad_request"


class NotAllowed(Problem):
    status = 405
    code = "method_not_allowed"


class TooSlow(Problem):
    status = 408
    code = "too_slow"


class TooLarge(Problem):
    status = 413
    code = "body_too_large"


class WrongMediaType(Problem):
    status = 415
    code = "unsupported_media_type"


class TooMany(Problem):
    status = 429
    code = "too_many_tries"

    def __init__(self, title: str, *, retry_after_s: int):
        super().__init__(title)
        self.retry_after_s = retry_after_s


HTTP_TITLES = {
    404: ("not_found", "没有这个地址"),
    405: ("method_not_allowed", "这个地址不支持这种请求方法"),
    413: ("body_too_large", "内容太大，最多 1 MB"),
    414: ("address_too_long", "地址太长"),
    415: ("unsupported_media_type", "内容类型应为 application/json"),
    431: ("headers_too_large", "请求头太大"),
}


def to_json(value: Any) -> bytes:
    """Compact UTF-8. A lone surrogate, which UTF-8 has no form for, becomes `?`."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace")


def invalid(error: ma.ValidationError, schema: ma.Schema) -> Invalid:
    """The problem in what a schema said: the first error gives its code, and its title with the field's own name."""
    errors = complaints(error)[:MOST_ERRORS]
    for each in errors:
        each["path"] = each["path"][:LONGEST_PATH]
    first = errors[0]
    title = f"{_label(schema, first['path'])}{first['message']}"
    return Invalid(title, code=first["code"], errors=errors)


def _label(schema: ma.Schema, path: str) -> str:
    """What the innermost field of the path is called; where it has no name, the path itself."""
    label = called(innermost(schema, path)) or path
    return f"{label}：" if label else ""


def called(field: "ma.fields.Field[Any] | None") -> str:
    """What its description says before the first mark; "" where it has none."""
    if field is None:
        return ""
    name = str(field.metadata.get("description", ""))
    return re.split("[，；：]", name)[0]


def innermost(schema: ma.Schema, path: str) -> ma.fields.Field[Any] | None:
    field, inside = None, schema.fields
    for part in path.split("/"):
        if part.isdigit():
            continue
        field = inside.get(part)
        item = getattr(field, "inner", field)
        inside = item.schema.fields if isinstance(item, ma.fields.Nested) else {}
    return field


def document(
    status: int,
    code: str,
    title: str,
    errors: list[dict[str, str]],
    home: str | None = None,
) -> Json:
    """`home` is the prefix of our addresses; without it, that of the request now answered."""
    about = f"{here() if home is None else home}/api/docs#{code}"
    return {
        "type": about,
        "title": title,
        "status": status,
        "code": code,
        "errors": errors,
    }


def respond(body: Json, headers: dict[str, str] | None = None) -> Response:
    """The problem document `body` as an answer, with the headers its status asks for."""
    response = Response(to_json(body), body["status"], headers, content_type=MEDIA_TYPE)
    if response.status_code in (429, 503):
        response.headers.setdefault("Retry-After", str(RETRY_AFTER_S))
    if response.status_code == 401:
        response.headers["WWW-Authenticate"] = 'Bearer realm="xianfenghui"'
    return response


def register(app: Flask) -> None:
    """Makes every error of `app` a problem document, and one of what the door has refused."""
    app.before_request(_tell_refusal)
    app.register_error_handler(Problem, on_problem)
    app.register_error_handler(HTTPException, on_http_error)
    app.register_error_handler(Exception, on_defect)


def wants_page(environ: dict[str, Any]) -> bool:
    """Whether a browser is to show what is answered. The API answers programs, whatever they wish for."""
    is_of_api = environ["PATH_INFO"].startswith("/api/")
    return not is_of_api and HTML in environ.get("HTTP_ACCEPT", "")


def is_told_by_a_page(environ: dict[str, Any]) -> bool:
    """Whether a page is to say it: the one that is answered, or the one whose script asks."""
    return wants_page(environ) or CSRF in environ


def _tell_refusal() -> None:
    refusal: Problem | None = request.environ.get(REFUSED)
    if refusal is not None:
        raise refusal


def on_problem(problem: Problem, home: str | None = None) -> Response:
    """`home` as for `document`. What is unavailable, or asked too often, says when to come again."""
    problem = _as_far_as_known(problem)
    status, code, title = problem.status, problem.code, problem.title
    body = document(status, code, title, problem.errors, home)
    if not isinstance(problem, Unavailable | TooMany):
        return respond(body)
    again_s = max(1, ceil(problem.retry_after_s))
    return respond(body, {"Retry-After": str(again_s)})


def _as_far_as_known(problem: Problem) -> Problem:
    """What is refused to somebody for want of a role, while it cannot be told which they hold, is not known yet."""
    if not (isinstance(problem, Forbidden) and has_request_context()):
        return problem
    return access_unknown() if request.environ.get(UNSURE) else problem


def on_http_error(error: HTTPException) -> Response | HTTPException:
    """What Flask and Werkzeug refuse themselves. A redirect is no error."""
    status = error.code or 500
    if status < 400:
        return error
    code, title = HTTP_TITLES.get(status, ("bad_request", "请求无法处理"))
    return respond(document(status, code, title, []), _allow(error))


def _allow(error: HTTPException) -> dict[str, str]:
    methods = getattr(error, "valid_methods", None)
    return {"Allow": ", ".join(sorted(methods))} if methods else {}


def on_defect(error: Exception) -> Response:
    """A defect of ours: the log has the details, the caller a trace to name when reporting it."""
    trace = request.environ.get(TRACE, "")
    log.error("defect", exc_info=error, extra={"about": {"trace": trace}})
    body = document(500, "internal", "系统出错了，已经记录；请稍后重试", [])
    return respond(body | {"trace": trace})
