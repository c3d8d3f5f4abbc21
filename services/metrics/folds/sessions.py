"""Sessions as the figures see them: where and when, open, held or cancelled, and what each has contributed so far."""

from datetime import datetime

from schemas.documents import Json
from services.district import territory
from services.district.calendar import local_day
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

LEVELS = ("district", "street", "community")

COLLECTIONS = (
    Collection(
        "sessions",
        tuple(
            (level, *by, "day")
            for level in LEVELS
            for by in ((), ("category",), ("campaign",))
        ),
    ),
    Collection("session_hosts", tuple((level, "host", "day") for level in LEVELS)),
)

PLACE = (
    "day",
    "community",
    "grid",
    "street",
    "district",
    "category",
    "campaign",
    "values",
)


def fold_published(docs: Overlay, event: Event) -> None:
    """Published, or changed since."""
    if "campaign" in event.data:
        titles.name_campaign(docs, event)
    for told in _told(event.data):
        before = docs.get("sessions", told["id"])
        if before is None:
            begun = {
                **NOTHING,
                "excess": signers.NO_EXCESS,
                "state": "open",
                "stays": False,
            }
            _put(docs, event, None, {**begun, **told})
        else:
            _put(docs, event, before, {**before, **told, **_kept(before)})


def _told(content: Json) -> list[Json]:
    """The sessions of an activity's content, which until its second version was its only session as well."""
    hosts = dict.fromkeys([content["host"], *content.get("cohosts", [])])
    campaigns = [content["campaign"]] if "campaign" in content else []
    about = {
        "title": content["title"],
        "community": content["community"],
        **territory.placed(content["community"]),
        "category": content["category"],
        "campaign": content.get("campaign"),
        "values": list(
            cells.dimensions(
                category=content["category"], host=hosts, campaign=campaigns
            )
        ),
    }
    return [
        {
            **about,
            "id": session["session"],
            "grid": session.get("grid", content.get("grid")),
            "day": local_day(datetime.fromisoformat(session["starts_at"])),
            "capacity": session["capacity"] + session.get("helpers", 0),
        }
        for session in content.get("sessions", [content])
    ]


def _kept(session: Json) -> Json:
    """The place and day stay as they were once somebody has attended, or the session has ended."""
    stays = session["stays"] or session["state"] != "open"
    return {name: session[name] for name in PLACE} if stays else {}


def fold_closed(docs: Overlay, event: Event) -> None:
    before = docs.the("sessions", event.data["session"])
    _put(docs, event, before, {**before, "state": "held"})


def fold_cancelled(docs: Overlay, event: Event) -> None:
    """One session or several. What has been held stays held; what was never published is not here."""
    for id in (
        event.data["sessions"] if "sessions" in event.data else [event.data["session"]]
    ):
        before = docs.get("sessions", id)
        if before is not None and before["state"] == "open":
            _put(docs, event, before, {**before, "state": "cancelled"})


def fold_rated(docs: Overlay, event: Event) -> None:
    session = docs.the("sessions", event.data["session"])
    rated = {"ratings": 1, "satisfied": int(event.data["score"] >= 4)}
    count(
        docs,
        event,
        session,
        rated,
        {signer_of(docs, session["id"], event.data["person"]): rated},
    )


def _put(docs: Overlay, event: Event, before: Json | None, after: Json) -> None:
    docs.put("sessions", after)
    new = (cells_at(after), figures_of(after))
    old = (cells_at(before), figures_of(before)) if before else (new[0], {})
    cells.replace(docs, cells.ACTIVITIES, old, new)
    beside = signers.excess_of(before) if before else {}
    cells.replace(
        docs, cells.EXCESS, (old[0], beside), (new[0], signers.excess_of(after))
    )
    late.record(
        docs,
        late.OF_ACTIVITIES,
        event,
        counted(before) if before else counted(after).nothing(),
        counted(after),
    )
    if before is None or any(before[name] != after[name] for name in PLACE):
        _put_hosts(docs, before, after)


def _put_hosts(docs: Overlay, before: Json | None, after: Json) -> None:
    """One for each host, by which its sessions are found; a host that is one no longer has none."""
    gone = {f"{after['id']}:{host}" for host in hosts_of(before or {"values": []})}
    for host in hosts_of(after):
        place = {name: after[name] for name in ("day", *LEVELS)}
        id = f"{after['id']}:{host}"
        docs.put(
            "session_hosts", {"id": id, "session": after["id"], "host": host, **place}
        )
        gone.discard(id)
    for id in sorted(gone):
        docs.put("session_hosts", {"id": id})


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
