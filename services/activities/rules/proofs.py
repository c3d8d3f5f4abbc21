"""How a mark is known: seen by a code, and then it is of now; or only said, and then it is `backfilled`."""

from datetime import datetime
from typing import NamedTuple

from schemas.documents import Json, pick
from services.activities.model.scans import use_id
from services.activities.model.times import moment
from services.activities.rules.authority import must_be_anothers
from services.activities.rules.codes import scanned_now, scanned_then
from services.activities.rules.seat_codes import is_whole
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.offline import corrected, is_trusted, off_s
from services.kit.persons.aliases import survivor
from services.kit.views import Reads


class Seen(NamedTuple):
    """Who came or went, when, and how that is known; `more` is what the event tells of the proof."""

    person: str
    at: datetime
    way: str
    more: Json


def by_the_door(command: Json, person: str, asked: Asked) -> Seen:
    """By the code shown there: who scans it is there now. Of others with them that is only said."""
    if "at" in command:
        says = "扫码签到、签退以现在为准，不能另填时间"
        raise Invalid(says, code="time_is_now", path="at")
    way = "scanned" if person == asked.actor.id else "backfilled"
    return Seen(person, asked.now, way, {})


def by_the_keeper(command: Json, asked: Asked, key: bytes) -> Seen:
    """By the person's own code, scanned now, or from the roster. An earlier time is believed as far as the code is."""
    if "own_code" not in command:
        return _only_said(command, command.get("person", asked.actor.id), asked)
    own = scanned_now(command["own_code"], key, asked.now)
    seen = _only_said(command, own.person, asked)
    shown_then = "at" not in command or own.since <= seen.at <= asked.now
    way = "scanned" if shown_then else "backfilled"
    return seen._replace(way=way, more={"code_hash": own.hash})


def by_a_seat(command: Json, person: str, asked: Asked) -> Seen:
    """By the code of their seat, shown now; what is typed of it may have been told from afar."""
    seen = _only_said(command, person, asked)
    is_shown = "at" not in command and is_whole(command["seat_code"])
    return seen._replace(way="scanned" if is_shown else "backfilled")


def by_a_device(command: Json, person: str, asked: Asked, key: bytes) -> Seen:
    """By a device that was offline, its clock set right. When it was is told by the own code in the scan, if any.

    `person` is whom it is of otherwise.
    """
    behind_s = off_s(command, asked)
    at = corrected(command["at"], behind_s)
    more = pick(command, "device", "nonce")
    if behind_s:
        more["clock_off_s"] = behind_s
    if "own_code" not in command:
        is_shown = is_whole(command.get("seat_code", ""))
        way = _way_of(behind_s) if is_shown else "backfilled"
        return _of_another(Seen(person, at, way, more), asked)
    own = scanned_then(command["own_code"], key, at)
    while_shown = min(max(at, own.since), own.until)
    more["code_hash"] = own.hash
    return _of_another(Seen(own.person, while_shown, _way_of(behind_s), more), asked)


def _way_of(behind_s: int) -> str:
    return "scanned" if is_trusted(behind_s) else "backfilled"


def of_survivor(docs: Reads, seen: Seen) -> Seen:
    """A code goes on saying the id it was made for: seen was whoever that stands for now."""
    return seen._replace(person=survivor(docs, seen.person))


def must_be_unused(docs: Reads, seen: Seen) -> None:
    """Raises `Refused` for an own code that has let somebody in or out already, wherever that was."""
    if "code_hash" not in seen.more:
        return
    if docs.get("scans", use_id(seen.more["code_hash"])) is not None:
        says = "这个个人码已经用过，请对方刷新后再扫"
        raise Refused("code_used", says, path="own_code")


def _only_said(command: Json, person: str, asked: Asked) -> Seen:
    at = moment(command["at"]) if "at" in command else asked.now
    return _of_another(Seen(person, at, "backfilled", {}), asked)


def _of_another(seen: Seen, asked: Asked) -> Seen:
    """What was seen. Raises `Forbidden` when it was of the actor themself or their guest."""
    must_be_anothers(seen.person, asked, path="person")
    return seen
