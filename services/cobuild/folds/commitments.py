"""Commitments as they stand, and what their needs become with them."""

from schemas.documents import Json
from services.cobuild.folds import needs, records
from services.cobuild.folds.bookings import book, release
from services.cobuild.folds.needs import put as put_need
from services.cobuild.folds.records import count_decline, record
from services.cobuild.model.lifecycles import COMMITMENT, NEED
from services.district import territory
from services.kit.lists.paging import every
from services.kit.log import Event
from services.kit.views import Collection, Find, Fold, Folds, Overlay

PLACES: tuple[tuple[str, ...], ...] = ((), ("district",), ("street",), ("community",))
REPORTED = {
    "done": "note",
    "early": "early",
}  # What is said in a report, and the event's field that names it.
UNFINISHED = ("held", "underway")
OF_THE_LEASE = {"lease_until", "gives_back_at"}
ENDED = {"fulfilled", "settled", "lapsed", "declined", "withdrawn", "cancelled"}

COMMITMENTS = Collection(
    "commitments",
    (
        ("need", "taken_at"),
        ("unit", "state", "due_at"),
        *(("unit", *state, "taken_at") for state in (("state",), ())),
        *(
            (*place, *state, "taken_at")
            for place in reversed(PLACES)
            for state in (("state",), ())
        ),
        ("deadline", "due_at"),
        ("gives_back_at",),
        *(
            (*unit, "state", due)
            for unit in (("unit",), ())
            for due in ("due_at", "lease_until")
        ),
    ),
    searched=("title", "category"),
)
COLLECTIONS = (
    COMMITMENTS,
    *records.COLLECTIONS,
)


def fold_taken(origin: str) -> Fold:
    def fold(docs: Overlay, event: Event) -> None:
        step = "claim" if origin == "claim" else "dispatch"
        told = {name: event.data[name] for name in ("commitment", "unit")}
        need = needs.after(docs, event, step, told)
        _put_need(docs, need, event)
        docs.put("commitments", _taken(docs, event, need, origin))

    return fold


def fold_undertaken(docs: Overlay, event: Event) -> None:
    """A meeting's resolution as a need and a commitment already under way."""
    data = event.data
    told: Json = {
        name: data[name]
        for name in ("category", "audience", "community", "title", "resolution", "by")
    }
    need = {
        **told,
        **territory.placed(data["community"]),
        "id": data["need"],
        "urgency": "routine",
        "raised_at": event.time,
        "verified_at": event.time,
        "notes": {},
        "written": [],
        "similar": [],
        "waiting": False,
        "waited": 0,
        "overdue": [],
        "reopened": 0,
        "responded": True,
        "commitment": data["commitment"],
        "unit": data["unit"],
    }
    verified = NEED.after(NEED.begun(need), "verify")
    put_need(docs, NEED.after(verified, "dispatch"), claim="off", close="off")
    docs.put(
        "commitments",
        COMMITMENT.after(_taken(docs, event, need, "resolution"), "begin"),
    )
    resolution = docs.the("resolutions", data["resolution"])
    docs.put(
        "resolutions", {**resolution, "outcome": "commitment", "need": data["need"]}
    )


def _taken(docs: Overlay, event: Event, need: Json, origin: str) -> Json:
    """The new commitment; it counts for the unit, and what it uses is booked."""
    data = event.data
    told = (
        "need",
        "unit",
        "due",
        "due_at",
        "by",
        "lease_until",
        "offering",
        "occurrence",
        "period",
    )
    commitment: Json = {name: data[name] for name in told if name in data}
    commitment |= {
        name: need[name]
        for name in ("title", "category", "community", "street", "district")
    }
    commitment |= {
        "id": data["commitment"],
        "origin": origin,
        "taken_at": event.time,
        "deadline": "ahead",
    }
    record(docs, data["unit"], event, taken=1, open=1)
    if "offering" in data:
        booked = {
            "offering": data["offering"],
            "period": data["period"],
            "starts_at": data["occurrence"],
        }
        book(docs, data["commitment"], booked, event)
    return COMMITMENT.begun({**commitment, "late": False, "postponed": 0, "notes": {}})


def fold_begun(docs: Overlay, event: Event) -> None:
    _put_need(docs, docs.the("needs", event.data["need"]), event)
    docs.put("commitments", without_lease(_after(docs, event, "begin")))


def fold_postponed(docs: Overlay, event: Event) -> None:
    told = {name: event.data[name] for name in ("due", "due_at", "reason")}
    commitment = _after(docs, event, "postpone")
    again = {
        "postponed": commitment["postponed"] + 1,
        "late": False,
        "deadline": "ahead",
    }
    docs.put("commitments", {**commitment, **told, **again})


def fold_overdue(docs: Overlay, event: Event) -> None:
    commitment = docs.the("commitments", event.data["commitment"])
    docs.put("commitments", {**commitment, "late": True, "deadline": "passed"})


def fold_given_back(step: str, count: str) -> Fold:
    """The unit will not do it: others may. What was booked for it is free."""

    def fold(docs: Overlay, event: Event) -> None:
        need = needs.after(docs, event, step, {})
        free = needs.without(need, "commitment", "unit")
        put_need(docs, needs.to_suggest(free, event, event.data["unit"]))
        _end(
            docs,
            event,
            step,
            {"reason": event.data["reason"]} if "reason" in event.data else {},
        )
        record(docs, event.data["unit"], event, open=-1, **{count: 1})
        if step == "decline":
            count_decline(docs, event, need["category"])

    return fold


def give_back(docs: Overlay, event: Event, why: str, states: tuple[str, ...]) -> None:
    """What the unit has in these states goes back to others by itself, each in an event of its own."""
    told = {"gives_back_at": event.time, "given_back_by": event.data["by"]}
    for state in states:
        where = {"unit": event.data["unit"], "state": state}
        for commitment in every(docs, Find("commitments", where, "taken_at")):
            docs.put(
                "commitments",
                {
                    **commitment,
                    **told,
                    "given_back_as": f"{why}：{event.data['reason']}",
                },
            )


def fold_need_withdrawn(docs: Overlay, event: Event) -> None:
    needs.fold_withdrawn(docs, event)
    if "commitment" in event.data:
        commitment = _end(docs, event, "withdraw", {"reason": event.data["reason"]})
        record(docs, commitment["unit"], event, open=-1)


def _end(docs: Overlay, event: Event, step: str, told: Json) -> Json:
    commitment = without_lease(_after(docs, event, step))
    docs.put("commitments", {**commitment, **told, "deadline": "none"})
    if "offering" in commitment:
        release(docs, commitment["id"], commitment["offering"], event)
    return commitment


def fold_fulfilled(docs: Overlay, event: Event) -> None:
    told = {"responded": True, "waits_since": event.time, **_reported(docs, event)}
    needs.put_resumed(
        docs, needs.after(docs, event, "fulfil", told), event, claim="off"
    )
    commitment = without_lease(_after(docs, event, "fulfil"))
    notes = {
        kind: event.data[field]
        for kind, field in REPORTED.items()
        if field in event.data
    }
    done = {"served": event.data["served"], "notes": notes, "done_by": event.data["by"]}
    docs.put("commitments", {**commitment, **done, "deadline": "none"})
    record(docs, commitment["unit"], event, open=-1, fulfilled=1)


def _reported(docs: Overlay, event: Event) -> Json:
    """The words of the report among those that can be deleted: what was done and, before the time, why so early."""
    before = docs.the("needs", event.data["need"])["written"]
    said = {
        kind: event.data[field]
        for kind, field in REPORTED.items()
        if field in event.data
    }
    own = [
        {"note": note, "by": event.data["by"], "kind": kind}
        for kind, note in said.items()
    ]
    return {"written": [*before, *own]}


def fold_confirmed(docs: Overlay, event: Event) -> None:
    needs.fold_confirmed(docs, event)
    commitment = _after(docs, event, "confirm")
    docs.put(
        "commitments",
        commitment | ({"score": event.data["score"]} if "score" in event.data else {}),
    )
    record(docs, commitment["unit"], event, confirmed=1)


def fold_disputed(docs: Overlay, event: Event) -> None:
    before = docs.the("commitments", event.data["commitment"])
    needs.fold_disputed(docs, event)
    docs.put("commitments", _after(docs, event, "dispute"))
    if before["state"] == "confirmed":
        record(docs, before["unit"], event, confirmed=-1)


def fold_sent_back(docs: Overlay, event: Event) -> None:
    needs.fold_sent_back(docs, event)
    told = {name: event.data[name] for name in ("due", "due_at", "reason")}
    commitment = _after(docs, event, "send_back")
    docs.put("commitments", {**commitment, **told, "late": False, "deadline": "ahead"})
    record(docs, commitment["unit"], event, open=1, fulfilled=-1)


def fold_closed(docs: Overlay, event: Event) -> None:
    settled = docs.the("needs", event.data["need"])["state"] == "disputed"
    needs.fold_closed(docs, event)
    if settled:
        docs.put("commitments", _after(docs, event, "settle"))


def _after(docs: Overlay, event: Event, step: str) -> Json:
    return COMMITMENT.after(docs.the("commitments", event.data["commitment"]), step)


def without_lease(commitment: Json) -> Json:
    return {
        name: value for name, value in commitment.items() if name not in OF_THE_LEASE
    }


def _put_need(docs: Overlay, need: Json, event: Event) -> None:
    """With the first response since it was verified the claim clock has done its work."""
    if "response_minutes" in event.data:
        put_need(docs, {**need, "responded": True}, claim="off")
    else:
        put_need(docs, need)


OWN: Folds = {
    "need_claimed.v1": fold_taken("claim"),
    "need_dispatched.v1": fold_taken("dispatch"),
    "resolution_undertaken.v1": fold_undertaken,
    "commitment_begun.v1": fold_begun,
    "commitment_postponed.v1": fold_postponed,
    "commitment_overdue.v1": fold_overdue,
    "commitment_declined.v1": fold_given_back("decline", "declined"),
    "commitment_lapsed.v1": fold_given_back("lapse", "lapsed"),
    "commitment_withdrawn.v1": fold_given_back("give_up", "withdrawn"),
    "need_fulfilled.v1": fold_fulfilled,
    "need_confirmed.v1": fold_confirmed,
    "need_disputed.v1": fold_disputed,
    "need_sent_back.v1": fold_sent_back,
    "need_closed.v1": fold_closed,
    "need_reopened.v1": needs.fold_reopened,
    "need_withdrawn.v1": fold_need_withdrawn,
}
