"""How many records are kept, and how many that should be gone: a figure that is to be nought."""

from schemas.documents import Json
from schemas.fields import instant
from services.district import territory
from services.district.authority import held_within
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.views import Find, Reads
from services.people.folds.retention import BY
from services.people.rules.person import KEEPERS

MOST_COUNTED = 10_000_000


def count_overdue(views: Reads, question: Json, asked: Asked) -> Json:
    """Of those recorded where the actor keeps records."""
    places = held_within(asked.actor, KEEPERS, question["division"])
    if not places:
        says = "只能查看自己工作范围内的"
        raise Forbidden(says, code="out_of_scope", path="division")
    finds = [_recorded_in(place) for place in places]
    overdue = [_with_end(find, instant(asked.now)) for find in finds]
    return {
        "kept": sum(map(views.count, finds)),
        "overdue": sum(map(views.count, overdue)),
    }


def is_overdue(person: Json, asked: Asked) -> bool:
    """Its end has come: nobody is shown it in a list, however soon it goes."""
    return bool(person.get(BY, "") and person[BY] <= instant(asked.now))


def _recorded_in(place: str) -> Find:
    where = territory.within({"division": place}) | {"state": "recorded"}
    return Find("persons", where, "id", limit=MOST_COUNTED)


def _with_end(find: Find, now: str) -> Find:
    return Find(find.collection, find.where, BY, until=now, limit=MOST_COUNTED)
