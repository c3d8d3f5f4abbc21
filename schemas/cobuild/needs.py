"""Needs: the 需求清单, from a resident's words to a confirmed deed."""

from schemas import fields
from schemas.acting import OnBehalf
from schemas.appeals import Appealing, Deciding
from schemas.area_codes import grid
from schemas.cobuild.offerings import AUDIENCES, CATEGORIES, category
from schemas.decisions import Staying, reason
from schemas.paging import Paged, Searched
from schemas.places import community, division
from schemas.resource import Resource

URGENCIES = ("routine", "urgent", "emergency")
URGENCIES_IN_WORDS = {"routine": "一般", "urgent": "紧急", "emergency": "特急"}
STATES = (
    "raised", "verified", "rejected", "appealed", "claimed",
    "fulfilled", "confirmed", "disputed", "closed", "withdrawn",
)  # fmt: skip
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HALVES = ("am", "pm", "evening")
SLOTS = tuple(f"{day}-{half}" for day in WEEKDAYS for half in HALVES)
SLOTS_IN_WORDS = {
    f"{day}-{half}": f"周{weekday}{name}"
    for day, weekday in zip(WEEKDAYS, "一二三四五六日", strict=True)
    for half, name in zip(HALVES, ("上午", "下午", "晚上"), strict=True)
}
CLOCKS = ("claim", "close")
REASONS_TO_WITHDRAW = ("已经解决", "不再需要", "重复提出", "其他")
MOST_SIMILAR = 5
MOST_MINUTES = 10_000_000
MOST_DELETED = 1000  # Words of one need, at a time.


def words(about: str) -> fields.Text:
    """What a person wrote. Kept beside the log, where it can be erased."""
    return fields.Text(500, required=True, metadata={"description": about})


def urgency(**kwargs: bool) -> fields.OneOf:
    about = {"description": "紧急程度：routine 一般、urgent 紧急、emergency 特急"}
    return fields.OneOf(URGENCIES, URGENCIES_IN_WORDS, metadata=about, **kwargs)


class OfNeed(fields.Schema):
    """A command or question about one need that needs no more words."""

    need = fields.Id(required=True, metadata={"description": "需求编号"})


class Wanted(fields.Schema):
    """What is needed, without anybody's words."""

    category = category()
    audience = fields.OneOf(
        AUDIENCES, required=True, metadata={"description": "为哪类人群"}
    )
    urgency = urgency(required=True)
    community = community("需求")
    grid = grid()
    slots = fields.Many(
        fields.OneOf(SLOTS, SLOTS_IN_WORDS),
        1,
        len(SLOTS),
        metadata={"description": "什么时候方便"},
    )
    beneficiary = fields.Id(
        metadata={
            "description": "为谁提出：人员编号；不填为提出人自己，社区工作者不填为社区",
            "names_person": True,
            "acted_for": True,
        }
    )
    resolution = fields.Id(metadata={"description": "由联席会议的哪项决议而来"})


class RaiseNeed(Wanted, OnBehalf):
    words = words("需要什么，请不要写姓名和电话")


class VerifyNeed(OfNeed):
    title = Staying(
        60,
        required=True,
        metadata={"description": "列入需求清单的标题，不写任何人的信息"},
    )
    urgency = urgency(required=True)


class RejectNeed(OfNeed):
    reason = reason("不受理的原因，提出人会看到")


class GetNeed(OfNeed, OnBehalf):
    pass


class AppealNeed(OfNeed, Appealing, OnBehalf):
    pass


class DecideNeedAppeal(OfNeed, Deciding):
    pass


class AskResident(OfNeed):
    words = words("向提出人问什么；回答之前不计时")


class AnswerNeed(OfNeed, OnBehalf):
    words = words("回答")


class Withdrawn(OfNeed):
    """A resident may ask this, and an event has no room for a resident's own words: so the reasons are a list."""

    reason = fields.OneOf(
        REASONS_TO_WITHDRAW, required=True, metadata={"description": "撤回的原因"}
    )


class WithdrawNeed(Withdrawn, OnBehalf):
    pass


class ListNeeds(Searched):
    """The oldest first."""

    division = division()
    category = fields.AnyOf(CATEGORIES, metadata={"description": "类别"})
    state = fields.AnyOf(
        STATES, load_default=STATES, metadata={"description": "状态；不填为全部"}
    )


class MyNeeds(Paged, OnBehalf):
    pass


# Events


class Similar(fields.Schema):
    """A need of the same kind in the same community that is still open: perhaps the same one."""

    need = fields.Id(required=True)
    title = fields.Text(60)
    state_text = fields.Text(20, required=True)


# Resources


class NeedListed(Resource):
    """Without words and persons: what the list of needs says, and what a unit is answered."""

    category = category()
    audience = fields.OneOf(AUDIENCES, required=True)
    urgency = urgency(required=True)
    community = community("需求")
    street = fields.Division("street", required=True)
    district = fields.Division("district", required=True)
    slots = fields.Many(fields.OneOf(SLOTS), 1, len(SLOTS))
    title = fields.Text(60, metadata={"description": "核实后才有"})
    state = fields.OneOf(STATES, required=True)
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )
    raised_at = fields.Instant(required=True)
    verified_at = fields.Instant()
    claim_by = fields.Instant(metadata={"description": "应在何时前认领"})
    close_by = fields.Instant(metadata={"description": "应在何时前办结"})
    basis = fields.Text(300, metadata={"description": "工作日按哪年的放假安排计算"})
    waiting = fields.Truth(
        required=True, metadata={"description": "正在等提出人回答，不计时"}
    )
    overdue = fields.Many(fields.OneOf(CLOCKS), 0, len(CLOCKS), required=True)
    reopened = fields.Whole(
        0, 100, required=True, metadata={"description": "重新提出过几次"}
    )
    commitment = fields.Id(metadata={"description": "现在由哪项认领办理"})
    unit = fields.Id(metadata={"description": "现在由哪个单位办理"})
    unit_name = fields.Text(
        60, metadata={"description": "现在由哪个单位办理，它的名称"}
    )
    score = fields.Whole(1, 5)


class Need(NeedListed):
    """Words and persons are shown to those only who have to do with it."""

    grid = fields.Text(32)
    reason = fields.Text(200)
    suggested_to = fields.Id(
        metadata={"description": "正在问哪个合适的单位；只有社区、街道和这个单位看得到"}
    )
    answer_by = fields.Instant(
        metadata={"description": "单位应在何时前答复，过后就问下一家"}
    )
    told = fields.Many(
        fields.Id(),
        0,
        10,
        metadata={"description": "已经问过哪些单位；只有社区和街道看得到"},
    )
    origin = fields.Id(
        metadata={"description": "由哪项走访发现而来；只有经办的人看得到"}
    )
    beneficiary = fields.Id(metadata={"description": "为谁提出；只有经办的人看得到"})
    by = fields.Id(metadata={"description": "谁提出；只有经办的人看得到"})
    words = fields.Text(500, metadata={"description": "原话；只有经办的人看得到"})
    question = fields.Text(500, metadata={"description": "问提出人的话"})
    answer = fields.Text(500, metadata={"description": "提出人的回答"})
    rating = fields.Text(
        500,
        metadata={
            "description": "评价里的话；经办的人和办理的单位看得到，写的人可以删除"
        },
    )
    appeal = fields.Text(500, metadata={"description": "对不受理的申诉"})
    complaint = fields.Text(
        500, metadata={"description": "哪里没有做到，或为什么重新提出"}
    )
    similar = fields.Many(
        fields.Part(Similar),
        0,
        MOST_SIMILAR,
        metadata={"description": "可能是同一件事"},
    )
