"""Codes that are sent: asked for, on their way, and tried."""

from schemas.people.desk_codes import TRIES
from services.district.calendar import day_of
from services.district.tallies import one_more
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay
from services.people.model.lifecycles import SENT_CODE

COLLECTIONS = (
    Collection(
        "sent_codes",
        (
            ("number", "asked_at"),
            ("browser", "state", "id"),
            ("sender", "state", "to_send", "next_at"),
            ("person", "state", "id"),
            ("state", "until"),
        ),
    ),
    Collection("code_tallies"),
)
MOST_ATTEMPTS = 3  # To send one.


def fold_asked(docs: Overlay, event: Event) -> None:
    """One to a number of nobody's is like any other, but that nobody sends it."""
    is_sent = "account" in event.data
    code = event.without("sent_code") | {
        "id": event.data["sent_code"],
        "asked_at": event.time,
        "next_at": event.time,
        "to_send": int(is_sent),
        "attempts": 0,
        "tries_left": TRIES,
    }
    docs.put("sent_codes", SENT_CODE.begun(code))
    _count(docs, event.data["sender"] if is_sent else "", event.time)


def _count(docs: Overlay, sender: str, time: str) -> None:
    id = f"to {sender}"
    day = day_of(time)
    tally = one_more(docs.get("code_tallies", id), day)
    docs.put("code_tallies", tally | {"id": id})


def fold_taken(docs: Overlay, event: Event) -> None:
    code = docs.the("sent_codes", event.data["sent_code"])
    attempts = code["attempts"] + 1
    is_last = attempts == MOST_ATTEMPTS
    later = {"attempts": attempts, "next_at": event.data["again_at"]}
    docs.put("sent_codes", code | later | {"to_send": int(not is_last)})


def fold_sent(docs: Overlay, event: Event) -> None:
    docs.change("sent_codes", event.data["sent_code"], to_send=0)


def fold_not_sent(docs: Overlay, event: Event) -> None:
    later = {"next_at": event.data["again_at"]}
    docs.change("sent_codes", event.data["sent_code"], **later)


def fold_expired(docs: Overlay, event: Event) -> None:
    _step(docs, event.data["sent_code"], "expire")


def use(docs: Overlay, id: str) -> None:
    _step(docs, id, "use")


def fail(docs: Overlay, id: str) -> None:
    """One dies of five wrong tries."""
    tries_left = docs.the("sent_codes", id)["tries_left"] - 1
    docs.change("sent_codes", id, tries_left=tries_left)
    if tries_left == 0:
        _step(docs, id, "fail")


def _step(docs: Overlay, id: str, step: str) -> None:
    docs.put("sent_codes", SENT_CODE.after(docs.the("sent_codes", id), step))


FOLDS: Folds = {
    "sign_in_code_asked.v1": fold_asked,
    "sign_in_code_taken.v1": fold_taken,
    "sign_in_code_sent.v1": fold_sent,
    "sign_in_code_not_sent.v1": fold_not_sent,
    "sign_in_code_expired.v1": fold_expired,
}
