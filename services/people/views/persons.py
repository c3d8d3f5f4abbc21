"""Persons as they are shown: masked, but to themselves and for a while to who has said why they look."""

from itertools import chain

from schemas.documents import Json
from schemas.fields import instant
from schemas.people.persons import MOST_FOUND
from services.district import territory
from services.district.authority import held_within
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.lists.paging import every, page
from services.kit.views import Find, Reads
from services.people.model import records
from services.people.model.keys import Keys
from services.people.rules.accounts import account_of
from services.people.rules.guessing import must_not_guess
from services.people.rules.person import KEEPERS, PERSONS, is_own, sees
from services.people.views.retention import is_overdue

MOST_LOOKED_THROUGH = 5_000


def get_person(views: Reads, question: Json, asked: Asked) -> Json:
    person = PERSONS.found(views, question["person"], asked, sees=sees)
    return shown(views, person, asked)


def get_me(views: Reads, question: Json, asked: Asked) -> Json:
    """Raises `Unknown` for an actor of whom there is no record."""
    return shown(views, PERSONS.found(views, asked.actor.id, asked), asked)


def list_persons(views: Reads, question: Json, asked: Asked) -> Json:
    """Those recorded where the actor keeps records, of all that is asked for."""
    places = held_within(asked.actor, KEEPERS, question["division"])
    finds = (recorded_in(place) for place in places)
    found = page(
        views, question, *finds, sees=lambda person: not is_overdue(person, asked)
    )
    persons = [shown(views, person, asked) for person in found["items"]]
    return found | {"items": persons}


def find_persons(views: Reads, question: Json, asked: Asked) -> Json:
    """Those recorded where the actor keeps records whose name begins so: at most so many. Reads records, so it blocks.

    Raises `Refused` where there are more people than can be looked through.
    """
    places = held_within(asked.actor, KEEPERS, question["division"])
    recorded = chain(*(every(views, recorded_in(place)) for place in places))
    items = []
    for number, person in enumerate(recorded, 1):
        if number > MOST_LOOKED_THROUGH:
            raise Refused("too_many_people", "这里的人太多，请按社区查找")
        if is_overdue(person, asked):
            continue
        if _is_called(person, question["name"], asked):
            items.append(shown(views, person, asked))
        if len(items) == MOST_FOUND:
            break
    return {"items": items, "next": None}


def name_persons(views: Reads, question: Json, asked: Asked) -> Json:
    """Those of a list whom the actor sees; of the others nothing is told."""
    named = (views.get(PERSONS.collection, id) for id in question["persons"])
    seen = [one for one in named if one is not None and sees(views, one, asked)]
    return {"items": [shown(views, one, asked) for one in seen], "next": None}


def find_by_number(views: Reads, question: Json, asked: Asked, keys: Keys) -> Json:
    """Who signs in by that number and is called just so, wherever they are recorded; nobody where one is not so.

    Raises `Refused` for who has looked in vain too often today.
    """
    must_not_guess(views, asked)
    account = account_of(views, question["phone"], asked, keys)
    person = views.get("persons", account["person"]) if account else None
    is_there = person is not None and person["state"] == "recorded"
    record = records.read(asked.note, person["id"]) if person and is_there else {}
    is_known = record.get("name") == question["name"]
    items = [shown(views, person, asked)] if person and is_known else []
    return {"items": items, "next": None}


def shown(views: Reads, person: Json, asked: Asked) -> Json:
    record = records.read(asked.note, person["id"])
    if is_own(person, asked) or _looks_now(views, person, asked):
        return person | records.plain(record) | {"plain": True}
    return person | records.masked(record) | {"plain": False}


def name_of(person: str, asked: Asked) -> str:
    """As others are told it; "" once it is erased."""
    record = records.read(asked.note, person)
    return records.masked_name(record["name"]) if record else ""


def _is_called(person: Json, name: str, asked: Asked) -> bool:
    record = records.read(asked.note, person["id"])
    return bool(record) and str(record["name"]).startswith(name)


def recorded_in(place: str) -> Find:
    where = territory.within({"division": place}) | {"state": "recorded"}
    return Find("persons", where, "id")


def _looks_now(views: Reads, person: Json, asked: Asked) -> bool:
    where = {"person": person["id"], "by": asked.actor.id}
    since = instant(asked.now)
    return bool(views.find(Find("looks", where, "until", since=since, limit=1)))
