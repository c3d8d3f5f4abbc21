"""Who imports a row: the operator, or who the row says posts it."""

from collections.abc import Mapping

from schemas.exchange.columns import Kind
from services.kit.actor import OPERATOR, Actor, Role

KEEPERS = {
    "branch": "branch_secretary",
    "unit": "unit_liaison",
    "partner": "partner_manager",
    "community": "community_worker",
}


def actor_of(kind: Kind, cells: Mapping[str, str]) -> Actor:
    """The operator, or who the row says posts it: the rules still ask whether they may."""
    if not kind.posted_by:
        return OPERATOR
    return keeper(cells.get("host", ""), cells.get("by", OPERATOR.id))


def keeper(host: str, id: str) -> Actor:
    """`id` in the role that posts for `host`."""
    kind, _, code = host.partition("/")
    scope = code if kind == "community" else host
    role = Role(KEEPERS.get(kind, "operator"), scope)
    return Actor(id, (role,))
