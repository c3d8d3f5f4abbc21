"""Whose notices are whose: everyone's own, those of the organisation one works for, and of the places one works in."""

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


def wheres_of(actor: Actor) -> list[Where]:
    """What finds the actor's notices, each by one of them only. A role for everywhere is no office."""
    own: list[Where] = [
        {"to": to} for to in (f"person/{actor.id}", *sorted(_organisations(actor)))
    ]
    return own + [_where(*office) for office in sorted(_offices(actor))]


def is_for(actor: Actor, to: str) -> bool:
    if to == f"person/{actor.id}" or to in _organisations(actor):
        return True
    return to.isdigit() and any(
        len(to) == digits and to.startswith(scope) for digits, scope in _offices(actor)
    )


def placed(to: str) -> dict[str, str]:
    """By what else than `to` an office finds it; nothing for a person or an organisation."""
    return {"level": LEVELS[len(to)], **lies_in(to)} if to.isdigit() else {}


def _organisations(actor: Actor) -> set[str]:
    return {
        role.scope for role in actor.roles if role.role in OFFICES and "/" in role.scope
    }


def _offices(actor: Actor) -> set[tuple[int, str]]:
    """The digits of the divisions the actor works at, and what they lie in: of what nests only the widest."""
    held = {
        _office(role)
        for role in actor.roles
        if role.role in WORKS_AT and role.scope.isdigit()
    }
    return {
        office for office in held if not any(_within(office, other) for other in held)
    }


def _office(role: Role) -> tuple[int, str]:
    return max(WORKS_AT[role.role], len(role.scope)), role.scope


def _within(office: tuple[int, str], other: tuple[int, str]) -> bool:
    return (
        office[0] == other[0]
        and office[1] != other[1]
        and office[1].startswith(other[1])
    )


def _where(digits: int, scope: str) -> Where:
    if len(scope) == digits:
        return {"to": scope}
    return {"level": LEVELS[digits], LEVELS[len(scope)]: scope}
