"""The facts behind a figure, a page at a time; what they contribute adds up to it."""

from collections.abc import Callable
from typing import NamedTuple

from schemas.documents import Json
from schemas.metrics.definitions import (
    BY_IDENTIFIER,
    MINUTES_BY_CLASS,
    OF_ACTIVITIES,
    PERCENTILES,
    Definition,
)
from services.district import territory
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Unauthenticated
from services.kit.lists.paging import page
from services.kit.views import Find, Reads
from services.metrics.folds.session_figures import figures_of
from services.metrics.model.periods import day_after, days_of
from services.metrics.reckoning import places, values
from services.metrics.reckoning.questions import division, must_cover
from services.metrics.reckoning.titles import host_name, title_of
from services.metrics.reckoning.withholding import Withholding
from services.metrics.views import attendances, report_links
from services.metrics.views.facts_of_places import of_places
from services.metrics.views.sessions import page_of_sessions
from services.metrics.views.spans import earlier

COUNTED_BY = {
    "received": ("needs_received", "needs_rejected", "needs_withdrawn", "needs_confirmed", "needs_confirmed_in_time",
                 "needs_ended", "needs_rated", "needs_satisfied"),
    "verified": ("needs_verified", "needs_claimed_in_time", "responses", "responses_open", *PERCENTILES),
    "closed": ("closures",),
    "due": ("commitments_due", "commitments_fulfilled", "commitments_open"),
    "fulfilled": ("fulfilments",),
}  # fmt: skip
DAY_OF = {figure: day for day, figures in COUNTED_BY.items() for figure in figures}
ACTIVITIES = {definition.identifier for definition in OF_ACTIVITIES}
MOST_EMPTY = 20  # Pages without anything that are passed over in one question.
OF_PEOPLE = {
    "person_times", "participant_times", "helper_times", "unique_participants", "attended_minutes", "service_minutes",
    *(one.identifier for one in MINUTES_BY_CLASS),
}  # fmt: skip


class Parts(NamedTuple):
    """What a fact contributes to a figure; of a rate, to the part and to the whole."""

    contribution: int
    whole: int | None

    def shown(self) -> Json:
        return {"contribution": self.contribution} | (
            {} if self.whole is None else {"whole": self.whole}
        )


def facts(views: Reads, question: Json, asked: Asked) -> Json:
    must_cover(asked, question["scope"])
    return _named(views, _facts(views, question, asked))


def open_facts(views: Reads, question: Json, asked: Asked, key: bytes) -> Json:
    """For whoever has a link to a report: behind the figures that it shows, as every reader of it sees them."""
    report = report_links.opened(question["key"], key, asked.now)
    asks = {"scope": report["scope"], "period": report["month"], **question}
    scope, period = asks["scope"], asks["period"]
    shown = {report["month"], *earlier(report["month"]).values()}
    if not scope.startswith(report["scope"]) or (
        period not in shown and period[:7] != report["month"]
    ):
        raise Unauthenticated("这个链接是另一份月报的", code="bad_link", path="key")
    return _named(views, _facts(views, asks, asked))


def _named(views: Reads, found: Json) -> Json:
    return {
        **found,
        "items": [{**item, **_names(views, item)} for item in found["items"]],
    }


def _names(views: Reads, item: Json) -> Json:
    """What the fact and its place are called."""
    place = (
        {"place": host_name(views, f"community/{item['community']}")}
        if "community" in item
        else {}
    )
    return {**title_of(views, item["fact"]), **place}


def _facts(views: Reads, question: Json, asked: Asked) -> Json:
    division(views, question["scope"])
    definition = BY_IDENTIFIER[question["figure"]]
    _must_have(question, definition)
    withholding = Withholding(views, asked)
    if definition.identifier in places.FIGURES:
        return of_places(views, question, withholding)
    if definition.identifier not in ACTIVITIES:
        return _with_something(
            question, lambda asks: _of_needs(views, asks, definition)
        )
    if definition.identifier in OF_PEOPLE and withholding.sees_all(question["scope"]):
        return attendances.by_person(views, question)
    if definition.identifier == "unique_participants" and withholding.shows_sessions(
        question["scope"], definition.identifier, question["period"]
    ):
        return attendances.by_session(views, question)
    return _with_something(
        question, lambda asks: _of_sessions(views, asks, definition, withholding)
    )


def _with_something(question: Json, ask: Callable[[Json], Json]) -> Json:
    """The page asked for or, as long as nothing on it contributes, the next one; an empty one after so many."""
    for _ in range(MOST_EMPTY):
        found = ask(question)
        if found["items"] or found["next"] is None:
            break
        question = {**question, "after": found["next"]}
    return found


def _must_have(question: Json, definition: Definition) -> None:
    dimension = question["dimension"]
    if dimension != "all" and definition not in values.DIMENSIONS[dimension]:
        raise Invalid(
            f"“{definition.name}”不按这一项展开",
            code="no_such_dimension",
            path="dimension",
        )


def _of_needs(views: Reads, question: Json, definition: Definition) -> Json:
    """Needs or commitments, by the day they are counted by."""
    level = territory.LEVELS[len(question["scope"])]
    first, last = days_of(question["period"])
    dimension = (
        {}
        if question["dimension"] == "all"
        else {question["dimension"]: question["value"]}
    )
    where = {
        "counted_by": DAY_OF[definition.part or definition.identifier],
        level: question["scope"],
        **dimension,
    }
    found = page(
        views,
        question,
        Find("contributions", where, "day", since=first, until=day_after(last)),
    )
    return {
        **found,
        "items": _shown(found["items"], lambda doc: _of_contribution(doc, definition)),
    }


def _of_contribution(doc: Json, definition: Definition) -> Parts:
    if definition.identifier in PERCENTILES:
        return Parts(doc["minutes"] or 0, int(doc["minutes"] is not None))
    return _parts(doc["figures"], definition)


def _of_sessions(
    views: Reads, question: Json, definition: Definition, withholding: Withholding
) -> Json:
    """Where single sessions are withheld, each one of the cell is listed: that it is there must not tell anything."""
    found = page_of_sessions(views, question)
    unique = definition.identifier == "unique_participants"
    shown: list[Json] = []
    for doc in found["items"]:
        session = {**doc, "fact": f"session/{doc['id']}"}
        if withholding.shows_sessions(
            question["scope"],
            definition.identifier,
            question["period"] if unique else doc["day"],
        ):
            shown += _shown(
                [session],
                lambda doc: _parts(_with_minutes(figures_of(doc)), definition),
            )
        else:
            shown.append(_withheld(session, definition))
    return {**found, "items": shown}


def _withheld(doc: Json, definition: Definition) -> Json:
    return {
        **_told(doc),
        "contribution": None,
        **({"whole": None} if definition.whole else {}),
    }


def _with_minutes(figures: Json) -> Json:
    return {
        **figures,
        "service_minutes": sum(figures[one.identifier] for one in MINUTES_BY_CLASS),
    }


def _parts(figures: Json, definition: Definition) -> Parts:
    contribution = figures.get(definition.part or definition.identifier, 0)
    return Parts(
        contribution, figures.get(definition.whole, 0) if definition.whole else None
    )


def _shown(docs: list[Json], parts_of: Callable[[Json], Parts]) -> list[Json]:
    """Those that contribute anything: a page may be shorter than asked for, and others follow it."""
    return [
        {**_told(doc), **parts.shown()} for doc in docs if any(parts := parts_of(doc))
    ]


def _told(doc: Json) -> Json:
    told = {name: doc[name] for name in ("fact", "day", "community", "seq")}
    return {**told, "kind": doc["fact"].partition("/")[0]}
