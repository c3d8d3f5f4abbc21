"""Figures of the doorstep: what is counted at doors, by the community a door stands in that day.

None is of a person or of a member. A round is counted by its last day, a visit by when it truly was.
"""

from schemas.metrics.definition import LESS, NEITHER, Definition, rate

VISITS = Definition(
    "visits",
    "入户走访",
    "走访的次数，不论结果，按走访日期计；单独的关爱探访另计，不在其中",
    "次",
)
ASKS = Definition(
    "asks",
    "入户提问",
    "走访见到人时所问的题数，按走访日期计；同一户走访几次计几次，按微网格的走访不计",
    "题",
    LESS,
)
ROUND_DOORS = Definition(
    "round_doors",
    "应走访的户",
    "最后一天在时段内的各轮走访中，到时在册和已经走访过的户，几轮计几次；取消的和按微网格的走访不计",
    "户次",
    NEITHER,
)
ROUND_MET = Definition(
    "round_met", "见到的户", "应走访的户中见到人的，一轮走访中一户只计一次", "户次"
)
ROUND_TRIED = Definition(
    "round_tried", "去过的户", "应走访的户中去过的，不论结果", "户次"
)
NOT_IN = Definition(
    "not_in", "家中无人的户", "去过的户中只遇上家中无人的", "户次", LESS
)
REFUSED = Definition(
    "refused", "不愿回答的户", "去过的户中没有见到、有过不愿回答的", "户次", NEITHER
)
ROUND_COVERAGE = rate(
    "round_coverage",
    "走访见面率",
    ROUND_MET,
    ROUND_DOORS,
    "；去过的、家中无人的、不愿回答的户另列",
)
FINDINGS = Definition(
    "findings", "入户发现", "走访中记下的发现，按记下的日期计", "件", NEITHER
)
FINDINGS_RESOLVED = Definition(
    "findings_resolved",
    "办结的发现",
    "所列需求已办结、或所派队伍已办完的发现，按办结日期计；重新办理即减去，当场告知的不计",
    "件",
)
FINDING_P50 = Definition(
    "finding_p50",
    "半数发现多久办结",
    "时段内办结的发现，从记下的次日到办结当日的工作日，半数不超过；当天办结为 0",
    "工作日",
    LESS,
)
FOLLOWUPS_OVERDUE = Definition(
    "followups_overdue",
    "超期的派办",
    "所派队伍到期没有办完的发现，按到期日期计；后来办完的仍计",
    "件",
    LESS,
)
CARE_DUE = Definition(
    "care_due",
    "应有的关爱探访",
    "按期的关爱探访，加上到期没有见到的；按见到的日期或到期日期计，同一期内见到几次只计一次",
    "次",
    NEITHER,
)
CARE_CALLS = Definition(
    "care_calls",
    "按期的关爱探访",
    "到期以前见到本人的关爱探访，补传的按真实日期计",
    "次",
)
CARE_ON_TIME = rate("care_on_time", "关爱按期率", CARE_CALLS, CARE_DUE)
MEDIATIONS = Definition("mediations", "调解", "开始的调解，按开始日期计", "件", NEITHER)
MEDIATIONS_ENDED = Definition(
    "mediations_ended", "结束的调解", "结束的调解，按结束日期计", "件", NEITHER
)
MEDIATIONS_AGREED = Definition(
    "mediations_agreed", "达成一致的调解", "结束的调解中达成一致的", "件"
)
MEDIATION_AGREED_RATE = rate(
    "mediation_agreed_rate", "调解一致率", MEDIATIONS_AGREED, MEDIATIONS_ENDED
)
BURDEN_OVERRIDES = Definition(
    "burden_overrides",
    "超负担的走访",
    "超出入户负担上限、说明理由后仍进行的走访，按宣布日期计；街道和区的不计入其下的社区",
    "轮",
    LESS,
)

# Of the doors and grids there are, at the end of a period.
DOORS = Definition(
    "doors", "在册门户", "时段末在册的门户，按当时所在的社区计", "户", NEITHER
)
GRIDS_ACTIVE = Definition(
    "grids_active",
    "有走访的微网格",
    "到时段末 30 天内有过入户走访的微网格；其间换了社区的在两处各计一次",
    "个",
)
ASKS_PER_DOOR = Definition(
    "asks_per_door",
    "每户提问",
    "入户提问 ÷ 在册门户：时段内平均每户被问几题",
    "题/户",
    LESS,
    ASKS.identifier,
    DOORS.identifier,
)

COUNTED_OF_DOORSTEP = (
    VISITS, ASKS, ROUND_DOORS, ROUND_MET, ROUND_TRIED, NOT_IN, REFUSED, FINDINGS, FINDINGS_RESOLVED, FOLLOWUPS_OVERDUE,
    CARE_DUE, CARE_CALLS, MEDIATIONS, MEDIATIONS_ENDED, MEDIATIONS_AGREED, BURDEN_OVERRIDES,
)  # fmt: skip
OF_CARE = (CARE_DUE, CARE_CALLS, CARE_ON_TIME)
OF_DOORSTEP = (
    *COUNTED_OF_DOORSTEP,
    FINDING_P50,
    ROUND_COVERAGE,
    CARE_ON_TIME,
    MEDIATION_AGREED_RATE,
)
OF_DOORS = (DOORS, GRIDS_ACTIVE, ASKS_PER_DOOR)
