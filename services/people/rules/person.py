"""The person a request is about, who keeps the record, and who speaks for them."""

from schemas.documents import Json
from services.district.authority import oversees
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.lookup import kind_of
from services.kit.views import Find, Reads
from services.people.model import ages, records
from services.people.model.lifecycles import PERSON

PERSONS = kind_of(PERSON, "persons")
KEEPERS = ("community_worker", "street_admin", "district_admin")
NOT_KEPT = "这个人的资料不由您登记"
MOST_LINKS = 50


def keeps(docs: Reads, person: Json, asked: Asked) -> bool:
    """Who works where the record is kept."""
    return keeps_in(asked, person["community"])


def keeps_in(asked: Asked, community: str) -> bool:
    actor = asked.actor
    return actor.covers("community_worker", community) or oversees(actor, community)


def is_own(person: Json, asked: Asked) -> bool:
    return bool(person["id"] == asked.actor.id)


def speaks_for(docs: Reads, person: Json, asked: Asked) -> bool:
    """The person, and who is their guardian now."""
    return is_own(person, asked) or acts_for(docs, person["id"], asked, ("guardian",))


def acts_for(docs: Reads, person: str, asked: Asked, kinds: tuple[str, ...]) -> bool:
    return _is_linked(docs, person, asked.actor.id, asked, kinds)


def is_guardian(docs: Reads, person: str, holder: str, asked: Asked) -> bool:
    return _is_linked(docs, person, holder, asked, ("guardian",))


def _is_linked(
    docs: Reads, person: str, holder: str, asked: Asked, kinds: tuple[str, ...]
) -> bool:
    where = {"person": person, "holder": holder, "state": "active"}
    links = docs.find(Find("links", where, "id", limit=MOST_LINKS))
    today = local_day(asked.now)
    return any(link["kind"] in kinds and today <= link["until"] for link in links)


def sees(docs: Reads, person: Json, asked: Asked) -> bool:
    every_kind = ("guardian", "proxy", "household")
    if keeps(docs, person, asked) or is_own(person, asked):
        return True
    return acts_for(docs, person["id"], asked, every_kind)


def disposes(docs: Reads, person: Json, asked: Asked) -> bool:
    return keeps(docs, person, asked) or speaks_for(docs, person, asked)


def kept(docs: Reads, id: str, asked: Asked, path: str = "") -> Json:
    """The person, when the actor keeps the record."""
    return PERSONS.admitted(
        docs,
        id,
        asked,
        may=keeps,
        sees=sees,
        code="not_yours_to_keep",
        says=NOT_KEPT,
        path=path,
    )


def is_under(person: str, years: int, asked: Asked) -> bool:
    """Whether the record says that somebody is younger; who says nothing is taken as grown."""
    born = str(records.read(asked.note, person).get("born", ""))
    return bool(born) and ages.is_under(born, years, local_day(asked.now))


def decides_for(docs: Reads, person: Json, asked: Asked) -> bool:
    """The same, but of guardians those of a child: who is fourteen speaks for themself, and is seen by theirs."""
    if keeps(docs, person, asked) or is_own(person, asked):
        return True
    is_child = is_under(person["id"], ages.ALONE_FROM, asked)
    return is_child and speaks_for(docs, person, asked)


def disposed_of(docs: Reads, id: str, asked: Asked) -> Json:
    """The person, when the actor keeps the record or decides for them."""
    return PERSONS.admitted(
        docs,
        id,
        asked,
        may=decides_for,
        sees=sees,
        code="not_yours_to_keep",
        says=NOT_KEPT,
    )


def must_allow(person: Json, step: str) -> None:
    PERSON.must_allow(person, step, "这个人")


def must_be_recorded(person: Json) -> None:
    """For what is done with a person and leaves the record as it is."""
    if person["state"] == "merged":
        raise Refused("person_merged", "这份资料已并入另一份", path="person")
    if person["state"] != "recorded":
        raise Refused("person_erased", "这个人的资料已删除", path="person")
