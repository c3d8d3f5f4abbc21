"""How a branch ends: merged into another, or dissolved."""

from schemas import fields
from schemas.branches.branches import OfBranch
from schemas.decisions import reason
from schemas.events import event


class MergeBranch(OfBranch):
    into = fields.Id(required=True, metadata={"description": "并入哪个党支部"})
    on = fields.Day(
        required=True, metadata={"description": "从哪一天起并入，不晚于今天"}
    )


class DissolveBranch(OfBranch):
    on = fields.Day(
        required=True, metadata={"description": "从哪一天起撤销，不晚于今天"}
    )
    to = fields.Id(
        metadata={
            "description": "由哪个党支部接收它开办的互联网营销师之家和报到的党员；不填则报到随之结束"
        }
    )
    reason = reason("为什么撤销")


@event("branch_merged.v1")
class BranchMerged(MergeBranch):
    """What it held goes to the other: the homes it ran, and its members who reported in. Its own reports end."""

    by = fields.Id(required=True)


@event("branch_dissolved.v1")
class BranchDissolved(DissolveBranch):
    """What it held goes to the other; without `to` its reports end, and it ran no home."""

    by = fields.Id(required=True)
