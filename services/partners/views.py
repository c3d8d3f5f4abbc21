"""What the partners service shows: answers to questions, each from an index."""

from services.kit import territory
from services.kit.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.log import Data
from services.kit.paging import each, page
from services.kit.views import Doc, Find, Reads
from services.partners.rules.likeness import similar_to
from services.partners.rules.partner import the_partner


def get_partner(views: Reads, question: Data, asked: Asked) -> Doc:
    """The partner with those that are similar to it now."""
    partner = the_partner(views, question["partner"])
    return {**partner, "similar": similar_to(views, partner["community"], partner["name"], partner["id"])}


def list_partners(views: Reads, question: Data, asked: Asked) -> Data:
    where = {name: question[name] for name in ("kind", "category") if name in question} | territory.within(question)
    collection = "served" if "category" in question else "partners"
    found = page(views, question, *(Find(collection, where | state, "id") for state in each(question, "state")))
    if "category" not in question:
        return found
    return {**found, "items": [{**entry, "id": entry["partner"]} for entry in found["items"]]}


def list_members(views: Reads, question: Data, asked: Asked) -> Data:
    day = question.get("on", local_day(asked.now))
    found = page(views, question, Find("memberships", territory.within(question), "ends", since=day))
    return {**found, "items": [_member(views, stay) for stay in found["items"] if stay["since"] <= day]}


def _member(views: Reads, stay: Doc) -> Doc:
    partner = the_partner(views, stay["partner"])
    return {**stay, **{name: partner[name] for name in ("name", "state", "state_text")}}
