"""What a line of a route table says: an address, the command or question behind it, and what comes back."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import marshmallow as ma

from gateway.edge.addresses import API
from schemas.documents import Json
from schemas.fields import Schema

Shown = Callable[[Json], Json]


class Secret(NamedTuple):
    """What the service is told besides, and what of the secret stands beside the document in the answer."""

    payload: Json
    shown: Shown


@dataclass(frozen=True, slots=True)
class Made:
    """A secret that is made here: `tells` are the fields of the command that nobody else says, `shows` those shown."""

    tells: tuple[str, ...]
    shows: dict[str, ma.fields.Field[Any]]
    make: Callable[[], Secret]


PARAMETER = re.compile(r"<(\w+)>")


@dataclass(frozen=True, slots=True)
class Route:
    """`name` is the service's own name of the command or question, `shows` the document in the answer.

    `location` is where a new document can be seen, `{id}` in it its id. `listed`: the answer is a page of documents.
    `secret`: the address is one that only those know whom it concerns, and shows them what is theirs.
    `made` is a secret it brings, told of once.
    `of`: what the question is about, when everything about it is in its one stream.
    """

    method: str
    path: str
    name: str
    schema: type[Schema]
    shows: type[Schema]
    summary: str
    status: int = 200
    location: str = ""
    listed: bool = False
    for_all: bool = False
    secret: bool = False
    of: str = ""
    made: Made | None = None

    def stream(self, question: dict[str, Any]) -> str:
        """The one stream in which everything is that the answer tells; "" where that may be in any."""
        if self.of not in question:
            return ""
        return f"{self.of}/{question[self.of]}"

    @property
    def records(self) -> bool:
        """Whether it is a command. A question may be asked in a body too, where its words are nobody's business."""
        return self.method == "POST" and not self.listed

    @property
    def spoken(self) -> Schema:
        """The schema of what callers say, in the path or in the body."""
        return self.schema(exclude=self.made.tells if self.made else ())

    @property
    def unsaid(self) -> list[str]:
        """The fields of the schema that are in no body: they are in the path, or made here."""
        return [*self.parameters, *(self.made.tells if self.made else ())]

    @property
    def parameters(self) -> list[str]:
        """The names in the path."""
        return PARAMETER.findall(self.path)


@dataclass(frozen=True, slots=True)
class Table:
    """The routes of one service. `title` is what readers call it."""

    service: str
    title: str
    routes: tuple[Route, ...]


def creates(
    path: str,
    command: str,
    schema: type[Schema],
    shows: type[Schema],
    summary: str,
    at: str | None = None,
) -> Route:
    """A command that brings a document into being, to be seen under `at`."""
    location = f"{path}/{{id}}" if at is None else at
    return Route(
        "POST",
        path,
        command,
        schema,
        shows,
        summary,
        status=201,
        location=location and API + location,
    )


def changes(
    path: str, command: str, schema: type[Schema], shows: type[Schema], summary: str
) -> Route:
    """A command on a document there is; it may be sent again with the same key."""
    return Route("POST", path, command, schema, shows, summary)


def bringing(route: Route, made: Made) -> Route:
    """The same, with a secret for who asks."""
    return replace(route, made=made)


def shows(
    path: str,
    question: str,
    schema: type[Schema],
    shown: type[Schema],
    summary: str,
    for_all: bool = False,
    of: str = "",
) -> Route:
    """A question anyone may ask is `for_all`; the service decides, this only documents it."""
    return Route("GET", path, question, schema, shown, summary, for_all=for_all, of=of)


def shows_by_secret(
    path: str, question: str, schema: type[Schema], shown: type[Schema], summary: str
) -> Route:
    """A question anyone may ask who knows the secret in its address."""
    open_to_all = shows(path, question, schema, shown, summary, for_all=True)
    return replace(open_to_all, secret=True)


def lists_by_secret(
    path: str, question: str, schema: type[Schema], shown: type[Schema], summary: str
) -> Route:
    """A list anyone may see who knows the secret in its address."""
    open_to_all = lists(path, question, schema, shown, summary, for_all=True)
    return replace(open_to_all, secret=True)


def finds(
    path: str, question: str, schema: type[Schema], shown: type[Schema], summary: str
) -> Route:
    """A question asked in a body, whose answer is a single page."""
    return Route("POST", path, question, schema, shown, summary, listed=True)


def lists(
    path: str,
    question: str,
    schema: type[Schema],
    shown: type[Schema],
    summary: str,
    for_all: bool = False,
    of: str = "",
) -> Route:
    """A question answered by a page of documents, and where the next begins."""
    return Route(
        "GET",
        path,
        question,
        schema,
        shown,
        summary,
        listed=True,
        for_all=for_all,
        of=of,
    )
