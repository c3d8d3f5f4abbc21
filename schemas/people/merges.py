"""Merges: two records that are one person's, proposed by who keeps both, confirmed by another, and undone."""

from schemas import fields
from schemas.events import event
from schemas.paging import Paged
from schemas.people.parts import by, person
from schemas.resource import Resource

STATES_IN_WORDS = {
    "proposed": "待确认",
    "merged": "已合并",
    "withdrawn": "已撤回",
    "lapsed": "过期未确认",
    "undone": "已撤销合并",
}
STATES = tuple(STATES_IN_WORDS)
BASES = ("核对身份证件", "本人说明", "家属说明", "登记重复")
REASONS_TO_UNDO = ("不是同一个人", "合并错了方向", "本人要求")
MOST_FOUND = 50
CLUES = ("电话相同", "姓名、出生和社区相同")


def gone() -> fields.Id:
    return person("并入的一份资料，人员编号；以后这个编号就指保留的一份")


def into() -> fields.Id:
    return person("保留的一份资料，人员编号")


def basis() -> fields.OneOf:
    return fields.OneOf(
        BASES, required=True, metadata={"description": "凭什么认定是同一个人"}
    )


class OfMerge(fields.Schema):
    """A command or question about one merge that needs no more words."""

    merge = fields.Id(required=True, metadata={"description": "合并编号"})


class OfTwo(fields.Schema):
    person = gone()
    into = into()


class ProposeMerge(OfTwo):
    basis = basis()


class UndoMerge(OfMerge):
    reason = fields.OneOf(
        REASONS_TO_UNDO, required=True, metadata={"description": "为什么撤销"}
    )


class ListMerges(Paged):
    person = person()


class FindDuplicates(fields.Schema):
    """Asked in a body, like whatever looks through people's records."""

    division = fields.Division(
        required=True, metadata={"description": "区、街道或社区代码"}
    )


# Events


class ByWhom(OfMerge, OfTwo):
    by = by()


@event("merge_proposed.v1")
class MergeProposed(ByWhom):
    basis = basis()
    until = fields.Instant(required=True)


@event("persons_merged.v1")
class PersonsMerged(ByWhom):
    """From now on `person` is another id of `into`, everywhere and for ever, unless it is undone."""

    basis = basis()


@event("merge_withdrawn.v1")
class MergeWithdrawn(OfMerge):
    by = by()


@event("merge_lapsed.v1")
class MergeLapsed(OfMerge):
    pass


@event("merge_undone.v1")
class MergeUndone(ByWhom):
    """They are two again: what was of `person` before is theirs, what came since stays with `into`."""

    reason = fields.OneOf(REASONS_TO_UNDO, required=True)


# Resources


def masked_name(whose: str) -> fields.Text:
    return fields.Text(40, metadata={"description": f"{whose}，只显示姓"})


class Merge(Resource):
    person = gone()
    person_name = masked_name("并入的一份")
    into = into()
    into_name = masked_name("保留的一份")
    basis = basis()
    by = by()
    until = fields.Instant(metadata={"description": "最晚什么时候确认"})
    reason = fields.Text(40, metadata={"description": "为什么撤销"})
    state = fields.OneOf(STATES, required=True, metadata={"description": "状态"})
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )


class Beside(Resource):
    """One line of two records side by side, masked; those that differ come first."""

    field = fields.Text(20, required=True, metadata={"description": "哪一项"})
    person = fields.Text(200, metadata={"description": "并入的一份怎样写"})
    into = fields.Text(200, metadata={"description": "保留的一份怎样写"})
    same = fields.Truth(required=True, metadata={"description": "两份相同"})


class Duplicate(Resource):
    """Two records that may be one person's."""

    person = gone()
    person_name = masked_name("并入的一份")
    into = into()
    into_name = masked_name("保留的一份")
    clue = fields.OneOf(
        CLUES, required=True, metadata={"description": "为什么像同一个人"}
    )
