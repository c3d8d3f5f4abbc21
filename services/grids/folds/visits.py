"""Visits, and what those of one round to one door come to: a function of which there are, not of when they were heard.

So a visit that is corrected or withdrawn, or comes a week late, counts as if it had always been so.
"""

from datetime import datetime, timedelta

from schemas.documents import Json, pick, without
from schemas.fields import instant
from services.grids.folds.cares import look_again
from services.grids.folds.findings import tell, untell
from services.grids.model.answers import latest
from services.grids.model.ids import asked_in, grid_of, said_in, sent_by
from services.grids.model.lifecycles import VISIT
from services.grids.model.outcomes import FIGURES, SPOKEN_TO, best, figures
from services.kit.lists.paging import every
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay

MOST_AT_ONCE = 100
LATEST = ("last_at", "last_outcome")
# What is one and the same to a round, by what it goes to.
GOES_TO = {"door": ("door",), "grid": ("community", "grid")}

COLLECTIONS = (
    Collection(
        "visits",
        (
            ("door", "at"),
            ("door", "state", "at"),
            ("door", "round", "state", "at"),
            ("community", "grid", "round", "state", "at"),
            ("care", "outcome", "state", "at"),
        ),
    ),
    Collection("sent"),  # By device and nonce: which visit it was, as it was said.
    Collection("asked_at"),  # By round and door, or grid: the outcome and the answers.
    Collection("coverage", (("round", "community", "id"),)),  # By round and grid.
)


def fold_recorded(docs: Overlay, event: Event) -> None:
    visit = event.without("visit", "clock_off_s") | {"id": event.data["visit"]}
    docs.put("visits", VISIT.begun(visit))
    if "device" in visit:
        _note_sent(docs, visit, event.data.get("clock_off_s", 0))
    for finding in visit.get("told", []):
        tell(docs, finding, visit)
    _sum_up(docs, visit)


def _note_sent(docs: Overlay, visit: Json, off_s: int) -> None:
    """With what the clock of the device showed, which is the same however often it sends it."""
    at = datetime.fromisoformat(visit["at"]) - timedelta(seconds=off_s)
    sent = {"said": said_in(visit), "shown_at": instant(at)} | pick(visit, "member")
    sent |= {"id": sent_by(visit["device"], visit["nonce"]), "visit": visit["id"]}
    docs.put("sent", sent)


def fold_corrected(docs: Overlay, event: Event) -> None:
    """Nobody was told anything where nobody was there after all."""
    visit = docs.the("visits", event.data["visit"])
    visit |= pick(event.data, "outcome", "answers")
    docs.put("visits", VISIT.after(visit, "correct"))
    now = tell if visit["outcome"] in SPOKEN_TO else untell
    for finding in visit.get("told", []):
        now(docs, finding, visit)
    _sum_up(docs, visit)


def fold_withdrawn(docs: Overlay, event: Event) -> None:
    visit = docs.the("visits", event.data["visit"])
    docs.put("visits", VISIT.after(visit, "withdraw"))
    for finding in visit.get("told", []):
        untell(docs, finding, visit)
    _sum_up(docs, visit)


def _sum_up(docs: Overlay, visit: Json) -> None:
    """What the visits to its door, those of its round and those of its care come to now."""
    _note_latest(docs, visit["door"])
    if "round" in visit:
        _cover(docs, visit)
    if "care" in visit:
        look_again(docs, visit["care"])


def _note_latest(docs: Overlay, door: str) -> None:
    where = {"door": door, "state": "recorded"}
    found = docs.find(Find("visits", where, "at", limit=1, newest_first=True))
    last = (
        {"last_at": found[0]["at"], "last_outcome": found[0]["outcome"]}
        if found
        else {}
    )
    docs.put("doors", without(docs.the("doors", door), *LATEST) | last)


def _cover(docs: Overlay, visit: Json) -> None:
    """Counts what the round goes to, a door or a grid, once in its figures; a door where it was first visited."""
    round, per = visit["round"], docs.the("rounds", visit["round"])["per"]
    where = pick(visit, "round", *GOES_TO[per]) | {"state": "recorded"}
    visits = list(every(docs, Find("visits", where, "at", limit=MOST_AT_ONCE)))
    id = asked_in(round, visit["door"] if per == "door" else grid_of(visit))
    before = docs.get("asked_at", id)
    if before is not None and before["outcome"]:
        _count(docs, before, -1)
    now: Json = pick(visit, per, "round") | {"id": id}
    now |= {"outcome": best(visits), "answers": latest(visits)}
    if visits:
        now |= pick(visits[0], "community", "grid")
        _count(docs, now, +1)
    docs.put("asked_at", now)


def _count(docs: Overlay, asked_at: Json, sign: int) -> None:
    place = pick(asked_at, "round", "community", "grid")
    figured = {name: sign * one for name, one in figures(asked_at["outcome"]).items()}

    def new(id: str) -> Json:
        return {"id": id, **place, **dict.fromkeys(FIGURES, 0)}

    id = asked_in(place["round"], grid_of(place))
    docs.add("coverage", (id,), figured, new)


OWN: Folds = {
    "visit_recorded.v1": fold_recorded,
    "visit_corrected.v1": fold_corrected,
    "visit_withdrawn.v1": fold_withdrawn,
}
