"""What is done with a person's record: made, changed, moved, revealed, erased."""

from schemas.documents import Json, pick, pick_present
from schemas.people.parts import BY_GUARDIAN
from schemas.people.retention import YEARS_KEPT
from services.district import territory
from services.district.calendar import day_in_words, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.views import Reads
from services.people.model import ages, records
from services.people.rules.consents import must_be_past
from services.people.rules.erasing import erased
from services.people.rules.links import must_not_last_beyond
from services.people.rules.person import (
    disposed_of,
    is_own,
    keeps,
    kept,
    must_allow,
)
from services.people.rules.rank import must_rank_above


def record(docs: Reads, payload: Json, asked: Asked) -> Fact:
    community = payload["community"]
    territory.known(docs, community, "community", local_day(asked.now))
    must_be_past(payload["consent"]["on"], "consent/on", asked)
    _must_be_recent(payload["consent"]["on"], asked)
    content = pick(payload, "community", "consent")
    fact = _noted("person_recorded.v1", asked.new_id, content, payload, asked)
    _must_be_the_guardians(payload, asked)
    return fact


def _must_be_recent(day: str, asked: Asked) -> None:
    """What was agreed to longer ago than a record is kept would be erased at once."""
    if ages.years_after(day, YEARS_KEPT) <= local_day(asked.now):
        says = f"{day_in_words(day)} 的同意已满 {YEARS_KEPT} 年，请再征求一次"
        raise Refused("consent_too_old", says, path="consent/on")


def _must_be_the_guardians(payload: Json, asked: Asked) -> None:
    """Who is too young to consent is recorded with a guardian's consent alone."""
    born, day = payload.get("born"), local_day(asked.now)
    if not born or not ages.is_under(born, ages.ALONE_FROM, day):
        return
    if payload["consent"]["how"] != BY_GUARDIAN:
        says = f"未满 {ages.ALONE_FROM} 周岁，要由监护人代为同意"
        raise Refused("guardian_needed", says, path="consent/how")


def change(docs: Reads, payload: Json, asked: Asked) -> Fact:
    """Login number and address are not changed with the rest: they belong to the account."""
    person = disposed_of(docs, payload["person"], asked)
    must_allow(person, "change")
    before = records.read(asked.note, person["id"])
    _must_be_as_old(docs, person, before, payload, asked)
    must_not_last_beyond(docs, person["id"], payload.get("born"))
    record = payload | pick_present(before, "login", "mail")
    return _noted("person_changed.v1", person["id"], {}, record, asked)


def _must_be_as_old(
    docs: Reads, person: Json, before: Json, after: Json, asked: Asked
) -> None:
    """Raises `Forbidden` for a guardian who would say for how long they are one."""
    if is_own(person, asked) or keeps(docs, person, asked):
        return
    if before.get("born") != after.get("born"):
        says = "出生年月请由登记的社区更正"
        raise Forbidden(says, code="not_yours_to_keep", path="born")


def move(docs: Reads, payload: Json, asked: Asked) -> Fact:
    person = kept(docs, payload["person"], asked)
    must_allow(person, "move")
    territory.known(docs, payload["community"], "community", local_day(asked.now))
    content = pick(payload, "community")
    return about("person_moved.v1", person["id"], content, asked)


def reveal(docs: Reads, payload: Json, asked: Asked) -> Fact:
    """From now on, for a little while, who asks is shown all of the record."""
    person = kept(docs, payload["person"], asked)
    must_allow(person, "reveal")
    content = pick(payload, "reason")
    return about("person_revealed.v1", person["id"], content, asked)


def erase(docs: Reads, payload: Json, asked: Asked) -> Fact:
    person = disposed_of(docs, payload["person"], asked)
    must_allow(person, "erase")
    if not is_own(person, asked):
        must_rank_above(docs, person, asked)
    return erased(docs, person["id"], payload["wish"], asked)


def about(type: str, person: str, content: Json, asked: Asked) -> Fact:
    said = content | {"person": person, "by": asked.actor.id}
    return Fact(type, f"person/{person}", said)


def _noted(type: str, id: str, content: Json, record: Json, asked: Asked) -> Fact:
    kept_record = _as_kept(record, local_day(asked.now))
    said = content | {"person": id, "by": asked.actor.id}
    notes = {records.note_of(id): records.written(kept_record)}
    return Fact(type, f"person/{id}", said, notes, of=id)


def _as_kept(record: Json, day: str) -> Json:
    """With no more of the birth than is needed, and no less."""
    if "born" not in record:
        return record
    born = record["born"]
    if ages.is_to_come(born, day):
        raise Refused("born_later", "出生年月不能晚于今天", path="born")
    if ages.is_minor(born, day) and len(born) == len("2015"):
        raise Refused("month_needed", "未成年人请写到出生的月份", path="born")
    return record | {"born": ages.as_kept(born, day)}
