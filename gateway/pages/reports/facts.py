"""The page of the facts behind one figure of a month's report, for whoever reads the report."""

from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import urlencode

from flask import Response, request

from gateway.edge import reading, request_log
from gateway.edge.application import Application, application
from gateway.edge.asker import Asker
from gateway.edge.gates import Gates, asking
from gateway.files.listed.metrics import KINDS
from gateway.files.place_names import PlaceNames
from gateway.pages import html
from schemas.documents import Json, if_any
from schemas.metrics.definitions import BY_IDENTIFIER
from schemas.metrics.facts import AskFacts, OpenFacts

SERVICE, OF_PLACES = "metrics", "branches"
PATH = "/reports/<scope>/<month>/facts"
GATES: Gates = {("GET", PATH): asking(SERVICE)}
QUESTION = "report_facts"
DIMENSIONS = {
    "categories": "category",
    "need_categories": "need_category",
    "hosts": "host",
    "units": "unit",
}
SAID_BY_CODE = ("host", "unit")
REST = "rest"


def register(app: Application) -> None:
    app.get(PATH)(html.for_readers(report_facts))


def report_facts(scope: str, month: str) -> Response:
    """Shown as the figure is now: what changed after the report was published is in it."""
    report = {"scope": scope, "period": month}
    schema = OpenFacts() if "key" in request.args else AskFacts()
    filters = report | reading.query(request, schema)
    after = filters.pop("after", None)
    facts = _asked(_question(schema, filters, after))
    page = html.drawn(
        "reports/facts.html",
        report=report,
        filters=filters,
        figure=BY_IDENTIFIER[filters["figure"]],
        place=_named(filters["scope"]),
        value=_said(filters),
        facts=facts["items"],
        kinds=KINDS,
        following=_following(filters, facts["next"]),
    )
    return html.private_page(page)


def _named(division: str) -> str:
    asker = Asker.everybody(request)
    with asker.services.place(OF_PLACES):
        return PlaceNames(asker).divisions.get(division, division)


def _said(filters: Json) -> str:
    """What the facts are narrowed to, where that is a word and no code."""
    is_code = filters.get("dimension") in SAID_BY_CODE
    return "" if is_code else str(filters.get("value", ""))


def _question(schema: AskFacts | OpenFacts, filters: Json, after: str | None) -> Json:
    question = reading.load(schema, filters)
    if after:
        question["after"] = application().cursors.place(QUESTION, after)
    return question


def _following(filters: Json, place: list[str] | None) -> Json | None:
    """What the address of the next page says, where there is one."""
    if not place:
        return None
    after = application().cursors.after(QUESTION, place)
    return filters | {"after": after}


def _asked(question: Json) -> Json:
    """By who sends a token; or by who has a link, which says for which report it is good."""
    request.environ[request_log.PRIVATE] = True
    if "key" in question:
        asker, name = Asker.everybody(request), "open_facts"
    else:
        asker, name = Asker.of(request), "facts"
    facts: Json = asker.ask(SERVICE, name, question)
    return facts


def of_cell(section: str, row: Json) -> dict[str, str] | None:
    """What the link of a row's figure says besides the figure; None for what stands for several."""
    if row["key"] == REST:
        return None
    if section in DIMENSIONS:
        return {"dimension": DIMENSIONS[section], "value": row["key"]}
    return {"scope" if section == "divisions" else "period": row["key"]}


def link(month: str, key: str | None, figure: str, cell: Mapping[str, str]) -> str:
    """From the page of the report to the facts of a figure in it."""
    words = {"figure": figure} | dict(cell) | if_any(key=key)
    return f"{month}/facts?{urlencode(words)}"


def beside(month: str) -> dict[str, dict[str, str]]:
    """What a link says of the months that stand beside it."""
    first = date.fromisoformat(f"{month}-01")
    previous = first - timedelta(days=1)
    last_year = first.replace(year=first.year - 1)
    return {
        "previous": {"period": f"{previous:%Y-%m}"},
        "last_year": {"period": f"{last_year:%Y-%m}"},
    }
