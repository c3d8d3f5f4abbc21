"""What whoever looks at a thing may do with it, each by a page of its own."""

from collections.abc import Container, Iterator

from gateway.api import TABLES
from gateway.edge.application import application
from gateway.web.commands import ROUTES, address_of, has_a_page
from gateway.web.page import Visit
from schemas.documents import Json

SERVICE_OF = {route.name: table.service for table in TABLES for route in table.routes}


def may_ask(visit: Visit, name: str) -> bool:
    """Whether a role of the visitor's may ask the command or question at all; nobody while its service does not say."""
    roles = application().admission.roles(SERVICE_OF[name])
    return name in roles and (not roles[name] or visit.actor.has(*roles[name]))


def offered(
    visit: Visit, about: str, but: Container[str] = (), **ids: str
) -> Iterator[Json]:
    """`{page, summary}` of each command under that address, `but` these, which a role of the visitor's may ask."""
    for route in ROUTES.values():
        is_of_it = route.path.startswith(about) and set(route.parameters) == set(ids)
        is_left = is_of_it and route.name not in but
        if is_left and has_a_page(route) and may_ask(visit, route.name):
            yield _page_of(route.name, ids)


def some_of(visit: Visit, names: tuple[str, ...], **ids: str) -> Iterator[Json]:
    """The same of these commands; those that begin something need no `ids`."""
    for name in names:
        if may_ask(visit, name):
            yield _page_of(name, ids)


def _page_of(name: str, ids: dict[str, str]) -> Json:
    route = ROUTES[name]
    page = address_of(route)
    for parameter in route.parameters:
        page = page.replace(f"<{parameter}>", ids[parameter])
    return {"page": page, "summary": route.summary}
