"""What stands where in a report: which figures head it, and which are the columns of its tables."""

from typing import NamedTuple

from schemas.documents import Json

HEADLINE = (
    "person_times", "unique_participants", "service_minutes", "sessions_held", "turnout", "needs_received",
    "claim_rate", "on_time_closure_rate", "fulfilment_rate", "active_units", "coverage", "grid_coverage",
)  # fmt: skip


class Beside(NamedTuple):
    period: str
    name: str


BESIDE = (Beside("previous", "上月"), Beside("last_year", "去年同月"))


class Section(NamedTuple):
    """A table of rows of the report. `drawn` is the figure of its chart; one without would be a ranking."""

    rows: str
    title: str
    of: str
    figures: tuple[str, ...]
    drawn: str
    note: str
    name: str = ""

    @property
    def id(self) -> str:
        """What it is called on the page: several tables may have the same rows."""
        return self.name or self.rows

    def is_of(self, report: Json) -> bool:
        """True of a report that has its rows, and knew any of its figures."""
        known = {definition["identifier"] for definition in report["definitions"]}
        return bool(report.get(self.rows)) and not known.isdisjoint(self.figures)


WITHHELD = "＊"
OF_GRIDS = frozenset({"grids_covered", "grids", "grid_coverage"})
NEVER_ADDED = "人数、活跃单位、比率、认领和办结用时不可相加。"

SECTIONS = (
    Section(
        "divisions",
        "按街道和社区",
        "地方",
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
            "grid_coverage",
        ),
        "person_times",
        f"各行相加等于合计；{NEVER_ADDED}",
    ),
    Section(
        "divisions",
        "入户走访，按街道和社区",
        "地方",
        (
            "doors",
            "visits",
            "round_coverage",
            "round_tried",
            "not_in",
            "refused",
            "findings",
            "care_on_time",
            "asks_per_door",
        ),
        "",
        f"走访按最后一天在本月的各轮计；街道宣布的走访计入它所到的社区。{NEVER_ADDED}",
        "doorstep",
    ),
    Section(
        "categories",
        "按活动类别",
        "类别",
        (
            "sessions_held",
            "person_times",
            "unique_participants",
            "helper_times",
            "service_minutes",
            "attended_minutes",
            "turnout",
            "fill_rate",
        ),
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
    Section(
        "hosts",
        "按主办方",
        "主办方",
        ("sessions_held", "capacity", "person_times"),
        "",
        "列出已举办场次最多的 20 个主办方，按代码先后，不是名次；其余合为一行。"
        "联办的场次对每个主办方各计一次，各行相加会大于合计。",
    ),
    Section(
        "units",
        "按联建单位",
        "联建单位",
        (
            "commitments_due",
            "commitments_fulfilled",
            "commitments_open",
            "fulfilments",
            "fulfilment_rate",
        ),
        "",
        "列出完成项目最多的 20 家联建单位，按登记先后，不是名次；其余合为一行。各行相加等于合计；比率不可相加。",
    ),
)

RESPONSES = (
    "needs_verified", "needs_claimed_in_time", "claim_rate", "responses", "responses_open", "response_p50",
    "response_p90",
)  # fmt: skip

OF_A_DAY = (
    "sessions_held",
    "open_sessions",
    "person_times",
    "needs_received",
    "closures",
)
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

KINDS = {
    "session": "场次",
    "need": "需求",
    "commitment": "项目",
    "round": "入户走访",
    "finding": "入户发现",
    "mediation": "调解",
    "community": "社区",
}
LOGS = {
    "activities": "活动",
    "branches": "党组织与区划",
    "cobuild": "共建",
    "grids": "微网实格",
    "metrics": "汇总",
    "partners": "合伙人",
}
