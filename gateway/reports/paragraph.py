"""A month in a paragraph, as one would read it out. What is withheld, or was not counted, is not spoken of."""

from collections.abc import Iterable, Mapping
from typing import Any

from gateway.reports import words
from gateway.reports.layout import BESIDE

Document = dict[str, Any]
Items = Mapping[str, Document]

ACTIVITIES = (
    ("sessions_held", "举办活动 {} 场"),
    ("person_times", "{} 人次参加"),
    ("unique_participants", "参加的有 {} 人"),
    ("service_minutes", "志愿服务时长 {}"),
    ("attended_minutes", "参与时长 {}"),
)
NEEDS = (
    ("needs_received", "收到居民需求 {} 件"),
    ("closures", "办结 {} 件次"),
    ("on_time_closure_rate", "按时办结的占 {}"),
    ("commitments_fulfilled", "联建单位兑现项目 {} 项"),
)
PLACES = (
    ("active_units", "近 90 天出过力的联建单位 {} 家"),
    ("covered", "有人签到或有需求办结的社区 {} 个"),
    ("coverage", "占社区总数的 {}"),
)
CHANGES = (("sessions_held", "活动", "场"), ("person_times", "参加", "人次"), ("needs_received", "需求", "件"))


def paragraph(report: Document) -> str:
    items: Items = {item["figure"]: item for item in report["items"]}
    sentences = [_told(items, clauses) for clauses in (ACTIVITIES, NEEDS, PLACES)]
    sentences += [_beside(items, one.period, one.name) for one in BESIDE if one.period not in report["absent"]]
    sentences.append(_redefined(report))
    return f"{words.month(report['month'])}，{report['name']}{''.join(filter(None, sentences))}"


def _redefined(report: Document) -> str:
    """That some figures mean something else than in reports of before; what exactly stands beside the paragraph."""
    names = [one["name"] for one in report.get("redefined", ()) if "before" in one]
    return f"从本月起，{'、'.join(names)}的口径有变，不能与以前发布的月报直接比较。" if names else ""


def _told(items: Items, clauses: Iterable[tuple[str, str]]) -> str:
    said = [
        clause.format(words.figure(items[figure]["value"], items[figure]["unit"]))
        for figure, clause in clauses
        if figure in items and items[figure]["value"] is not None
    ]
    return f"{'，'.join(said)}。" if said else ""


def _beside(items: Items, period: str, name: str) -> str:
    said = [
        f"{what}{_change(items[figure]['value'] - items[figure][period], unit)}"
        for figure, what, unit in CHANGES
        if figure in items and None not in (items[figure]["value"], items[figure][period])
    ]
    return f"与{name}相比，{'，'.join(said)}。" if said else ""


def _change(change: float, unit: str) -> str:
    if not change:
        return "不变"
    return f"{'增加' if change > 0 else '减少'} {abs(int(change)):,} {unit}"
