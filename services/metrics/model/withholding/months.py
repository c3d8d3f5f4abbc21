"""How finely a month is shown: which days, and which categories, of which places. It follows from its sessions.

Whoever reads the months of the communities, the days of a district and its categories may reckon with the sessions
they know of. One person more in a session of few is hidden from them when others make up for it wherever it shows:
one less in another session of the same community; of the categories, by communities with enough people in two of
them; of the days, by communities with enough people in one category on two of them.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
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
    finest = arrangement.finest
    if finest == LEVELS[0] and not any(one.crowd.is_few for one in sessions):
        return WHOLE
    peopled = [one for one in sessions if any(one.crowd.counts)]
    places = _by(lambda one: arrangement.party_of(one.community), peopled).items()
    lone = frozenset(place for place, some in places if not _trades_its_own(some))
    finest = 0 if lone else finest
    every = frozenset(one.category for one in peopled)
    categories = _withheld(peopled, every, finest, _apart_categories)
    in_categories = categories[LEVELS[-1]] != every

    def apart_days(some: Sessions, withheld: Names) -> Names:
        return _apart_days(some, withheld, in_categories)

    return Shown(
        _withheld(peopled, frozenset(one.day for one in peopled), finest, apart_days),
        categories,
        lone=lone,
    )


def _withheld(
    sessions: Sessions, every: Names, finest: int, apart: Apart
) -> dict[int, Names]:
    """From communities to the district: of what is withheld of smaller places, what must be of larger ones as well."""
    levels, withheld = {}, every
    for length in LEVELS:
        if length <= finest:
            places: dict[str, list[Session]] = defaultdict(list)
            for one in sessions:
                places[one.community[:length]].append(one)
            withheld = NONE.union(*(apart(some, withheld) for some in places.values()))
        levels[length] = withheld
    return levels


def _apart_days(sessions: Sessions, withheld: Names, in_categories: bool) -> Names:
    """The days that do not hang together with most others, and one that does."""
    ample = [one for one in sessions if one.day in withheld and one.crowd.is_ample]
    joined = groups(
        (one.day, (one.community, one.category if in_categories else ""))
        for one in ample
    )
    return _apart({one.day for one in sessions if one.day in withheld}, joined)


def _apart_categories(sessions: Sessions, withheld: Names) -> Names:
    """The categories that do not share a community with the one that shares most, and one that does.

    Of a community by itself: those of few people, and one of many.
    """
    here = [one for one in sessions if one.category in withheld]
    communities: dict[str, set[str]] = defaultdict(set)
    for one in here:
        if one.crowd.is_ample:
            communities[one.category].add(one.community)
    if len({one.community for one in sessions}) == 1:
        parts = _by(lambda one: one.category, here)
        joined = [
            frozenset(name for name in communities if _trades_within(parts[name]))
        ]
    else:
        joined = [
            frozenset(
                other
                for other, there in communities.items()
                if other == name or here & there
            )
            for name, here in communities.items()
        ]
    return _apart({one.category for one in here}, joined)


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
    spare = {place for place, one in enumerate(sessions) if one.crowd.movable >= SPARE}
    if _are_spread([sessions[place] for place in spare], sessions):
        return True
    parts: dict[Hashable, set[int]] = defaultdict(set)
    for place, one in enumerate(sessions):
        for key in (
            place,
            one.day,
            *one.values,
            *((one.day, value) for value in one.values),
        ):
            parts[key].add(place)
    return all(
        spare - part
        for part in parts.values()
        if _together(sessions[place] for place in part).is_few
    )


def _are_spread(some: Sessions, sessions: Sessions) -> bool:
    """True when no day, category or host that is not that of all sessions has all of them: each part is without one."""
    if len({one.day for one in some}) < 2:
        return False
    return _common_values(some) == _common_values(sessions)


def _common_values(sessions: Sessions) -> set[str]:
    return set(sessions[0].values).intersection(*(one.values for one in sessions))


def _trades_within(sessions: Sessions) -> bool:
    return not _together(sessions).is_few and _trades_its_own(sessions)


def _together(sessions: Iterable[Session]) -> Crowd:
    return together(one.crowd for one in sessions)


def _by(
    key: Callable[[Session], str], sessions: Iterable[Session]
) -> dict[str, list[Session]]:
    parts: dict[str, list[Session]] = defaultdict(list)
    for one in sessions:
        parts[key(one)].append(one)
    return parts
