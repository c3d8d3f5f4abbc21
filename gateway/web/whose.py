"""Whom a visitor speaks for: what their roles name, the role in use first."""

from collections.abc import Iterator
from itertools import chain

from gateway.signin.access import RESIDENT
from gateway.web.page import Visit
from services.kit.actor import Actor
from services.kit.engine.operating import operates
from services.kit.errors import Forbidden

OFFICES = ("branch_secretary", "unit_liaison", "partner_manager")
WORKERS = ("community_worker", "street_admin", "district_admin")
DISTRICT, STREET, COMMUNITY = 6, 9, 12  # Digits of their codes.
# How each kind of party is called, and what to do to speak for one.
NOBODY = {
    "unit": "您还不是哪个联建单位的联络员。请单位登记后，由社区工作者邀请您",
    "partner": "您还不是哪个社区合伙人的负责人。申请通过后，由社区工作者邀请您",
    "branch": "您还不是哪个党支部的书记。任命后，由社区工作者邀请您",
}

# Where those work who hold a role, as the shell names it.
APPROVING, GRIDS = ("/approve", "审批"), ("/desk/grids", "微网格")
FIGURES = ("/district", "数字")
AREAS = {
    "grid_member": (("/desk/doorstep", "走访"),),
    "community_worker": (GRIDS, FIGURES),
    "street_admin": (APPROVING, GRIDS, FIGURES),
    "district_admin": (APPROVING, GRIDS, FIGURES),
    "district_analyst": (FIGURES,),
    "unit_liaison": (("/unit", "单位"),),
    "partner_manager": (("/partner", "合伙人"),),
    "branch_secretary": (("/branch", "支部"),),
}

RUNNING = ("/ops", "运行")
# Where the day of who holds a role begins.
BEGINS = {
    "community_worker": "/desk",
    "street_admin": "/desk",
    "district_admin": "/desk",
    "district_analyst": "/district",
    "grid_member": "/desk/doorstep",
    "unit_liaison": "/unit",
    "partner_manager": "/partner",
    "branch_secretary": "/branch",
}


def district_of(actor: Actor) -> str:
    """Where the visitor works, "" for nowhere; they find who is recorded in their part of it."""
    scopes = (role.scope for role in actor.roles if role.role in WORKERS)
    return next((scope[:DISTRICT] for scope in scopes if scope.isdigit()), "")


def home_of(actor: Actor) -> str:
    """The community where the visitor lives, by their record; "" for who has none."""
    scopes = (role.scope for role in actor.roles if role.role == RESIDENT)
    return next((scope for scope in scopes if len(scope) == COMMUNITY), "")


def areas_of(actor: Actor) -> list[tuple[str, str]]:
    """The addresses of the visitor's own work, each once."""
    held = chain.from_iterable(AREAS.get(role.role, ()) for role in actor.roles)
    runs = [RUNNING] if operates(actor) else []
    return list(dict.fromkeys([*held, *runs]))


def first_page_of(actor: Actor) -> str:
    """Where somebody goes who has just come in."""
    begin = (BEGINS[role.role] for role in actor.roles if role.role in BEGINS)
    return next(begin, "/me")


def scopes_of(actor: Actor, kind: str) -> list[str]:
    """The ids of the parties of a kind that the roles name. Whether they still speak for them the service judges."""
    scopes = (role.scope for role in actor.roles if role.role in OFFICES)
    named = (scope.partition("/") for scope in scopes)
    return [id for of, _, id in named if of == kind]


def own(visit: Visit, kind: str) -> str:
    """The party whose page it is: the first the visitor speaks for. Raises `Forbidden` saying what to do about none."""
    ids = scopes_of(visit.actor, kind)
    if not ids:
        raise Forbidden(NOBODY[kind], code="speaks_for_none")
    return ids[0]


def communities_of(actor: Actor) -> Iterator[str]:
    """Those the visitor works for as a community worker."""
    for role in actor.roles:
        if role.role == "community_worker" and len(role.scope) == COMMUNITY:
            yield role.scope


def hosts_of(actor: Actor) -> Iterator[str]:
    """Those named by the visitor's roles. Whether they still speak for them the service judges."""
    for role in actor.roles:
        if role.role in OFFICES and "/" in role.scope:
            yield role.scope
        elif role.role == "community_worker" and len(role.scope) == COMMUNITY:
            yield f"community/{role.scope}"
