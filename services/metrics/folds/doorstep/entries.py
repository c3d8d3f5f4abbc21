"""What the doorstep contributes, by what may be shown of it: a round, a finding, a mediation or a community, on a day.

Never a door, a visit, a member or who is looked in on: of these only sums are kept by which a figure opens.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from schemas.documents import Json
from services.district import territory
from services.kit.log import Event
from services.kit.views import Collection, Find, Overlay
from services.metrics.folds import cells, late
from services.metrics.model import counts
from services.metrics.model.counts import Figures

CONTRIBUTIONS = "door_contributions"
LEVELS = ("district", "street", "community")
BY_DAY = [("counted_by", level, "day") for level in LEVELS]
COLLECTIONS = (Collection(CONTRIBUTIONS, (*BY_DAY, ("counted_by", "fact", "id"))),)
MOST_PLACES = 10_000
SEPARATOR = ":"


class Entry(NamedTuple):
    """`counted_by`: which of the fact's days; `place`: a community, or what a round of a street is announced in."""

    counted_by: str
    fact: str
    place: str
    day: str

    @property
    def id(self) -> str:
        return SEPARATOR.join(self)


Entries = Mapping[Entry, Figures]
NOTHING: Entries = {}


def replace(docs: Overlay, event: Event, before: Entries, after: Entries) -> None:
    """Takes back what a fact contributed, and adds what it contributes now: new − old."""
    for entry in sorted({*before, *after}):
        old = before.get(entry, {})
        new = after.get(entry, {})
        add(docs, event, entry, counts.difference(old, new))


def add(docs: Overlay, event: Event, entry: Entry, change: Figures) -> None:
    change = counts.nonzero(change)
    if not change:
        return
    before = docs.get(CONTRIBUTIONS, entry.id) or _empty(entry)
    figures = counts.tallied(before["figures"], change)
    docs.put(CONTRIBUTIONS, before | {"figures": figures})
    there = cells.cells_of(entry.place, entry.day)
    cells.add(docs, cells.DOORSTEP, there, change)
    was = _counted(entry, before["figures"])
    now = _counted(entry, figures)
    late.record(docs, late.OF_DOORSTEP, event, was, now)


def take_back(docs: Overlay, event: Event, counted_by: str, fact: str) -> None:
    """All that the fact contributes under `counted_by`, wherever that is."""
    for doc in _all_of(docs, counted_by, fact):
        entry = Entry(*doc["id"].split(SEPARATOR))
        add(docs, event, entry, counts.difference(doc["figures"], {}))


def _all_of(docs: Overlay, counted_by: str, fact: str) -> Iterable[Json]:
    where = {"counted_by": counted_by, "fact": fact}
    return docs.find(Find(CONTRIBUTIONS, where, "id", limit=MOST_PLACES))


def _empty(entry: Entry) -> Json:
    about = {"id": entry.id, "figures": {}} | entry._asdict()
    return about | territory.lies_in(entry.place)


def _counted(entry: Entry, figures: Figures) -> late.Counted:
    """What happens on several days of a month is told day by day."""
    counted_by = f"{entry.counted_by}@{entry.day}"
    return late.Counted(entry.fact, counted_by, entry.place, entry.day, figures)
