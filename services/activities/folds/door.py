"""What is remembered of who came: when, how, and for how long."""

from schemas.documents import Json, pick, pick_present
from services.activities.folds.records import put_seat
from services.activities.folds.seating import to_settle
from services.activities.folds.signups import fold_signed_up, restate
from services.activities.folds.subjects import the_seat, the_session
from services.activities.model.attendance import Scan, scanned, unscanned
from services.activities.model.scans import scan_id, undone_id, use_id
from services.activities.model.seating import seat_id
from services.kit.actor import SYSTEM
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay

# What is to be counted again stands beside the seats: a seat is folded from the stream of its own activity alone.
COLLECTIONS = (
    Collection("scans"),
    Collection("recounts", (("recount_at",),)),
)
UNRECORDED = ("", SYSTEM.id)


def fold_mark(direction: str) -> Fold:
    """A scan that counts. Events from before hours were told with each carry none: they stay as they were."""

    def fold(docs: Overlay, event: Event) -> None:
        _mark(docs, event, direction)

    return fold


def fold_kept(docs: Overlay, event: Event) -> None:
    _mark(docs, event, event.data["direction"])


def fold_walked_in(docs: Overlay, event: Event) -> None:
    fold_signed_up("confirmed")(docs, event)
    _mark(docs, event, "in")


def _mark(docs: Overlay, event: Event, direction: str) -> None:
    _remember_scan(docs, event, direction)
    seat = the_seat(docs, event)
    session = the_session(docs, event)
    put_standing(docs, scanned(seat, session, _scan(event, direction)), event)


def fold_undone(docs: Overlay, event: Event) -> None:
    """Who was said to have simply come and did not has no seat."""
    undone = event.data["undone"]
    docs.put("scans", {"id": undone_id(event.data, undone)})
    seat = the_seat(docs, event)
    session = the_session(docs, event)
    after = unscanned(seat, session, _scan(event, undone))
    put_standing(docs, after, event)
    signup = docs.the("signups", after["signup"])
    if not after["attended"] and signup["pool"] == "walk_in":
        _give_up(docs, event, signup)


def _give_up(docs: Overlay, event: Event, signup: Json) -> None:
    seating = docs.the("seatings", signup["seating"])
    cancelled = [(signup["id"], "cancelled")]
    seating = restate(docs, event, cancelled, seating)
    docs.put("seatings", to_settle(seating, event))


def fold_appraised(docs: Overlay, event: Event) -> None:
    content = event.data
    id = seat_id(content["session"], content["person"])
    docs.change("seats", id, appraisal=content["grade"])


def put_standing(docs: Overlay, seat: Json, event: Event) -> None:
    """The seat with the figures the event tells and who recorded them, and the sessions it names to count again."""
    if event.actor not in UNRECORDED:  # Counting again is nobody's recording.
        seat = seat | {"recorded_by": event.actor}
    put_figures(docs, seat, event.data, event)


def put_figures(docs: Overlay, seat: Json, figures: Json, event: Event) -> None:
    """The seat with `figures`, `{minutes, hours, recount}`, as far as they are told."""
    put_seat(docs, seat | pick_present(figures, "minutes", "hours"))
    _is_counted(docs, seat)
    for session in figures.get("recount", ()):
        id = seat_id(session, seat["person"])
        docs.put("recounts", {"id": id, "recount_at": event.time})


def _is_counted(docs: Overlay, seat: Json) -> None:
    """Nothing is left to count again."""
    if docs.get("recounts", seat["id"]) is not None:
        docs.put("recounts", {"id": seat["id"]})


def _scan(event: Event, direction: str) -> Scan:
    return {"direction": direction, "at": event.data["at"], "way": event.data["way"]}


def _remember_scan(docs: Overlay, event: Event, direction: str) -> None:
    content = event.data
    about = pick(content, "session", "person") | {"direction": direction}
    if "device" in content:
        docs.put("scans", about | {"id": scan_id(content)})
    if "code_hash" in content:
        docs.put("scans", about | {"id": use_id(content["code_hash"])})


OWN: Folds = {
    "checked_in.v1": fold_mark("in"),
    "checked_out.v1": fold_mark("out"),
    "scan_kept.v1": fold_kept,
    "walked_in.v1": fold_walked_in,
    "check_undone.v1": fold_undone,
    "service_appraised.v1": fold_appraised,
}
