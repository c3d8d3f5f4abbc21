"""At the door: check-in, check-out, and the rating afterwards."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.acting import OnBehalf
from schemas.activities.contents import OfActivity, OfSession
from schemas.activities.roles import helped
from schemas.events import event
from schemas.persons import Person

CLASSES = ("scanned", "backfilled", "adjusted")
WAYS = ("scanned", "backfilled")
MOST_MINUTES = 48 * 60
MOST_RECOUNTED = 50
MOST_SCANS = 40
DIRECTIONS = ("in", "out")
GRADES = ("优秀", "良好", "合格", "不合格")
FARTHEST_OFF_S = 10**8
LETTERS = 16  # Of a seat's code,
LETTERS_TYPED = 6  # and of it those that are said and typed.


def code_hash() -> fields.Code:
    """What is kept of a code, which cannot be had back from it."""
    return fields.Code(
        r"[0-9a-f]{64}", fields.Complaint("bad_hash", "应为 64 位十六进制数")
    )


def seat_code() -> fields.Text:
    return fields.Text(
        40,
        metadata={
            "description": f"座位码：二维码里的 {LETTERS} 位，或只报前 {LETTERS_TYPED} 位"
        },
    )


class CheckIn(OfSession, OnBehalf):
    """At the door: with the `code` shown there, for oneself or family; by the organiser, with the person's own code
    or from the roster.
    """

    person = Person(metadata={"description": "居民编号；扫码签到可不填，即本人"})
    code = fields.Text(300, metadata={"description": "现场二维码内容", "proof": True})
    own_code = fields.Text(
        300, metadata={"description": "居民出示的个人码内容，由主办方扫"}
    )
    seat_code = seat_code()
    at = fields.Instant(
        metadata={
            "description": "实际时间，由主办方填写，按补录计；不填为现在。扫现场二维码的一律为现在，不能填"
        }
    )

    @ma.validates_schema
    def one_way(self, data: dict[str, Any], **kwargs: Any) -> None:
        """A code says whom it is about: nobody could tell which is meant when somebody else is named as well."""
        shown = [name for name in ("own_code", "seat_code") if name in data]
        is_named = "code" in data or "person" in data
        if len(shown) > 1 or (shown and is_named):
            sentence = "扫个人码或座位码的，不再填居民编号和别的码"
            raise ma.ValidationError(
                fields.Complaint("one_of_person_and_code", sentence), shown[0]
            )


class CheckOut(CheckIn):
    pass


class MyCode(fields.Schema):
    """Asked without a word: it is the code of who asks."""


class Rate(OfSession, OnBehalf):
    score = fields.Whole(
        1,
        5,
        code="score_out_of_range",
        required=True,
        metadata={"description": "评分 1–5"},
    )
    words = fields.Text(500, metadata={"description": "想说的话，可随时删除"})


class Appraise(OfSession):
    """How somebody served, as the organiser saw it: one of the fields of a volunteer's record. Never asked for."""

    person = Person(required=True, metadata={"description": "居民编号"})
    grade = fields.OneOf(GRADES, required=True, metadata={"description": "服务评价"})


# Events


class OfPerson(OfActivity):
    session = fields.Id(required=True)
    person = Person(required=True)


class AtTheDoor(OfPerson):
    """`device` and `nonce` tell a scan that was sent later from every other; `at` is set right by `clock_off_s`.

    `code_hash` is what the person's own code is known by, which lets in or out once.
    """

    at = fields.Instant(required=True)
    way = fields.OneOf(WAYS, required=True)
    device = fields.Id()
    nonce = fields.Id()
    clock_off_s = fields.Whole(-FARTHEST_OFF_S, FARTHEST_OFF_S)
    code_hash = code_hash()


class Figures(fields.Schema):
    """A person's time in the session as it stands after this event: of who helps it is service, of others it is not.

    `recount` are other sessions it changes.
    """

    minutes = fields.Whole(0, MOST_MINUTES, required=True)
    hours = fields.OneOf(CLASSES, required=True)
    role = helped()
    recount = fields.Many(fields.Id(), 1, MOST_RECOUNTED)


@event("checked_in.v1")
class CheckedIn(AtTheDoor):
    """The first ones told of no minutes: those of an entry are none unless its exit is known already."""

    minutes = fields.Whole(0, MOST_MINUTES)
    hours = fields.OneOf(CLASSES)
    role = helped()
    recount = fields.Many(fields.Id(), 1, MOST_RECOUNTED)


@event("checked_out.v1")
class CheckedOut(AtTheDoor, Figures):
    pass


@event("activity_rated.v1")
class ActivityRated(OfPerson):
    score = fields.Whole(1, 5, required=True)
    note = fields.Id()


@event("rating_words_deleted.v1")
class RatingWordsDeleted(OfPerson):
    """Whoever said them wants them gone: `note` is no more."""

    note = fields.Id(required=True)


@event("service_appraised.v1")
class ServiceAppraised(OfPerson):
    grade = fields.OneOf(GRADES, required=True)
    by = fields.Id(required=True)


# Resources


class Mark(fields.Schema):
    """One coming or going of a person."""

    direction = fields.OneOf(DIRECTIONS, required=True)
    at = fields.Instant(required=True)
    way = fields.OneOf(WAYS, required=True)


class DoorCode(fields.Schema):
    code = fields.Text(300, required=True, metadata={"description": "放进二维码的内容"})
    expires_at = fields.Instant(required=True)
