"""Of which places a month is withheld, and in which communities somebody may have come instead.

It follows from the people of that month alone. So whatever comes later, a month that is over stays as it was shown;
what gives way are the quarters and years it is part of, which are not over while another month may come.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from services.district.territory import scopes_of, street_of
from services.metrics.model.withholding.families import Crowd, together
from services.metrics.model.withholding.groups import groups

Column = Mapping[str, Crowd]
"""`{community: people}` of a month; nothing where nobody was counted."""
COMMUNITY, STREET, DISTRICT = 12, 9, 6
"""How long their codes are."""
Places = frozenset[str]
NO_PLACES: Places = frozenset()


class Arrangement(NamedTuple):
    """How a month is withheld.

    `parted`: the districts and streets shown as a whole, of whose parts nothing is shown. `bound`: places whose
    quarters and years would tell the month. `parties`: for a community of few, and each that makes up for it, what
    they are called together. `hidden`: nothing of anybody is shown.
    """

    parted: Places = NO_PLACES
    bound: Places = NO_PLACES
    parties: Mapping[str, str] = {}
    hidden: bool = False

    def withholds(self, scope: str) -> bool:
        larger = {scope[:length] for length in (DISTRICT, STREET)} - {scope}
        return self.hidden or not larger.isdisjoint(self.parted)

    @property
    def finest(self) -> int:
        """How long the codes are of the smallest places all of which are shown; 0 for none."""
        if self.hidden:
            return 0
        return min(map(len, self.parted), default=COMMUNITY)

    def party_of(self, community: str) -> str:
        """The sessions of a party are known together, those of a community outside it by themselves."""
        return self.parties.get(community, community)


def arranged(column: Column) -> Arrangement:
    """How a month is withheld in which these people were counted, community by community."""
    if _is_few(column):
        places = NO_PLACES.union(*map(scopes_of, column))
        return Arrangement(bound=places, hidden=True)
    streets = _streets(column)
    few_streets = {street for street, inside in streets.items() if _is_few(inside)}
    across = _across(column, few_streets)
    inside = _inside(streets, few_streets)
    parties = _joined([*across, *inside])
    district = {next(iter(column))[:DISTRICT]} if few_streets else set()
    parted = NO_PLACES.union(district, *map(_streets_of, parties))
    bound = NO_PLACES.union(*map(_bound, parties))
    return Arrangement(parted, bound, _parties(parties))


def _is_few(column: Column) -> bool:
    return together(column.values()).is_few


def _parties(parties: Iterable[Places]) -> dict[str, str]:
    """What the party of each community is called: by the first of them."""
    called: dict[str, str] = {}
    for party in parties:
        called |= dict.fromkeys(party, min(party))
    return called


def _streets(column: Column) -> dict[str, Column]:
    streets: dict[str, dict[str, Crowd]] = defaultdict(dict)
    for community, crowd in column.items():
        streets[street_of(community)][community] = crowd
    return dict(streets)


def _across(column: Column, few_streets: set[str]) -> Iterator[Places]:
    """All of the streets with few, and a community of another street."""
    if few_streets:
        few = {place for place in column if street_of(place) in few_streets}
        yield _with_another(few, column)


def _inside(streets: Mapping[str, Column], few_streets: set[str]) -> Iterator[Places]:
    """In each other street the communities with few, and another one."""
    for street, column in streets.items():
        few = {place for place, crowd in column.items() if crowd.is_few}
        if few and street not in few_streets:
            yield _with_another(few, column)


def _with_another(few: set[str], column: Column) -> Places:
    """The communities, and the one that has most to spare; where none has enough, all of them."""
    others = sorted(column.keys() - few)
    most = max(others, key=lambda place: column[place].movable, default=None)
    if most is None or not column[most].is_ample:
        return frozenset(column)
    return frozenset({*few, most})


def _joined(parties: Iterable[Places]) -> list[Places]:
    """Parties that share a community are one."""
    cells: list[tuple[str, int]] = []
    for number, party in enumerate(parties):
        cells += ((place, number) for place in party)
    return groups(cells)


def _streets_of(party: Places) -> Places:
    return frozenset(map(street_of, party))


def _bound(party: Places) -> Places:
    """Who makes up for each other in two streets tells of both by their years."""
    streets = _streets_of(party)
    return party | streets if len(streets) > 1 else party
