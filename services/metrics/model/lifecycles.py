"""The life cycle of a month's report."""

from services.kit.lifecycle import LifeCycle, Step

REPORT = LifeCycle(
    "report",
    "月报",
    {"frozen": "已发布", "restated": "已更正重发"},
    {"restate": Step("更正重发", ("frozen", "restated"), "restated")},
)
