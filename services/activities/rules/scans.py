"""Marks made elsewhere and sent later: scans of a device that was offline, and lines of a paper list.

They come late, shuffled and twice. Each counts once, and what they add up to depends on no order.
"""

from schemas.documents import Json, pick
from services.activities.model.lifecycles import STANDING
from services.activities.model.scans import scan_id, undone_id
from services.activities.model.seating import seat_of
from services.activities.model.times import moment
from services.activities.rules.authority import must_be_anothers
from services.activities.rules.door import Visit, marked, seated
from services.activities.rules.door_times import must_be_in_time, must_take_marks
from services.activities.rules.lookups import activity_kept, session_of
from services.activities.rules.proofs import (
    Seen,
    by_a_device,
    must_be_unused,
    of_survivor,
)
from services.activities.rules.seat_codes import must_be_of, whose
from services.activities.rules.walkins import let_in
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.persons.aliases import survivor
from services.kit.views import Reads


def record_scan(docs: Reads, command: Json, asked: Asked, key: bytes) -> Fact:
    """Raises `Refused`, code `scan_known`, for one that was sent before: what is sent again changes nothing."""
    activity, session = _door(docs, command, asked)
    whom = _whom(docs, session, command, key)
    seen = of_survivor(docs, by_a_device(command, whom, asked, key))
    _must_be_new(docs, command, session, seen.person)
    must_be_unused(docs, seen)
    visit = _visit(docs, activity, session, seen, asked)
    return marked(docs, visit, command["direction"])


def record_paper(docs: Reads, command: Json, asked: Asked) -> Fact:
    """A line of a list. Raises `Refused` for one that is recorded, or was and has been undone."""
    activity, session = _door(docs, command, asked)
    person = command["person"]
    must_be_anothers(person, asked, path="person")
    written = Seen(person, moment(command["at"]), "backfilled", {})
    if _simply_came(docs, session, command):
        payload = {"relation": "self"} | command
        return let_in(docs, activity, session, written, payload, asked)
    visit = _visit(docs, activity, session, written, asked)
    _must_not_be_known(docs, visit, command)
    return marked(docs, visit, command["direction"])


def _whom(docs: Reads, session: Json, command: Json, key: bytes) -> str:
    """Whom the scan names, or whose seat's code it is; "" where an own code says it."""
    person = str(command.get("person", ""))
    if "seat_code" not in command:
        return person
    if person:
        must_be_of(docs, person, session, command["seat_code"], key)
        return person
    return whose(docs, session, command["seat_code"], key)


def _must_not_be_known(docs: Reads, visit: Visit, command: Json) -> None:
    """Raises `Refused` for a line that is recorded already, or was and has been undone."""
    person = command["person"]
    direction = command["direction"]
    if visit.scan(direction) in visit.seat["scans"]:
        says = f"{person} 的这条记录已经登记过"
        raise Refused("scan_known", says, path="at")
    line = command | {"session": visit.session["id"]}
    if docs.get("scans", undone_id(line, direction)) is not None:
        says = f"{person} 的这条记录登记后已经撤销，不能再登记"
        raise Refused("mark_undone", says, path="at")


def _simply_came(docs: Reads, session: Json, command: Json) -> bool:
    """Whether the paper has somebody on it who had no seat: then it says why."""
    if command["direction"] != "in" or "reason" not in command:
        return False
    seat = seat_of(docs, session, command["person"])
    return seat is None or seat["state"] not in STANDING


def _door(docs: Reads, command: Json, asked: Asked) -> tuple[Json, Json]:
    activity = activity_kept(docs, command, asked)
    session = session_of(docs, activity, command)
    must_take_marks(activity, session)
    return activity, session


def _visit(
    docs: Reads, activity: Json, session: Json, seen: Seen, asked: Asked
) -> Visit:
    seat = seated(docs, activity, session, seen.person)
    must_be_in_time(session, seen.at, asked)
    return Visit(activity, session, seat, seen)


def _must_be_new(docs: Reads, command: Json, session: Json, person: str) -> None:
    known = docs.get("scans", scan_id(command | {"session": session["id"]}))
    if known is None:
        return
    scan = {"person": person, "direction": command["direction"]}
    before = pick(known, *scan) | {"person": survivor(docs, known["person"])}
    if before == scan:
        says = "这次扫码已经登记过"
        raise Refused("scan_known", says, path="nonce")
    says = "这次扫码的编号已用于另一次扫码"
    raise Refused("nonce_reused", says, path="nonce")
