"""A district's months and sessions, as far as a question needs them to know what to withhold.

People in them are independent ones: whoever one signer answers for counts once.
"""

import threading
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from schemas.documents import Json
from services.kit.clock import give_way
from services.kit.views import Find, Reads
from services.metrics.folds.cells import ACTIVITIES, COUNTED, EXCESS, cell_id
from services.metrics.folds.session_figures import figures_of
from services.metrics.folds.signers import excess_of, independent
from services.metrics.model.periods import day_after, days_of, within
from services.metrics.model.withholding.arrangement import Arrangement, Column, arranged
from services.metrics.model.withholding.families import (
    FAMILIES,
    PRESENT,
    Crowd,
    Family,
    Figures,
)
from services.metrics.model.withholding.months import Session, Shown, shown_of

MOST_PLACES = 10_000
MOST_SESSIONS = 100_000
Cells = Mapping[str, Figures]
"""`{community: figures}` of a month, without those in which nothing was counted."""
NOBODY = dict.fromkeys(COUNTED[ACTIVITIES], 0)
Made = TypeVar("Made")

STANDS = timedelta(seconds=2)
"""So long a look stands: with people coming all the time, a month of thousands of sessions would be gone through for
every question. What is counted in between is as if it were asked before and after."""


@dataclass
class Look:
    """What one look at a district has shown so far: by month the last event counted, and what was made of it."""

    at: datetime
    generation: int
    counted: dict[str, int] = field(default_factory=dict)
    made: dict[Hashable, Any] = field(default_factory=dict)


@dataclass
class Memory:
    """Of one store: the last look at each district, and what takes long to make beside the last events counted in it.

    All of it is of one generation of the views: what was made of another says nothing of this one.

    A month that is over seldom changes. Whoever asks while something is being made waits for it.
    """

    looks: dict[str, Look] = field(default_factory=dict)
    made: dict[Hashable, tuple[Hashable, Any]] = field(default_factory=dict)
    making: threading.RLock = field(default_factory=threading.RLock)


_MEMORIES: WeakKeyDictionary[Reads, Memory] = WeakKeyDictionary()


class District:
    """How finely it may be shown: as one look at it has it, that of a moment ago or a new one."""

    def __init__(
        self, views: Reads, code: str, now: datetime, stands: timedelta = STANDS
    ):
        self._views, self.code = views, code
        self._memory = _MEMORIES.setdefault(views, Memory())
        look, generation = self._memory.looks.get(code), views.generation
        if (
            look is None
            or look.generation != generation
            or not timedelta() <= now - look.at < stands
        ):
            look = self._memory.looks[code] = Look(now, generation)
        self._look = look

    def arrangement(self, family: Family, month: str) -> Arrangement:
        def made() -> Arrangement:
            return arranged(_column(self._cells(month), family))

        return self._looked(
            ("arrangement", family, month), partial(self._last_counted, month), made
        )

    def shown(self, family: Family, month: str) -> Shown:
        return self._looked(
            ("shown", month),
            partial(self._last_counted, month),
            partial(self._shown, month),
        )[family]

    def _shown(self, month: str) -> dict[Family, Shown]:
        """Of all families: the sessions of a month are many, and read once."""
        sessions, shown = self._sessions(month), {}
        for family in FAMILIES:
            crowds = [_session(doc, family.of(figures)) for doc, figures in sessions]
            shown[family] = shown_of(crowds, self.arrangement(family, month))
            give_way()
        return shown

    def has_few_under_way(
        self, scope: str, period: str, dimension: str, value: str
    ) -> bool:
        """True when a session in the cell that has not ended would tell of few people, at it or at another one."""
        first, last = days_of(period)
        return any(
            first <= doc["day"] <= last
            and doc["community"].startswith(scope)
            and (dimension == "all" or f"{dimension}:{value}" in doc["values"])
            and (PRESENT.of(figures).is_few or self._is_lone(doc["community"], month))
            for month in within(period[:4])
            if first[:7] <= month <= last[:7]
            for doc, figures in self._under_way(month)
        )

    def _is_lone(self, community: str, month: str) -> bool:
        return (
            self.arrangement(PRESENT, month).party_of(community)
            in self.shown(PRESENT, month).lone
        )

    def _under_way(self, month: str) -> list[tuple[Json, Figures]]:
        """Its sessions that have not ended and to which somebody came."""

        def made() -> list[tuple[Json, Figures]]:
            whole = self._views.get(ACTIVITIES, cell_id(self.code, month))
            if whole is None or whole["person_times"] == whole["attended"]:
                return []
            return [
                one
                for one in self._sessions(month)
                if one[0]["state"] != "held" and one[1]["person_times"]
            ]

        return self._looked(
            ("under way", month), lambda: self._last_counted(month), made
        )

    def _cells(self, month: str) -> Cells:
        return self._looked(
            ("cells", month),
            partial(self._last_counted, month),
            partial(self._read, month),
        )

    def _read(self, month: str) -> Cells:
        of_district = Find(
            "divisions",
            {"level": "community"},
            "id",
            since=self.code,
            until=f"{self.code};",
            limit=MOST_PLACES,
        )
        communities = [division["id"] for division in self._views.find(of_district)]
        cells = {
            code: self._views.get(ACTIVITIES, cell_id(code, month))
            for code in communities
        }
        return {
            code: independent(cell, self._views.get(EXCESS, cell["id"]) or {})
            for code, cell in cells.items()
            if cell is not None
        }

    def _sessions(self, month: str) -> list[tuple[Json, Figures]]:
        """Each with all figures of activities, in independent people."""
        first, last = days_of(month)
        of_month = Find(
            "sessions",
            {"district": self.code},
            "day",
            since=first,
            until=day_after(last),
            limit=MOST_SESSIONS,
        )
        found = self._views.find(of_month)
        return [(doc, alone_at(doc)) for doc in found]

    def _last_counted(self, month: str) -> int:
        """The last event counted in a month; 0 when nothing was."""
        if month not in self._look.counted:
            whole = self._views.get(ACTIVITIES, cell_id(self.code, month))
            self._look.counted[month] = whole["seq"] if whole else 0
        return self._look.counted[month]

    def _looked(
        self,
        name: tuple[Hashable, ...],
        stamp: Callable[[], Hashable],
        make: Callable[[], Made],
    ) -> Made:
        """As this look has it already, or as it was made when what it is made of had the same stamp, or made anew."""
        if name not in self._look.made:
            with self._memory.making:
                known, key = self._memory.made, (self.code, *name)
                now = self._look.generation, stamp()
                if key not in known or known[key][0] != now:
                    known[key] = now, make()
                self._look.made[name] = known[key][1]
        made: Made = self._look.made[name]
        return made


def _column(cells: Cells, family: Family) -> Column:
    crowds = {community: family.of(cell) for community, cell in cells.items()}
    return {
        community: crowd for community, crowd in crowds.items() if any(crowd.counts)
    }


def alone_at(session: Json) -> Figures:
    """At one session nobody is twice."""
    alone = independent({**NOBODY, **figures_of(session)}, excess_of(session))
    return {**alone, "unique_participants": alone["person_times"]}


def _session(doc: Json, crowd: Crowd) -> Session:
    return Session(
        doc["community"], doc["day"], doc["category"], tuple(doc["values"]), crowd
    )
