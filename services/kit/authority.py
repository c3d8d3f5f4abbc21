"""Who administers a place."""

from services.kit.actor import Actor
from services.kit.errors import Forbidden

STREET = ("street_admin", "district_admin")


def oversees(actor: Actor, place: str) -> bool:
    """True when the actor administers the street `place` lies in, or the district."""
    return actor.covers_any(STREET, place)


def must_oversee(actor: Actor, place: str) -> None:
    """Raises `Forbidden` unless the actor `oversees` the place."""
    if not oversees(actor, place):
        raise Forbidden(f"区划 {place} 不在您的管理范围内", code="out_of_scope")
