"""Lists of things of one kind, each with what may be done with it by whoever looks: by names, state and words."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from gateway.web.commands import ROUTES
from gateway.web.drawing import Groups
from gateway.web.facts import facts, heading
from gateway.web.named import Listed
from gateway.web.offered import may_ask, some_of
from gateway.web.page import Ask, Page, Says, Visit, nothing
from schemas.documents import Json
from services.kit.errors import Forbidden

Called = Callable[[Json], str]
Naming = Callable[[Visit, list[Json]], Called]  # Of all that are listed at once.
NOWHERE = "您现在的任职里，没有可以在这里办的"


def by_heading(visit: Visit, listed: list[Json]) -> Called:
    return heading


@dataclass(frozen=True, slots=True)
class Things:
    """`acts` are the commands for one of them, by its state, or the level of a place; `begins` those that make another.
    `acts_on` are those for what it has, by the field that is there then.

    `chosen` is the field of the question that is picked from `among`, called `label`; `says` what is asked besides.
    `called` names each; `page` is where it is shown, `{id}` in it its id. `hides` are facts that are told by its name.
    `by` are the roles for which it is of use, `acts_by` those that do what may be done, where these are not all.
    """

    path: str
    title: str
    listed: Listed
    acts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    begins: tuple[str, ...] = ()
    chosen: str = ""
    label: str = ""
    among: Callable[[Visit], Groups] | None = None
    says: Says = nothing
    called: Naming = by_heading
    page: str = ""
    hides: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    acts_by: tuple[str, ...] = ()
    empty: str = "还没有。"
    acts_on: Mapping[str, str] = field(default_factory=dict)


def page_of(things: Things) -> Page:
    service, question, schema, _ = things.listed

    def says(visit: Visit) -> Json:
        return things.says(visit) | _chosen(things, visit)

    def more(visit: Visit) -> Json:
        known: Json = {"title": things.title, "empty": things.empty, "things": things}
        known["begins"] = list(some_of(visit, things.begins))
        known["groups"] = things.among(visit) if things.among else []
        known["chosen"] = _chosen(things, visit).get(things.chosen, "")
        about: Json = {"acts_of": _acts(things, visit)}
        about["called_of"] = partial(things.called, visit)
        return known | about | {"facts_about": _facts(things, visit)}

    asked = Ask("listed", service, question, schema, says)
    return Page(things.path, "things.html", (asked,), more, for_all=False)


def _chosen(things: Things, visit: Visit) -> Json:
    """What was picked, else the first there is. Raises `Forbidden` for who has nothing to pick from."""
    if things.among is None:
        return {}
    picked = visit.query.get(things.chosen)
    if picked is None:
        first = (one for _, named in things.among(visit) for one, _ in named)
        picked = next(first, None)
    if picked is None:
        raise Forbidden(NOWHERE, code="speaks_for_none")
    return {things.chosen: picked}


def _acts(things: Things, visit: Visit) -> Callable[[Json], Iterator[Json]]:
    is_theirs = not things.acts_by or visit.actor.has(*things.acts_by)

    def acts(one: Json) -> Iterator[Json]:
        stands = str(one.get("state", one.get("level", "")))
        names = [name for at, name in things.acts_on.items() if at in one]
        for name in (*things.acts.get(stands, ()), *names) if is_theirs else ():
            ids = {at: str(one.get(at, one["id"])) for at in ROUTES[name].parameters}
            yield from some_of(visit, (name,), **ids)

    return acts


def _facts(things: Things, visit: Visit) -> Callable[[Json], list[Json]]:
    shows = ROUTES[things.listed.question].shows(exclude=things.hides)
    return lambda one: list(facts(shows, one, visit.places.name_of))


def within_reach(visit: Visit, rows: tuple[Things, ...]) -> Iterator[Json]:
    """`{page, title}` of the lists that are of use in a role of the visitor's."""
    for things in rows:
        is_of_use = not things.by or visit.actor.has(*things.by)
        if is_of_use and may_ask(visit, things.listed.question):
            yield {"page": things.path, "title": things.title}
