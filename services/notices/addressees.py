"""Whose notices are whose: everyone's own, and those of what they work for."""

from schemas.token import ROLES
from services.kit.actor import EVERYWHERE, Actor

READERS = tuple(role for role in ROLES if role != "district_analyst")
OFFICES = tuple(role for role in READERS if role != "resident")


def addresses_of(actor: Actor) -> list[str]:
    """The person, and each division or organisation a role is for. A role for everywhere is no office."""
    scopes = {role.scope for role in actor.roles if role.role in OFFICES and role.scope != EVERYWHERE}
    return [f"person/{actor.id}", *sorted(scopes)]
