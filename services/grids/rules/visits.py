"""Visits: recorded at the door, or by a phone that had no signal and sends them late, twice, in any order."""

from datetime import datetime, timedelta
from typing import NamedTuple

from schemas.documents import Json, pick, pick_present, without
from schemas.fields import instant
from services.district.calendar import local_minute
from services.grids.model.answers import is_possible
from services.grids.model.ids import said_in, sent_by
from services.grids.model.lifecycles import VISIT
from services.grids.model.outcomes import SPOKEN_TO
from services.grids.rules.rights import (
    CARES,
    DOORS,
    FINDINGS,
    NOT_YOURS,
    ROUNDS,
    VISITS,
    called,
    must_have_walked,
    walks,
    works_in,
)
from services.grids.rules.rounds import is_open_at
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Fact
from services.kit.offline import corrected, off_s
from services.kit.views import Reads

A_SECOND = timedelta(seconds=1)  # A clock is set right by whole ones.


class Seen(NamedTuple):
    """When it was, and how that is known."""

    at: datetime
    way: str
    more: Json


def record(docs: Reads, command: Json, asked: Asked) -> Fact:
    return _recorded(docs, command, Seen(asked.now, "live", {}), asked)


def record_late(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Raises `Refused`, code `visit_known`, for one that was sent before: what is sent again changes nothing."""
    behind_s = off_s(command, asked)
    at = corrected(command["at"], behind_s)
    if at > asked.now + A_SECOND:
        says = f"走访时间 {local_minute(at)} 还没有到，请检查设备时钟"
        raise Refused("in_the_future", says, path="at")
    more = pick(command, "device", "nonce")
    if behind_s:
        more["clock_off_s"] = behind_s
    seen = Seen(min(at, asked.now), "late", more)
    return _recorded(docs, command, seen, asked)


def correct(docs: Reads, command: Json, asked: Asked) -> Fact:
    """What was answered stands where nothing is said of it, as long as somebody was met."""
    visit = _own(docs, command, asked, "correct")
    given = visit["answers"] if command["outcome"] == "met" else []
    said = {"answers": given} | command
    _must_answer(docs, visit, said)
    return _changed("visit_corrected.v1", visit, said, asked)


def withdraw(docs: Reads, command: Json, asked: Asked) -> Fact:
    visit = _own(docs, command, asked, "withdraw")
    return _changed("visit_withdrawn.v1", visit, command, asked)


def _recorded(docs: Reads, command: Json, seen: Seen, asked: Asked) -> Fact:
    door = DOORS.found(docs, command["door"], asked)
    place = _stood(door, seen.at)
    must_have_walked(docs, place, seen.at, asked)
    if "nonce" in command:
        _must_be_new(docs, command, asked)
    _must_stand(docs, door, seen.at)
    _must_belong(docs, command, door, place, seen.at, asked)
    _must_answer(docs, command, command)
    content = pick(command, "door", "outcome", "answers") | place | seen.more
    content |= pick_present(command, "round", "care")
    content |= {"told": command["told"]} if command["told"] else {}
    content |= {"visit": asked.new_id, "at": instant(seen.at), "way": seen.way}
    content |= {"member": asked.actor.id}
    return Fact("visit_recorded.v1", f"visit/{door['id']}", content)


def _stood(door: Json, at: datetime) -> Json:
    """`{community, grid}`: where the door stood at that moment."""
    moment = instant(at)
    since = [place for place in door["places"] if place["since"] <= moment]
    return without(since[-1], "since")


def _must_stand(docs: Reads, door: Json, at: datetime) -> None:
    if instant(at) >= door.get("closed_at", "~"):
        says = f"“{called(docs, door)}”已经注销"
        raise Refused("cannot_visit", says, path="door")


def _must_belong(
    docs: Reads, command: Json, door: Json, place: Json, at: datetime, asked: Asked
) -> None:
    """Raises unless the round goes to that door then, and the care and the findings are of it."""
    if "round" in command:
        _must_be_asked(docs, command["round"], place, at, asked)
    if "care" in command:
        care = CARES.found(docs, command["care"], asked)
        _must_be_of(docs, door, care, "care", "这项关爱探访")
    if command["told"] and command["outcome"] not in SPOKEN_TO:
        says = "没有见到人，不能当面告知"
        raise Invalid(says, code="told_without_meeting", path="told")
    for id in command["told"]:
        finding = FINDINGS.found(docs, id, asked, path="told")
        _must_be_of(docs, door, finding, "told", "这项发现")


def _must_be_asked(
    docs: Reads, id: str, place: Json, at: datetime, asked: Asked
) -> None:
    round = ROUNDS.found(docs, id, asked)
    if not place["community"].startswith(round["division"]):
        says = f"“{round['title']}”不走访这一户所在的社区"
        raise Refused("door_elsewhere", says, path="round")
    if not is_open_at(round, at):
        says = f"“{round['title']}”在 {local_minute(at)} 不在走访期内"
        raise Refused("round_not_open", says, path="round")


def _must_be_of(docs: Reads, door: Json, doc: Json, path: str, named: str) -> None:
    if doc["door"] != door["id"]:
        says = f"{named}不是“{called(docs, door)}”的"
        raise Refused("door_elsewhere", says, path=path)


def _must_answer(docs: Reads, visit: Json, said: Json) -> None:
    """Raises unless each answer is a possible one to an item of the round that was to be asked, once."""
    if said["answers"] and said["outcome"] != "met":
        says = "没有见到人，不能有回答"
        raise Invalid(says, code="answers_without_meeting", path="answers")
    round = docs.the("rounds", visit["round"]) if "round" in visit else {"items": []}
    items = {item["item"]: item for item in round["items"]}
    given: dict[str, str] = {}
    for at, answer in enumerate(said["answers"]):
        path = f"answers.{at}"
        if answer["item"] not in items or answer["item"] in given:
            says = f"这轮走访没有题目 {answer['item']}，或已经回答过"
            raise Refused("unknown_item", says, path=f"{path}.item")
        item = items[answer["item"]]
        if not is_possible(item, answer["value"]):
            says = f"“{item['title']}”不能这样回答"
            raise Refused("bad_answer", says, path=f"{path}.value")
        given[answer["item"]] = answer["value"]
    _must_have_been_asked(items, given)


def _must_have_been_asked(items: dict[str, Json], given: dict[str, str]) -> None:
    for name in given:
        only_if = items[name].get("only_if")
        if only_if and given.get(only_if["item"]) != only_if["answer"]:
            says = f"“{items[name]['title']}”这次不用问"
            raise Refused("not_asked", says, path="answers")


def _must_be_new(docs: Reads, command: Json, asked: Asked) -> None:
    sent = docs.get("sent", sent_by(command["device"], command["nonce"]))
    if sent is None:
        return
    if _is_the_same(sent, command) and asked.is_me(sent["member"]):
        says = "这次走访已经登记过"
        raise Refused("visit_known", says, path="nonce", is_so=True)
    says = "这次走访的编号已用于另一次走访，没有登记"
    raise Refused("nonce_reused", says, path="nonce")


def _is_the_same(sent: Json, command: Json) -> bool:
    """Whether the device says what it said before, of the moment its clock showed then."""
    shown = datetime.fromisoformat(sent["shown_at"])
    apart = abs(datetime.fromisoformat(command["at"]) - shown)
    return sent["said"] == said_in(command) and apart <= A_SECOND


def _own(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The visit, when the actor made it or works there, and its state allows the step."""
    visit = VISITS.admitted(
        docs, command["visit"], asked, may=_answers_for, sees=walks, says=NOT_YOURS
    )
    VISIT.must_allow(visit, step, "走访记录")
    return visit


def _answers_for(docs: Reads, visit: Json, asked: Asked) -> bool:
    if asked.is_me(visit["member"]):
        return walks(docs, visit, asked)
    return works_in(asked, visit["community"])


def _changed(type: str, visit: Json, command: Json, asked: Asked) -> Fact:
    content = command | pick(visit, "door") | {"by": asked.actor.id}
    return Fact(type, f"visit/{visit['door']}", content)
