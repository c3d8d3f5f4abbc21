"""The facts behind a figure, a page at a time; what they contribute adds up to it."""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from schemas.documents import Json, if_any, pick_present
from schemas.metrics.definitions import (
    BY_IDENTIFIER,
    FINDING_P50,
    MINUTES_BY_CLASS,
    OF_ACTIVITIES,
    OF_DOORSTEP,
    PERCENTILES,
    Definition,
)
from services.district import territory
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Unauthenticated
from services.kit.lists.paging import page
from services.kit.views import Find, Reads
from services.metrics.folds.doorstep.entries import CONTRIBUTIONS
from services.metrics.folds.session_figures import figures_of
from services.metrics.model.periods import day_after, days_of
from services.metrics.reckoning import values
from services.metrics.reckoning.questions import division, must_cover
from services.metrics.reckoning.titles import host_name, title_of
from services.metrics.reckoning.withholding import Withholding
from services.metrics.views import attendances, report_links
from services.metrics.views.facts_of_places import OF_WHAT_THERE_IS, of_places
from services.metrics.views.sessions import page_of_sessions
from services.metrics.views.spans import earlier

COUNTED_BY = {
    "received": ("needs_received", "needs_rejected", "needs_withdrawn", "needs_confirmed", "needs_confirmed_in_time",
                 "needs_ended", "needs_rated", "needs_satisfied"),
    "verified": ("needs_verified", "needs_claimed_in_time", "responses", "responses_open", *PERCENTILES),
    "closed": ("closures",),
    "due": ("commitments_due", "commitments_fulfilled", "commitments_open"),
    "fulfilled": ("fulfilments",),
    "visited": ("visits", "asks"),
    "round": ("round_doors", "round_met", "round_tried", "not_in", "refused"),
    "found": ("findings",),
    "resolved": ("findings_resolved", "finding_p50"),
    "overdue": ("followups_overdue",),
    "opened": ("mediations",),
    "ended": ("mediations_ended", "mediations_agreed"),
    "overridden": ("burden_overrides",),
}  # fmt: skip
DAY_OF = {figure: day for day, figures in COUNTED_BY.items() for figure in figures}
ACTIVITIES = frozenset(values.identifiers(OF_ACTIVITIES))
DOORSTEP = frozenset(values.identifiers(OF_DOORSTEP))
MOST_EMPTY = 20  # Pages without anything that are passed over in one question.
DISTINCT = "unique_participants"
BY_CLASS = values.identifiers(MINUTES_BY_CLASS)
OF_PEOPLE = {
    DISTINCT, "person_times", "participant_times", "helper_times", "attended_minutes", "service_minutes", *BY_CLASS,
}  # fmt: skip


class Parts(NamedTuple):
    """What a fact contributes to a figure; of a rate, to the part and to the whole."""

    contribution: int
    whole: int | None

    def shown(self) -> Json:
        return if_any(contribution=self.contribution, whole=self.whole)


def facts(views: Reads, question: Json, asked: Asked) -> Json:
    """`{"items", "next"}`: a page of what contributes, each with what it is called."""
    must_cover(asked, question["scope"])
    return _named(views, _facts(views, question, asked))


def open_facts(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    """For whoever has a link to a report: behind the figures that it shows, as every reader of it sees them."""
    report = report_links.opened(question["key"], key, asked.now)
    asks = {"scope": report["scope"], "period": report["month"]} | question
    if not _is_shown(report, asks["scope"], asks["period"]):
        raise Unauthenticated("这个链接是另一份月报的", code="bad_link", path="key")
    return _named(views, _facts(views, asks, asked))


def _is_shown(report: Json, scope: str, period: str) -> bool:
    """True of figures that the report shows: its places, the months it compares, its days."""
    month = report["month"]
    if not scope.startswith(report["scope"]):
        return False
    return period[:7] == month or period in earlier(month).values()


def _named(views: Reads, page: Json) -> Json:
    items = [item | _names(views, item) for item in page["items"]]
    return page | {"items": items}


def _names(views: Reads, item: Json) -> Json:
    """What the fact and its place are called."""
    title = title_of(views, item["fact"])
    if "community" not in item:
        return title
    return title | {"place": host_name(views, f"community/{item['community']}")}


def _facts(views: Reads, question: Json, asked: Asked) -> Json:
    scope, figure = question["scope"], question["figure"]
    division(views, scope)
    definition = BY_IDENTIFIER[figure]
    _must_have(question, definition)
    withholding = Withholding(views, asked)
    if figure in OF_WHAT_THERE_IS:
        return of_places(views, question, withholding)
    if figure not in ACTIVITIES:
        collection = CONTRIBUTIONS if figure in DOORSTEP else "contributions"
        of_days = partial(_of_contributions, views, collection, definition)
        return _with_something(question, of_days)
    if figure in OF_PEOPLE and withholding.sees_all(scope):
        return attendances.by_person(views, question)
    of_month = scope, figure, question["period"]
    if figure == DISTINCT and withholding.shows_sessions(*of_month):
        return attendances.by_session(views, question)
    of_sessions = partial(_of_sessions, views, definition, withholding)
    return _with_something(question, of_sessions)


def _with_something(question: Json, ask: Callable[[Json], Json]) -> Json:
    """The page asked for or, as long as nothing on it contributes, the next one; an empty one after so many."""
    for _ in range(MOST_EMPTY):
        page = ask(question)
        if page["items"] or page["next"] is None:
            break
        question = question | {"after": page["next"]}
    return page


def _must_have(question: Json, definition: Definition) -> None:
    dimension = question["dimension"]
    if dimension != "all" and definition not in values.DIMENSIONS[dimension]:
        says = f"“{definition.name}”不按这一项展开"
        raise Invalid(says, code="no_such_dimension", path="dimension")


def _of_contributions(
    views: Reads, collection: str, definition: Definition, question: Json
) -> Json:
    """Needs or commitments, or what was done at doors, by the day they are counted by."""
    scope, dimension = question["scope"], question["dimension"]
    first, last = days_of(question["period"])
    where = {
        "counted_by": DAY_OF[definition.part or definition.identifier],
        territory.LEVELS[len(scope)]: scope,
    }
    if dimension != "all":
        where[dimension] = question["value"]
    until = day_after(last)
    there = Find(collection, where, "day", since=first, until=until)
    contributions = page(views, question, there)
    parts_of = partial(_of_contribution, views, definition)
    items = _shown(contributions["items"], parts_of)
    return contributions | {"items": items}


def _of_contribution(views: Reads, definition: Definition, doc: Json) -> Parts:
    if definition.identifier in PERCENTILES:
        minutes = doc["minutes"]
        return Parts(minutes or 0, int(minutes is not None))
    if definition is FINDING_P50:
        return _of_finding(views, doc)
    return _parts(doc["figures"], definition)


def _of_finding(views: Reads, doc: Json) -> Parts:
    """After how many working days it was resolved."""
    finding = views.the("findings", doc["fact"].removeprefix("finding/"))
    is_resolved = doc["figures"].get("findings_resolved", 0)
    return Parts(finding["took"] if is_resolved else 0, is_resolved)


def _of_sessions(
    views: Reads, definition: Definition, withholding: Withholding, question: Json
) -> Json:
    """Where single sessions are withheld, each one of the cell is listed: that it is there must not tell anything."""
    page = page_of_sessions(views, question)
    items = []
    scope = question["scope"]
    figure = definition.identifier
    for session in page["items"]:
        fact = session | {"fact": f"session/{session['id']}"}
        period = question["period"] if figure == DISTINCT else session["day"]
        if withholding.shows_sessions(scope, figure, period):
            items += _shown([fact], partial(_of_session, definition))
        else:
            items.append(_withheld(fact, definition))
    return page | {"items": items}


def _withheld(fact: Json, definition: Definition) -> Json:
    names = ("contribution", "whole") if definition.whole else ("contribution",)
    return _about(fact) | dict.fromkeys(names)


def _of_session(definition: Definition, session: Json) -> Parts:
    figures = figures_of(session)
    minutes = sum(figures[name] for name in BY_CLASS)
    return _parts(figures | {"service_minutes": minutes}, definition)


def _parts(figures: Json, definition: Definition) -> Parts:
    contribution = figures.get(definition.part or definition.identifier, 0)
    whole = figures.get(definition.whole, 0) if definition.whole else None
    return Parts(contribution, whole)


def _shown(facts: list[Json], parts_of: Callable[[Json], Parts]) -> list[Json]:
    """Those that contribute anything: a page may be shorter than asked for, and others follow it."""
    shown = []
    for fact in facts:
        parts = parts_of(fact)
        if any(parts):
            shown.append(_about(fact) | parts.shown())
    return shown


def _about(fact: Json) -> Json:
    kind = fact["fact"].partition("/")[0]
    about = pick_present(fact, "fact", "day", "community", "seq")
    return about | {"kind": kind}
