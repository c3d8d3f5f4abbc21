"""Consents: given for one purpose by the person or a guardian, or written down by who keeps the record.

个人信息保护法 art. 14-16, 31: under 14 only a guardian consents, to each purpose by itself; withdrawing is as easy as
giving, and undoes nothing that was done before.
"""

from schemas.documents import Json, pick_present, without
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.persons.aliases import merged_into
from services.kit.views import Find, Reads
from services.people.model import ages
from services.people.model.lifecycles import CONSENT
from services.people.rules.person import (
    NOT_KEPT,
    disposed_of,
    disposes,
    is_guardian,
    is_under,
    must_be_recorded,
)

CONSENTS = kind_of(CONSENT, "consents")


def give(docs: Reads, payload: Json, asked: Asked) -> Fact:
    person = disposed_of(docs, payload["person"], asked)
    must_be_recorded(person)
    must_be_past(payload["on"], "on", asked)
    _must_be_new(docs, payload)
    guardian = _guardian(docs, person["id"], payload, asked)
    content = without(payload, "words", "guardian") | guardian
    return _fact(
        "consent_given.v1", asked.new_id, person["id"], content, payload, asked
    )


def withdraw(docs: Reads, payload: Json, asked: Asked) -> Fact:
    consent = CONSENTS.admitted(
        docs,
        payload["consent"],
        asked,
        may=_disposes,
        sees=_disposes,
        code="not_yours_to_keep",
        says=NOT_KEPT,
    )
    CONSENT.must_allow(consent, "withdraw", "这项同意")
    must_be_past(payload["on"], "on", asked)
    content = without(payload, "words", "consent")
    whose = consent["person"]
    return _fact("consent_withdrawn.v1", consent["id"], whose, content, payload, asked)


def must_be_past(day: str, path: str, asked: Asked) -> None:
    if day > local_day(asked.now):
        raise Refused("consent_to_come", "同意的日期不能晚于今天", path=path)


def _guardian(docs: Reads, person: str, payload: Json, asked: Asked) -> Json:
    """`{guardian}` where one consents: named by who writes it down, or whoever asks."""
    named = pick_present(payload, "guardian")
    if not named and is_guardian(docs, person, asked.actor.id, asked):
        named = {"guardian": asked.actor.id}
    if named and not is_guardian(docs, person, named["guardian"], asked):
        says = "这个人没有登记为监护人，请先登记代办关系"
        raise Refused("not_the_guardian", says, path="guardian")
    if not named and is_under(person, ages.ALONE_FROM, asked):
        says = f"未满 {ages.ALONE_FROM} 周岁，每个用途都要由监护人同意"
        raise Refused("guardian_needed", says, path="guardian")
    return named


def _must_be_new(docs: Reads, payload: Json) -> None:
    """Who agreed may do so anew, for what was withdrawn under an id that is theirs by now."""
    person, purpose = payload["person"], payload["purpose"]
    others = merged_into(docs, person)
    if any(_is(docs, "withdrawn", id, purpose) for id in others):
        return
    if _is(docs, "given", person, purpose):
        raise Refused("already_given", "这个用途已经同意过，没有撤回", path="purpose")


def _is(docs: Reads, state: str, person: str, purpose: str) -> bool:
    where = {"person": person, "purpose": purpose, "state": state}
    return bool(docs.find(Find("consents", where, "id", limit=1)))


def _disposes(docs: Reads, consent: Json, asked: Asked) -> bool:
    return disposes(docs, docs.the("persons", consent["person"]), asked)


def _fact(
    type: str, id: str, person: str, content: Json, payload: Json, asked: Asked
) -> Fact:
    content |= {"consent": id, "by": asked.actor.id}
    notes = {}
    if "words" in payload:
        content["note"] = asked.new_id
        notes[asked.new_id] = payload["words"]
    return Fact(type, f"consent/{id}", content, notes, of=person)
