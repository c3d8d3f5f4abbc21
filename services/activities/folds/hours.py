"""What is remembered of hours put right: by decision, by a contest, by news of another session."""

from datetime import datetime

from schemas.documents import Json
from schemas.persons import principal
from services.activities.folds.door import put_figures, put_standing, the_seat
from services.activities.folds.signups import as_role
from services.activities.model.attendance import (
    decided,
    leaving_at,
    not_inside,
    scanned,
)
from services.activities.model.lifecycles import CONTEST, STANDING_CONTEST
from services.district.calendar import local_day
from services.district.tallies import one_more, share
from services.kit.log import Event
from services.kit.views import Collection, Fold, Folds, Overlay

COLLECTIONS = (
    Collection(
        "contests",
        (
            *(
                (place, "state", "asked_at")
                for place in ("host", "community", "street")
            ),
            ("person", "asked_at"),
            ("state", "press_at"),
            ("state", "due_at"),
            ("settle_by",),
            *(
                (where, "settle_by")
                for where in ("host", "community", "street", "district")
            ),
        ),
    ),
)


def fold_corrected(docs: Overlay, event: Event) -> None:
    seat = the_seat(docs, event)
    session = docs.the("sessions", event.data["session"])
    put_standing(
        docs,
        {
            **decided(seat, session, event.data["attended"]),
            "recorded_by": event.data["by"],
        },
        event,
    )
    _is_put_right(docs, seat)


def fold_without_checkout(docs: Overlay, event: Event) -> None:
    data = event.data
    session = docs.the("sessions", data["session"])
    for one in data["people"]:
        seat = docs.the("seats", f"{data['session']}:{one['person']}")
        left = (
            scanned(
                {**seat, "recorded_by": data["by"]}, session, leaving_at(data["at"])
            )
            if one["counted"]
            else seat
        )
        put_figures(docs, not_inside(left), one, event)
    rest = {name: value for name, value in session.items() if name != "settle_hours_at"}
    docs.put(
        "sessions", {**rest, "settle_hours_at": event.time} if data["more"] else rest
    )


def fold_roles_changed(docs: Overlay, event: Event) -> None:
    for one in event.data["people"]:
        seat = docs.the("seats", f"{event.data['session']}:{one['person']}")
        after = {**seat, **as_role(event.data["to"]), "recorded_by": event.data["by"]}
        put_figures(docs, after, one, event)
        _is_put_right(docs, seat)
    docs.put(
        "activities", docs.the("activities", event.data["activity"])
    )  # It is shown, as of this event.


def _is_put_right(docs: Overlay, seat: Json) -> None:
    contest = docs.get("contests", seat["contest"]) if "contest" in seat else None
    if contest and contest["state"] in STANDING_CONTEST:
        docs.put("contests", {**contest, "corrected": True})


def fold_recounted(docs: Overlay, event: Event) -> None:
    put_standing(docs, the_seat(docs, event), event)


def fold_contested(docs: Overlay, event: Event) -> None:
    data = event.data
    seat, activity = the_seat(docs, event), docs.the("activities", data["activity"])
    told = ("activity", "session", "person", "by", "note", "press_at", "due_at")
    contest = {
        "id": data["contest"],
        **{name: data[name] for name in told},
        **{
            name: activity[name] for name in ("host", "community", "street", "district")
        },
        "asked_at": event.time,
        "minutes": data.get("minutes", seat["minutes"]),
        "corrected": False,
    }
    docs.put("contests", CONTEST.begun({**contest, "settle_by": data["due_at"]}))
    docs.put("seats", {**seat, "contest": data["contest"]})
    tally, day = (
        contesting_tally(data["person"], data["by"]),
        local_day(datetime.fromisoformat(event.time)),
    )
    docs.put("tallies", {"id": tally, **one_more(docs.get("tallies", tally), day)})


def contesting_tally(person: str, by: str) -> str:
    """Of whoever answers for the person; what a worker raises for them is counted apart."""
    return share("contests", principal(person), by)


def fold_step(step: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        _put(docs, CONTEST.after(docs.the("contests", event.data["contest"]), step))

    return fold


def fold_settled(docs: Overlay, event: Event) -> None:
    contest = {
        **docs.the("contests", event.data["contest"]),
        "reason": event.data["reason"],
    }
    _put(docs, CONTEST.after(contest, "uphold" if event.data["upheld"] else "dismiss"))


def _put(docs: Overlay, contest: Json) -> None:
    """The contest, which is to be settled by nobody any more once it no longer stands."""
    gone = set() if contest["state"] in STANDING_CONTEST else {"settle_by"}
    docs.put(
        "contests", {name: value for name, value in contest.items() if name not in gone}
    )


def fold_words_deleted(docs: Overlay, event: Event) -> None:
    contest = docs.the("contests", event.data["contest"])
    docs.put(
        "contests", {name: value for name, value in contest.items() if name != "note"}
    )


OWN: Folds = {
    "hours_corrected.v1": fold_corrected,
    "hours_recounted.v1": fold_recounted,
    "roles_changed.v1": fold_roles_changed,
    "hours_settled.v1": fold_without_checkout,
    "hours_contested.v1": fold_contested,
    "contest_pressed.v1": fold_step("press"),
    "contest_overdue.v1": fold_step("escalate"),
    "contest_settled.v1": fold_settled,
    "contest_withdrawn.v1": fold_step("withdraw"),
    "contest_words_deleted.v1": fold_words_deleted,
}
