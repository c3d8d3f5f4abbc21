"""What each session has contributed so far to the figures of its cells, and who answers for the people in it."""

from schemas.documents import Json, pick, pick_present
from services.kit.log import Event
from services.kit.views import Overlay
from services.metrics.folds import cells, deeds, late, signers
from services.metrics.model import counts
from services.metrics.model.counts import Figures

# What a session has counted: at once, or only when it is held.
AT_ONCE = (
    "person_times", "participant_times", "helper_times", "attended_minutes",
    "service_minutes_scanned", "service_minutes_backfilled", "service_minutes_adjusted", "ratings", "satisfied",
)  # fmt: skip
WHEN_HELD = ("confirmed", "late", "turned_up")
NOTHING = dict.fromkeys((*AT_ONCE, *WHEN_HELD), 0)
HOST, UNIT = "host:", "unit/"


def count(
    docs: Overlay, event: Event, before: Json, changes: Figures, of: signers.Answers
) -> None:
    """Adds to what the session has counted, and to its cells what counts now; `of`: who answers for it."""
    excess = signers.answer(docs, before["id"], of)
    after = before | counts.summed(pick(before, *changes), changes)
    if excess:
        _count_excess(docs, before, after, excess)
    if "person_times" in changes:
        after["stays"] = True
        _mark(docs, before, after)
    docs.put("sessions", after)
    cells.add(docs, cells.ACTIVITIES, cells_at(after), _added(before, after, changes))
    if late.is_late(event, after["day"]):
        late.record(docs, late.OF_ACTIVITIES, event, counted(before), counted(after))


def count_answers(docs: Overlay, id: str, of: signers.Answers) -> None:
    """Who answers for whom in the session is another, and what it has counted is not."""
    excess = signers.answer(docs, id, of)
    if excess:
        before = docs.the("sessions", id)
        after = {**before}
        _count_excess(docs, before, after, excess)
        docs.put("sessions", after)


def _added(before: Json, after: Json, changes: Figures) -> Figures:
    """What the changes add to the figures of the session's cells."""
    added = pick_present(changes, *AT_ONCE)
    if before["state"] != "held":
        return added
    return added | counts.difference(_held(before), _held(after))


def _count_excess(docs: Overlay, before: Json, after: Json, changes: Figures) -> None:
    after["excess"] = counts.summed(before["excess"], changes)
    old = signers.excess_of(before)
    new = signers.excess_of(after)
    cells.add(docs, cells.EXCESS, cells_at(after), counts.difference(old, new))


def cells_at(session: Json) -> tuple[str, ...]:
    """The ids of the cells the session is counted in."""
    return cells.cells_of(session["community"], session["day"], *session["values"])


def figures_of(session: Json) -> Figures:
    """What the session contributes to each of its cells, distinct persons apart."""
    figures: Figures = pick(session, *AT_ONCE)
    figures["open_sessions"] = int(session["state"] == "open")
    return figures | _held(session) if session["state"] == "held" else figures


def _held(session: Json) -> Figures:
    """What it contributes once it is held."""
    confirmed = session["confirmed"]
    turned_up = session["turned_up"]
    return {
        "sessions_held": 1,
        "capacity": session["capacity"],
        "confirmed": confirmed,
        "attended": session["person_times"],
        "turned_up": turned_up,
        "no_shows": confirmed - turned_up + session["late"],
    }


def counted(session: Json) -> late.Counted:
    """What it contributes, as late changes tell it: a session counts by one day."""
    place = session["community"], session["day"]
    return late.Counted(f"session/{session['id']}", "held", *place, figures_of(session))


def hosts_of(session: Json) -> list[str]:
    """Those who share the credit, `kind/id` each: host and co-hosts."""
    hosts = (value for value in session["values"] if value.startswith(HOST))
    return [host.removeprefix(HOST) for host in hosts]


def _mark(docs: Overlay, before: Json, after: Json) -> None:
    """The first to attend makes the session a deed of its hosts and its community; with the last undone it is none."""
    is_one = after["person_times"] > 0
    was_one = before["person_times"] > 0
    if is_one == was_one:
        return
    change = 1 if is_one else -1
    place = after["community"], after["day"]
    deeds.cover(docs, deeds.ATTENDING, *place, change, after["grid"])
    for host in hosts_of(after):
        if host.startswith(UNIT):
            deeds.act(docs, deeds.HOSTING, host.removeprefix(UNIT), *place, change)
