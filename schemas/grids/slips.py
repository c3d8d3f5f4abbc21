"""Slips: what whoever was called on may see of that visit, and nobody else."""

from schemas import fields
from schemas.grids.outcomes import OUTCOMES
from schemas.grids.rounds import MOST_ITEMS
from schemas.grids.visits import OfVisit
from schemas.places import community

LETTERS = 16
MOST_FOUND = 50
BAD = fields.Complaint("bad_slip", "来访凭条的码应为 16 位大写字母和数字")
CALLERS = {"member": "网格员", "worker": "社区工作者"}


class OfSlip(OfVisit):
    slip = fields.Code(
        f"[A-Z2-7]{{{LETTERS}}}",
        BAD,
        required=True,
        metadata={"description": "来访凭条上的码"},
    )


# Resources


class Slip(fields.Schema):
    visit = fields.Id(required=True, metadata={"description": "走访记录编号"})
    slip = fields.Text(LETTERS, required=True, metadata={"description": "凭条上的码"})


class Found(fields.Schema):
    kind_text = fields.Text(20, required=True)
    state_text = fields.Text(20, required=True)


class Called(fields.Schema):
    """Who called and why, without anybody's name, the door's or an answer."""

    community = community("微网格")
    at = fields.Instant(required=True, metadata={"description": "走访的时间"})
    outcome = fields.OneOf(OUTCOMES, required=True, metadata={"description": "结果"})
    caller = fields.OneOf(
        tuple(CALLERS), CALLERS, required=True, metadata={"description": "谁来走访"}
    )
    round = fields.Text(40, metadata={"description": "为哪一轮走访"})
    asked = fields.Many(
        fields.Text(60),
        0,
        MOST_ITEMS,
        required=True,
        metadata={"description": "这一轮问些什么"},
    )
    care = fields.Truth(required=True, metadata={"description": "是否关爱探访"})
    findings = fields.Many(
        fields.Part(Found),
        0,
        MOST_FOUND,
        required=True,
        metadata={"description": "那次发现了什么，办到哪一步"},
    )
    withdrawn = fields.Truth(required=True, metadata={"description": "记录已撤回"})
