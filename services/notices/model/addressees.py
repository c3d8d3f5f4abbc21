"""Whose notices are whose: everyone's own, those of the organisation one works for, and of the places one works in."""

from collections.abc import Sequence

from schemas.persons import principal
from schemas.token import ROLES
from services.district.territory import LEVELS, lies_in
from services.kit.actor import Actor, Role

READERS = tuple(role for role in ROLES if role != "district_analyst")
OFFICES = tuple(role for role in READERS if role != "resident")
COMMUNITY, STREET = 12, 9
# The divisions, by their digits, whose notices the role is there to act on.
WORKS_AT = {
    "community_worker": COMMUNITY,
    "street_admin": STREET,
    "district_admin": STREET,
}

Where = dict[str, str | int]
# The digits of the divisions somebody works at, and what they lie in.
Office = tuple[int, str]


def to_person(id: str) -> str:
    """Of a guest whoever named them is told, and nobody else."""
    return f"person/{principal(id)}"


def to_unit(id: str) -> str:
    return f"unit/{id}"


def to_branch(id: str) -> str:
    return f"branch/{id}"


def to_host(host: str) -> str:
    """Whoever works for the host: `community/510108002001` is the office of that division."""
    return host.removeprefix("community/")


def wheres_of(actor: Actor, ids: Sequence[str] = ()) -> list[Where]:
    """What finds the actor's notices, each by one of them only. A role for everywhere is no office.

    `ids` are all the actor has, where others were merged into them.
    """
    to = [f"person/{id}" for id in ids or (actor.id,)]
    to += sorted(_organisations(actor))
    wheres: list[Where] = [{"to": addressee} for addressee in to]
    offices = sorted(_offices(actor))
    return wheres + [_where(*office) for office in offices]


def is_for(actor: Actor, to: str, ids: Sequence[str] = ()) -> bool:
    """Whether the actor is told of what goes to `to`; `ids` as for `wheres_of`."""
    if to in {f"person/{id}" for id in ids or (actor.id,)}:
        return True
    if to in _organisations(actor):
        return True
    if not to.isdigit():
        return False
    return any(_is_at(to, *office) for office in _offices(actor))


def placed(to: str) -> dict[str, str]:
    """By what else than `to` an office finds it; nothing for a person or an organisation."""
    if not to.isdigit():
        return {}
    return lies_in(to) | {"level": LEVELS[len(to)]}


def _organisations(actor: Actor) -> set[str]:
    held = (role.scope for role in actor.roles if role.role in OFFICES)
    return {scope for scope in held if "/" in scope}


def _offices(actor: Actor) -> set[Office]:
    """Those the actor works at: of what nests only the widest."""
    working = (role for role in actor.roles if role.role in WORKS_AT)
    held = {_office(role) for role in working if role.scope.isdigit()}
    return {office for office in held if not _nests_in_any(office, held)}


def _office(role: Role) -> Office:
    return max(WORKS_AT[role.role], len(role.scope)), role.scope


def _nests_in_any(office: Office, others: set[Office]) -> bool:
    return any(_nests_in(office, other) for other in others)


def _nests_in(office: Office, other: Office) -> bool:
    digits, scope = office
    other_digits, wider = other
    return digits == other_digits and scope != wider and scope.startswith(wider)


def _is_at(division: str, digits: int, scope: str) -> bool:
    return len(division) == digits and division.startswith(scope)


def _where(digits: int, scope: str) -> Where:
    if len(scope) == digits:
        return {"to": scope}
    return {"level": LEVELS[digits], LEVELS[len(scope)]: scope}
