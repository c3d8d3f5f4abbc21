"""Tables people bring along: sent on a page, answered row by row, with what came of it as a table to keep."""

from base64 import b64encode
from collections.abc import Callable

from flask import Blueprint, request
from werkzeug.wrappers import Response as Answer

from gateway.edge import reading
from gateway.edge.asker import Asker
from gateway.edge.gates import Gate, Gates
from gateway.edge.rpc import FILES
from gateway.files.columns import text, whole
from gateway.files.formats import Sheet, separated
from gateway.files.imports import WISHES, imported
from gateway.files.one_at_a_time import OneAtATime
from gateway.files.routes import LONGEST_S, UPLOADED, headings_of
from gateway.web import arriving
from gateway.web.answering import fresh
from gateway.web.frame import FOR_ONE, framed, problem_page
from gateway.web.page import Page, Visit
from schemas.documents import Json
from schemas.exchange.rows import MOST_ROWS
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
NO_FILE, NO_KIND = "请选择一个文件", "请选择导入什么"


def choices(visit: Visit) -> Json:
    kinds = {name: kind.title for name, kind in UPLOADED.items()}
    return {"kinds": kinds, "most": MOST_ROWS, "chosen": "", "mode": "all"}


CHOOSING = Page(IMPORTS, "imports.html", more=choices, for_all=False)
PAGES = (CHOOSING,)
GATES: Gates = {("POST", IMPORTS): Gate((FILES,))}
Visited = Callable[[Page, Json], Visit]


def register(web: Blueprint, visited: Visited) -> None:
    under_way = OneAtATime()

    def send() -> Answer:
        try:
            visit = visited(CHOOSING, {})
            arriving.filled_in(WISHES)
            arriving.must_be_senders()
        except Problem as problem:
            return problem_page(problem)
        content = fresh(visit) | choices(visit) | _chosen()
        try:
            with under_way.of(visit.actor):
                report = _imported(visit)
        except Problem as problem:
            content |= {"says": problem.title}
            return framed(CHOOSING.template, content, problem=problem, caching=FOR_ONE)
        content |= {"report": report, "outcomes": OUTCOMES, "table": table(report)}
        return framed(CHOOSING.template, content, caching=FOR_ONE)

    web.add_url_rule(IMPORTS, f"send {IMPORTS}", send, methods=["POST"])


def _chosen() -> Json:
    """It stays chosen; a file must be chosen anew, which no page can do."""
    form = request.form
    return {"chosen": form.get("kind", ""), "mode": form.get("mode", "all")}


def _imported(visit: Visit) -> Json:
    """What came of each row. Raises a `Problem` when the file is no such table, or none of it may be asked."""
    name, file = request.form.get("kind", ""), request.files.get("file")
    kind = UPLOADED.get(name)
    if kind is None:
        raise Invalid(NO_KIND, path="kind")
    sent = file.read() if file else b""
    if not sent:
        raise Invalid(NO_FILE, path="file")
    wishes = reading.load(WISHES, {"mode": request.form.get("mode", "all")})
    asker = Asker.of(request)._replace(actor=visit.actor).within(LONGEST_S)
    with visit.services.place(kind.service):
        return imported(kind, sent, wishes, headings_of(name), asker)


def table(report: Json) -> str:
    """The report as CSV, in base64: a line for each row, and for each fault of one."""
    rows = [line for row in report["rows"] for line in _lines(row)]
    return b64encode(separated([Sheet("导入结果", COLUMNS, rows)])).decode()


def _lines(row: Json) -> list[tuple[int, str, str, str]]:
    _, _, outcome = OUTCOMES[row["outcome"]]
    faults = row["errors"] or [{"cell": "", "message": ""}]
    return [(row["line"], outcome, one["cell"], one["message"]) for one in faults]
