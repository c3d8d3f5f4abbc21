"""Needs and commitments: what everybody with a role may see, and what only those who have to do with it."""

from services.cobuild import matching
from services.cobuild.rules.found import acts_for, is_of, serves, the
from services.cobuild.views.offerings import with_unit_name
from services.kit import territory
from services.kit.entrypoints import Asked
from services.kit.log import Data
from services.kit.paging import each, page
from services.kit.views import Doc, Find, Reads, Views

OF_THOSE_CONCERNED = {"by", "beneficiary", "similar"}


def get_need(views: Reads, question: Data, asked: Asked) -> Doc:
    """With the words of those concerned, for those who have to do with it."""
    need = the(views, "needs", question["need"])
    shown = _shown(need, asked)
    if "by" not in shown and not _works_on(views, need, asked):
        return shown
    words = {name: asked.note(id) for name, id in need["notes"].items()}
    return {**shown, **{name: text for name, text in words.items() if text}}


def list_needs(views: Reads, question: Data, asked: Asked) -> Data:
    category = {"category": question["category"]} if "category" in question else {}
    where = territory.within(question) | category
    found = page(
        views, question, *(Find("needs", {**where, **state}, "raised_at") for state in each(question, "state"))
    )
    return {**found, "items": [_shown(need, asked) for need in found["items"]]}


def my_needs(views: Reads, question: Data, asked: Asked) -> Data:
    found = page(views, question, Find("needs", {"by": asked.actor.id}, "raised_at", newest_first=True))
    return {**found, "items": [_shown(need, asked) for need in found["items"]]}


def get_commitment(views: Reads, question: Data, asked: Asked) -> Doc:
    commitment = the(views, "commitments", question["commitment"])
    need = the(views, "needs", commitment["need"])
    done = commitment["notes"].get("done", "")
    concerned = is_of(need, asked) or serves(asked, need["community"]) or _works_on(views, commitment, asked)
    words = asked.note(done) if done and concerned else ""
    return with_unit_name(views, commitment | ({"done": words} if words else {}))


def list_commitments(views: Reads, question: Data, asked: Asked) -> Data:
    finds = [Find("commitments", where, "taken_at", newest_first=True) for where in _of_commitments(question)]
    found = page(views, question, *finds)
    return {**found, "items": [with_unit_name(views, commitment) for commitment in found["items"]]}


def matches_of_need(views: Views, question: Data, asked: Asked) -> Data:
    return {"items": matching.of_need(views, the(views, "needs", question["need"]), question["limit"], asked)}


def matches_of_offering(views: Views, question: Data, asked: Asked) -> Data:
    offering = the(views, "offerings", question["offering"])
    return {"items": matching.of_offering(views, offering, question["limit"], asked)}


def _of_commitments(question: Data) -> list[dict[str, str]]:
    if "need" in question:
        return [{"need": question["need"]}]
    where = {"unit": question["unit"]} if "unit" in question else territory.within(question)
    return [where | state for state in each(question, "state")]


def _shown(need: Doc, asked: Asked) -> Doc:
    if is_of(need, asked) or serves(asked, need["community"]):
        return need
    return {name: value for name, value in need.items() if name not in OF_THOSE_CONCERNED}


def _works_on(views: Reads, doc: Doc, asked: Asked) -> bool:
    return "unit" in doc and acts_for(the(views, "units", doc["unit"]), asked)
