"""Who asks, and what their roles cover."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

EVERYWHERE = "*"
NOWHERE = ""


@dataclass(frozen=True, slots=True)
class Role:
    """A role and its scope: a division code (covers its subtree), `unit/…`, `partner/…`, `branch/…`, or `*`.

    Without a scope it lets its holder ask what every holder of the role may, and holds for no place at all.
    """

    role: str
    scope: str


CLERKS = ("community_worker", "partner_manager", "street_admin", "district_admin")
LIAISONS = ("unit_liaison",)


@dataclass(frozen=True, slots=True)
class Actor:
    """Carried with every command. The name a person is called by never leaves the gateway.

    Who is acted for asks as a resident, whatever roles they hold; `through` is who acts for them.
    """

    id: str
    roles: tuple[Role, ...] = ()
    through: "Actor | None" = None

    @property
    def asker(self) -> "Actor":
        """Who really asks: whoever acts for the actor, else the actor."""
        return self.through or self

    def has(self, *names: str) -> bool:
        """Whether the actor holds one of these roles, for whatever place."""
        return any(role.role in names for role in self.roles)

    def covers(self, name: str, place: str) -> bool:
        """True when the actor holds role `name` for `place`, a division code or an owner such as `unit/01…`."""
        return any(
            role.role == name and _within(place, role.scope) for role in self.roles
        )

    def holds_somewhere(self, *names: str) -> bool:
        """True when the actor holds one of the roles for any place at all."""
        return any(role.role in names and role.scope != NOWHERE for role in self.roles)

    def covers_any(self, names: Iterable[str], place: str) -> bool:
        """Whether the actor holds one of the roles `names` for `place`, which is as in `covers`."""
        return any(self.covers(name, place) for name in names)

    def as_dict(self) -> dict[str, Any]:
        """`{id, roles: [[role, scope], …]}`, which `actor_from` reads. Who acts for the actor is not in it."""
        return {
            "id": self.id,
            "roles": [[role.role, role.scope] for role in self.roles],
        }


def actor_from(answer: dict[str, Any]) -> Actor:
    """Who is described as `Actor.as_dict` does it. Raises `KeyError` for what is no such description."""
    roles = tuple(Role(role, scope) for role, scope in answer["roles"])
    return Actor(answer["id"], roles)


def _within(place: str, scope: str) -> bool:
    if scope == NOWHERE:
        return False
    if scope == EVERYWHERE or place == scope:
        return True
    return scope.isdigit() and place.isdigit() and place.startswith(scope)


ANONYMOUS = Actor("anonymous")
SYSTEM = Actor("system", (Role("system", EVERYWHERE),))
OPERATOR = Actor(
    "operator", (Role("operator", EVERYWHERE), Role("district_admin", EVERYWHERE))
)


def keeps_lists_of(actor: Actor, place: str) -> bool:
    """True for a clerk of the community, or a liaison of `unit/…`: one of those whose list is one, whoever sends it."""
    return actor.covers_any(CLERKS if place.isdigit() else LIAISONS, place)
