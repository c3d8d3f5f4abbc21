"""Figures in a paragraph, as one would read them out. What is withheld, or was not counted, is not spoken of."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gateway.figures import words
from gateway.figures.layout import BESIDE
from schemas.documents import Json

Items = Mapping[str, Json]


class Clause(NamedTuple):
    """A figure as it is said, and a share of it."""

    figure: str
    says: str
    share: str = ""
    says_share: str = ""


class Sentence(NamedTuple):
    """`nothing`: what is said where all its figures are zero."""

    clauses: tuple[Clause, ...]
    nothing: str = ""


SENTENCES = (
    Sentence(
        (
            Clause("sessions_held", "举办活动 {} 场"),
            Clause("person_times", "{} 人次参加"),
            Clause("unique_participants", "参加的有 {} 人"),
            Clause("service_minutes", "志愿服务时长 {}"),
            Clause("attended_minutes", "参与时长 {}"),
        ),
        "没有举办活动",
    ),
    Sentence(
        (
            Clause(
                "needs_received",
                "收到居民需求 {} 件",
                "on_time_closure_rate",
                "其中按时办结的占 {}",
            ),
            Clause("closures", "办结需求 {} 件"),
            Clause("commitments_fulfilled", "联建单位完成到期的项目 {} 项"),
        ),
        "没有收到居民需求",
    ),
    Sentence(
        (
            Clause("active_units", "近 90 天出过力的联建单位 {} 家"),
            Clause(
                "covered",
                "有人签到或有需求办结的社区 {} 个",
                "coverage",
                "占社区总数的 {}",
            ),
        )
    ),
)
OF_A_UNIT = (
    Sentence(
        (
            Clause("sessions_hosted", "主办活动 {} 场"),
            Clause("sessions_cohosted", "协办活动 {} 场"),
            Clause("people_served", "服务群众 {} 人次"),
            Clause("service_minutes", "服务时长 {}"),
        ),
        "没有主办或协办活动",
    ),
    Sentence(
        (
            Clause("fulfilments", "完成认领的项目 {} 项"),
            Clause("needs_met", "解决居民需求 {} 件"),
            Clause("people_helped", "项目服务 {} 人"),
        ),
        "没有完成认领的项目",
    ),
)
CHANGES = (
    ("sessions_held", "活动", "场"),
    ("person_times", "参加", "人次"),
    ("needs_received", "需求", "件"),
)


def paragraph(report: Json) -> str:
    """A month's report."""
    beside = [(one.period, one.name) for one in BESIDE]
    return (
        f"{_compared(report, words.month(report['month']), beside)}{_redefined(report)}"
    )


def _redefined(report: Json) -> str:
    """That some figures mean something else than in reports of before; what exactly stands beside the paragraph."""
    names = [one["name"] for one in report.get("redefined", ()) if "before" in one]
    return (
        f"从本月起，{'、'.join(names)}的口径有变，不能与以前发布的月报直接比较。"
        if names
        else ""
    )


def of_comparison(answer: Json) -> str:
    """Any period beside the one before and that of a year ago; while it is under way, beside the same days."""
    same = "同期（截至同日）" if "until" in answer else ""
    beside = [("previous", f"上一时段{same}"), ("last_year", f"去年{same or '同期'}")]
    return _compared(answer, words.period(answer["period"]), beside)


def of_span(answer: Json) -> str:
    named = (
        f"{answer['name']}“{answer['campaign']}”"
        if "campaign" in answer
        else answer["name"]
    )
    return _said(
        words.days(answer["since"], answer["until"]), named, _items(answer), SENTENCES
    )


def of_unit(answer: Json) -> str:
    return _said(
        words.days(answer["since"], answer["until"]),
        answer["name"],
        _items(answer),
        OF_A_UNIT,
    )


def _items(answer: Json) -> Items:
    figures = answer["figures"]
    return {
        one["identifier"]: {**one, "value": figures[one["identifier"]]}
        for one in answer["definitions"]
    }


def _compared(answer: Json, when: str, beside: Iterable[tuple[str, str]]) -> str:
    items: Items = {item["figure"]: item for item in answer["items"]}
    changes = [
        _beside(items, period, name)
        for period, name in beside
        if period not in answer["absent"]
    ]
    return f"{_said(when, answer['name'], items, SENTENCES)}{''.join(changes)}"


def _said(when: str, whose: str, items: Items, sentences: Iterable[Sentence]) -> str:
    return f"{when}，{whose}{''.join(_sentence(items, one) for one in sentences)}"


def _sentence(items: Items, sentence: Sentence) -> str:
    known = [
        one
        for one in sentence.clauses
        if items.get(one.figure, {}).get("value") is not None
    ]
    said = [_clause(items, one) for one in known if items[one.figure]["value"]]
    if known and not said:
        said = [sentence.nothing] if sentence.nothing else []
    return f"{'，'.join(said)}。" if said else ""


def _clause(items: Items, clause: Clause) -> str:
    said = clause.says.format(_value(items, clause.figure))
    share = items.get(clause.share, {}).get("value")
    return (
        said
        if share is None
        else f"{said}，{clause.says_share.format(_value(items, clause.share))}"
    )


def _value(items: Items, figure: str) -> str:
    return words.figure(items[figure]["value"], items[figure]["unit"])


def _beside(items: Items, period: str, name: str) -> str:
    said = [
        f"{what}{_change(items[figure]['value'] - items[figure][period], unit)}"
        for figure, what, unit in CHANGES
        if figure in items
        and None not in (items[figure]["value"], items[figure][period])
    ]
    return f"与{name}相比，{'，'.join(said)}。" if said else ""


def _change(change: float, unit: str) -> str:
    if not change:
        return "不变"
    return f"{'增加' if change > 0 else '减少'} {abs(int(change)):,} {unit}"
