"""Who may let somebody in or lock them out: nobody gets at an account that may do more than their own."""

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.lists.paging import every
from services.kit.views import Find, Reads
from services.people.rules.roles import OPEN, decides, must_be_no_machine

BATCH = 100


def must_rank_above(docs: Reads, person: Json, asked: Asked) -> None:
    """Raises `Forbidden` unless the actor might have granted every role the person holds.

    Whoever gives somebody a way in could take it themself.
    """
    for grant in open_grants(docs, person["id"]):
        if not decides(docs, grant, asked):
            says = "这个人的任职不由您任免，账号请由任免的人办理"
            raise Forbidden(says, code="outranked")


def must_let_in(docs: Reads, person: Json, asked: Asked) -> None:
    """The same, of who gives somebody a way in, which no machine does."""
    must_be_no_machine(docs, asked)
    must_rank_above(docs, person, asked)


def open_grants(docs: Reads, person: str) -> list[Json]:
    return [grant for state in OPEN for grant in every(docs, _grants(person, state))]


def held_grants(docs: Reads, person: str) -> list[Json]:
    return list(every(docs, _grants(person, "held")))


def _grants(person: str, state: str) -> Find:
    where = {"person": person, "state": state}
    return Find("grants", where, "id", limit=BATCH)
