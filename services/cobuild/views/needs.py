"""Needs and commitments: what everybody with a role may see, and what only those who have to do with it."""

from datetime import date

from schemas.documents import Json
from services.cobuild.folds.commitments import COMMITMENTS as TAKEN
from services.cobuild.folds.needs import NEEDS as RAISED
from services.cobuild.model.lifecycles import LISTED
from services.cobuild.rules import matching
from services.cobuild.rules.rights import (
    COMMITMENTS,
    NEEDS,
    OFFERINGS,
    UNITS,
    is_of,
    sees_need,
    sees_unit,
    serves,
    works_on,
)
from services.cobuild.rules.talks import takes_part
from services.cobuild.views.offerings import with_unit_name
from services.district import territory
from services.district.authority import STREET, held_within
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.lists.listing import listed
from services.kit.lists.paging import each, page
from services.kit.views import Find, Reads

HANDLERS = ("community_worker", *STREET)
OF_THOSE_CONCERNED = {"by", "beneficiary", "similar", "notes", "written"}
OF_THE_TALK = {"proposed_at", "proposed_by", "agreed_at", "messages"}
OF_THE_SEARCH = {"suggested_to", "answer_by", "told", "let_go"}
TO_DO = ("held", "underway")
TO_JUDGE = {
    "raised": ("words", "answer"),
    "appealed": ("words", "appeal"),
    "disputed": ("words", "complaint"),
}
OF_THE_WORK = {
    "grid",
    "reason",
}  # For who does it, too: where it is, and why it is to be done again.


def get_need(views: Reads, question: Json, asked: Asked) -> Json:
    """With the words of those concerned, for those who have to do with it."""
    need = NEEDS.found(views, question["need"], asked, sees=sees_need)
    shown = _shown(views, need, asked)
    if "by" not in shown and not works_on(views, need, asked):
        return shown
    words = {name: asked.note(id) for name, id in need["notes"].items()}
    return {**shown, **{name: text for name, text in words.items() if text}}


def list_needs(views: Reads, question: Json, asked: Asked) -> Json:
    """What is not on the list yet, or any more, to who serves the place."""
    finds = (
        Find("needs", {**place, **category, "state": state}, "raised_at")
        for state in question["state"]
        for place in _where(state, question, asked)
        for category in each(question, "category")
    )
    return _listed(views, asked, listed(views, RAISED, question, *finds))


def my_needs(views: Reads, question: Json, asked: Asked) -> Json:
    """Those that are the actor's, and those they raised where they still work."""
    places = held_within(asked.actor, HANDLERS, "")
    raised = (
        {"by": asked.actor.id, **territory.within({"division": place})}
        for place in places
    )
    wheres = [{"beneficiary": asked.actor.id}, *raised]
    finds = (Find("needs", where, "raised_at", newest_first=True) for where in wheres)
    return _listed(views, asked, page(views, question, *finds))


def get_commitment(views: Reads, question: Json, asked: Asked) -> Json:
    commitment = COMMITMENTS.found(views, question["commitment"], asked)
    shown = _commitment(views, commitment, asked)
    if not takes_part(views, commitment, asked):
        return shown
    words = {name: asked.note(id) for name, id in commitment["notes"].items()}
    return {**shown, **{name: text for name, text in words.items() if text}}


def list_commitments(views: Reads, question: Json, asked: Asked) -> Json:
    finds = [
        Find("commitments", where, "taken_at", newest_first=True)
        for where in _of_commitments(question)
    ]
    found = listed(views, TAKEN, question, *finds)
    return {
        **found,
        "items": [
            _commitment(views, commitment, asked) for commitment in found["items"]
        ],
    }


def list_promises(views: Reads, question: Json, asked: Asked) -> Json:
    """What a unit is still to do, by the day it is due; and how long that is."""
    unit = UNITS.found(views, question["unit"], asked, sees=sees_unit)
    finds = (
        Find("commitments", {"unit": unit["id"], "state": state}, "due_at")
        for state in TO_DO
    )
    found = page(views, question, *finds)
    return {
        **found,
        "items": [_promise(views, commitment, asked) for commitment in found["items"]],
    }


def _promise(views: Reads, commitment: Json, asked: Asked) -> Json:
    days = (
        date.fromisoformat(commitment["due"]) - date.fromisoformat(local_day(asked.now))
    ).days
    text = (
        f"已过期 {-days} 天" if days < 0 else f"还有 {days} 天" if days else "今天到期"
    )
    return {**_commitment(views, commitment, asked), "due_text": text}


def _commitment(views: Reads, commitment: Json, asked: Asked) -> Json:
    """When somebody comes, and how much was said about it, concerns those who take part."""
    told = with_unit_name(views, commitment)
    if not OF_THE_TALK & commitment.keys() or takes_part(views, commitment, asked):
        return told
    return {name: value for name, value in told.items() if name not in OF_THE_TALK}


def matches_of_need(views: Reads, question: Json, asked: Asked) -> Json:
    need = NEEDS.found(views, question["need"], asked, sees=sees_need)
    return {"items": matching.of_need(views, need, question["limit"], asked)}


def matches_of_offering(views: Reads, question: Json, asked: Asked) -> Json:
    offering = OFFERINGS.found(views, question["offering"], asked)
    return {"items": matching.of_offering(views, offering, question["limit"], asked)}


def _where(state: str, question: Json, asked: Asked) -> list[dict[str, str]]:
    """In which places the needs in the state are that the actor sees."""
    if state in LISTED:
        return [territory.within(question)]
    served = held_within(asked.actor, HANDLERS, question.get("division", ""))
    return [territory.within({"division": place}) for place in served]


def _of_commitments(question: Json) -> list[dict[str, str]]:
    named = {name: question[name] for name in ("need", "unit") if name in question}
    return [
        named | territory.within(question) | state for state in each(question, "state")
    ]


def _listed(views: Reads, asked: Asked, found: Json) -> Json:
    return {
        **found,
        "items": [
            _with_words(_shown(views, need, asked), asked) for need in found["items"]
        ],
    }


def _with_words(need: Json, asked: Asked) -> Json:
    """What is to be judged, with the words it is judged by, for those to whom it shows them."""
    judged_by = TO_JUDGE.get(need["state"], ()) if "notes" in need else ()
    words = {
        name: asked.note(need["notes"][name])
        for name in judged_by
        if name in need["notes"]
    }
    return {**need, **{name: text for name, text in words.items() if text}}


def _shown(views: Reads, need: Json, asked: Asked) -> Json:
    need = with_unit_name(views, need) if "unit" in need else need
    if is_of(need, asked) or serves(asked, need["community"]):
        return need
    hidden = (
        OF_THOSE_CONCERNED
        if works_on(views, need, asked)
        else OF_THOSE_CONCERNED | OF_THE_WORK
    )
    hidden = hidden | (OF_THE_SEARCH - _of_the_one_asked(views, need, asked))
    return {name: value for name, value in need.items() if name not in hidden}


def _of_the_one_asked(views: Reads, need: Json, asked: Asked) -> set[str]:
    """A unit that is asked sees that it is, and until when; not who was before it."""
    is_asked = "suggested_to" in need and works_on(
        views, {"unit": need["suggested_to"]}, asked
    )
    return {"suggested_to", "answer_by"} if is_asked else set()


def matching_weights(views: Reads, question: Json, asked: Asked) -> Json:
    return {"items": matching.weights()}
