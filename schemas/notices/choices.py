"""What a person chooses: which kinds by which channel, in which language, when, and to which address.

An address is personal data: it is a note beside the log, and no event, document or answer has it.
"""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.channels import ADDRESSES, CHANNEL, MOST_CHANNELS
from schemas.events import event
from schemas.notices.inbox import language
from schemas.notices.kinds import KINDS
from schemas.resource import Resource

LONGEST_ADDRESS = 200


def channel(**kwargs: Any) -> fields.Code:
    complaint = fields.Complaint(
        "bad_channel", "渠道名应为小写字母开头的字母、数字和 -，最多 20 位"
    )
    return fields.Code(
        CHANNEL, complaint, most=20, metadata={"description": "渠道"}, **kwargs
    )


def time_of_day(about: str) -> fields.Code:
    complaint = fields.Complaint("bad_time_of_day", "应为时:分，例如 22:00")
    return fields.Code(
        r"([01][0-9]|2[0-3]):[0-5][0-9]",
        complaint,
        most=5,
        metadata={"description": about},
    )


class KindsByChannel(fields.Schema):
    channel = channel(required=True)
    kinds = fields.Many(
        fields.OneOf(KINDS),
        0,
        len(KINDS),
        required=True,
        metadata={"description": "只要这几种"},
    )


class Chosen(fields.Schema):
    """Quiet hours are the district's own time and may cross midnight; a channel not in `wanted` carries every kind."""

    language = language(load_default="zh")
    digest = fields.Truth(
        load_default=True, metadata={"description": "一小时内多于三条时合成一条"}
    )
    quiet_from = time_of_day("从几点起不打扰")
    quiet_until = time_of_day("到几点为止不打扰")
    wanted = fields.Many(
        fields.Part(KindsByChannel),
        0,
        MOST_CHANNELS,
        load_default=[],
        metadata={"description": "哪个渠道只要哪几种"},
    )


class ChooseNotices(Chosen):
    @ma.validates_schema
    def said_together(self, data: dict[str, Any], **kwargs: Any) -> None:
        if ("quiet_from" in data) != ("quiet_until" in data):
            missing = "quiet_until" if "quiet_from" in data else "quiet_from"
            raise ma.ValidationError(
                fields.Complaint("missing_field", "不打扰的时段要有起止"), missing
            )
        if "quiet_from" in data and data["quiet_from"] == data["quiet_until"]:
            raise ma.ValidationError(
                fields.Complaint("empty_period", "起止不能相同"), "quiet_until"
            )
        names = [each["channel"] for each in data["wanted"]]
        if len(set(names)) < len(names):
            raise ma.ValidationError(
                fields.Complaint("named_twice", "一个渠道只能写一次"), "wanted"
            )


class OfChannel(fields.Schema):
    channel = channel(required=True)


class GiveAddress(OfChannel):
    # As a proof it is left out of what the log keeps to tell requests apart: a hash of an address can be guessed.
    address = fields.Text(
        LONGEST_ADDRESS,
        required=True,
        metadata={"description": "邮箱，或这个渠道里自己的编号", "proof": True},
    )


# Events


class OfPerson(fields.Schema):
    person = fields.Id(required=True)


@event("notices_chosen.v1")
class NoticesChosen(Chosen, OfPerson):
    pass


@event("address_given.v1")
class AddressGiven(OfChannel, OfPerson):
    note = fields.Id(required=True)


@event("address_forgotten.v1")
class AddressForgotten(OfChannel, OfPerson):
    """The note is empty by then."""


# Resources


class Offered(OfChannel):
    asks = fields.OneOf(
        ADDRESSES,
        required=True,
        metadata={"description": "要填什么：mail 邮箱、id 编号"},
    )


class Choices(Chosen, Resource):
    given = fields.Many(
        channel(),
        0,
        MOST_CHANNELS,
        required=True,
        metadata={"description": "填了地址的渠道"},
    )
    offered = fields.Many(
        fields.Part(Offered),
        0,
        MOST_CHANNELS,
        metadata={"description": "可以填地址的渠道"},
    )
