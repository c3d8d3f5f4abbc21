"""Commitments until what was taken on is reported done, and what their needs become with them."""

from functools import partial

from schemas.documents import Json, pick, pick_present, without
from services.cobuild.folds import needs
from services.cobuild.folds.bookings import book, release
from services.cobuild.folds.needs import need_of, to_suggest
from services.cobuild.folds.records import count_decline, record
from services.cobuild.model.lifecycles import COMMITMENT, NEED
from services.district import territory
from services.district.indexes import PLACES
from services.kit.lists.paging import every
from services.kit.log import Event
from services.kit.views import Collection, Find, Folds, Overlay

OF_THE_LEASE = ("lease_until", "gives_back_at")
STATES: tuple[tuple[str, ...], ...] = (("state",), ())

COMMITMENTS = Collection(
    "commitments",
    (
        ("need", "taken_at"),
        ("unit", "state", "due_at"),
        *(("unit", *state, "taken_at") for state in STATES),
        *(
            (*place, *state, "taken_at")
            for place in reversed(PLACES)
            for state in STATES
        ),
        ("deadline", "due_at"),
        ("gives_back_at",),
        ("asks_person", "proposed_on"),
        ("unit", "asks", "proposed_on"),
        *((*place, "asks", "proposed_on") for place in PLACES),
        *(
            (*unit, "state", due)
            for unit in (("unit",), ())
            for due in ("due_at", "lease_until")
        ),
    ),
    searched=("title", "category"),
)
COLLECTIONS = (COMMITMENTS,)
# As it is when a unit has just taken it on.
NEW: Json = {"deadline": "ahead", "late": False, "postponed": 0}
USED = ("lease_until", "offering", "occurrence", "period")
IN_TIME_AGAIN = {"late": False, "deadline": "ahead"}


def fold_claimed(docs: Overlay, event: Event) -> None:
    _take(docs, event, "claim")


def fold_dispatched(docs: Overlay, event: Event) -> None:
    _take(docs, event, "dispatch")


def _take(docs: Overlay, event: Event, step: str) -> None:
    need = need_of(docs, event) | pick(event.data, "commitment", "unit")
    need = NEED.after(need, step)
    _put_need(docs, need, event)
    docs.put("commitments", _taken(docs, event, need, step))


def fold_undertaken(docs: Overlay, event: Event) -> None:
    """A meeting's resolution as a need and a commitment already under way."""
    need = _need_of_resolution(event)
    needs.put(docs, NEED.after(need, "dispatch"), claim="off", close="off")
    commitment = _taken(docs, event, need, "resolution")
    docs.put("commitments", COMMITMENT.after(commitment, "begin"))
    carried_out = {"outcome": "commitment", "need": need["id"]}
    docs.change("resolutions", event.data["resolution"], **carried_out)


def _need_of_resolution(event: Event) -> Json:
    """Verified, for the meeting has judged it; the unit has responded."""
    content = event.data
    need = pick(content, "category", "audience", "community", "title", "resolution")
    need |= pick(content, "commitment", "unit", "by")
    need |= territory.placed(content["community"])
    need |= needs.NEW
    need |= {
        "id": content["need"],
        "urgency": "routine",
        "raised_at": event.time,
        "verified_at": event.time,
        "notes": {},
        "written": [],
        "similar": [],
        "responded": True,
    }
    return NEED.after(NEED.begun(need), "verify")


def _taken(docs: Overlay, event: Event, need: Json, origin: str) -> Json:
    """The new commitment; it counts for the unit, and what it uses is booked."""
    content = event.data
    id = content["commitment"]
    used = pick_present(content, *USED)
    commitment = pick(content, "need", "unit", "due", "due_at", "by")
    commitment |= used
    commitment |= NEW
    commitment |= pick(need, "title", "category", "community", "street", "district")
    commitment |= {"id": id, "origin": origin, "notes": {}, "taken_at": event.time}
    record(docs, content["unit"], event, taken=1, open=1)
    if "offering" in used:
        starts_at = used["occurrence"]
        book(docs, id, used | {"starts_at": starts_at}, event)
    return COMMITMENT.begun(commitment)


def fold_begun(docs: Overlay, event: Event) -> None:
    _put_need(docs, need_of(docs, event), event)
    commitment = COMMITMENT.after(commitment_of(docs, event), "begin")
    docs.put("commitments", without(commitment, *OF_THE_LEASE))


def _put_need(docs: Overlay, need: Json, event: Event) -> None:
    """With the first response since it was verified the claim clock has done its work."""
    if "response_minutes" in event.data:
        needs.put(docs, need | {"responded": True}, claim="off")
    else:
        needs.put(docs, need)


def fold_postponed(docs: Overlay, event: Event) -> None:
    commitment = COMMITMENT.after(commitment_of(docs, event), "postpone")
    commitment |= pick(event.data, "due", "due_at", "reason") | IN_TIME_AGAIN
    commitment["postponed"] += 1
    docs.put("commitments", commitment)


def fold_overdue(docs: Overlay, event: Event) -> None:
    id = event.data["commitment"]
    docs.change("commitments", id, late=True, deadline="passed")


def fold_given_back(docs: Overlay, event: Event, *, step: str, count: str) -> None:
    """The unit will not do it: others may. What was booked for it is free."""
    unit = event.data["unit"]
    need = NEED.after(need_of(docs, event), step)
    free = without(need, "commitment", "unit")
    needs.put(docs, to_suggest(free, event, unit))
    _end(docs, event, step)
    changes = {"open": -1, count: 1}
    record(docs, unit, event, **changes)
    if step == "decline":
        count_decline(docs, event, need["category"])


def give_back(docs: Overlay, event: Event, why: str, states: tuple[str, ...]) -> None:
    """What the unit has in these states goes back to others by itself, each in an event of its own."""
    content = event.data
    going = {
        "gives_back_at": event.time,
        "given_back_by": content["by"],
        "given_back_as": f"{why}：{content['reason']}",
    }
    for state in states:
        where = {"unit": content["unit"], "state": state}
        for commitment in every(docs, Find("commitments", where, "taken_at")):
            docs.put("commitments", commitment | going)


def fold_need_withdrawn(docs: Overlay, event: Event) -> None:
    needs.fold_withdrawn(docs, event)
    if "commitment" in event.data:
        commitment = _end(docs, event, "withdraw")
        record(docs, commitment["unit"], event, open=-1)


def _end(docs: Overlay, event: Event, step: str) -> Json:
    """The commitment as it comes to nothing; what was booked for it is free."""
    commitment = COMMITMENT.after(commitment_of(docs, event), step)
    commitment = without(commitment, *OF_THE_LEASE)
    commitment |= pick_present(event.data, "reason") | {"deadline": "none"}
    docs.put("commitments", commitment)
    if "offering" in commitment:
        release(docs, commitment["id"], commitment["offering"], event)
    return commitment


def fold_fulfilled(docs: Overlay, event: Event) -> None:
    """The words of the report can be deleted: what was done and, before the time agreed on, why so early."""
    content = event.data
    need = needs.written(need_of(docs, event), event, "done")
    notes = {"done": content["note"]}
    if "early" in content:
        need = needs.written(need, event, "early", note="early")
        notes["early"] = content["early"]
    need |= {"responded": True, "waits_since": event.time}
    needs.put_resumed(docs, NEED.after(need, "fulfil"), event, claim="off")
    _report(docs, event, notes)


def _report(docs: Overlay, event: Event, notes: dict[str, str]) -> None:
    content = event.data
    commitment = COMMITMENT.after(commitment_of(docs, event), "fulfil")
    commitment = without(commitment, *OF_THE_LEASE)
    commitment |= pick(content, "served")
    commitment |= {"notes": notes, "done_by": content["by"], "deadline": "none"}
    docs.put("commitments", commitment)
    record(docs, commitment["unit"], event, open=-1, fulfilled=1)


def commitment_of(docs: Overlay, event: Event) -> Json:
    return docs.the("commitments", event.data["commitment"])


OWN: Folds = {
    "need_claimed.v1": fold_claimed,
    "need_dispatched.v1": fold_dispatched,
    "resolution_undertaken.v1": fold_undertaken,
    "commitment_begun.v1": fold_begun,
    "commitment_postponed.v1": fold_postponed,
    "commitment_overdue.v1": fold_overdue,
    "commitment_declined.v1": partial(
        fold_given_back, step="decline", count="declined"
    ),
    "commitment_lapsed.v1": partial(fold_given_back, step="lapse", count="lapsed"),
    "commitment_withdrawn.v1": partial(
        fold_given_back, step="give_up", count="withdrawn"
    ),
    "need_fulfilled.v1": fold_fulfilled,
    "need_withdrawn.v1": fold_need_withdrawn,
}
