"""Who asks, and what their roles cover."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
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

    Who is acted for asks as a resident, whatever roles they hold; `through` is who acts for them. Of a machine, `maker`
    is who made its key, and answers for what it does. `offices` are all the roles held by whom `roles` are but some of:
    who made the key, or who has chosen in which role they work.
    """

    id: str
    roles: tuple[Role, ...] = ()
    through: "Actor | None" = None
    maker: str = ""
    offices: tuple[Role, ...] = ()

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

    def stands_for(self, name: str, place: str) -> bool:
        """Whether who really asks, or who made the key that does, holds the role there: whose work it is, no right."""
        return self.asker.in_all_offices.covers(name, place)

    @property
    def in_all_offices(self) -> "Actor":
        """With every role they hold, for who asks whose work something is."""
        roles = self.roles + self.offices
        return replace(self, roles=roles)

    def as_dict(self) -> dict[str, Any]:
        """`{id, roles: [[role, scope], …], maker?, offices?}`, which `actor_from` reads; not who acts for the actor."""
        told: dict[str, Any] = {"id": self.id, "roles": _told(self.roles)}
        if self.maker:
            told["maker"] = self.maker
        if self.offices:
            told["offices"] = _told(self.offices)
        return told


def actor_from(answer: dict[str, Any]) -> Actor:
    """Who is described as `Actor.as_dict` does it. Raises `KeyError` for what is no such description."""
    roles, offices = _read(answer["roles"]), _read(answer.get("offices", ()))
    maker = answer.get("maker", "")
    return Actor(answer["id"], roles, maker=maker, offices=offices)


def _told(roles: Iterable[Role]) -> list[list[str]]:
    return [[role.role, role.scope] for role in roles]


def _read(told: Iterable[Sequence[str]]) -> tuple[Role, ...]:
    return tuple(Role(role, scope) for role, scope in told)


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
