"""Rounds: what is asked at every door of a division, from which day to which."""

from typing import Any

import marshmallow as ma

from schemas import fields
from schemas.area_codes import grid_name
from schemas.decisions import reason
from schemas.events import event
from schemas.paging import Paged
from schemas.places import community, division
from schemas.resource import Resource

ROUND_STATES = {
    "announced": "未开始",
    "open": "进行中",
    "closed": "已结束",
    "cancelled": "已取消",
}
ITEM_KINDS = {"yes_no": "是否", "choice": "单选", "number": "数量", "date": "日期"}
PER = {"door": "每户", "grid": "每个微网格"}
MOST_ITEMS = 12
MOST_OPTIONS = 10
MOST_GRIDS = 10_000
MOST_COUNTED = 10_000_000


def item(**kwargs: Any) -> fields.Code:
    says = "题目代号应以小写字母开头，由小写字母、数字和 _ 组成，最多 32 位"
    about = {"description": "题目代号，本轮内不重复"}
    complaint = fields.Complaint("bad_item", says)
    return fields.Code("[a-z][a-z0-9_]{0,31}", complaint, metadata=about, **kwargs)


class OnlyIf(fields.Schema):
    """An item is asked only where an earlier one was answered so."""

    item = item(required=True)
    answer = fields.Text(
        40, required=True, metadata={"description": "那一题的回答是这个时才问"}
    )


class Item(fields.Schema):
    item = item(required=True)
    title = fields.Text(60, required=True, metadata={"description": "问什么"})
    kind = fields.OneOf(
        tuple(ITEM_KINDS),
        ITEM_KINDS,
        required=True,
        metadata={"description": "怎样回答：yes_no、choice、number、date"},
    )
    options = fields.Many(
        fields.Text(40), 2, MOST_OPTIONS, metadata={"description": "单选的各项"}
    )
    only_if = fields.Part(OnlyIf, metadata={"description": "什么时候才问"})

    @ma.validates_schema
    def options_go_with_a_choice(self, data: dict[str, Any], **kwargs: Any) -> None:
        if ("options" in data) != (data["kind"] == "choice"):
            says = "单选题要列出各项，别的题不用"
            raise ma.ValidationError(fields.Complaint("bad_options", says), "options")


class Answer(fields.Schema):
    item = item(required=True)
    value = fields.Text(
        40,
        required=True,
        metadata={
            "description": "回答：是否题填 yes 或 no，日期题填日期，数量题填整数，单选题填其中一项"
        },
    )


class OfRound(fields.Schema):
    round = fields.Id(required=True, metadata={"description": "走访编号"})


class Asking(fields.Schema):
    title = fields.Text(40, required=True, metadata={"description": "走访的名称"})
    division = fields.Division(
        required=True, metadata={"description": "走访哪个区、街道或社区"}
    )
    since = fields.Day(required=True, metadata={"description": "从哪天起"})
    until = fields.Day(required=True, metadata={"description": "到哪天止"})
    items = fields.Many(
        fields.Part(Item),
        1,
        MOST_ITEMS,
        "too_many_items",
        "题",
        required=True,
        metadata={"description": "问些什么"},
    )


def per(**kwargs: Any) -> fields.OneOf:
    about = {"description": "走访按什么算：door 每户、grid 每个微网格"}
    return fields.OneOf(tuple(PER), PER, metadata=about, **kwargs)


def once(**kwargs: Any) -> fields.Truth:
    about = {"description": "见到一次就不再问"}
    return fields.Truth(metadata=about, **kwargs)


class AnnounceRound(Asking):
    per = per(load_default="door")
    once = once(load_default=False)
    override = reason(
        "超出入户负担上限仍要走访的理由，公开；只有街道和区可填", required=False
    )


class CancelRound(OfRound):
    reason = reason("取消的原因，网格员会看到")


class ListRounds(Paged):
    """Those that go to doors of the division, the latest first."""

    division = division(required=True)
    state = fields.AnyOf(
        tuple(ROUND_STATES),
        load_default=("announced", "open"),
        metadata={"description": "状态；不填为未开始和进行中的"},
    )


class AskCoverage(OfRound, Paged):
    """By grid, in a place inside the round's."""

    community = community("微网格")


class AskBurden(fields.Schema):
    division = division(required=True)


# Events


@event("round_announced.v1")
class RoundAnnounced(OfRound, Asking):
    """`over` has the rounds it meets where it is above what a door may be asked; then `override` says why."""

    per = per()
    once = once()
    over = fields.Many(fields.Id(), 0, 100)
    override = fields.Text(200)
    opens_at = fields.Instant(required=True)
    closes_at = fields.Instant(required=True)
    by = fields.Id(required=True)


@event("round_opened.v1")
class RoundOpened(OfRound):
    pass


@event("round_closed.v1")
class RoundClosed(OfRound):
    pass


@event("round_cancelled.v1")
class RoundCancelled(CancelRound):
    by = fields.Id(required=True)


# Resources


class Round(Asking, Resource):
    per = per(required=True)
    once = once(required=True)
    override = fields.Text(200, metadata={"description": "超出负担上限的理由"})
    reason = fields.Text(200, metadata={"description": "取消的原因"})
    opens_at = fields.Instant(required=True)
    closes_at = fields.Instant(required=True)
    state = fields.OneOf(
        tuple(ROUND_STATES), required=True, metadata={"description": "状态"}
    )
    state_text = fields.Text(
        20, required=True, metadata={"description": "状态，给人看的"}
    )


def counted(says: str) -> fields.Whole:
    return fields.Whole(0, MOST_COUNTED, required=True, metadata={"description": says})


class Coverage(Resource):
    """How far a round has come in one grid. Each door counts once, by the best that came of it.

    Of a round that goes to each grid the grid itself counts, once, wherever in it somebody was met.
    """

    id = fields.Text(120, required=True, metadata={"description": "走访:微网格"})
    round = fields.Id(required=True)
    community = community("微网格")
    grid = fields.Text(32, required=True)
    grid_name = grid_name()
    met = counted("见到的户")
    not_in = counted("去过、只遇上家中无人的户")
    refused = counted("去过、不愿回答的户")
    empty = counted("空置的户")
    moved = counted("已搬走的户")
    tried = counted("去过的户，不论结果")


class Month(fields.Schema):
    month = fields.Text(7, required=True, metadata={"description": "哪个月"})
    items = counted("这个月问多少题")


class Burden(fields.Schema):
    """How much the door of a place is asked that is asked most, beside what it may be asked."""

    at_once = counted("同时最多几轮")
    most_at_once = counted("同时至多可以几轮")
    most_items = counted("一个月至多可以几题")
    months = fields.Many(fields.Part(Month), 0, 100, required=True)
