"""How a branch ends: merged into another, or dissolved."""

from schemas import fields
from schemas.branches.branches import OfBranch
from schemas.events import event


class MergeBranch(OfBranch):
    into = fields.Id(required=True, metadata={"description": "并入哪个党支部"})
    on = fields.Day(required=True, metadata={"description": "从哪一天起并入"})


class DissolveBranch(OfBranch):
    on = fields.Day(required=True, metadata={"description": "从哪一天起撤销"})
    reason = fields.Text(200, required=True, metadata={"description": "为什么撤销"})


@event("branch_merged.v1")
class BranchMerged(MergeBranch):
    """What it held goes to the other from then on: the homes it ran, and those who reported in through it."""

    by = fields.Id(required=True)


@event("branch_dissolved.v1")
class BranchDissolved(DissolveBranch):
    by = fields.Id(required=True)
