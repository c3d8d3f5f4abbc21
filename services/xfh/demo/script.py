"""What is to happen on a day of the demonstration, and how much of it."""

from dataclasses import dataclass

from schemas.documents import Json

SHOWS_UP, CHECKS_OUT, RATES = 0.79, 0.5, 0.3
SLOTS = (
    ("09:00", "10:30"),
    ("11:00", "12:30"),
    ("14:00", "15:30"),
    ("16:00", "17:30"),
    ("19:00", "20:30"),
)
HELPS_ONE_OF = 5
STEPS_OF_A_NEED, STEPS_OF_A_WEEK, STEPS_OF_A_GRID = 5, 17, 4  # Requests, about.


@dataclass(frozen=True)
class Scale:
    """How much happens. Branches post the first activities, units the next, communities the rest.

    `gridded`: communities whose grids are recorded; others take any code, and none of theirs counts. `doors` are of
    each grid; the rest of what happens at doors is counted in all.
    """

    units: int = 157
    offerings: int = 60
    activities: int = 95
    by_branches: int = 35
    by_units: int = 30
    signups: int = 3300
    cancellations: int = 400
    residents: int = 1900
    needs: int = 24
    gridded: int = 83
    doors: int = 12
    cares: int = 150
    followups: int = 40
    mediations: int = 25


FULL = Scale()
QUIETER = Scale(
    activities=15, by_branches=5, by_units=5, signups=480, cancellations=55, needs=5
)


@dataclass(frozen=True)
class Unit:
    key: str
    body: Json
    offering: Json | None


@dataclass(frozen=True)
class Need:
    """A need to be raised by `person`; `fate` is what becomes of it, with `unit` first and `other` after it."""

    key: str
    person: str
    community: str
    title: str
    body: Json
    fate: str
    unit: int
    other: int


Host = tuple[str, int] | tuple[str, str]
"""Who posts: ("branch", 3), ("unit", 17) or ("community", code)."""


@dataclass(frozen=True)
class Activity:
    """An activity to be posted by its `host`."""

    key: str
    host: Host
    slot: int
    body: Json
    offering_of: int | None
    signups: list[list[str]]
    cancels: list[int]

    def is_helped_by(self, number: int) -> bool:
        """Whether that sign-up is to help, where there are places for it beside the others."""
        return "helpers" in self.body and number % HELPS_ONE_OF == 0

    def steps(self) -> float:
        """How many requests it takes, about: what happens at the door depends on who has a seat."""
        people = sum(map(len, self.signups))
        seats = min(int(self.body["capacity"]), people)
        at_the_door = seats * SHOWS_UP * (1 + CHECKS_OUT + RATES)
        asking = len(self.signups) + len(self.cancels)
        return 5 + int(self.offering_of is not None) + asking + at_the_door


def member_of(grid: str) -> str:
    """Who goes from door to door in a grid, called after it as the grid is called: invented."""
    return f"{grid}-walker"


@dataclass(frozen=True)
class Plan:
    """What happens on `day`. `uploaded` are units registered by a table, as `grids` are."""

    day: str
    units: list[Unit]
    uploaded: list[Json]
    branches: list[Json]
    needs: list[Need]
    activities: list[Activity]
    grids: list[Json]
    scale: Scale

    def by_a_branch(self) -> Activity:
        """The first activity that a branch posts."""
        return next(one for one in self.activities if one.host[0] == "branch")

    def steps(self) -> int:
        """How many requests it takes, about."""
        meeting = sum(activity.steps() for activity in self.activities)
        daily = STEPS_OF_A_NEED * len(self.needs) + int(meeting)
        return daily + self._founding() if self.uploaded else daily

    def _founding(self) -> int:
        """What is done on the first day alone."""
        offering = sum(unit.offering is not None for unit in self.units)
        founding = 2 * len(self.units) + offering + 7 * len(self.branches) + 5
        return founding + STEPS_OF_A_WEEK + STEPS_OF_A_GRID * len(self.grids)
