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
from typing import cast

from schemas.activities.parties import MOST_IN_A_PARTY
from schemas.activities.signups import MOST_PROMOTED
from schemas.documents import Json
from schemas.fields import instant
from services.activities.model.documents import Seating
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


def parties_that_fit(docs: Reads, seating: Seating, now: str) -> Iterator[Json]:
    """The waiting parties that get the seats free in `seating`, in the order of their tickets."""
    after = 0
    while party := _first_that_fits(docs, seating, now, after):
        yield party
        after = party["ticket"]
        seating = _with_party(seating, party)


def without_party(seating: Seating, party: Json) -> Seating:
    """The seating once a confirmed or offered party has given its seats up."""
    return _changed(seating, party, -party["size"])


def _with_party(seating: Seating, party: Json) -> Seating:
    return _changed(seating, party, party["size"])


def _changed(seating: Seating, party: Json, seats: int) -> Seating:
    changed = seating.copy()
    changed["taken"] += seats
    if party["pool"] == "offline":
        changed["taken_offline"] += seats
    if party["pool"] == "walk_in":
        changed["taken_walk_in"] += seats
    return changed


def _first_that_fits(
    docs: Reads, seating: Seating, now: str, after: int
) -> Json | None:
    """The party with the lowest ticket above `after` that fits; one short look per pool and size of party."""
    parties: list[Json] = []
    for pool in POOLS:
        largest = min(free_for(pool, seating, now), MOST_IN_A_PARTY)
        for size in range(1, largest + 1):
            where = _waiting(seating["id"], "waiting", pool, size)
            find = Find("signups", where, "ticket", since=after + 1, limit=1)
            parties += docs.find(find)
    return min(parties, key=_ticket, default=None)


def parties_too_large(docs: Reads, seating: str, room: int, most: int) -> list[Json]:
    """Parties that wait for seats or for a yes and would never fit in `room` seats; at most `most` of each kind."""
    parties: list[Json] = []
    smallest = max(room, 0) + 1
    sizes = range(smallest, MOST_IN_A_PARTY + 1)
    for state, pool, size in product(NOT_SEATED, POOLS, sizes):
        where = _waiting(seating, state, pool, size)
        parties += docs.find(Find("signups", where, "ticket", limit=most))
    return sorted(parties, key=_ticket)


def _ticket(signup: Json) -> int:
    return int(signup["ticket"])


def _waiting(seating: str, state: str, pool: str, size: int) -> dict[str, str | int]:
    return {
        "seating": seating,
        "state": state,
        "pool": pool,
        "size": size,
    }


def settle(docs: Reads, seating: Json, asked: Asked) -> Fact:
    """Gives the free seats to those who wait; after the cutoff offers them, one party at a time."""
    session = docs.the("sessions", seating["session"])
    session = as_for(session, seating["role"])
    now = now_text(asked)
    if has_begun(session, now):
        return _end_waiting(docs, session, seating)
    fitting = _fitting(docs, session, seating, now)
    if fitting and now >= session["cutoff"]:
        return _offer(session, fitting, asked)
    put_off = offers_put_off(docs, session, now)
    return _promote(session, seating, [*put_off, *fitting])


def _fitting(docs: Reads, session: Json, seating: Json, now: str) -> list[Json]:
    """As many as are promoted at a time, and one more; nobody is, where nothing is held."""
    if session["state"] != "planned":
        return []
    parties = parties_that_fit(docs, cast(Seating, seating), now)
    return list(islice(parties, MOST_PROMOTED + 1))


def _promote(session: Json, seating: Json, parties: list[Json]) -> Fact:
    content = {"session": session["id"]} | told_as(seating["role"])
    content["promoted"] = [party["id"] for party in parties[:MOST_PROMOTED]]
    content["more"] = len(parties) > MOST_PROMOTED
    return ACTIVITY.fact("waiting_promoted.v1", session["activity"], content)


def _offer(session: Json, fitting: list[Json], asked: Asked) -> Fact:
    """To the first of them, until they had the time to answer or the session begins."""
    answer_by = instant(awake_after(asked.now, TIME_TO_ANSWER))
    content = {
        "session": session["id"],
        "signup": fitting[0]["id"],
        "until": min(answer_by, session["starts_at"]),
        "more": len(fitting) > 1,
    }
    return ACTIVITY.fact("seat_offered.v1", session["activity"], content)


def offers_put_off(docs: Reads, session: Json, now: str) -> list[Json]:
    """Those who were offered a seat after a cutoff that is yet to come again: there is nothing left to ask them."""
    if session["state"] != "planned" or now >= session["cutoff"]:
        return []
    where = {"seating": session["seating"], "state": "offered"}
    return docs.find(Find("signups", where, "ticket", limit=MOST_PROMOTED))


def _end_waiting(docs: Reads, session: Json, seating: Json) -> Fact:
    missed: list[str] = []
    for state in NOT_SEATED:
        where = {
            "seating": seating["id"],
            "state": state,
        }
        find = Find("signups", where, "ticket", limit=MOST_PROMOTED + 1)
        missed += [signup["id"] for signup in docs.find(find)]
    content = {"session": session["id"]} | told_as(seating["role"])
    content["missed"] = missed[:MOST_PROMOTED]
    content["more"] = len(missed) > MOST_PROMOTED
    return ACTIVITY.fact("waiting_ended.v1", session["activity"], content)
