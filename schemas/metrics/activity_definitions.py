"""Figures of activities: by the day a session begins, the community it is in, its category, and each of its hosts."""

from schemas.metrics.definition import LESS, NEITHER, Definition, rate

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
TURNOUT = rate("turnout", "到场率", TURNED_UP, CONFIRMED)
FILL = rate("fill_rate", "满额率", ATTENDED, CAPACITY)
SATISFACTION = rate("satisfaction", "活动满意率", SATISFIED, RATINGS)
RATING = rate("rating_rate", "活动评价率", RATINGS, PERSON_TIMES)

COUNTED_OF_ACTIVITIES = (
    PERSON_TIMES, UNIQUE, PARTICIPANT_TIMES, HELPER_TIMES, *MINUTES_BY_CLASS, ATTENDED_MINUTES, HELD, OPEN, CAPACITY,
    CONFIRMED, ATTENDED, TURNED_UP, NO_SHOWS, RATINGS, SATISFIED,
)  # fmt: skip
OF_ACTIVITIES = (*COUNTED_OF_ACTIVITIES, MINUTES, TURNOUT, FILL, SATISFACTION, RATING)
