"""Who applies to be a partner, what the street says to it, and the profile afterwards."""

from dataclasses import replace

from schemas.documents import Json
from services.district import appeals, territory
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Reads
from services.partners.rules.codes import must_be_free, must_not_be_held
from services.partners.rules.likeness import released_name, similar_to
from services.partners.rules.limits import must_not_be_too_many
from services.partners.rules.rights import (
    called,
    decided,
    fact,
    must_allow,
    own,
    rejection,
    was_approved,
)
from services.partners.rules.words import WORDS, erasing, with_words_noted, words_of


def apply(docs: Reads, command: Json, asked: Asked) -> Fact:
    territory.known(docs, command["community"], "community", local_day(asked.now))
    must_not_be_too_many(docs, command["community"], asked)
    must_be_free(docs, command, asked)
    similar = _similar(docs, command["community"], command["name"], asked.new_id)
    said = {**command, "similar": similar, "by": asked.actor.id}
    return with_words_noted(fact("partner_applied.v3", asked.new_id, said), asked)


def reapply(docs: Reads, command: Json, asked: Asked) -> Fact:
    partner = own(docs, command, asked)
    must_allow(partner, "reapply")
    must_be_free(docs, command, asked)
    community = partner["community"]
    similar = _similar(docs, community, command["name"], partner["id"])
    said = {**command, "community": community, "similar": similar}
    return with_words_noted(
        fact("partner_reapplied.v3", partner["id"], said), asked, partner
    )


def approve(docs: Reads, command: Json, asked: Asked) -> Fact:
    partner = decided(docs, command, asked, "approve")
    must_not_be_held(docs, partner)
    words = words_of(partner, asked)
    if len(words) < len(WORDS):
        raise Refused(
            "words_erased", "申请里的名称或联系人职务已不在，不能通过；请申请人重新申请"
        )
    return fact("partner_approved.v2", partner["id"], {**words, "by": asked.actor.id})


def reject(docs: Reads, command: Json, asked: Asked) -> Fact:
    decided(docs, command, asked, "reject")
    return fact(
        "partner_rejected.v1", command["partner"], {**command, "by": asked.actor.id}
    )


def appeal(docs: Reads, command: Json, asked: Asked) -> Fact:
    partner = own(docs, command, asked)
    must_allow(partner, "appeal")
    appeals.must_be_first_and_in_time(rejection(partner), called(partner), asked)
    appealed = fact(
        "partner_appealed.v1",
        partner["id"],
        {"by": asked.actor.id, "note": asked.new_id},
    )
    return replace(appealed, notes={asked.new_id: command["words"]})


def decide_appeal(docs: Reads, command: Json, asked: Asked) -> Fact:
    partner = decided(
        docs, command, asked, "uphold_appeal" if command["upheld"] else "dismiss_appeal"
    )
    appeals.must_be_another(rejection(partner), asked)
    return fact(
        "partner_appeal_decided.v1", partner["id"], {**command, "by": asked.actor.id}
    )


def erase_words(docs: Reads, command: Json, asked: Asked) -> Fact:
    partner = own(docs, command, asked)
    must_allow(partner, "erase_words")
    return erasing(fact("partner_words_erased.v1", partner["id"], {}), partner)


def update_profile(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Once approved, a partner speaks for itself in public; before, the street has seen nothing of it yet."""
    partner = own(docs, command, asked)
    must_allow(partner, "update_profile")
    if was_approved(partner):
        return fact("partner_profile_updated.v2", partner["id"], command)
    return with_words_noted(
        fact("partner_profile_updated.v3", partner["id"], command), asked, partner
    )


def _similar(docs: Reads, community: str, name: str, but: str) -> list[str]:
    return [
        other["partner"]
        for other in similar_to(docs, community, name, but, released_name)
    ]
