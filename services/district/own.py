"""Nobody decides on what is their own: on whom they keep by an office of theirs, or on themself."""

from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden

KEEPERS = {
    "branch": "branch_secretary",
    "unit": "unit_liaison",
    "partner": "partner_manager",
    "community": "community_worker",
}
SAYS = "这是您自己的，或是您自己管理的，要由别人来决定"


def keeps(host: str, asked: Asked) -> bool:
    """Whether who really asks keeps `unit/U1` and the like, in whatever role they work just now."""
    kind, _, id = host.partition("/")
    return asked.actor.stands_for(KEEPERS[kind], id if kind == "community" else host)


def must_not_keep(host: str, asked: Asked) -> None:
    """Raises `Forbidden` for who keeps what is to be decided on."""
    if keeps(host, asked):
        raise Forbidden(SAYS, code="own_decision")


def must_be_another(person: object, asked: Asked, path: str = "") -> None:
    """Raises `Forbidden` for who is meant themself, by whatever key and whomever they act for."""
    if asked.is_oneself(person):
        raise Forbidden(SAYS, code="own_decision", path=path)
