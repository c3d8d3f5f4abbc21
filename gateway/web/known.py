"""What pages ask of who people are: a record, masked, and for whom the visitor may act."""

from gateway.edge import reading
from gateway.web.page import Visit
from gateway.web.whose import district_of
from schemas.documents import Json
from schemas.people.links import ListMyLinks
from schemas.people.persons import FindByNumber, FindPersons
from services.kit.errors import Unavailable, Unknown

PEOPLE = "people"
MOST_LINKS = 20
LINKS = ListMyLinks()


def ask_people(visit: Visit, name: str, question: Json) -> Json:
    with visit.services.place(PEOPLE):
        answer: Json = visit.services.ask(
            PEOPLE, name, question, actor=visit.actor, trace=visit.trace
        )
    return answer


def people_named(visit: Visit, filled: Json) -> list[Json]:
    """Those of the name filled in whom the visitor keeps records of, in the part of it that is filled in, masked.

    That they looked is on record.
    """
    question = {"division": district_of(visit.actor)} | filled
    question = reading.load(FindPersons(), question)
    people: list[Json] = ask_people(visit, "find_persons", question)["items"]
    return people


def person_known(visit: Visit, name: str, phone: str) -> list[Json]:
    """Who has just that name and signs in by that number, masked. That the visitor looked is on record."""
    question = reading.load(FindByNumber(), {"name": name, "phone": phone})
    people: list[Json] = ask_people(visit, "find_by_number", question)["items"]
    return people


def own_record(visit: Visit) -> Json:
    """`{has_record, has_account}`: what is not there is not offered. Both while nobody answers."""
    try:
        record = ask_people(visit, "get_me", {})
    except Unknown:
        return {"has_record": False, "has_account": False}
    except Unavailable:
        return {"has_record": True, "has_account": True}
    return {"has_record": True, "has_account": "account" in record}


def acts_for(visit: Visit) -> list[Json] | None:
    """The links by which the visitor may act for others; None when nobody answers what they are."""
    question = reading.load(LINKS, {"limit": MOST_LINKS})
    try:
        links: list[Json] = ask_people(visit, "list_my_links", question)["items"]
    except Unavailable:
        return None
    return links
