"""Who may let somebody in or lock them out: nobody gets at an account that may do more than their own."""

from dataclasses import replace

from schemas.documents import Json, pick
from services.kit.actor import Actor, Role
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden
from services.kit.lists.paging import every
from services.kit.views import Find, Reads
from services.people.rules.person import keeps
from services.people.rules.roles import OPEN, decides, must_be_no_machine

BATCH = 100


def must_rank_above(docs: Reads, person: Json, asked: Asked) -> None:
    """Raises `Forbidden` unless the actor might have granted every role the person holds.

    Whoever gives somebody a way in could take it themself.
    """
    if not _ranks_above(docs, person, asked):
        says = "这个人的任职不由您任免，账号请由任免的人办理"
        raise Forbidden(says, code="outranked")


def _ranks_above(docs: Reads, person: Json, asked: Asked) -> bool:
    grants = open_grants(docs, person["id"])
    return all(decides(docs, grant, asked) for grant in grants)


def must_let_in(docs: Reads, person: Json, asked: Asked) -> None:
    """The same, of who gives somebody a way in, which no machine does."""
    must_be_no_machine(docs, asked)
    must_rank_above(docs, person, asked)


def is_still_above(docs: Reads, person: str, by: str, asked: Asked) -> bool:
    """Whether who once gave somebody a way in, or would merge them, might do so now.

    What somebody may of whom there is no record, the operator or a developer, only their own token tells.
    """
    if docs.get("persons", by) is None:
        return True
    roles = tuple(Role(**role) for role in roles_of(docs, by))
    giver, whose = replace(asked, actor=Actor(by, roles)), docs.the("persons", person)
    return keeps(docs, whose, giver) and _ranks_above(docs, whose, giver)


def roles_of(docs: Reads, id: str) -> list[Json]:
    """`[{role, scope}]` as they are held now; none without an account that is open."""
    person = docs.get("persons", id)
    account = docs.get("accounts", person.get("account", "")) if person else None
    if person is None or account is None or account["state"] != "open":
        return []
    roles = [{"role": "resident", "scope": person["community"]}]
    for grant in held_grants(docs, id):
        role = pick(grant, "role", "scope")
        if role not in roles:
            roles.append(role)
    return roles


def open_grants(docs: Reads, person: str) -> list[Json]:
    return [grant for state in OPEN for grant in every(docs, _grants(person, state))]


def held_grants(docs: Reads, person: str) -> list[Json]:
    return list(every(docs, _grants(person, "held")))


def _grants(person: str, state: str) -> Find:
    where = {"person": person, "state": state}
    return Find("grants", where, "id", limit=BATCH)
