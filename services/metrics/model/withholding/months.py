"""How finely a month is shown: which days, and which categories, of which places. It follows from its sessions.

Whoever reads the months of the communities, the days of a district and its categories may reckon with the sessions
they know of. One person more in a session of few is hidden from them when others make up for it wherever it shows:
one less in another session of the same community; of the categories, by communities with enough people in two of
them; of the days, by communities with enough people in one category on two of them.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from services.metrics.model.withholding.arrangement import Arrangement
from services.metrics.model.withholding.families import Crowd, together
from services.metrics.model.withholding.groups import groups

LEVELS = (12, 9, 6)
"""How long the codes of communities, streets and districts are."""
SPARE = 2
"""So many of whom one may be missed without it showing that nobody came."""

Names = frozenset[str]
NONE: Names = frozenset()


class Session(NamedTuple):
    """`values`: `category:…` and `host:…`, as cells are named."""

    community: str
    day: str
    category: str
    values: tuple[str, ...]
    crowd: Crowd


class Shown(NamedTuple):
    """By the length of a place's code, the days and the categories withheld of it. `whole`: nothing is withheld.

    `lone`: parties whose sessions cannot make up for one of few among themselves.
    """

    days: Mapping[int, Names]
    categories: Mapping[int, Names]
    whole: bool = False
    lone: Names = NONE


WHOLE = Shown(dict.fromkeys(LEVELS, NONE), dict.fromkeys(LEVELS, NONE), whole=True)

Sessions = Sequence[Session]
Apart = Callable[[Sessions, Names], Names]


def shown_of(sessions: Sessions, arrangement: Arrangement) -> Shown:
    """How finely the month is shown that these are all sessions of."""
    finest = arrangement.finest
    if finest == LEVELS[0] and not any(session.crowd.is_few for session in sessions):
        return WHOLE
    peopled = [session for session in sessions if any(session.crowd.counts)]
    lone = _lone(peopled, arrangement)
    finest = 0 if lone else finest
    every = frozenset(session.category for session in peopled)
    categories = _withheld(peopled, every, finest, _apart_categories)
    has_categories = categories[LEVELS[-1]] != every
    apart = partial(_apart_days, by_category=has_categories)
    every_day = frozenset(session.day for session in peopled)
    days = _withheld(peopled, every_day, finest, apart)
    return Shown(days, categories, lone=lone)


def _lone(sessions: Sessions, arrangement: Arrangement) -> Names:
    parties = _by(lambda session: arrangement.party_of(session.community), sessions)
    return frozenset(
        party for party, some in parties.items() if not _trades_its_own(some)
    )


def _withheld(
    sessions: Sessions, every: Names, finest: int, apart: Apart
) -> dict[int, Names]:
    """From communities to the district: of what is withheld of smaller places, what must be of larger ones as well."""
    levels = {}
    withheld = every
    for length in LEVELS:
        if length <= finest:
            places = _by_place(sessions, length).values()
            withheld = NONE.union(*(apart(some, withheld) for some in places))
        levels[length] = withheld
    return levels


def _by_place(sessions: Sessions, length: int) -> dict[str, list[Session]]:
    return _by(lambda session: session.community[:length], sessions)


def _apart_days(sessions: Sessions, withheld: Names, by_category: bool) -> Names:
    """The days that do not hang together with most others, and one that does."""
    some = [session for session in sessions if session.day in withheld]
    cells: list[tuple[str, Hashable]] = []
    for session in some:
        if session.crowd.is_ample:
            category = session.category if by_category else ""
            cells.append((session.day, (session.community, category)))
    return _apart({session.day for session in some}, groups(cells))


def _apart_categories(sessions: Sessions, withheld: Names) -> Names:
    """The categories that do not share a community with the one that shares most, and one that does.

    Of a community by itself: those of few people, and one of many.
    """
    here = [session for session in sessions if session.category in withheld]
    is_alone = len({session.community for session in sessions}) == 1
    joined = _trading(here) if is_alone else _sharing(here)
    return _apart({session.category for session in here}, joined)


def _trading(sessions: Sessions) -> list[Names]:
    """The categories of one community with enough people in them, each of many."""
    ample = {session.category for session in sessions if session.crowd.is_ample}
    parts = _by(lambda session: session.category, sessions)
    return [frozenset(name for name in ample if _trades_within(parts[name]))]


def _sharing(sessions: Sessions) -> Iterator[Names]:
    """Of each category with enough people in a community, those that have enough in one it has."""
    communities: dict[str, set[str]] = defaultdict(set)
    for session in sessions:
        if session.crowd.is_ample:
            communities[session.category].add(session.community)
    for here in communities.values():
        yield frozenset(name for name, there in communities.items() if here & there)


def _apart(every: set[str], joined: Iterable[Names]) -> Names:
    """Those not in the largest group, and one that is, so that what is in one of them may have been in the other."""
    most = max(joined, key=lambda names: (len(names), sorted(names)), default=NONE)
    apart = every - most
    if not apart or not most:
        return frozenset(apart)
    before = [name for name in most if name < max(apart)]
    return frozenset({*apart, max(before) if before else min(most)})


def _trades_its_own(sessions: Sessions) -> bool:
    """For few people at one session, on one day, of one kind, there are some to spare elsewhere in the place.

    Where all of the place are few, its month is withheld, and other places see to it.
    """
    if _together(sessions).is_few:
        return True
    spare = {
        place
        for place, session in enumerate(sessions)
        if session.crowd.movable >= SPARE
    }
    if _are_spread([sessions[place] for place in spare], sessions):
        return True
    for part in _parts(sessions):
        if not spare - part and _together(sessions[place] for place in part).is_few:
            return False
    return True


def _parts(sessions: Sessions) -> Iterable[set[int]]:
    """Each session, and all of a day, a category or host, and of one of these on a day; as places in the list."""
    parts: dict[Hashable, set[int]] = defaultdict(set)
    for place, session in enumerate(sessions):
        on_a_day = ((session.day, value) for value in session.values)
        for key in (place, session.day, *session.values, *on_a_day):
            parts[key].add(place)
    return parts.values()


def _are_spread(some: Sessions, sessions: Sessions) -> bool:
    """True when no day, category or host that is not that of all sessions has all of them: each part is without one."""
    if len({session.day for session in some}) < 2:
        return False
    return _common_values(some) == _common_values(sessions)


def _common_values(sessions: Sessions) -> set[str]:
    return set(sessions[0].values).intersection(
        *(session.values for session in sessions)
    )


def _trades_within(sessions: Sessions) -> bool:
    return not _together(sessions).is_few and _trades_its_own(sessions)


def _together(sessions: Iterable[Session]) -> Crowd:
    return together(session.crowd for session in sessions)


def _by(
    key: Callable[[Session], str], sessions: Iterable[Session]
) -> dict[str, list[Session]]:
    parts: dict[str, list[Session]] = defaultdict(list)
    for session in sessions:
        parts[key(session)].append(session)
    return parts
