"""Mediation: that there was a quarrel, of which kind, and how it ended. Who and what, no event says.

Nor does one name whom it is about: that is known to the note alone, which goes with them.
"""

from schemas import fields
from schemas.area_codes import grid, grid_name
from schemas.events import event
from schemas.grids.members import InAGrid
from schemas.paging import Paged
from schemas.places import community, division
from schemas.resource import Resource

MEDIATION_STATES = {"open": "调解中", "ended": "已结束"}
QUARRELS = {
    "neighbours": "邻里",
    "family": "家庭",
    "noise": "噪音",
    "property": "物业",
    "other": "其他",
}
ENDINGS = {
    "agreed": "达成一致",
    "partly": "部分一致",
    "not_agreed": "未达成一致",
    "referred": "转其他部门",
}


class OfMediation(fields.Schema):
    mediation = fields.Id(required=True, metadata={"description": "调解编号"})


def finding() -> fields.Id:
    return fields.Id(metadata={"description": "哪项发现引起的"})


class OpenMediation(InAGrid):
    kind = fields.OneOf(
        tuple(QUARRELS), QUARRELS, required=True, metadata={"description": "类别"}
    )
    words = fields.Text(
        500,
        required=True,
        metadata={"description": "谁和谁、什么事；只有经办人和社区工作者看得到"},
    )
    finding = finding()
    about = fields.Id(
        metadata={
            "description": "关于哪位居民的人员编号，可不填；删除本人资料时，内容一起删除",
            "names_person": True,
        }
    )


class EndMediation(OfMediation):
    ending = fields.OneOf(
        tuple(ENDINGS), ENDINGS, required=True, metadata={"description": "结果"}
    )


class ListMediations(Paged):
    """The latest first."""

    division = division(required=True)
    state = fields.AnyOf(
        tuple(MEDIATION_STATES),
        load_default=tuple(MEDIATION_STATES),
        metadata={"description": "状态；不填为全部"},
    )


# Events


@event("mediation_opened.v1")
class MediationOpened(OfMediation, InAGrid):
    kind = fields.OneOf(tuple(QUARRELS), required=True)
    note = fields.Id(required=True)
    finding = finding()
    by = fields.Id(required=True)


@event("mediation_ended.v1")
class MediationEnded(EndMediation):
    by = fields.Id(required=True)


@event("mediation_words_erased.v1")
class MediationWordsErased(OfMediation):
    """They have come to the end of how long they are kept."""


# Resources


class Mediation(Resource):
    community = community("微网格")
    grid = grid(required=True)
    grid_name = grid_name()
    kind = fields.OneOf(
        tuple(QUARRELS), QUARRELS, required=True, metadata={"description": "类别"}
    )
    words = fields.Text(500, metadata={"description": "谁和谁、什么事"})
    finding = finding()
    ending = fields.OneOf(tuple(ENDINGS), ENDINGS, metadata={"description": "结果"})
    opened_at = fields.Instant(required=True, metadata={"description": "什么时候开始"})
    ended_at = fields.Instant(metadata={"description": "什么时候结束"})
    by = fields.Id(required=True, metadata={"description": "谁在调解"})
    state = fields.OneOf(
        tuple(MEDIATION_STATES), required=True, metadata={"description": "状态"}
    )
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
