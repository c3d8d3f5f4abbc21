"""Sessions as the figures see them: where and when, open, held or cancelled."""

from collections.abc import Iterator
from itertools import product

from schemas.documents import Json, pick, pick_present
from services.district import territory
from services.district.calendar import day_of
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.metrics.folds import cells, late, signers, titles
from services.metrics.folds.presences import signer_of
from services.metrics.folds.session_figures import (
    NOTHING,
    cells_at,
    count,
    counted,
    figures_of,
    hosts_of,
)
from services.metrics.model.counts import Figures

SATISFIED = 4
LEVELS = ("district", "street", "community")

BY = ((), ("category",), ("campaign",))
COLLECTIONS = (
    Collection(
        "sessions", tuple((level, *by, "day") for level, by in product(LEVELS, BY))
    ),
    Collection("session_hosts", tuple((level, "host", "day") for level in LEVELS)),
)
PLACE = (
    "day", "community", "grid", "street", "district", "category", "campaign", "values",
)  # fmt: skip
BEGUN = NOTHING | {"excess": signers.NO_EXCESS, "state": "open", "stays": False}


def fold_published(docs: Overlay, event: Event) -> None:
    """Published, or changed since."""
    if "campaign" in event.data:
        titles.name_campaign(docs, event)
    for session in _sessions(event.data):
        before = docs.get("sessions", session["id"])
        if before is None:
            _put(docs, event, None, BEGUN | session)
        else:
            _put(docs, event, before, before | session | _kept(before))


def _sessions(content: Json) -> Iterator[Json]:
    """Those of an activity's content, which until its second version was its only session as well."""
    about = _about(content)
    for session in content.get("sessions", [content]):
        yield about | {
            "id": session["session"],
            "grid": session.get("grid", content.get("grid")),
            "day": day_of(session["starts_at"]),
            "capacity": session["capacity"] + session.get("helpers", 0),
        }


def _about(content: Json) -> Json:
    """What all sessions of an activity have in common."""
    community = content["community"]
    values = cells.dimensions(
        category=content["category"],
        host=dict.fromkeys([content["host"], *content.get("cohosts", [])]),
        campaign=pick_present(content, "campaign").values(),
    )
    about = pick(content, "title", "community", "category")
    more = {"campaign": content.get("campaign"), "values": list(values)}
    return about | territory.placed(community) | more


def _kept(session: Json) -> Json:
    """The place and day stay as they were once somebody has attended, or the session has ended."""
    stays = session["stays"] or session["state"] != "open"
    return pick(session, *PLACE) if stays else {}


def fold_closed(docs: Overlay, event: Event) -> None:
    before = docs.the("sessions", event.data["session"])
    _put(docs, event, before, before | {"state": "held"})


def fold_cancelled(docs: Overlay, event: Event) -> None:
    """One session or several. What has been held stays held; what was never published is not here."""
    content = event.data
    ids = content["sessions"] if "sessions" in content else [content["session"]]
    for id in ids:
        before = docs.get("sessions", id)
        if before is not None and before["state"] == "open":
            _put(docs, event, before, before | {"state": "cancelled"})


def fold_rated(docs: Overlay, event: Event) -> None:
    session = docs.the("sessions", event.data["session"])
    figures = rated(event.data["score"])
    signer = signer_of(docs, session["id"], event.data["person"])
    count(docs, event, session, figures, {signer: figures})


def rated(score: int) -> Figures:
    return {"ratings": 1, "satisfied": int(score >= SATISFIED)}


def _put(docs: Overlay, event: Event, before: Json | None, after: Json) -> None:
    """The session as it is now; its cells lose what it contributed, and get what it contributes."""
    docs.put("sessions", after)
    _replace(docs, before, after)
    now = counted(after)
    was = counted(before) if before else now.nothing()
    late.record(docs, late.OF_ACTIVITIES, event, was, now)
    is_elsewhere = before is None or pick(before, *PLACE) != pick(after, *PLACE)
    if is_elsewhere:
        _put_hosts(docs, before, after)


def _replace(docs: Overlay, before: Json | None, after: Json) -> None:
    there = cells_at(after)
    old = (there, Figures())
    excess = (there, Figures())
    if before:
        old = cells_at(before), figures_of(before)
        excess = old[0], signers.excess_of(before)
    cells.replace(docs, cells.ACTIVITIES, old, (there, figures_of(after)))
    cells.replace(docs, cells.EXCESS, excess, (there, signers.excess_of(after)))


def _put_hosts(docs: Overlay, before: Json | None, after: Json) -> None:
    """One for each host, by which its sessions are found; a host that is one no longer has none."""
    session = after["id"]
    gone = set(hosts_of(before)) if before else set()
    place = pick(after, "day", *LEVELS)
    for host in hosts_of(after):
        keys = {
            "id": f"{session}:{host}",
            "session": session,
            "host": host,
        }
        docs.put("session_hosts", keys | place)
        gone.discard(host)
    for host in sorted(gone):
        docs.put("session_hosts", {"id": f"{session}:{host}"})


OWN: Folds = {
    "activity_published.v1": fold_published,
    "activity_published.v2": fold_published,
    "activity_changed.v1": fold_published,
    "activity_closed.v1": fold_closed,
    "session_closed.v1": fold_closed,
    "activity_cancelled.v1": fold_cancelled,
    "activity_cancelled.v2": fold_cancelled,
    "sessions_cancelled.v1": fold_cancelled,
    "activity_rated.v1": fold_rated,
}
