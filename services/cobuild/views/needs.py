"""Needs and commitments: what everybody with a role may see, and what only those who have to do with it."""

from services.cobuild import matching
from services.cobuild.folds.commitments import COMMITMENTS as TAKEN
from services.cobuild.folds.needs import NEEDS as RAISED
from services.cobuild.lifecycles import LISTED
from services.cobuild.rules.found import (
    COMMITMENTS,
    NEEDS,
    OFFERINGS,
    answers_for,
    is_of,
    sees_need,
    serves,
    the,
    works_on,
)
from services.cobuild.views.offerings import with_unit_name
from services.kit import territory
from services.kit.authority import STREET, held_within
from services.kit.entrypoints import Asked
from services.kit.listing import listed
from services.kit.log import Data
from services.kit.paging import each, page
from services.kit.views import Doc, Find, Reads

HANDLERS = ("community_worker", *STREET)
OF_THOSE_CONCERNED = {"by", "beneficiary", "similar", "notes", "written"}
TO_JUDGE = {"raised": ("words", "answer"), "appealed": ("words", "appeal"), "disputed": ("words", "complaint")}
OF_THE_WORK = {"grid", "reason"}  # For who does it, too: where it is, and why it is to be done again.


def get_need(views: Reads, question: Data, asked: Asked) -> Doc:
    """With the words of those concerned, for those who have to do with it."""
    need = NEEDS.found(views, question["need"], asked, sees=sees_need)
    shown = _shown(views, need, asked)
    if "by" not in shown and not works_on(views, need, asked):
        return shown
    words = {name: asked.note(id) for name, id in need["notes"].items()}
    return {**shown, **{name: text for name, text in words.items() if text}}


def list_needs(views: Reads, question: Data, asked: Asked) -> Data:
    """What is not on the list yet, or any more, to who serves the place."""
    finds = (
        Find("needs", {**place, **category, "state": state}, "raised_at")
        for state in question["state"]
        for place in _where(state, question, asked)
        for category in each(question, "category")
    )
    return _listed(views, asked, listed(views, RAISED, question, *finds))


def my_needs(views: Reads, question: Data, asked: Asked) -> Data:
    """Those that are the actor's, and those they raised where they still work."""
    places = held_within(asked.actor, HANDLERS, "")
    raised = ({"by": asked.actor.id, **territory.within({"division": place})} for place in places)
    wheres = [{"beneficiary": asked.actor.id}, *raised]
    finds = (Find("needs", where, "raised_at", newest_first=True) for where in wheres)
    return _listed(views, asked, page(views, question, *finds))


def get_commitment(views: Reads, question: Data, asked: Asked) -> Doc:
    commitment = COMMITMENTS.found(views, question["commitment"], asked)
    need = the(views, "needs", commitment["need"])
    done = commitment["notes"].get("done", "")
    concerned = answers_for(views, need, asked) or works_on(views, commitment, asked)
    words = asked.note(done) if done and concerned else ""
    return with_unit_name(views, commitment | ({"done": words} if words else {}))


def list_commitments(views: Reads, question: Data, asked: Asked) -> Data:
    finds = [Find("commitments", where, "taken_at", newest_first=True) for where in _of_commitments(question)]
    found = listed(views, TAKEN, question, *finds)
    return {**found, "items": [with_unit_name(views, commitment) for commitment in found["items"]]}


def matches_of_need(views: Reads, question: Data, asked: Asked) -> Data:
    need = NEEDS.found(views, question["need"], asked, sees=sees_need)
    return {"items": matching.of_need(views, need, question["limit"], asked)}


def matches_of_offering(views: Reads, question: Data, asked: Asked) -> Data:
    offering = OFFERINGS.found(views, question["offering"], asked)
    return {"items": matching.of_offering(views, offering, question["limit"], asked)}


def _where(state: str, question: Data, asked: Asked) -> list[dict[str, str]]:
    """In which places the needs in the state are that the actor sees."""
    if state in LISTED:
        return [territory.within(question)]
    served = held_within(asked.actor, HANDLERS, question.get("division", ""))
    return [territory.within({"division": place}) for place in served]


def _of_commitments(question: Data) -> list[dict[str, str]]:
    named = {name: question[name] for name in ("need", "unit") if name in question}
    return [named | territory.within(question) | state for state in each(question, "state")]


def _listed(views: Reads, asked: Asked, found: Data) -> Data:
    return {**found, "items": [_with_words(_shown(views, need, asked), asked) for need in found["items"]]}


def _with_words(need: Doc, asked: Asked) -> Doc:
    """What is to be judged, with the words it is judged by, for those to whom it shows them."""
    judged_by = TO_JUDGE.get(need["state"], ()) if "notes" in need else ()
    words = {name: asked.note(need["notes"][name]) for name in judged_by if name in need["notes"]}
    return {**need, **{name: text for name, text in words.items() if text}}


def _shown(views: Reads, need: Doc, asked: Asked) -> Doc:
    need = with_unit_name(views, need) if "unit" in need else need
    if is_of(need, asked) or serves(asked, need["community"]):
        return need
    hidden = OF_THOSE_CONCERNED if works_on(views, need, asked) else OF_THOSE_CONCERNED | OF_THE_WORK
    return {name: value for name, value in need.items() if name not in hidden}
