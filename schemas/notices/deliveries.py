"""Deliveries: one notice by one channel to whom it is for. What is sent together is one message."""

from typing import Any

from schemas import fields
from schemas.events import event
from schemas.notices.choices import channel
from schemas.notices.inbox import LONGEST_ID, address, notice_id
from schemas.notices.kinds import KINDS
from schemas.paging import Paged
from schemas.resource import Resource

STATES = ("waiting", "sending", "delivered", "failed", "unknown", "dropped")
OUTCOMES = ("made", "failed", "unknown")
CODES = (
    "refused", "not_reached", "not_accepted", "no_answer", "no_report", "no_address", "not_true",
    "not_wanted", "restored",
)  # fmt: skip
MOST_TOGETHER = 50
MOST_PLANNED = 120
MOST_ATTEMPTS = 100


def delivery_id(**kwargs: Any) -> fields.Code:
    complaint = fields.Complaint("bad_id", "编号由字母、数字和 . _ - 组成")
    pattern = r"[0-9A-Za-z][0-9A-Za-z._-]{0,189}"
    metadata = {"description": "编号，通知.渠道"}
    return fields.Code(
        pattern, complaint, most=LONGEST_ID + 30, metadata=metadata, **kwargs
    )


def code(**kwargs: Any) -> fields.OneOf:
    about = (
        "没有送出的原因：refused 被拒绝、not_reached 连不上、not_accepted 渠道不接受、no_answer 没有答复、"
        "no_report 发送中断、no_address 没有地址、not_true 已不成立、not_wanted 本人不要了、"
        "restored 恢复备份以前可能已经送出"
    )
    return fields.OneOf(CODES, metadata={"description": about}, **kwargs)


class BeginDelivery(fields.Schema):
    channel = channel(required=True)


class OfMessage(fields.Schema):
    message = fields.Id(required=True)


class ReportDelivery(OfMessage):
    """`unknown`: it may have arrived, so it is not sent again by itself."""

    outcome = fields.OneOf(OUTCOMES, required=True)
    code = code()


class ResendDelivery(fields.Schema):
    delivery = delivery_id(required=True)


class ListDeliveries(Paged):
    """The latest first; everybody's for the district, else those for oneself and one's offices."""

    state = fields.AnyOf(
        STATES, load_default=("failed",), metadata={"description": "状态"}
    )


# Events


class Upto(fields.Schema):
    """How far the notices of one log have been looked through: the notice's place in it."""

    sequence = fields.Whole(0, 2**53, required=True)
    notice = notice_id()


class Planned(fields.Schema):
    """`send_at` follows from what the person had chosen. Ready at `ready_at`, together with others at `group_at`."""

    delivery = delivery_id(required=True)
    notice = notice_id(required=True)
    kind = fields.OneOf(KINDS, required=True)
    to = address(required=True)
    channel = channel(required=True)
    send_at = fields.Instant(required=True)
    ready_at = fields.Instant()
    group_at = fields.Instant()
    soon = fields.Instant()


@event("deliveries_planned.v1")
class DeliveriesPlanned(fields.Schema):
    source = fields.Text(32, required=True)
    upto = fields.Part(Upto, required=True)
    deliveries = fields.Many(fields.Part(Planned), 0, MOST_PLANNED, required=True)


class OfDeliveries(OfMessage):
    deliveries = fields.Many(delivery_id(), 1, MOST_TOGETHER, required=True)


@event("delivery_begun.v1")
class DeliveryBegun(OfDeliveries):
    """From here on it may arrive. Without news by `until` nobody knows whether it has."""

    channel = channel(required=True)
    to = address(required=True)
    attempt = fields.Whole(1, MOST_ATTEMPTS, required=True)
    until = fields.Instant(required=True)


@event("deliveries_dropped.v1")
class DeliveriesDropped(OfDeliveries):
    """Nothing is to be sent any more."""

    code = code(required=True)


@event("deliveries_put_off.v1")
class DeliveriesPutOff(OfDeliveries):
    """Due only now, when the person is not to be disturbed."""

    send_at = fields.Instant(required=True)


@event("delivery_made.v1")
class DeliveryMade(OfDeliveries):
    pass


@event("delivery_failed.v1")
class DeliveryFailed(OfDeliveries):
    """Certainly not arrived. Tried again at `retry_at`, were it not for quiet hours at `ready_at`; without, no more."""

    code = code(required=True)
    retry_at = fields.Instant()
    ready_at = fields.Instant()


@event("delivery_lost.v1")
class DeliveryLost(OfDeliveries):
    """It may have arrived or not."""

    code = code(required=True)


@event("delivery_resent.v1")
class DeliveryResent(ResendDelivery):
    by = fields.Id(required=True)


@event("sending_interrupted.v1")
class SendingInterrupted(fields.Schema):
    """The log was brought back from a backup: nobody knows what was sent of all that had been told by then.

    No rule makes it: `xfh restore` writes it after the last event of the backup.
    """

    at = fields.Instant(required=True)


# Resources


class Resent(Resource):
    id = delivery_id(required=True)
    by = fields.Id(required=True, metadata={"description": "谁决定重发"})
    at = fields.Instant(required=True, metadata={"description": "什么时候决定"})


class Delivery(Resource):
    id = delivery_id(required=True)
    notice = notice_id(required=True)
    kind = fields.OneOf(KINDS, required=True)
    to = address(required=True)
    channel = channel(required=True)
    state = fields.OneOf(STATES, required=True)
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
    attempts = fields.Whole(
        0, MOST_ATTEMPTS, required=True, metadata={"description": "试过几次"}
    )
    code = code()
    at = fields.Instant(required=True, metadata={"description": "什么时候列入"})
    send_at = fields.Instant(required=True, metadata={"description": "什么时候发送"})
