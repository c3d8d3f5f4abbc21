"""Commitments: the 项目清单. A unit takes on a need, acts on it, and says what was done."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.cobuild.need_events import OfCommitment, Resumed
from schemas.cobuild.needs import MOST_MINUTES, OfNeed, words
from schemas.cobuild.offerings import AUDIENCES, CATEGORIES, category
from schemas.cobuild.units import OfUnit
from schemas.decisions import reason
from schemas.events import event
from schemas.paging import Paged, Searched
from schemas.places import community, division
from schemas.resource import Resource

STATES = (
    "held", "underway", "fulfilled", "confirmed", "disputed", "settled", "lapsed", "declined", "withdrawn", "cancelled",
)  # fmt: skip
ORIGINS = ("claim", "dispatch", "resolution")
MOST_SERVED = 100_000


def due() -> fields.Day:
    return fields.Day(required=True, metadata={"description": "什么时候做好（含当日）"})


class ClaimNeed(OfNeed, OfUnit):
    due = due()
    offering = fields.Id(metadata={"description": "用哪项资源"})
    starts_at = fields.Instant(
        metadata={"description": "用这项资源的哪一次；用资源时必填"}
    )

    @ma.validates_schema
    def offering_goes_with_time(self, data: dict[str, Any], **kwargs: Any) -> None:
        for name, other in (("offering", "starts_at"), ("starts_at", "offering")):
            if name in data and other not in data:
                raise ma.ValidationError(
                    fields.Complaint("missing_field", "资源和使用时间要一起填写"), other
                )


class DispatchNeed(OfNeed, OfUnit):
    due = due()


class OfOneCommitment(fields.Schema):
    """A command or question about one commitment that needs no more words."""

    commitment = fields.Id(required=True, metadata={"description": "项目编号"})


class DeclineCommitment(OfOneCommitment):
    reason = reason("不接的原因")


class PostponeCommitment(OfOneCommitment):
    due = due()
    reason = reason("为什么推迟")


class FulfilCommitment(OfOneCommitment):
    words = words("做了什么，请不要写姓名和电话")
    why_early = fields.Text(
        500, metadata={"description": "比约定的时间早做好时，为什么；没有早则不保存"}
    )
    served = fields.Whole(
        1, MOST_SERVED, required=True, metadata={"description": "服务了多少人"}
    )


class GiveUpCommitment(OfOneCommitment):
    reason = reason("为什么不做了")


class UndertakeResolution(OfUnit):
    """A resolution of a joint meeting that a unit carries out: the need and the commitment at once."""

    resolution = fields.Id(required=True, metadata={"description": "决议编号"})
    title = fields.Text(
        60, required=True, metadata={"description": "列入项目清单的标题"}
    )
    category = category()
    audience = fields.OneOf(
        AUDIENCES, required=True, metadata={"description": "为哪类人群"}
    )
    community = community("项目")
    due = due()


class ListCommitments(Searched):
    """The latest first."""

    division = division()
    unit = fields.Id(metadata={"description": "哪个单位的"})
    need = fields.Id(metadata={"description": "哪项需求的"})
    state = fields.AnyOf(STATES, metadata={"description": "状态"})


class ListPromises(OfUnit, Paged):
    """What the unit has promised and not yet done, the first due first."""


# Events


class Taken(OfCommitment, OfUnit):
    """`lease_until`: acted on by then, or free for others again."""

    due = due()
    due_at = fields.Instant(required=True)
    lease_until = fields.Instant(required=True)
    by = fields.Id(required=True)


@event("need_claimed.v1")
class NeedClaimed(Taken):
    """`response_minutes` and `in_time`: of the first claim since it was verified; left out of later ones."""

    offering = fields.Id()
    occurrence = fields.Instant()
    period = fields.Text(10)
    response_minutes = fields.Whole(0, MOST_MINUTES)
    in_time = fields.Truth()


@event("need_dispatched.v1")
class NeedDispatched(Taken):
    pass


@event("resolution_undertaken.v1")
class ResolutionUndertaken(UndertakeResolution, OfCommitment):
    due_at = fields.Instant(required=True)
    by = fields.Id(required=True)


@event("commitment_begun.v1")
class CommitmentBegun(OfCommitment):
    """The unit has acted: there is no lease any more. Of a dispatched one it is the response."""

    by = fields.Id(required=True)
    response_minutes = fields.Whole(0, MOST_MINUTES)
    in_time = fields.Truth()


@event("commitment_declined.v1")
class CommitmentDeclined(OfCommitment, OfUnit):
    by = fields.Id(required=True)
    reason = fields.Text(200, required=True)


@event("commitment_lapsed.v1")
class CommitmentLapsed(OfCommitment, OfUnit):
    """Not acted on by the end of its lease: free for others again."""

    lease_until = fields.Instant(required=True)


@event("commitment_postponed.v1")
class CommitmentPostponed(OfCommitment):
    by = fields.Id(required=True)
    due = due()
    due_at = fields.Instant(required=True)
    reason = fields.Text(200, required=True)


@event("commitment_overdue.v1")
class CommitmentOverdue(OfCommitment):
    due = due()


@event("need_fulfilled.v1")
class NeedFulfilled(OfCommitment, Resumed):
    """A question that was not answered by then is not waited for any more.

    `early` is the note that says why it was done before the time agreed on. Of a dispatched one that was never begun it
    is the response.
    """

    by = fields.Id(required=True)
    response_minutes = fields.Whole(0, MOST_MINUTES)
    in_time = fields.Truth()
    note = fields.Id(required=True)
    early = fields.Id()
    served = fields.Whole(1, MOST_SERVED, required=True)


@event("commitment_withdrawn.v1")
class CommitmentWithdrawn(OfCommitment, OfUnit):
    """By the unit: a promise not kept."""

    by = fields.Id(required=True)
    reason = fields.Text(200, required=True)


# Resources


class Commitment(Resource):
    need = fields.Id(required=True)
    title = fields.Text(60, required=True, metadata={"description": "需求的标题"})
    category = fields.OneOf(CATEGORIES, required=True)
    unit = fields.Id(required=True)
    unit_name = fields.Text(60, metadata={"description": "办理的单位"})
    community = community("需求")
    street = fields.Division("street", required=True)
    district = fields.Division("district", required=True)
    origin = fields.OneOf(
        ORIGINS,
        required=True,
        metadata={"description": "claim 认领、dispatch 派单、resolution 决议"},
    )
    state = fields.OneOf(STATES, required=True)
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
    taken_at = fields.Instant(required=True)
    due = due()
    late = fields.Truth(required=True, metadata={"description": "过了期限还没有做好"})
    postponed = fields.Whole(
        0, 100, required=True, metadata={"description": "推迟过几次"}
    )
    lease_until = fields.Instant(metadata={"description": "到这时还没有开始就自动释放"})
    offering = fields.Id()
    occurrence = fields.Instant(metadata={"description": "用资源的哪一次"})
    period = fields.Text(10, metadata={"description": "占用哪个周期"})
    served = fields.Whole(1, MOST_SERVED, metadata={"description": "服务了多少人"})
    reason = fields.Text(200, metadata={"description": "没有做成或要重做的原因"})
    done = fields.Text(500, metadata={"description": "做了什么"})
    early = fields.Text(500, metadata={"description": "为什么比约定的时间早"})
    due_text = fields.Text(20, metadata={"description": "离期限还有多久，给人看的"})
    proposed_at = fields.Instant(
        metadata={"description": "提出的时间，等对方同意；只有参与的各方看得到"}
    )
    proposed_by = fields.OneOf(
        ("unit", "community", "beneficiary"), metadata={"description": "哪一方提出的"}
    )
    agreed_at = fields.Instant(
        metadata={"description": "约定的时间；只有参与的各方看得到"}
    )
    messages = fields.Whole(
        0, 2**31, metadata={"description": "留言条数；只有参与的各方看得到"}
    )
    score = fields.Whole(1, 5)
