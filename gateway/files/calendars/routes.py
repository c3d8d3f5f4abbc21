"""The addresses of calendars: under /calendars, each ending in .ics, for programs that send no token."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from flask import Response, request
from flask_smorest import Blueprint

from gateway.api.openapi import ONLY_OF_COMMANDS, PROBLEMS
from gateway.api.routes import API, PARAMETER
from gateway.edge import memory, reading
from gateway.edge.errors import TRACE
from gateway.edge.etags import unless_known
from gateway.edge.gates import Gates, asking
from gateway.edge.home import Home
from gateway.edge.rpc import Services
from schemas.activities.calendars import ShowCalendar, ShowPersonalCalendar
from schemas.fields import Schema
from services.kit.actor import ANONYMOUS

SERVICE = "activities"

Said = dict[str, str]


class Feed(NamedTuple):
    """An address of a calendar, the question behind it, and how the words in the address make that question."""

    path: str
    question: str
    schema: type[Schema]
    summary: str
    asked: Callable[[Said], Said] = dict
    is_secret: bool = False


WORDS = {
    "division": "区、街道或社区代码",
    "kind": "主办方是 branch、unit、partner 还是 community",
    "id": "主办方编号，社区为社区代码",
    "secret": "地址里的密文",
    "activity": "活动编号",
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
        lambda said: {"host": f"{said['kind']}/{said['id']}"},
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


def blueprint(services: Services, home: Home) -> Blueprint:
    routes = Blueprint("calendars", "calendars", url_prefix=API, description="日历")
    for number, feed in enumerate(FEEDS):
        view = _view(feed, services, home)
        view.__name__ = f"feed_{number}"
        routes.route(feed.path, methods=["GET"])(routes.doc(**_described(feed))(view))
    return routes


def _view(feed: Feed, services: Services, home: Home) -> Callable[..., Response]:
    schema = feed.schema()

    def show(**path: str) -> Response:
        question = reading.load(
            schema,
            reading.with_path(reading.known(request, schema), feed.asked(path), schema),
        )
        if not feed.is_secret:
            request.environ[memory.SERVICE] = SERVICE
        calendar = services.ask(
            SERVICE,
            feed.question,
            question,
            actor=ANONYMOUS,
            trace=request.environ[TRACE],
        )
        written = import_module(
            "gateway.files.calendars.feed"
        )  # With icalendar, which not every start needs.
        return unless_known(
            Response(
                written.feed(calendar, home.url),
                content_type="text/calendar; charset=utf-8",
            )
        )

    return show


def _described(feed: Feed) -> dict[str, Any]:
    words = PARAMETER.findall(feed.path)
    parameters = [
        {
            "name": word,
            "in": "path",
            "required": True,
            "description": WORDS[word],
            "schema": {"type": "string"},
        }
        for word in words
    ]
    problems = {
        status: f"Problem{status}"
        for status in PROBLEMS
        if status not in ONLY_OF_COMMANDS
    }
    file = {
        "description": "iCalendar 文件",
        "content": {"text/calendar": {"schema": {"contentMediaType": "text/calendar"}}},
    }
    return {
        "summary": feed.summary,
        "operationId": f"feed_{words[0]}",
        "security": [{}],
        "parameters": [*parameters, "Known"],
        "responses": {200: file, 304: {"description": "没有变化"}, **problems},
    }
