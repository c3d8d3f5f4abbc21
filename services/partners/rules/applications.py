"""Who applies to be a partner, what the street says to it, and the profile afterwards."""

from schemas.documents import Json
from services.district import appeals, territory
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.persons.machines import must_be_a_person
from services.kit.views import Reads
from services.partners.model.lifecycles import PARTNER
from services.partners.rules import codes, limits
from services.partners.rules.likeness import released_name, similar_to
from services.partners.rules.rights import (
    called,
    decided,
    own_at,
    rejection,
    was_approved,
)
from services.partners.rules.words import WORDS, noted_in, with_words_noted, words_of


def apply(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Its words are notes until it is approved. Raises `Refused` for too many, and for a code that is taken."""
    must_be_a_person(asked)
    community = command["community"]
    territory.known(docs, community, "community", local_day(asked.now))
    limits.must_not_be_too_many(docs, community, asked)
    codes.must_be_free(docs, command, asked)
    id = asked.new_id
    similar = _similar(docs, community, command["name"], id)
    content = command | {"similar": similar, "by": asked.actor.id}
    applied = PARTNER.fact("partner_applied.v3", id, content)
    return with_words_noted(applied, asked)


def reapply(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Where it was; the words said before are erased."""
    partner = own_at(docs, command, asked, "reapply")
    codes.must_be_free(docs, command, asked)
    community = partner["community"]
    similar = _similar(docs, community, command["name"], partner["id"])
    content = command | {"community": community, "similar": similar}
    reapplied = PARTNER.fact("partner_reapplied.v3", partner["id"], content)
    return with_words_noted(reapplied, asked, partner)


def approve(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who administers the street. Its words are public from then on; raises `Refused` once they are erased."""
    partner = decided(docs, command, asked, "approve")
    codes.must_not_be_held(docs, partner)
    words = words_of(partner, asked)
    if len(words) < len(WORDS):
        says = "申请里的名称或联系人职务已不在，不能通过；请申请人重新申请"
        raise Refused("words_erased", says)
    content = words | {"by": asked.actor.id}
    return PARTNER.fact("partner_approved.v2", partner["id"], content)


def reject(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who administers the street, with a reason; an appeal may follow."""
    partner = decided(docs, command, asked, "reject")
    content = command | {"by": asked.actor.id}
    return PARTNER.fact("partner_rejected.v1", partner["id"], content)


def appeal(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Once and in time, or raises `Refused`. The words can be erased."""
    partner = own_at(docs, command, asked, "appeal")
    appeals.must_be_first_and_in_time(rejection(partner), called(partner), asked)
    note = asked.new_id
    content = {"by": asked.actor.id, "note": note}
    notes = {note: command["words"]}
    return PARTNER.fact("partner_appealed.v1", partner["id"], content, notes=notes)


def decide_appeal(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By another than who rejected it: raises `Refused` otherwise."""
    partner = decided(docs, command, asked, appeals.step_of(command))
    appeals.must_be_another(rejection(partner), asked)
    content = command | {"by": asked.actor.id}
    return PARTNER.fact("partner_appeal_decided.v1", partner["id"], content)


def erase_words(docs: Reads, command: Json, asked: Asked) -> Fact:
    """By who applied: none of its notes can be read any more."""
    partner = own_at(docs, command, asked, "erase_words")
    return PARTNER.fact(
        "partner_words_erased.v1", partner["id"], erases=noted_in(partner)
    )


def update_profile(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Once approved, a partner speaks for itself in public; before, the street has seen nothing of it yet."""
    partner = own_at(docs, command, asked, "update_profile")
    if was_approved(partner):
        return PARTNER.fact("partner_profile_updated.v2", partner["id"], command)
    updated = PARTNER.fact("partner_profile_updated.v3", partner["id"], command)
    return with_words_noted(updated, asked, partner)


def _similar(docs: Reads, community: str, name: str, but: str) -> list[str]:
    """The ids of those that are called much the same."""
    alike = similar_to(docs, community, name, but, released_name)
    return [other["partner"] for other in alike]
