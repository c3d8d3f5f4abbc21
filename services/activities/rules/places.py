"""Who gets a free seat: the party that fits, first come first served, none split, none overtaken.

A session keeps some seats for those who are not online and some for those who simply come. Seats freed by a
cancellation before the cutoff go at once to those who wait; those freed otherwise are given away when the seating is
settled, and after the cutoff they are offered rather than given. A cutoff put off makes an open offer a seat, before
anybody behind gets one. Once the session has begun nobody waits any more: a
seat still free is for whoever is at the door.
"""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice, product

from schemas.activities.signups import MOST_IN_A_PARTY, MOST_PROMOTED
from schemas.documents import Json
from schemas.fields import instant
from services.activities.model.lifecycles import ACTIVITY
from services.activities.model.roles import as_for, told_as
from services.activities.model.seating import POOLS, free_for
from services.activities.rules.authority import now_text
from services.activities.rules.nights import awake_after
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Find, Reads

TIME_TO_ANSWER = timedelta(hours=2)
NOT_SEATED = ("waiting", "requested")


def has_begun(session: Json, now: str) -> bool:
    """Whether it is too late to wait for a seat."""
    in_time = session["state"] == "planned" and now < session["starts_at"]
    return not in_time and session["state"] != "cancelled"


def those_that_fit(docs: Reads, seating: Json, now: str) -> Iterator[Json]:
    """The waiting parties that get the seats free in `seating`, in the order of their tickets."""
    after = 0
    while party := _first_that_fits(docs, seating, now, after):
        yield party
        after = party["ticket"]
        seating = _taken_by(seating, party)


def without(seating: Json, party: Json) -> Json:
    """The seating once a confirmed or offered party has given its seats up."""
    return _changed(seating, party, -party["size"])


def _taken_by(seating: Json, party: Json) -> Json:
    return _changed(seating, party, party["size"])


def _changed(seating: Json, party: Json, seats: int) -> Json:
    own = f"taken_{party['pool']}"
    pool = {own: seating[own] + seats} if own in seating else {}
    return {**seating, **pool, "taken": seating["taken"] + seats}


def _first_that_fits(docs: Reads, seating: Json, now: str, after: int) -> Json | None:
    """The party with the lowest ticket above `after` that fits; one short look per pool and size of party."""
    found: list[Json] = []
    for pool in POOLS:
        for size in range(1, min(free_for(pool, seating, now), MOST_IN_A_PARTY) + 1):
            where = {
                "seating": seating["id"],
                "state": "waiting",
                "pool": pool,
                "size": size,
            }
            found += docs.find(
                Find("signups", where, "ticket", since=after + 1, limit=1)
            )
    return min(found, key=lambda party: party["ticket"], default=None)


def parties_too_large(docs: Reads, seating: str, room: int, most: int) -> list[Json]:
    """Parties that wait for seats or for a yes and would never fit in `room` seats; at most `most` of each kind."""
    found: list[Json] = []
    sizes = range(max(room, 0) + 1, MOST_IN_A_PARTY + 1)
    for (state, pool), size in product(product(("waiting", "requested"), POOLS), sizes):
        where: dict[str, str | int] = {
            "seating": seating,
            "state": state,
            "pool": pool,
            "size": size,
        }
        found += docs.find(Find("signups", where, "ticket", limit=most))
    return sorted(found, key=lambda party: party["ticket"])


def settle(docs: Reads, seating: Json, asked: Asked) -> Fact:
    """Gives the free seats to those who wait; after the cutoff offers them, one party at a time."""
    session = as_for(docs.the("sessions", seating["session"]), seating["role"])
    activity = docs.the("activities", session["activity"])
    now = now_text(asked)
    told = {"session": session["id"], **told_as(seating["role"])}
    if has_begun(session, now):
        return _end_waiting(docs, activity, seating, told)
    holds = session["state"] == "planned"
    fitting = (
        list(islice(those_that_fit(docs, seating, now), MOST_PROMOTED + 1))
        if holds
        else []
    )
    if not fitting or now < session["cutoff"]:
        fitting = [*offers_put_off(docs, session, now), *fitting]
        promoted = [party["id"] for party in fitting[:MOST_PROMOTED]]
        return ACTIVITY.fact(
            "waiting_promoted.v1",
            activity["id"],
            {**told, "promoted": promoted, "more": len(fitting) > MOST_PROMOTED},
        )
    until = min(instant(awake_after(asked.now, TIME_TO_ANSWER)), session["starts_at"])
    offer = {
        "session": session["id"],
        "signup": fitting[0]["id"],
        "until": until,
        "more": len(fitting) > 1,
    }
    return ACTIVITY.fact("seat_offered.v1", activity["id"], offer)


def offers_put_off(docs: Reads, session: Json, now: str) -> list[Json]:
    """Those who were offered a seat after a cutoff that is yet to come again: there is nothing left to ask them."""
    if session["state"] != "planned" or now >= session["cutoff"]:
        return []
    return docs.find(
        Find(
            "signups",
            {"seating": session["seating"], "state": "offered"},
            "ticket",
            limit=MOST_PROMOTED,
        )
    )


def _end_waiting(docs: Reads, activity: Json, seating: Json, told: Json) -> Fact:
    wheres = ({"seating": seating["id"], "state": state} for state in NOT_SEATED)
    finds = [
        Find("signups", where, "ticket", limit=MOST_PROMOTED + 1) for where in wheres
    ]
    missed = [signup["id"] for find in finds for signup in docs.find(find)]
    more = len(missed) > MOST_PROMOTED
    return ACTIVITY.fact(
        "waiting_ended.v1",
        activity["id"],
        {**told, "missed": missed[:MOST_PROMOTED], "more": more},
    )
