"""Beside the door: the paper list typed in, row by row, and who just came, found by name."""

from collections.abc import Iterator
from itertools import chain

from flask import request

from gateway.edge import reading
from gateway.edge.asker import Asker
from gateway.edge.gates import asking
from gateway.files.uploads.checkins import PAPER
from gateway.files.uploads.routes import recorded
from gateway.web.answered import Answered
from gateway.web.door import BACK, ONE, SEATS, SERVICE, SESSION, who_is_expected
from gateway.web.forms import HERE
from gateway.web.known import people_named
from gateway.web.page import Button, Page, Visit
from gateway.web.sending import key_of_form
from gateway.web.telling import plainly
from gateway.web.words import local
from schemas import fields
from schemas.activities.scans import WalkIn
from schemas.documents import Json, if_any

ON_PAPER, WALK_IN = f"{ONE}/paper", f"{ONE}/walk-in"


class Named(fields.Schema):
    name = fields.Text(40)


def on_the_list(visit: Visit) -> Json:
    return who_is_expected(visit) | {"clock": clock, "day_of": day_of}


def clock(moment: str) -> str:
    """`09:00`, as the browser's own field has it."""
    return f"{local(moment):%H:%M}"


def day_of(moment: str) -> str:
    return str(local(moment).date())


LIST = Page(ON_PAPER, "paper.html", (SESSION, SEATS), on_the_list, for_all=False)
WALKING_IN = Page(WALK_IN, "walk_in.html", (SESSION,), for_all=False)
PAGES: tuple[Page | Button, ...] = (
    LIST,
    WALKING_IN,
    Button(f"{WALK_IN}/came", SERVICE, "walk_in", WalkIn, BACK),
)


def found(visit: Visit, filled: Json) -> Json:
    return {"typed": filled, "people": people_named(visit, filled)}


def typed_in(visit: Visit, filled: Json) -> Json:
    """What came of each row that was ticked."""
    day = str(request.form.get("day", ""))
    content = visit.path | {"lines": list(_lines(day))}
    payload = reading.load(PAPER.schema(), content)
    asker = Asker.of(request)._replace(actor=visit.actor)
    report = recorded(PAPER, payload, asker, key_of_form())
    for refused in chain.from_iterable(row["errors"] for row in report["rows"]):
        refused["message"] = plainly(refused["message"])
    return {"report": report}


def _lines(day: str) -> Iterator[Json]:
    """Of each row that is ticked who it is, when they came, and when they went where that was written down."""
    for row in request.form.getlist("row"):
        person = request.form.get(f"{row}/person", "")
        came, went = (request.form.get(f"{row}/{way}", "") for way in ("in", "out"))
        yield {"person": person} | if_any(
            **{"in": _at(day, came), "out": _at(day, went)}
        )


def _at(day: str, time: str) -> str:
    return f"{day}T{time}:00{HERE}" if time else ""


ANSWERED = (
    Answered(ON_PAPER, LIST, Named, typed_in, asking(SERVICE)),
    Answered(WALK_IN, WALKING_IN, Named, found, asking(SERVICE)),
)
