"""What is remembered of who came: when, how, for how long, and what they thought of it."""

from schemas.documents import Json
from services.activities.folds.records import put_seat
from services.activities.folds.sessions import to_settle
from services.activities.folds.signups import fold_signed_up, restate
from services.activities.model.attendance import scanned, unscanned
from services.activities.model.scans import scan_id, undone_id, use_id
from services.kit.actor import SYSTEM
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay

# What is to be counted again stands beside the seats: a seat is folded from the stream of its own activity alone.
COLLECTIONS = (
    Collection("scans"),
    Collection("recounts", (("recount_at",),)),
    Collection("ratings", (("session", "score"),)),
)


def fold_mark(direction: str) -> Fold:
    """A scan that counts. Events from before hours were told with each carry none: they stay as they were."""

    def fold(docs: Overlay, event: Event) -> None:
        _remember_scan(docs, event, direction)
        after = scanned(
            the_seat(docs, event), _session(docs, event), _scan(event, direction)
        )
        put_standing(docs, after, event)

    return fold


def fold_kept(docs: Overlay, event: Event) -> None:
    _remember_scan(docs, event, event.data["direction"])
    scan = _scan(event, event.data["direction"])
    put_standing(
        docs, scanned(the_seat(docs, event), _session(docs, event), scan), event
    )


def fold_walked_in(docs: Overlay, event: Event) -> None:
    _remember_scan(docs, event, "in")
    fold_signed_up("confirmed")(docs, event)
    put_standing(
        docs,
        scanned(the_seat(docs, event), _session(docs, event), _scan(event, "in")),
        event,
    )


def fold_undone(docs: Overlay, event: Event) -> None:
    """Who was said to have simply come and did not has no seat."""
    scan = _scan(event, event.data["undone"])
    docs.put("scans", {"id": undone_id(event.data, event.data["undone"])})
    after = unscanned(the_seat(docs, event), _session(docs, event), scan)
    put_standing(docs, after, event)
    signup = docs.the("signups", after["signup"])
    if not after["attended"] and signup["pool"] == "walk_in":
        seating = docs.the("seatings", signup["seating"])
        docs.put(
            "seatings",
            to_settle(
                restate(docs, event, [(signup["id"], "cancelled")], seating), event
            ),
        )


def fold_rated(docs: Overlay, event: Event) -> None:
    """The score with the person's seat, and by itself for those who are not told whose it is."""
    note = {"note": event.data["note"]} if "note" in event.data else {}
    docs.put("seats", {**the_seat(docs, event), "score": event.data["score"], **note})
    rating = {"session": event.data["session"], "score": event.data["score"], **note}
    docs.put("ratings", {"id": event.data.get("note", event.id), **rating})


def fold_words_deleted(docs: Overlay, event: Event) -> None:
    note = event.data["note"]
    for collection, doc in (
        ("seats", the_seat(docs, event)),
        ("ratings", docs.the("ratings", note)),
    ):
        docs.put(
            collection, {name: value for name, value in doc.items() if name != "note"}
        )


def fold_appraised(docs: Overlay, event: Event) -> None:
    docs.put("seats", {**the_seat(docs, event), "appraisal": event.data["grade"]})


def the_seat(docs: Overlay, event: Event) -> Json:
    return docs.the("seats", f"{event.data['session']}:{event.data['person']}")


def put_standing(docs: Overlay, seat: Json, event: Event) -> None:
    """The seat with the figures the event tells and who recorded them, and the sessions it names to count again."""
    # Counting again is nobody's recording.
    by = {} if event.actor in ("", SYSTEM.id) else {"recorded_by": event.actor}
    put_figures(docs, {**seat, **by}, event.data, event)


def put_figures(docs: Overlay, seat: Json, figures: Json, event: Event) -> None:
    put_seat(
        docs,
        {
            **seat,
            **{name: figures[name] for name in ("minutes", "hours") if name in figures},
        },
    )
    _is_counted(docs, seat)
    for session in figures.get("recount", ()):
        docs.put(
            "recounts", {"id": f"{session}:{seat['person']}", "recount_at": event.time}
        )


def _is_counted(docs: Overlay, seat: Json) -> None:
    """Nothing is left to count again."""
    if docs.get("recounts", seat["id"]) is not None:
        docs.put("recounts", {"id": seat["id"]})


def _session(docs: Overlay, event: Event) -> Json:
    return docs.the("sessions", event.data["session"])


def _scan(event: Event, direction: str) -> dict[str, str]:
    return {"direction": direction, "at": event.data["at"], "way": event.data["way"]}


def _remember_scan(docs: Overlay, event: Event, direction: str) -> None:
    data: Json = event.data
    about = {
        "session": data["session"],
        "person": data["person"],
        "direction": direction,
    }
    if "device" in data:
        docs.put("scans", {"id": scan_id(data), **about})
    if "code_hash" in data:
        docs.put("scans", {"id": use_id(data["code_hash"]), **about})


OWN: Folds = {
    "checked_in.v1": fold_mark("in"),
    "checked_out.v1": fold_mark("out"),
    "scan_kept.v1": fold_kept,
    "walked_in.v1": fold_walked_in,
    "check_undone.v1": fold_undone,
    "activity_rated.v1": fold_rated,
    "rating_words_deleted.v1": fold_words_deleted,
    "service_appraised.v1": fold_appraised,
}
