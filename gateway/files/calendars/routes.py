"""The addresses of calendars: under /calendars, each ending in .ics, for programs that send no token."""

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from flask import Response, request

from gateway.api.openapi import answers
from gateway.api.routes import PARAMETER
from gateway.edge import memory, reading
from gateway.edge.addresses import API
from gateway.edge.application import Application, application
from gateway.edge.asker import Asker
from gateway.edge.chapters import Chapter
from gateway.edge.etags import unless_known
from gateway.edge.gates import Gates, asking
from schemas import fields
from schemas.activities.calendars import ShowCalendar, ShowPersonalCalendar
from schemas.documents import Json
from schemas.fields import Schema

SERVICE = "activities"

Words = dict[str, str]


class Feed(NamedTuple):
    """An address of a calendar, the question behind it, and how the words in the address make that question."""

    path: str
    question: str
    schema: type[Schema]
    summary: str
    question_of: Callable[[Words], Words] = dict
    is_secret: bool = False


def matching(pattern: str) -> Json:
    return {"type": "string", "pattern": f"^{pattern}$"}


WORDS = {
    "division": "区、街道或社区代码",
    "kind": "主办方是 branch、unit、partner 还是 community",
    "id": "主办方编号，社区为社区代码",
    "secret": "地址里的密文",
    "activity": "活动编号",
}

HOSTS = ("branch", "unit", "partner", "community")
KINDS: dict[str, Json] = {
    "division": matching(fields.Division().pattern.pattern),
    "kind": {"type": "string", "enum": list(HOSTS)},
    "id": matching(f"({fields.Id.PATTERN}|[0-9]{{12}})"),
    "secret": {"type": "string", "minLength": 1},
    "activity": matching(fields.Id.PATTERN),
}

FEEDS = (
    Feed(
        "/calendars/divisions/<division>.ics",
        "get_calendar",
        ShowCalendar,
        "订阅一个社区、街道或区的活动日历",
    ),
    Feed(
        "/calendars/hosts/<kind>/<id>.ics",
        "get_calendar",
        ShowCalendar,
        "订阅一个主办方的活动日历",
        lambda words: {"host": f"{words['kind']}/{words['id']}"},
    ),
    Feed(
        "/calendars/activities/<activity>.ics",
        "get_calendar",
        ShowCalendar,
        "一个活动的日历文件，含所有场次",
    ),
    Feed(
        "/calendars/me/<secret>.ics",
        "personal_calendar",
        ShowPersonalCalendar,
        "订阅自己的活动日历",
        is_secret=True,
    ),
)
GATES: Gates = {
    ("GET", API + feed.path): asking(SERVICE, is_secret=feed.is_secret)
    for feed in FEEDS
}


def register(app: Application) -> None:
    chapter = Chapter("calendars", "日历")
    for feed in FEEDS:
        chapter.add("GET", feed.path, _described(feed), _view(feed))
    app.open(chapter)


def _view(feed: Feed) -> Callable[..., Response]:
    schema = feed.schema()

    def show(**words: str) -> Response:
        question = reading.load(schema, feed.question_of(words))
        return unless_known(_calendar(feed, question))

    return show


def _calendar(feed: Feed, question: Json) -> Response:
    if not feed.is_secret:
        memory.may_keep(request.environ, SERVICE)
    calendar = Asker.everybody(request).ask(SERVICE, feed.question, question)
    # With icalendar, which not every start needs.
    written = import_module("gateway.files.calendars.feed")
    content = written.feed(calendar, application().home.url)
    return Response(content, content_type="text/calendar; charset=utf-8")


def _described(feed: Feed) -> Json:
    words = PARAMETER.findall(feed.path)
    schema = {"type": "string"}
    file = {
        "description": "iCalendar 文件",
        "content": {"text/calendar": {"schema": schema}},
    }
    return {
        "summary": feed.summary,
        "operationId": f"feed_{words[0]}",
        "security": [{}],
        "parameters": [*map(_parameter, words), "Known"],
        "responses": answers(file),
    }


def _parameter(word: str) -> Json:
    said = {"name": word, "in": "path", "required": True, "description": WORDS[word]}
    return said | {"schema": KINDS[word]}
