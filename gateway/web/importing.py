"""Tables people bring along: sent on a page that tells how far it is, and what came of each row as a table to keep.

What has been asked stays. Whoever sends the same file again, after whatever broke it off, goes on from there.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from flask import Blueprint, request
from werkzeug.wrappers import Response as Answer

from gateway.edge import reading
from gateway.edge.asker import Asker
from gateway.edge.gates import Gate, Gates
from gateway.edge.rpc import FILES
from gateway.files import imports
from gateway.files.columns import text, whole
from gateway.files.formats import Sheet, separated
from gateway.files.imports import WISHES
from gateway.files.one_at_a_time import OneAtATime
from gateway.files.routes import LONGEST_S, UPLOADED, headings_of
from gateway.web.answered import received
from gateway.web.answering import fresh
from gateway.web.frame import FOR_ONE, drawn, framed, growing, problem_page
from gateway.web.page import Page, Visit
from gateway.web.sending import Visited
from gateway.web.telling import plainly
from schemas.documents import Json, pick_present
from schemas.exchange.columns import Kind
from schemas.exchange.rows import MOST_ROWS, Row
from schemas.exchange.tables import Table
from services.kit.errors import Invalid, Problem

IMPORTS = "/desk/imports"
IMPORTERS = ("community_worker", "street_admin", "district_admin")
OUTCOMES = {
    "imported": ("done", "✓", "已导入"),
    "already": ("free", "●", "此前已导入"),
    "refused": ("full", "✕", "没有导入"),
}
COLUMNS = (
    whole("行", "line"),
    text("结果", "outcome"),
    text("哪一格", "cell"),
    text("问题", "message"),
)
MOST_IN_TURNS = 5_000  # Of a table whose bad rows are skipped: what is asked at once is bounded by itself.
GROWING = {"grows": True}
Turns = Iterator[list[Json]]
NO_FILE, NO_KIND = "请选择一个文件", "请选择导入什么"


def choices(visit: Visit) -> Json:
    kinds = {name: kind.title for name, kind in UPLOADED.items()}
    return {
        "kinds": kinds,
        "most": MOST_ROWS,
        "most_in_turns": MOST_IN_TURNS,
        "chosen": "",
        "mode": "all",
        "extra": "refuse",
    }


CHOOSING = Page(IMPORTS, "imports.html", more=choices, for_all=False)
PAGES = (CHOOSING,)
GATES: Gates = {("POST", IMPORTS): Gate((FILES,))}


def register(web: Blueprint, visited: Visited) -> None:
    under_way = OneAtATime()

    def send() -> Answer:
        try:
            visit, _ = received(CHOOSING, {}, WISHES, visited)
        except Problem as problem:
            return problem_page(problem)
        content = fresh(visit) | choices(visit) | _chosen()
        steps = _steps(visit, under_way)
        try:
            first = next(steps)
        except Problem as problem:
            content |= {"says": plainly(problem.title)}
            return framed(CHOOSING.template, content, problem=problem, caching=FOR_ONE)
        return growing(CHOOSING.template, content | GROWING, _told(first, steps))

    web.add_url_rule(IMPORTS, f"send {IMPORTS}", send, methods=["POST"])


def _chosen() -> Json:
    """It stays chosen; a file must be chosen anew, which no page can do."""
    form = request.form
    chosen = {"mode": form.get("mode", "all"), "extra": form.get("extra", "refuse")}
    return chosen | {"chosen": form.get("kind", "")}


class Step(NamedTuple):
    """How far a table has come: what became of each of its rows so far, `of` so many."""

    kind: Kind
    table: Table
    rows: list[Json]
    of: int


def _steps(visit: Visit, under_way: OneAtATime) -> Iterator[Step]:
    """What was asked by then stays, whatever breaks it off. Raises a `Problem`; the first is there after some rows."""
    asker = Asker.of(request)._replace(actor=visit.actor)
    with under_way.of(visit.actor):
        wishes = _wishes()
        kind, table = _read(wishes, asker.within(LONGEST_S))
        rows = imports.rows_of(kind, table, asker.within(LONGEST_S))
        so_far: list[Json] = []
        turns = TURNS[wishes["mode"]](kind, rows, asker)
        while (turn := _next_of(turns, kind, visit)) is not None:
            so_far += turn
            yield Step(kind, table, so_far, len(rows))


def _next_of(turns: Turns, kind: Kind, visit: Visit) -> list[Json] | None:
    with visit.services.place(kind.service):
        return next(turns, None)


def _wishes() -> Json:
    return reading.load(WISHES, pick_present(request.form, *WISHES.fields))


def _read(wishes: Json, asker: Asker) -> tuple[Kind, Table]:
    """Raises a `Problem` when the file is no such table."""
    name, file = request.form.get("kind", ""), request.files.get("file")
    kind = UPLOADED.get(name)
    if kind is None:
        raise Invalid(NO_KIND, path="kind")
    sent = file.read() if file else b""
    if not sent:
        raise Invalid(NO_FILE, path="file")
    most = MOST_IN_TURNS if wishes["mode"] == "each" else MOST_ROWS
    return kind, imports.read(kind, sent, wishes, headings_of(name), asker, most)


def _at_once(kind: Kind, rows: Sequence[Row], asker: Asker) -> Turns:
    yield imports.MODES["all"](kind, rows, asker)


TURNS = {"all": _at_once, "each": imports.in_turns}


def _told(first: Step, steps: Iterator[Step]) -> Iterator[str]:
    """How far it is, again and again; in the end, or where it was broken off, the report of what was asked."""
    step, broken = first, ""
    try:
        for step in chain([first], steps):
            so_far = {"done": len(step.rows), "of": step.of}
            yield drawn("import_step.html", **so_far)
    except Problem as problem:
        broken = plainly(problem.title)
    report = imports.report_of(step.kind, step.table, step.rows)
    content: Json = {"report": report, "outcomes": OUTCOMES, "table": table(report)}
    content |= {"broken": broken, "left": step.of - len(step.rows)}
    yield drawn("import_report.html", **content)


def table(report: Json) -> str:
    """The report as CSV, in base64: a line for each row, and for each fault of one."""
    rows = [line for row in report["rows"] for line in _lines(row)]
    return b64encode(separated([Sheet("导入结果", COLUMNS, rows)])).decode()


def _lines(row: Json) -> list[tuple[int, str, str, str]]:
    _, _, outcome = OUTCOMES[row["outcome"]]
    faults = row["errors"] or [{"cell": "", "message": ""}]
    return [(row["line"], outcome, one["cell"], one["message"]) for one in faults]
