"""The demonstration's month: what was aimed at, its report once it is over, and what came too late for that."""

from services.xfh.demo.day import Day
from services.xfh.demo.plan import DAY, DISTRICT
from services.xfh.demo.series import Series

MONTH = DAY[:7]
TARGETS = {
    "person_times": 12_000,
    "turnout": 8500,
    "claim_rate": 9000,
    "on_time_closure_rate": 6000,
}
PAPER_OF = 2  # The Saturday whose paper list turns up late.


def aim(day: Day) -> None:
    """What the district means to reach this month; rates in ten-thousandths."""
    for figure, value in TARGETS.items():
        target = {
            "scope": DISTRICT,
            "period": MONTH,
            "figure": figure,
            "value": value,
        }
        day.do("/metrics/targets", day.district(), target, f"target-{figure}")


def is_over(day: Day) -> bool:
    return day.plan.day[:7] > MONTH


def report(day: Day, series: Series) -> str:
    """Frozen, then restated because a paper list turned up; the address of the page."""
    month = {"scope": DISTRICT, "month": MONTH}
    day.at("21:00")
    day.do("/metrics/reports", day.district(), month, "freeze")
    series.hand_in(PAPER_OF)
    path = f"/metrics/reports/{DISTRICT}/{MONTH}"
    reason = {"reason": "读书会 6 月 27 日的纸质签到表补录，一人的时长更正"}
    day.do(f"{path}/restate", day.district(), reason, "restate")
    link = day.get(f"{path}/link", day.district())
    return str(link["address"])
