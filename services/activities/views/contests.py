"""Contests as they are shown: to who raised one, and to those who are to settle it."""

from schemas.documents import Json
from services.activities.rules.authority import must_keep
from services.activities.rules.contests import contest_seen
from services.district.authority import STREET
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid
from services.kit.lists.paging import each, page
from services.kit.views import Find, Reads

PLACES = ("host", "community", "street")


def get_contest(views: Reads, question: Json, asked: Asked) -> Json:
    return _shown(contest_seen(views, question, asked), asked)


def my_contests(views: Reads, question: Json, asked: Asked) -> Json:
    found = page(
        views,
        question,
        Find("contests", {"person": asked.actor.id}, "asked_at", newest_first=True),
    )
    return {**found, "items": [_shown(contest, asked) for contest in found["items"]]}


def list_contests(views: Reads, question: Json, asked: Asked) -> Json:
    place = _place(question)
    _must_answer_for(views, question, place, asked)
    where = {place: question[place]}
    finds = (
        Find("contests", {**where, **state}, "asked_at")
        for state in each(question, "state")
    )
    found = page(views, question, *finds)
    return {**found, "items": [_shown(contest, asked) for contest in found["items"]]}


def _place(question: Json) -> str:
    said = [place for place in PLACES if place in question]
    if len(said) != 1:
        raise Invalid(
            "请填写主办方、社区、街道之一", code="one_place_needed", path="host"
        )
    return said[0]


def _must_answer_for(views: Reads, question: Json, place: str, asked: Asked) -> None:
    if place == "host":
        must_keep(views, question["host"], asked)
    elif not asked.actor.covers_any(("community_worker", *STREET), question[place]):
        raise Forbidden(
            f"区划 {question[place]} 不在您的工作范围内",
            code="out_of_scope",
            path=place,
        )


def _shown(contest: Json, asked: Asked) -> Json:
    """With what the person said, unless that was erased."""
    words = asked.note(contest["note"]) if "note" in contest else ""
    return {**contest, **({"words": words} if words else {})}
