"""Figures of needs: by the day they were received, or verified; the community they come from, their own categories.

Those of commitments, by the day they are due; the same places and categories, and the unit.
"""

from schemas.metrics.definition import LESS, NEITHER, Definition, rate

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
CLAIM = rate("claim_rate", "认领率", CLAIMED, VERIFIED)
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
CLOSURE = rate("closure_rate", "办结率", CONFIRMED_NEEDS, RECEIVED)
ON_TIME = rate("on_time_closure_rate", "按时办结率", IN_TIME, RECEIVED)
NEED_SATISFACTION = rate("need_satisfaction", "需求满意率", PLEASED, RATED)
NEED_RATING = rate("need_rating_rate", "需求评价率", RATED, ENDED)
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
FULFILMENT = rate("fulfilment_rate", "兑现率", FULFILLED, DUE)

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
