"""What each session has contributed so far to the figures of its cells, and who answers for the people in it."""

from schemas.documents import Json
from services.kit.log import Event
from services.kit.views import Overlay
from services.metrics.folds import cells, deeds, late, signers

# What a session has counted: at once, or only when it is held.
AT_ONCE = (
    "person_times", "participant_times", "helper_times", "attended_minutes",
    "service_minutes_scanned", "service_minutes_backfilled", "service_minutes_adjusted", "ratings", "satisfied",
)  # fmt: skip
WHEN_HELD = ("confirmed", "late", "turned_up")
NOTHING = dict.fromkeys((*AT_ONCE, *WHEN_HELD), 0)


def count(
    docs: Overlay,
    event: Event,
    before: Json,
    changes: cells.Figures,
    of: signers.Answers,
) -> None:
    """Adds to what the session has counted, and to its cells what counts now; `of`: who answers for it."""
    excess = signers.answer(docs, before["id"], of)
    after = {
        **before,
        **{name: before[name] + change for name, change in changes.items()},
    }
    if excess:
        _count_excess(docs, before, after, excess)
    if "person_times" in changes:
        after["stays"] = True
        _mark(docs, before, after)
    docs.put("sessions", after)
    figures = {name: change for name, change in changes.items() if name in AT_ONCE}
    if before["state"] == "held":
        figures |= cells.difference(_held(before), _held(after))
    cells.add(docs, cells.ACTIVITIES, cells_at(after), figures)
    if late.is_late(event, after["day"]):
        late.record(docs, late.OF_ACTIVITIES, event, counted(before), counted(after))


def _count_excess(
    docs: Overlay, before: Json, after: Json, changes: cells.Figures
) -> None:
    after["excess"] = {
        **before["excess"],
        **{name: before["excess"][name] + more for name, more in changes.items()},
    }
    more = cells.difference(signers.excess_of(before), signers.excess_of(after))
    cells.add(docs, cells.EXCESS, cells_at(after), more)


def cells_at(session: Json) -> tuple[str, ...]:
    return cells.cells_of(session["community"], session["day"], *session["values"])


def figures_of(session: Json) -> cells.Figures:
    """What the session contributes to each of its cells, distinct persons apart."""
    held = _held(session) if session["state"] == "held" else {}
    return {
        **{name: session[name] for name in AT_ONCE},
        "open_sessions": int(session["state"] == "open"),
        **held,
    }


def _held(session: Json) -> cells.Figures:
    return {
        "sessions_held": 1,
        "capacity": session["capacity"],
        "confirmed": session["confirmed"],
        "attended": session["person_times"],
        "turned_up": session["turned_up"],
        "no_shows": session["confirmed"] - session["turned_up"] + session["late"],
    }


def counted(session: Json) -> late.Counted:
    return late.Counted(
        f"session/{session['id']}",
        "held",
        session["community"],
        session["day"],
        figures_of(session),
    )


def hosts_of(session: Json) -> list[str]:
    """Those who share the credit: host and co-hosts."""
    return [
        value.removeprefix("host:")
        for value in session["values"]
        if value.startswith("host:")
    ]


def _mark(docs: Overlay, before: Json, after: Json) -> None:
    """The first to attend makes the session a deed of its hosts and its community; with the last undone it is none."""
    change = int(after["person_times"] > 0) - int(before["person_times"] > 0)
    if not change:
        return
    deeds.cover(
        docs, deeds.ATTENDING, after["community"], after["day"], change, after["grid"]
    )
    for host in hosts_of(after):
        if host.startswith("unit/"):
            deeds.act(
                docs,
                deeds.HOSTING,
                host.removeprefix("unit/"),
                after["community"],
                after["day"],
                change,
            )
