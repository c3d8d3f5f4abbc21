"""Small invented worlds: sessions of few and of many, told in the words of the logs and folded by the real folds."""

import random
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import schemas.activities  # Declares the events.
import schemas.branches
import schemas.cobuild  # noqa: F401
from schemas.documents import Json
from schemas.persons import principal
from services.kit.cursors import Begun
from services.kit.log import Event, Fact
from services.kit.views import Find, Key, Nothing, Overlay, Search
from services.metrics.folds import FOLDS
from tests.examples import cobuild
from tests.given import division, happened
from tests.unit.metrics.grids import recorded

DISTRICT = "510108"
DAYS = (
    "2026-05-30",
    "2026-06-13",
    "2026-06-14",
    "2026-06-20",
    "2026-07-04",
    "2026-08-08",
)
CATEGORIES = ("助老", "文体", "义诊")
HOSTS = ("unit/U1", "branch/B1")
SEAT = f"{DISTRICT}001001"
"""Where the unit is that hosts."""
CAMPAIGNS = ("我们的节日", "和美: 邻居|节")


class World(NamedTuple):
    """How large a world is, and how often few come to a session, somebody brings others, somebody helps, and a session
    belongs to a campaign."""

    streets: int = 2
    communities: int = 3
    days: int = 4
    categories: int = 2
    sessions: int = 14
    few: float = 0.3
    people: int = 40
    open: float = 0.0
    company: float = 0.0
    campaigns: float = 0.4
    helping: float = 0.0

    def communities_of(self) -> list[str]:
        numbers = range(1, self.communities + 1)
        return [
            f"{DISTRICT}{street:03}{number:03}"
            for street in range(1, self.streets + 1)
            for number in numbers
        ]


class Held(NamedTuple):
    """A session to which `seated` come, and others without a seat or not at all; `held`: it has ended.

    `R1~2` is somebody whom R1 has signed up.
    """

    community: str
    day: str
    category: str
    seated: Sequence[str]
    held: bool = True
    hosts: Sequence[str] = ("branch/B1",)
    walk_ins: Sequence[str] = ()
    absent: int = 0
    late: int = 0
    scores: Mapping[str, int] = {}
    campaign: str | None = None
    helpers: frozenset[str] = frozenset()


def drawn(world: World, seed: int) -> list[Held]:
    """The sessions of a world by chance."""
    luck, of_campaigns = random.Random(seed), random.Random(f"campaigns of {seed}")
    sessions = [_drawn(world, luck) for _ in range(world.sessions)]
    return [
        one._replace(campaign=_drawn_campaign(world, of_campaigns)) for one in sessions
    ]


def _drawn_campaign(world: World, luck: random.Random) -> str | None:
    """By a luck of its own: the worlds are otherwise those without campaigns."""
    return luck.choice(CAMPAIGNS) if luck.random() < world.campaigns else None


def _drawn(world: World, luck: random.Random) -> Held:
    community = luck.choice(world.communities_of())
    come = luck.randint(0, 4) if luck.random() < world.few else luck.randint(5, 14)
    people = [f"R{number}" for number in luck.sample(range(world.people), come)]
    walk_ins, absent, keen = (
        luck.choice((0, 0, 0, 1, 2)),
        luck.choice((0, 0, 1, 2, 6, 7)),
        luck.choice((0.2, 0.5, 1)),
    )
    brought = [
        guest for person in people[walk_ins:] for guest in _brought(person, world, luck)
    ]
    return Held(
        community,
        luck.choice(DAYS[: world.days]),
        luck.choice(CATEGORIES[: world.categories]),
        [*people[walk_ins:], *brought],
        luck.random() >= world.open,
        luck.sample((f"community/{community}", *HOSTS), luck.choice((1, 1, 2))),
        people[:walk_ins],
        absent,
        int(absent > 0 and luck.random() < 0.3),
        {person: luck.randint(2, 5) for person in people if luck.random() < keen},
        helpers=frozenset(_helping([*people, *brought], world, luck)),
    )


def _helping(people: list[str], world: World, luck: random.Random) -> list[str]:
    """Nobody's luck changes where nobody helps."""
    return (
        [person for person in people if luck.random() < world.helping]
        if world.helping
        else []
    )


def _brought(person: str, world: World, luck: random.Random) -> list[str]:
    """Nobody's luck changes where nobody brings anybody."""
    if not world.company or luck.random() >= world.company:
        return []
    return [f"{person}~{number}" for number in range(luck.randint(1, 5))]


class Lived(Overlay):
    """What metrics remembers of some sessions, each in a grid of its own, found by index as in a store.

    Of those to come, only their places are there.
    """

    def __init__(self, sessions: Sequence[Held], to_come: Sequence[Held] = ()):
        docs = Overlay(Nothing())
        _record(docs, {session.community for session in (*sessions, *to_come)})
        unit = {**cobuild.EVENTS["unit_registered.v1"], "unit": "U1", "community": SEAT}
        docs.fold(
            happened(Fact("unit_registered.v1", "unit/U1", unit)), FOLDS["cobuild"]
        )
        for number, session in enumerate((*sessions, *to_come)):
            docs.fold(
                happened(recorded(session.community, f"W-A{number:02}")),
                FOLDS["branches"],
            )
        for number, session in enumerate(sessions):
            _hold(docs, f"A{number:02}", session, f"W-A{number:02}")
        super().__init__(docs)
        self.seq = docs.seq
        self._docs = docs.changed
        self._rows: dict[
            tuple[str, ...], dict[tuple[Any, ...], list[tuple[Any, str, Json]]]
        ] = {}

    def cursor(self, source: str) -> int:
        return self.seq

    def search(self, query: Search) -> list[Json]:
        raise NotImplementedError("nothing is searched here")

    def count(self, query: Find) -> int:
        return len(self.find(query))

    def begin(self, source: str) -> Begun:
        return Begun(source, self.generation, self.seq)

    def commit(
        self, begun: Begun, position: int, docs: Mapping[Key, Json], mark: object = None
    ) -> bool:
        raise NotImplementedError("a world has been lived")

    def get(self, collection: str, id: str) -> Json | None:
        return self._docs.get((collection, id))

    def find(self, query: Find) -> list[Json]:
        names = tuple(sorted(query.where))
        key = (query.collection, query.by, *names)
        if key not in self._rows:
            self._rows[key] = self._indexed(query, names)
        rows = self._rows[key].get(tuple(query.where[name] for name in names), [])
        begin = (
            bisect_left(rows, (query.since,), key=lambda row: (row[0],))
            if query.since is not None
            else 0
        )
        found = [
            doc
            for by, _, doc in rows[begin:]
            if query.until is None or by < query.until
        ]
        return [
            doc
            for doc in found
            if not query.after or query.place(doc) > tuple(query.after)
        ][: query.limit]

    def _indexed(
        self, query: Find, names: tuple[str, ...]
    ) -> dict[tuple[Any, ...], list[tuple[Any, str, Json]]]:
        rows = defaultdict(list)
        for (collection, id), doc in self._docs.items():
            if (
                collection == query.collection
                and query.by in doc
                and all(name in doc for name in names)
            ):
                rows[tuple(doc[name] for name in names)].append(
                    (doc[query.by], id, doc)
                )
        return {
            value: sorted(found, key=lambda row: row[:2])
            for value, found in rows.items()
        }

    def sessions(self) -> list[Json]:
        return [
            doc
            for (collection, _), doc in sorted(self._docs.items())
            if collection == "sessions"
        ]


def _record(docs: Overlay, communities: set[str]) -> None:
    facts = [division(DISTRICT, "甲区", "district", "")]
    facts += [
        division(code, f"{code}街", "street", DISTRICT)
        for code in sorted({one[:9] for one in communities})
    ]
    facts += [
        division(code, f"{code}社区", "community", code[:9])
        for code in sorted(communities)
    ]
    for fact in facts:
        docs.fold(happened(fact), FOLDS["branches"])


def _hold(docs: Overlay, id: str, session: Held, grid: str) -> None:
    """Those with a seat have signed up, and so have the absent; some rate; at last the session is closed."""

    def tell(type: str, **data: Any) -> None:
        docs.fold(
            Event(docs.seq + 1, "E", type, "", "", {"session": f"{id}.1", **data}, ""),
            FOLDS["activities"],
        )

    (host, *cohosts), about = (
        session.hosts,
        {"community": session.community, "category": session.category, "title": id},
    )
    about |= {"campaign": session.campaign} if session.campaign else {}
    plan = {
        "session": f"{id}.1",
        "starts_at": f"{session.day}T02:00:00.000Z",
        "capacity": 50,
    }
    tell(
        "activity_published.v2",
        **about,
        grid=grid,
        host=host,
        cohosts=cohosts,
        sessions=[plan],
    )
    absent = [f"X{number}" for number in range(session.absent)]
    for by, party in _parties((*session.seated, *absent)).items():
        tell(
            "signup_confirmed.v1",
            signup=f"{id}-{by}",
            by=by,
            party=[{"person": person} for person in party],
        )
    for person in absent[: session.late]:
        tell("signup_cancelled.v1", signup=f"{id}-{person}", late=True, promoted=[])
    for person in session.seated:
        tell("checked_in.v1", person=person, **_role(session, person))
    for person in session.walk_ins:
        tell(
            "walked_in.v1",
            signup=f"{id}-{person}",
            party=[{"person": person}],
            **_role(session, person),
        )
    for person, score in session.scores.items():
        tell("activity_rated.v1", person=person, score=score)
    if session.held:
        tell("session_closed.v1")


def _role(session: Held, person: str) -> dict[str, str]:
    return {"role": "helper"} if person in session.helpers else {}


def _parties(people: Iterable[str]) -> dict[str, list[str]]:
    """By who signs them up."""
    parties: dict[str, list[str]] = defaultdict(list)
    for person in people:
        parties[principal(person)].append(person)
    return parties
