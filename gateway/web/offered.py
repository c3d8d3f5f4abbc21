"""What whoever looks at a thing may do with it, each by a page of its own."""

from collections.abc import Iterator

from gateway.edge.application import application
from gateway.web.commands import DESK, ROUTES, has_a_page
from gateway.web.page import Visit
from schemas.documents import Json


def offered(visit: Visit, service: str, about: str, **ids: str) -> Iterator[Json]:
    """`{page, summary}` of each command under that address which a role of the visitor's may ask."""
    roles = application().admission.roles(service)
    for route in ROUTES.values():
        is_of_it = route.path.startswith(about) and set(route.parameters) == set(ids)
        if (
            is_of_it
            and has_a_page(route)
            and visit.actor.has(*roles.get(route.name, ()))
        ):
            yield {"page": DESK + _address(route.path, ids), "summary": route.summary}


def _address(path: str, ids: dict[str, str]) -> str:
    for name, id in ids.items():
        path = path.replace(f"<{name}>", id)
    return path
