"""What unit, community and beneficiary say to one another about a commitment, and the time they agree on."""

from schemas import fields
from schemas.cobuild.commitments import OfOneCommitment
from schemas.cobuild.need_events import OfCommitment
from schemas.cobuild.needs import words
from schemas.events import event
from schemas.paging import Paged
from schemas.resource import Resource

SIDES = ("unit", "community", "beneficiary")


class SayOnCommitment(OfOneCommitment):
    words = words("问什么、答什么，请不要写姓名和电话；写的人随时可以删除")


class DeleteMessage(OfOneCommitment):
    message = fields.Id(required=True, metadata={"description": "留言编号"})


class ProposeTime(OfOneCommitment):
    starts_at = fields.Instant(required=True, metadata={"description": "约什么时候"})


class AgreeTime(OfOneCommitment):
    """`starts_at` is the time that was proposed: nobody agrees to another one than they have seen."""

    starts_at = fields.Instant(
        required=True, metadata={"description": "同意的是哪个时间，应为对方提出的"}
    )


class ListMessages(OfOneCommitment, Paged):
    """The oldest first."""


# Events


class BySide(OfCommitment):
    by = fields.Id(required=True)
    side = fields.OneOf(SIDES, required=True)


@event("commitment_discussed.v1")
class CommitmentDiscussed(BySide):
    """Somebody of a side has said something, which is kept beside the log."""

    note = fields.Id(required=True)


@event("message_deleted.v1")
class MessageDeleted(OfCommitment):
    note = fields.Id(required=True)
    by = fields.Id(required=True)


@event("time_proposed.v1")
class TimeProposed(BySide):
    starts_at = fields.Instant(required=True)


@event("time_agreed.v1")
class TimeAgreed(BySide):
    """The other side takes the time that was proposed last. It takes the place of any agreed before."""

    starts_at = fields.Instant(required=True)


# Resources


class Message(Resource):
    at = fields.Instant(required=True)
    side = fields.OneOf(SIDES, required=True)
    side_text = fields.Text(
        20, required=True, metadata={"description": "哪一方说的，给人看的"}
    )
    mine = fields.Truth(
        required=True, metadata={"description": "是不是自己写的，自己写的可以删除"}
    )
    words = fields.Text(500, metadata={"description": "说的话；已删除则没有"})
