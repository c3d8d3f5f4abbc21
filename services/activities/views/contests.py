"""Contests as they are shown: to who raised one, and to those who are to settle it."""

from schemas.documents import Json, if_any
from services.activities.rules.authority import must_keep
from services.activities.rules.contests import contest_seen
from services.activities.views.pages import show_each
from services.district.authority import STREET
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid
from services.kit.lists.paging import each, page
from services.kit.views import Find, Reads

OFFICES = ("community_worker", *STREET)
PLACES = ("host", "community", "street")


def get_contest(views: Reads, question: Json, asked: Asked) -> Json:
    return _shown(contest_seen(views, question, asked), asked)


def my_contests(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}`: of the actor's own hours, the latest asked first."""
    own = {"person": asked.actor.id}
    latest_first = Find("contests", own, "asked_at", newest_first=True)
    contests = page(views, question, latest_first)
    return show_each(contests, lambda contest: _shown(contest, asked))


def list_contests(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}`: of a host or a place, the first asked first. Raises for who does not answer there."""
    place = _place(question)
    _must_answer_for(views, question, place, asked)
    where = {place: question[place]}
    states = each(question, "state")
    finds = (Find("contests", where | state, "asked_at") for state in states)
    contests = page(views, question, *finds)
    return show_each(contests, lambda contest: _shown(contest, asked))


def _place(question: Json) -> str:
    """By which kind of place one asks."""
    named = [place for place in PLACES if place in question]
    if len(named) != 1:
        says = "请填写主办方、社区、街道之一"
        raise Invalid(says, code="one_place_needed", path="host")
    return named[0]


def _must_answer_for(views: Reads, question: Json, place: str, asked: Asked) -> None:
    if place == "host":
        must_keep(views, question["host"], asked)
    elif not asked.actor.covers_any(OFFICES, question[place]):
        says = f"区划 {question[place]} 不在您的工作范围内"
        raise Forbidden(says, code="out_of_scope", path=place)


def _shown(contest: Json, asked: Asked) -> Json:
    """With what the person said, unless that was erased."""
    words = asked.note(contest["note"]) if "note" in contest else ""
    return contest | if_any(words=words)
