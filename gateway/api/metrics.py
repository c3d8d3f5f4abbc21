"""区级汇总."""

from gateway.routes import Table, shows
from schemas import metrics as s

TABLE = Table(
    "metrics",
    "汇总",
    (
        shows("/metrics/definitions", "definitions", s.AskDefinitions, s.Definitions, "每个数字的定义", for_all=True),
        shows("/metrics/figures", "figures", s.AskFigures, s.Figures, "一个范围和时段的数字"),
        shows("/metrics/breakdown", "breakdown", s.AskBreakdown, s.Breakdown, "按下级区划、类别、主办方或时段展开"),
    ),
)
