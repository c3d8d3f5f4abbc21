"""Who acts for whom: begun with consent, for a time, and ended by either side or by who keeps the record."""

from datetime import date, timedelta

from schemas.documents import Json
from services.district.calendar import day_in_words, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.views import Find, Reads
from services.people.model import ages, records
from services.people.model.lifecycles import LINK
from services.people.rules.person import (
    MOST_LINKS,
    PERSONS,
    keeps,
    kept,
    must_be_recorded,
)
from services.people.rules.roles import must_be_no_machine

LINKS = kind_of(LINK, "links")
LONGEST = timedelta(days=366)  # Then the consent is asked for anew.


def begin(docs: Reads, payload: Json, asked: Asked) -> Fact:
    person = kept(docs, payload["person"], asked)
    holder = PERSONS.found(docs, payload["holder"], asked, path="holder")
    for one in (person, holder):
        must_be_recorded(one)
    must_be_no_machine(docs, asked)
    _must_be_two(payload)
    _must_be_anothers(payload, asked)
    _must_last(payload, asked)
    _must_be_new(docs, payload)
    return LINK.fact("link_begun.v1", asked.new_id, payload | {"by": asked.actor.id})


def end(docs: Reads, payload: Json, asked: Asked) -> Fact:
    link = LINKS.admitted(
        docs,
        payload["link"],
        asked,
        may=ends,
        sees=ends,
    )
    LINK.must_allow(link, "end", "这项代办关系")
    return LINK.fact("link_ended.v1", link["id"], {"by": asked.actor.id})


def lapse(docs: Reads, link: Json, asked: Asked) -> Fact:
    """Of a child who is grown by then, no more of the birth is kept than of anybody."""
    about, person = {"link": link["id"]}, link["person"]
    record = records.read(asked.note, person)
    notes = {}
    if "born" in record and link["kind"] == "guardian":
        born = ages.as_kept(record["born"], local_day(asked.now))
        notes[records.note_of(person)] = records.written(record | {"born": born})
    return Fact("link_lapsed.v1", f"link/{link['id']}", about, notes, of=person)


def ends(docs: Reads, link: Json, asked: Asked) -> bool:
    """Either of the two, and who keeps the record of the one that is acted for."""
    if asked.actor.id in (link["person"], link["holder"]):
        return True
    return keeps(docs, docs.the("persons", link["person"]), asked)


def _must_be_two(payload: Json) -> None:
    if payload["person"] == payload["holder"]:
        raise Refused("same_person", "自己办理不用登记关系", path="holder")


def _must_be_anothers(payload: Json, asked: Asked) -> None:
    """It would outlast the role by which somebody writes it down."""
    if payload["holder"] == asked.actor.id:
        says = "不能把自己登记为代办人，请由别人办理"
        raise Forbidden(says, code="own_decision", path="holder")


def _must_last(payload: Json, asked: Asked) -> None:
    """Not over already, and not longer than the consent or the childhood it rests on."""
    today, until = local_day(asked.now), payload["until"]
    if until < today:
        says = f"{day_in_words(until)} 已经过去"
        raise Refused("already_over", says, path="until")
    if payload["consent"]["on"] > today:
        raise Refused("consent_to_come", "同意的日期不能晚于今天", path="consent/on")
    if payload["kind"] == "guardian":
        _must_end_with_the_childhood(payload, asked)
    elif until > (date.fromisoformat(today) + LONGEST).isoformat():
        raise Refused("too_long", "最多一年，到期前请再征求一次同意", path="until")


def must_not_last_beyond(docs: Reads, person: str, born: str | None) -> None:
    """Raises `Refused` while somebody is a guardian for longer than who was born then is a child."""
    where = {"person": person, "state": "active"}
    for link in docs.find(Find("links", where, "id", limit=MOST_LINKS)):
        if link["kind"] == "guardian" and _is_beyond(link["until"], born):
            says = "监护关系到期比这样写的出生年月晚，请先结束监护关系"
            raise Refused("guardian_beyond", says, path="born")


def _is_beyond(until: str, born: str | None) -> bool:
    return born is None or until[:7] > ages.comes_of(born, ages.GROWN_FROM)


def _must_end_with_the_childhood(payload: Json, asked: Asked) -> None:
    born = records.read(asked.note, payload["person"]).get("born")
    if born is None:
        raise Refused("born_needed", "请先在资料里写上出生年月", path="person")
    if _is_beyond(payload["until"], born):
        raise Refused("grown_by_then", "监护到成年为止，请改早一些", path="until")


def _must_be_new(docs: Reads, payload: Json) -> None:
    where = {
        "person": payload["person"],
        "holder": payload["holder"],
        "state": "active",
    }
    links = docs.find(Find("links", where, "id", limit=MOST_LINKS))
    if any(link["kind"] == payload["kind"] for link in links):
        raise Refused("already_linked", "这项代办关系已经登记过，还有效")
