"""The schemas of answers: a problem, what a command has done, and a page of a list."""

from functools import cache
from typing import Any

import marshmallow as ma

from gateway.api.routes import Route


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


def done(route: Route) -> type[ma.Schema]:
    """What a command answers: what happened, the document as it is then, and what was made besides."""
    plainly = _plainly_done(route.shows)
    if route.made is None:
        return plainly
    return _named(route.shows, "Made", plainly().fields | route.made.shows)


@cache
def _plainly_done(shows: type[ma.Schema]) -> type[ma.Schema]:
    fields = {
        "event": ma.fields.Nested(Happened, required=True),
        "document": ma.fields.Nested(shows, required=True),
    }
    return _named(shows, "Done", fields)


@cache
def page(shows: type[ma.Schema]) -> type[ma.Schema]:
    """One page of those documents."""
    fields = {
        "items": ma.fields.List(ma.fields.Nested(shows), required=True),
        "next": ma.fields.String(required=True, allow_none=True),
    }
    return _named(shows, "Page", fields)


def _named(
    shows: type[ma.Schema], suffix: str, content: dict[str, Any]
) -> type[ma.Schema]:
    made = ma.Schema.from_dict(content, name=f"{shows.__name__}{suffix}")
    made.__module__ = shows.__module__
    return made
