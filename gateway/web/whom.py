"""Somebody whom a command names: found by the beginning of a name, or known by whole name and number."""

from collections.abc import Callable

from gateway.pages.names import as_called, names_of
from gateway.web import arriving
from gateway.web.drawing import ByNumber, Groups
from gateway.web.known import people_named, person_known
from gateway.web.page import Visit
from gateway.web.whose import district_of
from schemas.exchange.people_named import name_and_number
from schemas.people.persons import MOST_FOUND

Finder = Callable[[Visit, str], Groups]  # By the words that were written.


def person_for(field: str) -> Finder:
    """Those recorded where the visitor works whose name begins so; else who was picked, or whom it is about already.

    Who keeps no records finds whom they know by whole name and number.
    """

    def find(visit: Visit, wanted: str) -> Groups:
        keeps = bool(district_of(visit.actor))
        if wanted:
            return (_people_called if keeps else _person_known)(visit, wanted)
        person = arriving.picked(field) or str(visit.query.get("person", ""))
        named = names_of(visit, [person])(person) or "名单上的这一位"
        groups = [("", [(person, named)])] if person else []
        return groups if keeps else ByNumber(groups)

    return find


def _person_known(visit: Visit, wanted: str) -> Groups:
    said = name_and_number(wanted)
    known = person_known(visit, said["name"], said["phone"]) if said else []
    return ByNumber([("", [(one["id"], as_called(one)) for one in known])])


def _people_called(visit: Visit, wanted: str) -> Groups:
    people = [
        (one["id"], as_called(one)) for one in people_named(visit, {"name": wanted})
    ]
    title = (
        f"只列出前 {MOST_FOUND} 位，多写几个字再找" if len(people) == MOST_FOUND else ""
    )
    return [(title, people)]
