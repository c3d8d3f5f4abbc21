"""The page of the facts behind one figure of a month's report, for whoever reads the report."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Flask, Response, current_app, render_template, request

from gateway.edge import reading, request_log
from gateway.edge.auth import actor_of
from gateway.edge.cursors import Cursors
from gateway.edge.errors import TRACE
from gateway.edge.gates import Gates, asking
from gateway.edge.rpc import Services
from gateway.files.lists import FACTS
from gateway.pages import html
from schemas.documents import Json
from schemas.metrics.definitions import BY_IDENTIFIER
from schemas.metrics.facts import AskFacts, OpenFacts
from services.kit.actor import ANONYMOUS
from services.kit.errors import Problem
from services.kit.tokens import Verifier

PATH = "/reports/<scope>/<month>/facts"
GATES: Gates = {("GET", PATH): asking("metrics")}
CURSORS, QUESTION = "cursors", "report_facts"
DIMENSIONS = {
    "categories": "category",
    "need_categories": "need_category",
    "hosts": "host",
    "units": "unit",
}
REST = "rest"


def add(app: Flask, services: Services, verifier: Verifier) -> None:
    @app.get(PATH)
    def report_facts(scope: str, month: str) -> Response:
        try:
            return html.page(
                _page({"scope": scope, "period": month}, services, verifier),
                "private, no-store",
            )
        except Problem as problem:
            return html.told(problem)


def of_cell(section: str, row: Json) -> dict[str, str] | None:
    """What the link of a row's figure says besides the figure; None for what stands for several."""
    if row["key"] == REST:
        return None
    if section in DIMENSIONS:
        return {"dimension": DIMENSIONS[section], "value": row["key"]}
    return {"scope" if section == "divisions" else "period": row["key"]}


def link(month: str, key: str | None, figure: str, cell: Mapping[str, str]) -> str:
    """From the page of the report to the facts of a figure in it."""
    return f"{month}/facts?{urlencode({'figure': figure, **cell, **({'key': key} if key else {})})}"


def beside(month: str) -> dict[str, dict[str, str]]:
    """What a link says of the months that stand beside it."""
    year, number = int(month[:4]), int(month[5:7])
    previous = f"{year}-{number - 1:02}" if number > 1 else f"{year - 1}-12"
    return {
        "previous": {"period": previous},
        "last_year": {"period": f"{year - 1}-{number:02}"},
    }


def _page(report: dict[str, str], services: Services, verifier: Verifier) -> str:
    cursors: Cursors = current_app.extensions[CURSORS]
    schema = OpenFacts() if "key" in request.args else AskFacts()
    said = {**report, **reading.query(request, schema)}
    after = said.pop("after", None)
    question = reading.load(schema, said) | (
        {"after": cursors.place(QUESTION, after)} if after else {}
    )
    found = _asked(question, services, verifier)
    return render_template(
        "reports/facts.html",
        report=report,
        said=said,
        figure=BY_IDENTIFIER[said["figure"]],
        facts=found["items"],
        kinds=FACTS,
        following=found["next"] and _link(said, cursors.after(QUESTION, found["next"])),
    )


def _link(said: Mapping[str, str], after: str) -> dict[str, str]:
    return {**said, "after": after}


def _asked(question: Json, services: Services, verifier: Verifier) -> Json:
    """By who sends a token; or by who has a link, which says for which report it is good."""
    trace, by_link = request.environ[TRACE], "key" in question
    request.environ[request_log.PRIVATE] = True
    actor = ANONYMOUS if by_link else actor_of(request.environ, verifier)
    found: Json = services.ask(
        "metrics",
        "open_facts" if by_link else "facts",
        question,
        actor=actor,
        trace=trace,
    )
    return found
