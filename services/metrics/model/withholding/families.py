"""Figures that count people, in families that are shown or withheld together.

The figures they are asked of are those of independent people: whoever one signer answers for counts once.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from schemas.metrics.definitions import MINUTES_BY_CLASS, OF_CARE

FEWEST = 5
BY_CLASS = [definition.identifier for definition in MINUTES_BY_CLASS]

Figures = Mapping[str, int]


class Crowd(NamedTuple):
    """People of one family in a session or cell. `movable`: those of whom one could be elsewhere unnoticed."""

    counts: tuple[int, ...]
    movable: int

    @property
    def is_few(self) -> bool:
        return any(is_few(count) for count in self.counts)

    @property
    def is_ample(self) -> bool:
        return self.movable >= FEWEST


class Family(NamedTuple):
    """`few`: people of whom there may be too few, in numbers that add up; `movable`: as a `Crowd` has them."""

    figures: frozenset[str]
    few: Callable[[Figures], tuple[int, ...]]
    movable: Callable[[Figures], int]

    def of(self, figures: Figures) -> Crowd:
        return Crowd(self.few(figures), self.movable(figures))


def is_few(people: int) -> bool:
    """True of some, but fewer than may be told of; nobody is not few."""
    return 0 < people < FEWEST


def together(crowds: Iterable[Crowd]) -> Crowd:
    """Their people added up; nobody when there are none."""
    listed = list(crowds)
    counts = zip(*(crowd.counts for crowd in listed), strict=True)
    return Crowd(tuple(map(sum, counts)), sum(crowd.movable for crowd in listed))


def _came_to_a_seat(figures: Figures) -> int:
    """Who rated is left alone: no more may rate than come."""
    return min(figures["turned_up"], figures["person_times"] - figures["ratings"])


def _walked_in(figures: Figures) -> int:
    """To what was held."""
    return figures["attended"] - figures["turned_up"]


def _missing(figures: Figures) -> int:
    return figures["confirmed"] - figures["turned_up"]


def _seated(figures: Figures) -> tuple[int, ...]:
    """All who came to what was held, those who had a seat, and those who stayed away."""
    missing = _missing(figures)
    no_shows = figures["no_shows"]
    return figures["attended"], figures["turned_up"], missing, no_shows


def _pleased(figures: Figures) -> int:
    return min(figures["satisfied"], figures["person_times"] - figures["ratings"])


def _present(figures: Figures) -> tuple[int, ...]:
    """All who came, those who had a seat, and each person once."""
    times = figures["person_times"]
    people = figures["unique_participants"]
    return times, times - _walked_in(figures), people


PRESENT = Family(
    frozenset({"person_times", "unique_participants"}),
    _present,
    lambda figures: min(_came_to_a_seat(figures), figures["unique_participants"]),
)
HELPED = Family(
    frozenset({"helper_times", "service_minutes", *BY_CLASS}),
    lambda figures: (figures["helper_times"],),
    lambda figures: min(_came_to_a_seat(figures), figures["helper_times"]),
)
TOOK_PART = Family(
    frozenset({"participant_times", "attended_minutes"}),
    lambda figures: (figures["participant_times"],),
    lambda figures: min(_came_to_a_seat(figures), figures["participant_times"]),
)
OF_SEATS = {"attended", "fill_rate", "confirmed", "turned_up", "turnout", "no_shows"}
HELD = Family(
    frozenset(OF_SEATS),
    _seated,
    lambda figures: min(_missing(figures), figures["turned_up"]),
)
RATED = Family(
    frozenset({"ratings", "satisfied", "satisfaction", "rating_rate"}),
    lambda figures: (figures["ratings"], figures["satisfied"]),
    _pleased,
)

IN_CARE = Family(
    frozenset(definition.identifier for definition in OF_CARE),
    lambda figures: (figures["people"],),
    lambda figures: figures["people"],
)
"""Who is looked in on at home. It stands by itself: they come to no session, and no figure of these bounds it."""

# A family is shown where those it needs are: each of them bounds it. Who helped is who came and did not take part.
OF_ROLES = (PRESENT, HELPED, TOOK_PART)
NEEDED = {
    PRESENT: (PRESENT,),
    HELPED: OF_ROLES,
    TOOK_PART: OF_ROLES,
    HELD: (PRESENT, HELD),
    RATED: (PRESENT, RATED),
}
FAMILIES = tuple(NEEDED)
OF_PEOPLE = frozenset[str]().union(*(family.figures for family in FAMILIES))


def needed_for(figure: str) -> tuple[Family, ...]:
    """The families that must be shown for the figure to be; none for one that counts no people."""
    for family, needed in NEEDED.items():
        if figure in family.figures:
            return needed
    return ()
