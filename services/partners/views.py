"""What the partners service shows: answers to questions, each from an index.

Everybody with a role sees the partners that were approved. Who applied, why something was decided and an application
not approved are shown to who decides and who applied alone; to others such an application does not exist.
"""

from collections.abc import Iterator
from functools import partial

from schemas.documents import Json, pick, pick_present, without
from schemas.partners.partners import STATES
from services.district import territory
from services.district.authority import STREET, held_within
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.lists.listing import listed
from services.kit.lists.paging import page
from services.kit.lists.shown import shown
from services.kit.views import Find, Reads
from services.partners.folds.partners import PARTNERS as REMEMBERED
from services.partners.rules.likeness import released_name, similar_to
from services.partners.rules.rights import PARTNERS, PASSED, decides, knows, sees
from services.partners.rules.words import appeal_of, name_of, words_of

OF_THE_DECISION = ("notes", "appealed", "appealed_by")


def get_partner(views: Reads, question: Json, asked: Asked) -> Json:
    """The partner with those that are similar to it now: to who decides, also those that wait."""
    partner = PARTNERS.found(views, question["partner"], asked, sees=sees)
    similar = _similar(views, partner, asked)
    return _partner(views, partner, asked) | {"similar": similar}


def _similar(views: Reads, partner: Json, asked: Asked) -> list[Json]:
    name = name_of(partner, asked)
    if not name:
        return []
    named = released_name
    if decides(views, partner, asked):
        named = partial(name_of, asked=asked)
    return similar_to(views, partner["community"], name, partner["id"], named)


def list_partners(views: Reads, question: Json, asked: Asked) -> Json:
    """`{items, next}`: as far as who asks may see them; by id, or where the words are found."""
    if "text" in question:
        return _searched(views, question, asked)
    where = pick_present(question, "kind", "category")
    collection = "served" if "category" in question else "partners"
    seen = _seen(question, asked)
    finds = (Find(collection, where | choice, "id") for choice in seen)
    found = page(views, question, *finds)
    return shown(views, found, asked, _entry)


def _entry(views: Reads, entry: Json, asked: Asked) -> Json:
    """The partner, also where the entry is one of a category it serves."""
    id = entry.get("partner", entry["id"])
    return _partner(views, entry | {"id": id}, asked)


def _searched(views: Reads, question: Json, asked: Asked) -> Json:
    where = pick_present(question, "kind")
    seen = _seen(question, asked)
    finds = (Find("partners", where | choice, "id") for choice in seen)

    def serves(partner: Json) -> bool:
        return question.get("category") in (None, *partner["categories"])

    found = listed(views, REMEMBERED, question, *finds, sees=serves)
    return shown(views, found, asked, _partner)


def list_members(views: Reads, question: Json, asked: Asked) -> Json:
    """Whoever belongs to the alliance on the day asked for, today unless another is named."""
    day = question.get("on", local_day(asked.now))

    def has_begun(stay: Json) -> bool:
        return bool(stay["since"] <= day)

    find = Find("memberships", territory.within(question), "ends", since=day)
    found = page(views, question, find, sees=has_begun)
    return shown(views, found, asked, _member)


def _seen(question: Json, asked: Asked) -> Iterator[Json]:
    """Conditions that together find what the actor sees of what is asked for."""
    within = territory.within(question)
    decided_on = held_within(asked.actor, STREET, question.get("division", ""))
    for state in question.get("state", STATES):
        if state in PASSED:
            yield within | {"state": state}
            continue
        for id in asked.ids:
            yield within | {"state": state, "by": id}
        for place in decided_on:
            yield territory.within({"division": place}) | {"state": state}


def _partner(views: Reads, partner: Json, asked: Asked) -> Json:
    """The partner as the actor may see it."""
    known = without(partner, *OF_THE_DECISION)
    if knows(views, partner, asked):
        return known | words_of(partner, asked) | appeal_of(partner, asked)
    public = without(known, "by")
    public["decisions"] = list(_public(partner["decisions"]))
    public["similar"] = []
    return public


def _public(decisions: list[Json]) -> Iterator[Json]:
    """What everybody may know of the decisions."""
    for decision in decisions:
        if decision["state"] != "rejected":
            yield pick(decision, "state", "at")


def _member(views: Reads, stay: Json, asked: Asked) -> Json:
    partner = PARTNERS.found(views, stay["partner"], asked)
    return stay | pick(partner, "name", "state", "state_text")
