"""A district's months and sessions, as far as a question needs them to know what to withhold.

People in them are independent ones: whoever one signer answers for counts once.
"""

import threading
from collections.abc import Callable, Hashable, Iterator, Mapping
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
from services.metrics.model.periods import day_after, days_of, every
from services.metrics.model.withholding.arrangement import Arrangement, Column, arranged
from services.metrics.model.withholding.families import (
    FAMILIES,
    PRESENT,
    Crowd,
    Family,
    Figures,
)
from services.metrics.model.withholding.months import Session, Shown, shown_of
from services.metrics.reckoning import divisions

MOST_SESSIONS = 100_000
Cells = Mapping[str, Figures]
"""`{community: figures}` of a month, without those in which nothing was counted."""
Counted = tuple[Json, Figures]
"""A session, and its figures in independent people."""
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

    def is_of(self, generation: int, now: datetime, stands: timedelta) -> bool:
        """True when it was one at the same generation, and still stands."""
        return self.generation == generation and timedelta() <= now - self.at < stands


@dataclass
class Memory:
    """Of one store: the last look at each district, and what takes long to make beside the last events counted in it.

    All of it is of one generation of the views: what was made of another says nothing of this one.

    A month that is over seldom changes. Whoever asks while something is being made waits for it.
    """

    looks: dict[str, Look] = field(default_factory=dict)
    made: dict[Hashable, tuple[Hashable, Any]] = field(default_factory=dict)
    making: threading.RLock = field(default_factory=threading.RLock)

    def known(self, key: Hashable, stamp: Hashable, make: Callable[[], Any]) -> Any:
        """As it was made when what it is made of had the same stamp, or made anew."""
        if key not in self.made or self.made[key][0] != stamp:
            self.made[key] = stamp, make()
        return self.made[key][1]


_MEMORIES: WeakKeyDictionary[Reads, Memory] = WeakKeyDictionary()


class District:
    """How finely it may be shown: as one look at it has it, that of a moment ago or a new one."""

    def __init__(
        self, views: Reads, code: str, now: datetime, stands: timedelta = STANDS
    ):
        self._views = views
        self.code = code
        self._memory = _MEMORIES.setdefault(views, Memory())
        look = self._memory.looks.get(code)
        if look is None or not look.is_of(views.generation, now, stands):
            look = self._memory.looks[code] = Look(now, views.generation)
        self._look = look

    def arrangement(self, family: Family, month: str) -> Arrangement:
        """How the people of a family are withheld of a month."""

        def made() -> Arrangement:
            return arranged(_column(self._cells(month), family))

        return self._of_month("arrangement", month, made, family)

    def shown(self, family: Family, month: str) -> Shown:
        """How finely the people of a family are shown of a month."""
        return self._of_month("shown", month, partial(self._shown, month))[family]

    def _shown(self, month: str) -> dict[Family, Shown]:
        """Of all families: the sessions of a month are many, and read once."""
        sessions = self._sessions(month)
        shown = {}
        for family in FAMILIES:
            crowds = [_session(doc, family.of(figures)) for doc, figures in sessions]
            shown[family] = shown_of(crowds, self.arrangement(family, month))
            give_way()
        return shown

    def has_few_under_way(
        self, scope: str, period: str, dimension: str, value: str
    ) -> bool:
        """True when a session in the cell that has not ended would tell of few people, at it or at another one."""
        named = "" if dimension == "all" else f"{dimension}:{value}"
        return any(
            self._tells_of_few(session, alone)
            for session, alone in self._under_way_in(scope, *days_of(period))
            if not named or named in session["values"]
        )

    def _under_way_in(self, scope: str, first: str, last: str) -> Iterator[Counted]:
        """Those of a place, from one day to another."""
        for month in every("month", first, last):
            for session, alone in self._under_way(month):
                is_there = session["community"].startswith(scope)
                if is_there and first <= session["day"] <= last:
                    yield session, alone

    def _tells_of_few(self, session: Json, alone: Figures) -> bool:
        if PRESENT.of(alone).is_few:
            return True
        month = session["day"][:7]
        party = self.arrangement(PRESENT, month).party_of(session["community"])
        return party in self.shown(PRESENT, month).lone

    def _under_way(self, month: str) -> list[Counted]:
        """Its sessions that have not ended and to which somebody came."""
        return self._of_month("under way", month, partial(self._not_ended, month))

    def _not_ended(self, month: str) -> list[Counted]:
        whole = self._views.get(ACTIVITIES, cell_id(self.code, month))
        if whole is None or whole["person_times"] == whole["attended"]:
            return []
        return [
            (session, alone)
            for session, alone in self._sessions(month)
            if session["state"] != "held" and alone["person_times"]
        ]

    def _cells(self, month: str) -> Cells:
        return self._of_month("cells", month, partial(self._read, month))

    def _read(self, month: str) -> Cells:
        cells: dict[str, Figures] = {}
        for community in divisions.communities(self._views, self.code):
            id = cell_id(community["id"], month)
            cell = self._views.get(ACTIVITIES, id)
            if cell is not None:
                excess = self._views.get(EXCESS, id) or {}
                cells[community["id"]] = independent(cell, excess)
        return cells

    def _sessions(self, month: str) -> list[Counted]:
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
        return [(session, alone_at(session)) for session in self._views.find(of_month)]

    def _last_counted(self, month: str) -> int:
        """The last event counted in a month; 0 when nothing was."""
        if month not in self._look.counted:
            whole = self._views.get(ACTIVITIES, cell_id(self.code, month))
            self._look.counted[month] = whole["seq"] if whole else 0
        return self._look.counted[month]

    def _of_month(
        self, what: str, month: str, make: Callable[[], Made], *of: Hashable
    ) -> Made:
        """As this look has it already, or as it was made after the last event counted in the month, or made anew."""
        name = what, month, *of
        if name not in self._look.made:
            with self._memory.making:
                now = self._look.generation, self._last_counted(month)
                key = self.code, *name
                self._look.made[name] = self._memory.known(key, now, make)
        made: Made = self._look.made[name]
        return made


def _column(cells: Cells, family: Family) -> Column:
    crowds = {community: family.of(cell) for community, cell in cells.items()}
    return {place: crowd for place, crowd in crowds.items() if any(crowd.counts)}


def alone_at(session: Json) -> Figures:
    """Its figures in independent people: at one session nobody is twice."""
    figures = NOBODY | figures_of(session)
    alone = independent(figures, excess_of(session))
    return alone | {"unique_participants": alone["person_times"]}


def _session(doc: Json, crowd: Crowd) -> Session:
    values = tuple(doc["values"])
    return Session(doc["community"], doc["day"], doc["category"], values, crowd)
