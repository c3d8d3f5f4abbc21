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
    compared = _compared(report, words.month(report["month"]), beside)
    return f"{compared}{_redefined(report)}"


def _redefined(report: Json) -> str:
    """That some figures mean something else than in reports of before; what exactly stands beside the paragraph."""
    changed = [one for one in report.get("redefined", ()) if "before" in one]
    if not changed:
        return ""
    names = "、".join(figure["name"] for figure in changed)
    return f"从本月起，{names}的口径有变，不能与以前发布的月报直接比较。"


def of_comparison(answer: Json) -> str:
    """Any period beside the one before and that of a year ago; while it is under way, beside the same days."""
    same = "同期（截至同日）" if "until" in answer else ""
    beside = [("previous", f"上一时段{same}"), ("last_year", f"去年{same or '同期'}")]
    return _compared(answer, words.period(answer["period"]), beside)


def of_span(answer: Json) -> str:
    """Any days, of a campaign where they are narrowed to one."""
    campaign = f"“{answer['campaign']}”" if "campaign" in answer else ""
    return _of_days(answer, f"{answer['name']}{campaign}", SENTENCES)


def of_unit(answer: Json) -> str:
    """What a unit has done on any days."""
    return _of_days(answer, answer["name"], OF_A_UNIT)


def _of_days(answer: Json, whose: str, sentences: Iterable[Sentence]) -> str:
    when = words.days(answer["since"], answer["until"])
    return _told(when, whose, _items(answer), sentences)


def _items(answer: Json) -> Items:
    items = {}
    for definition in answer["definitions"]:
        identifier = definition["identifier"]
        items[identifier] = definition | {"value": answer["figures"][identifier]}
    return items


def _compared(answer: Json, when: str, beside: Iterable[tuple[str, str]]) -> str:
    items: Items = {item["figure"]: item for item in answer["items"]}
    sentences = [_told(when, answer["name"], items, SENTENCES)]
    for period, name in beside:
        if period not in answer["absent"]:
            sentences.append(_beside(items, period, name))
    return "".join(sentences)


def _told(when: str, whose: str, items: Items, sentences: Iterable[Sentence]) -> str:
    text = "".join(_sentence(items, sentence) for sentence in sentences)
    return f"{when}，{whose}{text}"


def _sentence(items: Items, sentence: Sentence) -> str:
    clauses, is_known = [], False
    for clause in sentence.clauses:
        value = _known(items, clause.figure)
        is_known = is_known or value is not None
        if value:
            clauses.append(_clause(items, clause))
    if is_known and not clauses and sentence.nothing:
        clauses = [sentence.nothing]
    return f"{'，'.join(clauses)}。" if clauses else ""


def _clause(items: Items, clause: Clause) -> str:
    says = clause.says.format(_value(items, clause.figure))
    if _known(items, clause.share) is None:
        return says
    return f"{says}，{clause.says_share.format(_value(items, clause.share))}"


def _known(items: Items, figure: str) -> float | None:
    """The value; None where it is withheld or was not counted."""
    value: float | None = items.get(figure, {}).get("value")
    return value


def _value(items: Items, figure: str) -> str:
    return words.figure(items[figure]["value"], items[figure]["unit"])


def _beside(items: Items, period: str, name: str) -> str:
    changes = []
    for figure, what, unit in CHANGES:
        now = _known(items, figure)
        before = items.get(figure, {}).get(period)
        if now is not None and before is not None:
            changes.append(f"{what}{_change(now - before, unit)}")
    return f"与{name}相比，{'，'.join(changes)}。" if changes else ""


def _change(change: float, unit: str) -> str:
    if not change:
        return "不变"
    direction = "增加" if change > 0 else "减少"
    return f"{direction} {abs(int(change)):,} {unit}"
