"""What the partners service shows: answers to questions, each from an index.

Everybody with a role sees the partners that were approved. Who applied, why something was decided and an application
not approved are shown to who decides and who applied alone; to others such an application does not exist.
"""

from collections.abc import Iterator
from functools import partial

from schemas.documents import Json
from schemas.partners.partners import STATES
from services.district import territory
from services.district.authority import STREET, held_within
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.lists.listing import listed
from services.kit.lists.paging import page
from services.kit.views import Find, Reads
from services.partners.folds.partners import PARTNERS as REMEMBERED
from services.partners.rules.likeness import released_name, similar_to
from services.partners.rules.partner import PARTNERS, PASSED, decides, knows, sees
from services.partners.rules.words import appeal_of, name_of, words_of

OF_THE_DECISION = {"notes", "appealed", "appealed_by"}


def get_partner(views: Reads, question: Json, asked: Asked) -> Json:
    """The partner with those that are similar to it now: to who decides, also those that wait."""
    partner = PARTNERS.found(views, question["partner"], asked, sees=sees)
    named = (
        partial(name_of, asked=asked)
        if decides(views, partner, asked)
        else released_name
    )
    name = name_of(partner, asked)
    similar = (
        similar_to(views, partner["community"], name, partner["id"], named)
        if name
        else []
    )
    return {**_shown(views, partner, asked), "similar": similar}


def list_partners(views: Reads, question: Json, asked: Asked) -> Json:
    if "text" in question:
        return _searched(views, question, asked)
    where = {name: question[name] for name in ("kind", "category") if name in question}
    collection = "served" if "category" in question else "partners"
    choices = _seen(question, asked)
    found = page(
        views, question, *(Find(collection, where | choice, "id") for choice in choices)
    )
    items = [
        {**entry, "id": entry.get("partner", entry["id"])} for entry in found["items"]
    ]
    return {**found, "items": [_shown(views, partner, asked) for partner in items]}


def _searched(views: Reads, question: Json, asked: Asked) -> Json:
    where = {"kind": question["kind"]} if "kind" in question else {}
    finds = (
        Find("partners", where | choice, "id") for choice in _seen(question, asked)
    )

    def serves(partner: Json) -> bool:
        return question.get("category") in (None, *partner["categories"])

    found = listed(views, REMEMBERED, question, *finds, sees=serves)
    return {
        **found,
        "items": [_shown(views, partner, asked) for partner in found["items"]],
    }


def list_members(views: Reads, question: Json, asked: Asked) -> Json:
    day = question.get("on", local_day(asked.now))
    find = Find("memberships", territory.within(question), "ends", since=day)
    found = page(views, question, find, sees=lambda stay: stay["since"] <= day)
    return {**found, "items": [_member(views, stay, asked) for stay in found["items"]]}


def _seen(question: Json, asked: Asked) -> Iterator[Json]:
    """Conditions that together find what the actor sees of what is asked for."""
    within = territory.within(question)
    for state in question.get("state", STATES):
        if state in PASSED:
            yield {"state": state, **within}
            continue
        yield {"state": state, "by": asked.actor.id, **within}
        for place in _decided_on(question.get("division", ""), asked):
            yield {"state": state, **place}


def _decided_on(division: str, asked: Asked) -> Iterator[Json]:
    """The places of the division in which the actor decides."""
    for place in held_within(asked.actor, STREET, division):
        yield territory.within({"division": place})


def _shown(views: Reads, partner: Json, asked: Asked) -> Json:
    """The partner as the actor may see it."""
    known = {
        name: value for name, value in partner.items() if name not in OF_THE_DECISION
    }
    if knows(views, partner, asked):
        return {**known, **words_of(partner, asked), **appeal_of(partner, asked)}
    known.pop("by", None)
    told = [
        {name: one[name] for name in ("state", "at")}
        for one in partner["decisions"]
        if one["state"] != "rejected"
    ]
    return {**known, "decisions": told, "similar": []}


def _member(views: Reads, stay: Json, asked: Asked) -> Json:
    partner = PARTNERS.found(views, stay["partner"], asked)
    return {**stay, **{name: partner[name] for name in ("name", "state", "state_text")}}
