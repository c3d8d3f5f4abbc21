"""Care: when somebody is next to be looked in on. A visit sent late counts from when it truly was."""

from datetime import datetime, timedelta
from functools import partial

from schemas.documents import Json, pick, without
from schemas.fields import instant
from services.district import territory
from services.district.calendar import day_ends, day_of
from services.district.indexes import by_place
from services.grids.model.lifecycles import CARE
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay

MOST_WINDOWS = 100
MOST_AT_A_DOOR = 1000
# Before the end of its last day: at eight in the morning.
MORNING = timedelta(hours=16)

COLLECTIONS = (
    Collection(
        "cares",
        (
            *by_place("state", "next_at"),
            ("state", "next_at"),
            ("state", "rings_at"),
            ("door", "id"),
            ("door", "state", "id"),
        ),
    ),
)


def fold_begun(docs: Overlay, event: Event) -> None:
    care = event.without("care", "by") | {"id": event.data["care"]}
    care |= territory.placed(care["community"])
    _put(docs, CARE.begun(care | _from(event.time)))


def fold_due(docs: Overlay, event: Event) -> None:
    """Of the same day nobody is reminded twice."""
    care = docs.the("cares", event.data["care"])
    _put(docs, care | {"rung_for": event.data["due"]})


def fold_missed(docs: Overlay, event: Event) -> None:
    """Nobody was met in the time that ended, as far as is known."""
    care = docs.the("cares", event.data["care"])
    missed = pick(care, "counts_from") | pick(event.data, "due")
    windows = [*care["windows"], missed][-MOST_WINDOWS:]
    _put(docs, CARE.after(care | {"windows": windows}, "miss"))


def fold_step(docs: Overlay, event: Event, *, step: str) -> None:
    care = docs.the("cares", event.data["care"])
    docs.put("cares", CARE.after(care, step))


def end_cares(docs: Overlay, door: str) -> None:
    """With their door."""
    for care in docs.find(Find("cares", {"door": door}, "id", limit=MOST_AT_A_DOOR)):
        if care["state"] in CARE.steps["vanish"].before:
            docs.put("cares", CARE.after(care, "vanish"))


def move_cares(docs: Overlay, door: Json) -> None:
    """With their door: who goes there now looks in on them."""
    standing = pick(door, "community", "grid", "street", "district")
    of_door = {"door": door["id"]}
    for care in docs.find(Find("cares", of_door, "id", limit=MOST_AT_A_DOOR)):
        docs.put("cares", care | standing)


def fold_resumed(docs: Overlay, event: Event) -> None:
    """It counts from then on."""
    care = docs.the("cares", event.data["care"])
    _put(docs, CARE.after(care | _from(event.time), "resume"))


def _from(moment: str) -> Json:
    return {"begun_at": moment, "windows": []}


def look_again(docs: Overlay, id: str) -> None:
    """When the last visit was on which somebody was met, whichever was heard of last."""
    where = {"care": id, "outcome": "met", "state": "recorded"}
    found = docs.find(Find("visits", where, "at", limit=1, newest_first=True))
    met = {"met_at": found[0]["at"]} if found else {}
    _put(docs, without(docs.the("cares", id), "met_at") | met)


def _put(docs: Overlay, care: Json) -> None:
    """The care, with how often it was missed since somebody was met, and by when it is due."""
    met_at = care.get("met_at", "")
    begun = [care["begun_at"], met_at] if met_at else [care["begun_at"]]
    windows = care["windows"]
    dues = [window["due"] for window in windows]
    ends = [*map(_end_of_day, begun), *dues]
    since_met = [window for window in windows if window["counts_from"] >= met_at]
    counts_from = max([*begun, *dues])
    next_at = datetime.fromisoformat(max(ends)) + timedelta(days=care["every_days"])
    counts = {"counts_from": counts_from, "missed": len(since_met)}
    due = {"next_at": instant(next_at)}
    rings = {"rings_at": instant(next_at - MORNING)}
    is_rung = care.get("rung_for") == due["next_at"]
    bare = without(care, "rings_at") | counts | due
    docs.put("cares", bare if is_rung else bare | rings)


def _end_of_day(moment: str) -> str:
    return instant(day_ends(day_of(moment)))


OWN: Folds = {
    "care_begun.v1": fold_begun,
    "care_due.v1": fold_due,
    "care_missed.v1": fold_missed,
    "care_paused.v1": partial(fold_step, step="pause"),
    "care_resumed.v1": fold_resumed,
    "care_ended.v1": partial(fold_step, step="end"),
}
