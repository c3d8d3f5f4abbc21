"""At the door without the code shown there: paper, devices that were offline, people who simply come, and undoing."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.activities.contents import OfSession
from schemas.activities.door import (
    DIRECTIONS,
    MOST_RECOUNTED,
    WAYS,
    AtTheDoor,
    Figures,
    OfPerson,
    code_hash,
    seat_code,
)
from schemas.activities.parties import born
from schemas.activities.relations import relation
from schemas.activities.roles import role
from schemas.activities.signup_events import SignedUp
from schemas.decisions import reason
from schemas.events import event
from schemas.persons import Person


class RecordPaper(OfSession):
    """One mark on a paper list; the same mark again is the same."""

    person = Person(required=True, metadata={"description": "居民编号"})
    direction = fields.OneOf(
        DIRECTIONS, required=True, metadata={"description": "in 来，out 走"}
    )
    at = fields.Instant(required=True, metadata={"description": "时间"})
    reason = reason("没有报名却来了的，写明理由，按现场参加登记", required=False)
    role = role("没有报名却来了的人作为什么来")


class Somebody(fields.Schema):
    """A person named by the code they showed, or by id, which is only said and counts as `backfilled`."""

    person = Person(metadata={"description": "居民编号；或填个人码"})
    own_code = fields.Text(300, metadata={"description": "居民出示的个人码内容"})

    NAMES: tuple[str, ...] = ("person", "own_code")
    ASKS = "应填居民编号或个人码，二者之一"

    def is_of_both(self, data: dict[str, Any]) -> bool:
        """Whether it names one twice, the same."""
        return False

    @ma.validates_schema
    def one_of_them(self, data: dict[str, Any], **kwargs: Any) -> None:
        named = [name for name in self.NAMES if name in data]
        if len(named) != 1 and not self.is_of_both(data):
            raise ma.ValidationError(
                fields.Complaint("one_of_person_and_code", self.ASKS), "person"
            )


class Scan(Somebody):
    """What a device kept while it was offline. `device` and `nonce` tell it from every other scan.

    A device that has the list along says whose the code of a seat is: then that is all there is to look at.
    """

    NAMES = ("person", "own_code", "seat_code")
    ASKS = "应填居民编号、个人码或座位码，三者之一；座位码可以同时填居民编号"
    seat_code = seat_code()

    direction = fields.OneOf(
        DIRECTIONS, required=True, metadata={"description": "in 来，out 走"}
    )
    at = fields.Instant(
        required=True, metadata={"description": "设备时钟显示的扫码时间"}
    )
    device = fields.Id(required=True, metadata={"description": "设备编号"})
    nonce = fields.Id(
        required=True, metadata={"description": "本次扫码的编号，同一设备不重复"}
    )

    def is_of_both(self, data: dict[str, Any]) -> bool:
        return "seat_code" in data and "own_code" not in data


class RecordScan(Scan, OfSession):
    device_now = fields.Instant(
        metadata={"description": "上传时设备时钟显示的时间，用来校正", "proof": True}
    )


class UndoCheck(OfSession):
    person = Person(required=True, metadata={"description": "居民编号"})
    undone = fields.OneOf(
        DIRECTIONS, required=True, metadata={"description": "撤销签到 in 或签退 out"}
    )
    at = fields.Instant(metadata={"description": "撤销哪一次，不填为最近一次"})
    reason = reason("撤销原因")


class WalkIn(Somebody, OfSession):
    """Somebody at the door who has not signed up: a seat, when one is free, and the check-in."""

    relation = relation()
    role = role("作为什么来，不填为参与者")
    community = fields.Division(
        "community", metadata={"description": "居住社区，限社区的活动要填"}
    )
    household = fields.Id(metadata={"description": "户编号，每户限报一次的活动要填"})
    guardian = Person(metadata={"description": "未成年人的监护人编号"})
    born = born()
    at = fields.Instant(metadata={"description": "实际时间，填了按补录计；不填为现在"})
    reason = reason("开始以后名额已满、但确实来了的，写明理由", required=False)


# Events


@event("scan_kept.v1")
class ScanKept(AtTheDoor):
    """A scan that changes no figure of this session: an exit without an entry, or one after the hours were decided."""

    direction = fields.OneOf(DIRECTIONS, required=True)
    recount = fields.Many(fields.Id(), 1, MOST_RECOUNTED)


@event("walked_in.v1")
class WalkedIn(SignedUp, Figures):
    """A sign-up of one person and their check-in. With a `reason`, the keeper's words, no seat was left for them."""

    person = Person(required=True)
    at = fields.Instant(required=True)
    way = fields.OneOf(WAYS, required=True)
    code_hash = code_hash()
    reason = fields.Text(200)


@event("check_undone.v1")
class CheckUndone(OfPerson, Figures):
    """The mark `at` that moment is as if it had not been made; `attended` is whether the person still was there."""

    undone = fields.OneOf(DIRECTIONS, required=True)
    at = fields.Instant(required=True)
    way = fields.OneOf(WAYS, required=True)
    reason = fields.Text(200, required=True)
    attended = fields.Truth(required=True)


@event("hours_recounted.v1")
class HoursRecounted(OfPerson, Figures):
    """News of an overlapping session changed what counts in this one."""

    attended = fields.Truth(required=True)
