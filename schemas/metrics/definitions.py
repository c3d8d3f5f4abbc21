"""Every figure of the district: its identifier, its name, what it counts, its unit, and which way is better."""

from typing import NamedTuple

from schemas import fields

MORE, LESS, NEITHER = "more", "less", ""


class Definition(NamedTuple):
    """`part` and `whole`: what a rate divides. `better`: what a target asks for."""

    identifier: str
    name: str
    meaning: str
    unit: str
    better: str = MORE
    part: str = ""
    whole: str = ""

    def shown(self) -> dict[str, str]:
        """What it does not have is left out."""
        return {name: text for name, text in self._asdict().items() if text}


def _rate(
    identifier: str, name: str, part: Definition, whole: Definition, besides: str = ""
) -> Definition:
    meaning = f"{part.name} ÷ {whole.name}{besides}"
    return Definition(
        identifier, name, meaning, "比率", MORE, part.identifier, whole.identifier
    )


# Of activities: by the day a session begins, the community it is in, its category, and each of its hosts.

PERSON_TIMES = Definition(
    "person_times", "人次", "签到到场的人次：同一人到几场计几次，同一场只计一次", "人次"
)
UNIQUE = Definition(
    "unique_participants",
    "人数",
    "范围和时段内签到到场的人，同一人不论到几场只计一次；不可相加",
    "人",
)
PARTICIPANT_TIMES = Definition(
    "participant_times", "参与人次", "人次中作为参与者到场的", "人次"
)
HELPER_TIMES = Definition(
    "helper_times", "志愿服务人次", "人次中在志愿者岗位上的", "人次"
)
MINUTES = Definition(
    "service_minutes",
    "服务时长",
    "在志愿者岗位上的时间，参与者的不计：签到到签退之间、场次前后 15 分钟以内的时间并集，整分钟；"
    "没有签退的按收尾时的选择，场次另有计法的按其计法",
    "分钟",
)
MINUTES_BY_CLASS = (
    Definition(
        "service_minutes_scanned",
        "服务时长（扫码）",
        "签到和签退都由扫码产生的服务时长",
        "分钟",
    ),
    Definition(
        "service_minutes_backfilled",
        "服务时长（补录）",
        "至少一次由名单登记产生的服务时长",
        "分钟",
    ),
    Definition(
        "service_minutes_adjusted", "服务时长（更正）", "经更正的服务时长", "分钟"
    ),
)
ATTENDED_MINUTES = Definition(
    "attended_minutes",
    "参与时长",
    "作为参与者到场的时间，计法与服务时长相同；不是志愿服务",
    "分钟",
)
HELD = Definition("sessions_held", "已举办场次", "已结束的场次数，按开始日期计", "场")
OPEN = Definition(
    "open_sessions",
    "还没结束的场次",
    "已发布、还没有结束也没有取消的场次；不为 0 时数字还会变",
    "场",
    LESS,
)
CAPACITY = Definition(
    "capacity", "名额", "已举办场次的名额合计，含志愿者岗位", "人", NEITHER
)
CONFIRMED = Definition(
    "confirmed", "报名人数", "已举办场次开始时报名已确认的人数，现场参加的不计", "人"
)
ATTENDED = Definition(
    "attended", "到场人数", "已举办场次中签到的人数，包括现场参加的", "人"
)
TURNED_UP = Definition(
    "turned_up",
    "报名后到场人数",
    "报名已确认、并在已举办场次中签到的人数，现场参加的不计",
    "人",
)
NO_SHOWS = Definition(
    "no_shows",
    "爽约人数",
    "已举办场次中报名已确认而没有签到的人数，加上截止后取消的人数",
    "人",
    LESS,
)
RATINGS = Definition("ratings", "活动评价数", "活动收到的评分数", "个")
SATISFIED = Definition(
    "satisfied", "满意的活动评价", "活动收到的 4 分和 5 分的评分数", "个"
)
TURNOUT = _rate("turnout", "到场率", TURNED_UP, CONFIRMED)
FILL = _rate("fill_rate", "满额率", ATTENDED, CAPACITY)
SATISFACTION = _rate("satisfaction", "活动满意率", SATISFIED, RATINGS)
RATING = _rate("rating_rate", "活动评价率", RATINGS, PERSON_TIMES)

COUNTED_OF_ACTIVITIES = (
    PERSON_TIMES, UNIQUE, PARTICIPANT_TIMES, HELPER_TIMES, *MINUTES_BY_CLASS, ATTENDED_MINUTES, HELD, OPEN, CAPACITY,
    CONFIRMED, ATTENDED, TURNED_UP, NO_SHOWS, RATINGS, SATISFIED,
)  # fmt: skip
OF_ACTIVITIES = (*COUNTED_OF_ACTIVITIES, MINUTES, TURNOUT, FILL, SATISFACTION, RATING)

# Of needs: by the day they were received, or verified; the community they come from, and their own categories.

RECEIVED = Definition(
    "needs_received", "收到需求", "提出的需求数，按提出日期计", "件", NEITHER
)
REJECTED = Definition(
    "needs_rejected", "不受理的需求", "收到的需求中不受理的", "件", NEITHER
)
WITHDRAWN = Definition(
    "needs_withdrawn", "撤回的需求", "收到的需求中提出人撤回的", "件", NEITHER
)
CONFIRMED_NEEDS = Definition(
    "needs_confirmed",
    "收到并办结的需求",
    "收到的需求中经受益人确认的；提出异议或重新提出即减去",
    "件",
)
IN_TIME = Definition(
    "needs_confirmed_in_time",
    "按时办结的需求",
    "收到并办结的需求中在办结时限内的，等提出人答复的时间不计",
    "件",
)
ENDED = Definition(
    "needs_ended", "可以评价的需求", "收到的需求中经确认或裁定办结的", "件", NEITHER
)
RATED = Definition("needs_rated", "需求评价数", "可以评价的需求中有评分的", "个")
PLEASED = Definition(
    "needs_satisfied", "满意的需求评价", "需求评分中的 4 分和 5 分", "个"
)
VERIFIED = Definition(
    "needs_verified",
    "核实的需求",
    "第一次核实的需求数，按核实日期计；由决议直接落实的不计",
    "件",
    NEITHER,
)
CLAIMED = Definition(
    "needs_claimed_in_time",
    "按时认领的需求",
    "核实的需求中第一次认领（派单为开始办理或直接报告完成）在时限内的",
    "件",
)
RESPONSES = Definition(
    "responses",
    "已有单位认领的需求",
    "核实的需求中已有第一次认领（派单为开始办理或直接报告完成）的",
    "件",
)
UNANSWERED = Definition(
    "responses_open",
    "还在等单位认领的需求",
    "核实的需求中还没有第一次认领、仍在等待的",
    "件",
    LESS,
)
CLOSURES = Definition(
    "closures", "办结的需求", "经受益人确认、仍为办结的需求数，按确认日期计", "件"
)
CLAIM = _rate("claim_rate", "认领率", CLAIMED, VERIFIED)
P50 = Definition(
    "response_p50",
    "半数需求多久内有人认领",
    "从核实到第一次认领的工作时间，半数需求不超过；还在等的另列",
    "工作分钟",
    LESS,
)
P90 = Definition(
    "response_p90",
    "九成需求多久内有人认领",
    "从核实到第一次认领的工作时间，九成需求不超过；还在等的另列",
    "工作分钟",
    LESS,
)
CLOSURE = _rate("closure_rate", "办结率", CONFIRMED_NEEDS, RECEIVED)
ON_TIME = _rate("on_time_closure_rate", "按时办结率", IN_TIME, RECEIVED)
NEED_SATISFACTION = _rate("need_satisfaction", "需求满意率", PLEASED, RATED)
NEED_RATING = _rate("need_rating_rate", "需求评价率", RATED, ENDED)

# Of commitments: by the day they are due; the same places and categories, and the unit.

DUE = Definition(
    "commitments_due",
    "到期的项目",
    "期限在时段内的认领项目；受益人撤回和单位不接的派单不计，单位退出和认领失效的仍计",
    "项",
    NEITHER,
)
FULFILLED = Definition(
    "commitments_fulfilled",
    "到期并完成的项目",
    "到期的项目中单位已报告完成的；退回重做即减去",
    "项",
)
PENDING = Definition(
    "commitments_open",
    "到期还在办的项目",
    "到期的项目中还没有完成也没有退出的",
    "项",
    NEITHER,
)
FULFILMENTS = Definition(
    "fulfilments", "完成的项目", "单位报告完成的项目数，按完成日期计", "项"
)
FULFILMENT = _rate("fulfilment_rate", "兑现率", FULFILLED, DUE)

COUNTED_OF_NEEDS = (
    RECEIVED, REJECTED, WITHDRAWN, CONFIRMED_NEEDS, IN_TIME, ENDED, RATED, PLEASED, VERIFIED, CLAIMED, RESPONSES,
    UNANSWERED, CLOSURES, DUE, FULFILLED, PENDING, FULFILMENTS,
)  # fmt: skip
PERCENTILES = {P50.identifier: 50, P90.identifier: 90}
OF_COMMITMENTS = (DUE, FULFILLED, PENDING, FULFILMENTS, FULFILMENT)
OF_NEEDS = (
    *COUNTED_OF_NEEDS,
    CLAIM,
    P50,
    P90,
    CLOSURE,
    ON_TIME,
    NEED_SATISFACTION,
    NEED_RATING,
    FULFILMENT,
)

# Of places and units.

ACTIVE = Definition(
    "active_units",
    "活跃单位",
    "到时段末 90 天内在范围内完成过项目或主办、协办过有人到场的活动的联建单位；不可相加",
    "家",
)
COVERED = Definition("covered", "覆盖社区", "时段内有人签到或有需求办结的社区", "个")
COMMUNITIES = Definition("communities", "社区数", "范围内的社区", "个", NEITHER)
COVERAGE = _rate("coverage", "覆盖率", COVERED, COMMUNITIES, "；社区按当时所属的街道计")
GRIDS_COVERED = Definition(
    "grids_covered",
    "覆盖微网格",
    "时段内有人签到或有需求办结的微网格，按活动或需求写明的计；没有登记的不计",
    "个",
)
GRIDS = Definition(
    "grids",
    "微网格数",
    "时段内有效的微网格；以前有效、时段内仍有签到或办结记在其上的也计",
    "个",
    NEITHER,
)
GRID_COVERAGE = _rate(
    "grid_coverage", "微网格覆盖率", GRIDS_COVERED, GRIDS, "；微网格按当时所属的社区计"
)
OF_PLACES = (
    ACTIVE,
    COVERED,
    COMMUNITIES,
    COVERAGE,
    GRIDS_COVERED,
    GRIDS,
    GRID_COVERAGE,
)

DEFINITIONS = (*OF_ACTIVITIES, *OF_NEEDS, *OF_PLACES)
BY_IDENTIFIER = {definition.identifier: definition for definition in DEFINITIONS}
IDENTIFIERS = tuple(BY_IDENTIFIER)


class AskDefinitions(fields.Schema):
    pass


class DefinitionShown(fields.Schema):
    identifier = fields.Text(64, required=True)
    name = fields.Text(64, required=True)
    meaning = fields.Text(200, required=True)
    unit = fields.Text(16, required=True)
    better = fields.OneOf(
        (MORE, LESS),
        metadata={"description": "more 越多越好、less 越少越好；没有好坏之分的不填"},
    )
    part = fields.Text(64, metadata={"description": "比率的分子；只有比率有"})
    whole = fields.Text(64, metadata={"description": "比率的分母；只有比率有"})


class Definitions(fields.Schema):
    items = fields.Many(fields.Part(DefinitionShown), 0, 100, required=True)
