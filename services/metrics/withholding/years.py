"""Which months of a year are withheld of which places: months with few people, and those they might trade them with.

Three tiers. The months of one street's communities, while the street itself is shown; those of all streets and
communities, while the district is shown; those of everybody. In each the months hang together, so that who is
missing in one may have been in another; what cannot be made to hang together is closed for the year.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from services.kit.territory import district_of, street_of
from services.metrics.withholding.families import Crowd, together
from services.metrics.withholding.links import groups

Table = Mapping[str, Mapping[str, Crowd]]
"""`{community: {month: people}}`; nothing where nobody was counted."""
Months = frozenset[str]
NONE: Months = frozenset()


class Tiers(NamedTuple):
    """The months withheld in each tier; None where all is closed."""

    everybody: Months | None
    streets: Months | None
    communities: Mapping[str, Months | None]

    def above(self, scope: str) -> list[Months | None]:
        """Those that bear on the cells of a scope."""
        ends = {6: 1, 9: 2, 12: 3}[len(scope)]
        return [self.everybody, self.streets, self.communities.get(street_of(scope), NONE)][:ends]

    @property
    def closed(self) -> frozenset[str] | None:
        """The streets whose communities are closed; None where all streets are."""
        if self.streets is None:
            return None
        return frozenset(street for street, months in self.communities.items() if months is None)

    def shown_around(self, community: str) -> str:
        """The smallest place around a community that is not closed."""
        if self.closed is None:
            return district_of(community)
        return street_of(community) if street_of(community) in self.closed else community

    def finest(self, month: str) -> int:
        """How long the codes are of the smallest places all of which are shown in the month; 0 for none."""
        of_communities = list(self.communities.values())
        for length, tiers in ((0, [self.everybody]), (6, [self.streets]), (9, of_communities)):
            if any(months is None or month in months for months in tiers):
                return length
        return 12


def tiers_of(table: Table) -> Tiers:
    months = sorted({month for row in table.values() for month in row})
    streets: dict[str, dict[str, Mapping[str, Crowd]]] = defaultdict(dict)
    for community, row in table.items():
        streets[street_of(community)][community] = row

    def few(places: Iterable[Table]) -> Months:
        return frozenset(month for place in places for month in months if _of(place, [month]).is_few)

    everybody = _grown(few([table]), months, lambda chosen: _trades(table, chosen))
    if everybody is None:
        return Tiers(None, None, {})
    in_streets = _grown(few(streets.values()) - everybody, months, lambda chosen: _hangs_together(table, chosen))
    if in_streets is None:
        return Tiers(everybody, None, {})

    def in_communities(rows: Table) -> Months | None:
        alone = few({community: row} for community, row in rows.items()) - everybody - in_streets
        return _grown(alone, months, lambda chosen: _hangs_together(rows, chosen))

    return Tiers(everybody, in_streets, {street: in_communities(rows) for street, rows in streets.items()})


def _of(table: Table, months: Iterable[str]) -> Crowd:
    return together(row[month] for month in months for row in table.values() if month in row)


def _grown(few: Months, months: Sequence[str], holds: Callable[[Months], bool]) -> Months | None:
    """`few` with as many of the nearest other months as it takes to hold."""
    if not few:
        return NONE
    places = {month: place for place, month in enumerate(months)}

    def distance(month: str) -> tuple[int, str]:
        return min(abs(places[month] - places[one]) for one in few), month

    others = sorted(set(months) - few, key=distance)
    choices = (few.union(others[:number]) for number in range(len(others) + 1))
    return next(filter(holds, choices), None)


def _trades(table: Table, months: Months) -> bool:
    """Each community with few in one of the months has enough in another, and all of them are not few."""
    for row in table.values():
        there = [row[month] for month in months if month in row]
        if any(one.is_few for one in there) and not any(one.is_ample for one in there):
            return False
    return len(months) > 1 and not _of(table, months).is_few


def _hangs_together(table: Table, months: Months) -> bool:
    """That, and by communities with enough in two months there is a way from each to each."""
    peopled = {month for row in table.values() for month in row if month in months}
    ample = [
        (month, community)
        for community, row in table.items()
        for month, crowd in row.items()
        if month in months and crowd.is_ample
    ]
    return _trades(table, months) and groups(ample) == [peopled]
