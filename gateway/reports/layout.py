"""What stands where in a report: which figures head it, and which are the columns of its tables."""

from typing import NamedTuple

HEADLINE = (
    "person_times", "unique_participants", "service_minutes", "sessions_held", "turnout", "needs_received",
    "claim_rate", "on_time_closure_rate", "fulfilment_rate", "active_units", "coverage",
)  # fmt: skip


class Beside(NamedTuple):
    period: str
    name: str


BESIDE = (Beside("previous", "上月"), Beside("last_year", "去年同月"))


class Section(NamedTuple):
    """A table of rows of the report. `drawn` is the figure of its chart."""

    rows: str
    title: str
    of: str
    figures: tuple[str, ...]
    drawn: str
    note: str


WITHHELD = "＊"
NEVER_ADDED = "人数、活跃单位、比率和响应时间不可相加。"

SECTIONS = (
    Section(
        "divisions",
        "按下级区划",
        "区划",
        (
            "sessions_held",
            "person_times",
            "unique_participants",
            "turnout",
            "needs_received",
            "closure_rate",
            "fulfilment_rate",
            "active_units",
            "coverage",
        ),
        "person_times",
        f"各行相加等于合计；{NEVER_ADDED}",
    ),
    Section(
        "categories",
        "按活动类别",
        "类别",
        ("sessions_held", "person_times", "unique_participants", "service_minutes", "turnout", "fill_rate"),
        "person_times",
        f"各行相加等于合计；{NEVER_ADDED}",
    ),
    Section(
        "need_categories",
        "按需求类别",
        "类别",
        (
            "needs_received",
            "needs_verified",
            "claim_rate",
            "response_p50",
            "closure_rate",
            "commitments_due",
            "fulfilment_rate",
        ),
        "needs_received",
        f"需求的类别与活动的类别不同。{NEVER_ADDED}",
    ),
)

RESPONSES = (
    "needs_verified", "needs_claimed_in_time", "claim_rate", "responses", "responses_open", "response_p50",
    "response_p90",
)  # fmt: skip

OF_A_DAY = ("sessions_held", "open_sessions", "person_times", "needs_received", "closures")
DRAWN_BY_DAY = ("person_times", "needs_received")


class Satisfaction(NamedTuple):
    """A rate of the content, never without how many rated and how many of those who could."""

    of: str
    rate: str
    rated: str
    response: str


SATISFACTION = (
    Satisfaction("活动", "satisfaction", "ratings", "rating_rate"),
    Satisfaction("需求", "need_satisfaction", "needs_rated", "need_rating_rate"),
)

KINDS = {"session": "场次", "need": "需求", "commitment": "项目"}
