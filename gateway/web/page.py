"""What a line of a page table says: an address, what it asks the services, and the template that shows the answers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from gateway.edge.gates import Gates, asking
from gateway.edge.rpc import Services
from gateway.web.places import Places
from schemas.documents import Json
from schemas.fields import Schema
from services.kit.actor import Actor


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody looks at a page: who, when (UTC), and what the address and the query string say."""

    services: Services
    places: Places
    actor: Actor
    now: datetime
    trace: str
    path: Json
    query: Json


Says = Callable[[Visit], Json]


def nothing(visit: Visit) -> Json:
    return {}


@dataclass(frozen=True, slots=True)
class Ask:
    """One question; `name` is what the template calls its answer.

    It says what its schema knows of the address and of the query string, and what `says` adds to that.
    """

    name: str
    service: str
    question: str
    schema: type[Schema]
    says: Says = nothing


@dataclass(frozen=True, slots=True)
class Page:
    """`more` is what the template needs besides the answers. A page `for_all` says the same to everybody."""

    path: str
    template: str
    asks: tuple[Ask, ...] = ()
    more: Says = nothing
    for_all: bool = True

    @property
    def name(self) -> str:
        """What Flask calls its address."""
        return self.path


def gates_of(pages: Iterable[Page]) -> Gates:
    """Each page takes its places with the services it asks."""
    return {("GET", page.path): asking(*_services(page)) for page in pages}


def _services(page: Page) -> list[str]:
    return sorted({ask.service for ask in page.asks})
