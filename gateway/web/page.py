"""What a line of a page table says: an address, what it asks the services, and the template that shows the answers."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from gateway.api.routes import Made
from gateway.edge import reading
from gateway.edge.gates import Gate, Gates, asking
from gateway.edge.rpc import Services
from gateway.web.places import Places
from schemas.documents import Json
from schemas.fields import Schema
from services.kit.actor import Actor
from services.kit.errors import Unknown


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

    def ask(
        self, service: str, question: str, schema: type[Schema], **said: Any
    ) -> Any:
        """The answer to one more question, asked in a place of its own. Raises a `Problem`."""
        payload = reading.load(schema(), said)
        with self.services.place(service):
            return self.services.ask(
                service, question, payload, actor=self.actor, trace=self.trace
            )


Says = Callable[[Visit], Json]


Headers = Callable[[Json], Mapping[str, str]]  # Of what the template is given.


def nothing(visit: Visit) -> Json:
    return {}


def no_others(content: Json) -> Mapping[str, str]:
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
    """`more` is what the template needs besides the answers. A page `for_all` says the same to everybody; one
    `for_whoever` says more to who has signed in, and to others what may be passed on.

    One that says nothing but what one service answered may be `remembered` until that records something.
    `headers` are those it has besides, or instead. `is_secret`: who has its address is shown what is behind it.
    """

    path: str
    template: str
    asks: tuple[Ask, ...] = ()
    more: Says = nothing
    for_all: bool = True
    remembered: str = ""
    for_whoever: bool = False
    headers: Headers = no_others
    is_secret: bool = False

    @property
    def name(self) -> str:
        """What Flask calls its address."""
        return self.path


@dataclass(frozen=True, slots=True)
class Order:
    """A command with all it says, to be sent for something that was ticked, or after another command."""

    service: str
    command: str
    schema: type[Schema]
    payload: Json


Following = Callable[[Json], Iterable[Order]]


Means = Callable[[Visit, Json], Json]


def as_said(visit: Visit, payload: Json) -> Json:
    return payload


def nothing_more(document: Json) -> Iterable[Order]:
    return ()


class Brings(NamedTuple):
    """A secret that is made for who sends a form, and the template that shows it: once, and to nobody else."""

    made: Made
    template: str


@dataclass(frozen=True, slots=True)
class Form:
    """A page with a command to send. What is refused comes back with what was filled in, each refusal at its field.

    `then` is where it leads, with `{name}` for a field of the document in the answer, or a part of the form's own
    address. `also` is what a button of the form may send after it on that document, each as far as the one before is
    not refused. A form that `brings` a secret leads nowhere, and shows that. `means` is what the command is asked for
    by what was filled in.
    """

    path: str
    template: str
    service: str
    command: str
    schema: type[Schema]
    then: str
    asks: tuple[Ask, ...] = ()
    more: Says = nothing
    headers: Headers = no_others
    also: Following = nothing_more
    means: Means = as_said
    brings: Brings | None = None

    @property
    def name(self) -> str:
        """What Flask calls its address."""
        return self.path


@dataclass(frozen=True, slots=True)
class Button:
    """A command sent from another page, which needs no page of its own: only its refusal has one."""

    path: str
    service: str
    command: str
    schema: type[Schema]
    then: str

    @property
    def name(self) -> str:
        return self.path


@dataclass(frozen=True, slots=True)
class Batch:
    """A page on which several things are ticked and settled at once, each by a command with a key of its own.

    `order` says what is asked for one of them, None for what nobody offered. What became of each stands above the page.
    """

    path: str
    template: str
    order: Callable[[str], Order | None]
    more: Says
    headers: Headers = no_others

    @property
    def name(self) -> str:
        return self.path


Row = Page | Form | Button | Batch

IN_ADDRESS = "<service>"


def service_of(what: Form | Button | Order, visit: Visit) -> str:
    """Whom it is sent to; of a row for all services, whom its address names. Raises `Unknown` for nobody."""
    if what.service != IN_ADDRESS:
        return what.service
    named = str(visit.path["service"])
    if named not in visit.services.names:
        raise Unknown("没有这个服务")
    return named


def gates_of(rows: Iterable[Row]) -> Gates:
    """Each page takes its places with the services it asks."""
    gates: Gates = {}
    for row in rows:
        if not isinstance(row, Page):
            # Looked at, and given its place, behind it.
            gates["POST", row.path] = Gate(())
        if not isinstance(row, Button):
            asks = () if isinstance(row, Batch) else row.asks
            services = sorted({ask.service for ask in asks})
            is_secret = isinstance(row, Page) and row.is_secret
            gates["GET", row.path] = asking(*services, is_secret=is_secret)
    return gates
