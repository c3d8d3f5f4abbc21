"""Marks made elsewhere and sent later: scans of a device that was offline, and lines of a paper list.

They come late, shuffled and twice. Each counts once, and what they add up to depends on no order.
"""

from datetime import datetime

from schemas.documents import Json
from services.activities.model.lifecycles import STANDING
from services.activities.model.scans import scan_id, undone_id
from services.activities.rules.authority import must_be_anothers
from services.activities.rules.door import Visit, marked, seated
from services.activities.rules.door_times import must_be_in_time, must_take_marks
from services.activities.rules.lookups import activity_kept, session_of
from services.activities.rules.proofs import Seen, by_a_device, must_be_unused
from services.activities.rules.walkins import let_in
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.log import Fact
from services.kit.views import Reads


def record_scan(docs: Reads, command: Json, asked: Asked, key: bytes) -> Fact:
    activity, session = _door(docs, command, asked)
    seen = by_a_device(command, asked, key)
    _must_be_new(docs, command, session, seen.person)
    must_be_unused(docs, seen)
    return marked(
        docs, _visit(docs, activity, session, seen, asked), command["direction"]
    )


def record_paper(docs: Reads, command: Json, asked: Asked) -> Fact:
    activity, session = _door(docs, command, asked)
    must_be_anothers(command["person"], asked, path="person")
    written = Seen(
        command["person"], datetime.fromisoformat(command["at"]), "backfilled", {}
    )
    if _simply_came(docs, session, command):
        return let_in(
            docs, activity, session, written, {"relation": "self", **command}, asked
        )
    visit = _visit(docs, activity, session, written, asked)
    if visit.scan(command["direction"]) in visit.seat["scans"]:
        raise Refused(
            "scan_known", f"{command['person']} 的这条记录已经登记过", path="at"
        )
    if (
        docs.get(
            "scans",
            undone_id({**command, "session": session["id"]}, command["direction"]),
        )
        is not None
    ):
        raise Refused(
            "mark_undone",
            f"{command['person']} 的这条记录登记后已经撤销，不能再登记",
            path="at",
        )
    return marked(docs, visit, command["direction"])


def _simply_came(docs: Reads, session: Json, command: Json) -> bool:
    """Whether the paper has somebody on it who had no seat: then it says why."""
    seat = docs.get("seats", f"{session['id']}:{command['person']}")
    seated = seat is not None and seat["state"] in STANDING
    return command["direction"] == "in" and "reason" in command and not seated


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
    known = docs.get("scans", scan_id({**command, "session": session["id"]}))
    if known is None:
        return
    device, nonce = command["device"], command["nonce"]
    if (known["person"], known["direction"]) == (person, command["direction"]):
        raise Refused(
            "scan_known", f"设备 {device} 的扫码 {nonce} 已经登记过", path="nonce"
        )
    raise Refused(
        "nonce_reused", f"设备 {device} 的编号 {nonce} 已用于另一次扫码", path="nonce"
    )
