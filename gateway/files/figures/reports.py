"""A month's report as tables: its figures, its rows, its versions, and the facts of what was restated."""

from collections.abc import Iterable, Iterator

from gateway.figures.layout import SECTIONS
from gateway.figures.paragraph import paragraph
from gateway.files.columns import code, day, instant, text, whole
from gateway.files.figures.sheets import (
    EMPTY,
    about,
    columns_of,
    mixed,
    of_rows,
    of_scope,
    positions,
    sheet,
    valued,
)
from gateway.files.formats import Sheet
from schemas.documents import Json

ROWS = {
    "divisions": "街道社区", "categories": "活动类别", "need_categories": "需求类别", "hosts": "主办方",
    "units": "联建单位", "days": "每天",
}  # fmt: skip
BESIDE = {"previous": "上月", "last_year": "去年同月"}
MEASURED = (
    text("数字", "name"), mixed("本月", "value"), mixed("上月", "previous"), mixed("去年同月", "last_year"),
    mixed("目标", "target"), text("单位", "unit"),
)  # fmt: skip
VERSIONS = (
    whole("版次", "version"), instant("何时", "at"), code("何人", "by"), text("为何", "reason"),
    text("变了的数字", "name"), mixed("上一版", "before"), mixed("这一版", "after"), text("单位", "unit"),
)  # fmt: skip
FACTS = (
    code("事实", "fact"), text("名称", "title"), day("计入哪天", "day"), text("社区", "place"),
    instant("何时记下", "told_at"), text("数字", "name"), mixed("之前", "before"), mixed("之后", "after"),
    text("单位", "unit"),
)  # fmt: skip


def report(answer: Json) -> list[Sheet]:
    """The figures, what they are of, a table of each kind of rows, the versions, and the facts that changed."""
    return [
        sheet("月报", MEASURED, map(valued, answer["items"])),
        about([*_about(answer), *answer["definitions"]]),
        *_rows(answer),
        sheet("各版", VERSIONS, _each_change(answer["versions"], "changed")),
        sheet("更正的事实", FACTS, _each_change(answer["facts"], "changes")),
    ]


def report_name(answer: Json) -> str:
    return f"{answer['name']}{answer['month']}月报第{answer['version']}版"


def _rows(answer: Json) -> Iterator[Sheet]:
    for name, title in ROWS.items():
        if answer.get(name):
            yield of_rows(title, answer[name], answer["definitions"])


def _about(answer: Json) -> Iterator[Json]:
    yield of_scope(answer)
    yield {"name": "月份", "identifier": answer["month"]}
    yield {"name": "小结", "meaning": paragraph(answer)}
    yield EMPTY
    yield from _of_the_version(answer)
    yield from _of_the_comparison(answer)
    yield from _of_what_is_missing(answer)
    for section in SECTIONS:
        if section.is_of(answer):
            yield {"name": section.title, "meaning": section.note}
    yield from positions(answer)


def _of_the_version(answer: Json) -> Iterator[Json]:
    latest = f"最新是第 {answer['latest']} 版"
    yield {"name": "版次", "value": answer["version"], "meaning": latest}
    if "reason" in answer:
        yield {"name": "更正原因", "meaning": answer["reason"]}


def _of_the_comparison(answer: Json) -> Iterator[Json]:
    for field, name in BESIDE.items():
        if field in answer["absent"]:
            yield {"name": name, "meaning": "没有数字，不作比较"}
    for figure in answer.get("redefined", ()):
        yield {
            "name": "口径有变" if "before" in figure else "新增数字",
            "identifier": figure["identifier"],
            "meaning": figure["text"],
        }


def _of_what_is_missing(answer: Json) -> Iterator[Json]:
    if days := answer["open_days"]:
        meaning = "、".join(days)
        yield {"name": "没有结束的日子", "value": len(days), "meaning": meaning}
    if answer["demo"]:
        meaning = (
            "有的区划代码是演示用的，不是官方代码；演示中的单位、活动和人物均为虚构"
        )
        yield {"name": "演示区划", "meaning": meaning}
    if answer["more_facts"]:
        meaning = "没有列全，其余可从接口逐页取得"
        yield {"name": "更正的事实", "value": len(answer["facts"]), "meaning": meaning}


def _each_change(documents: Iterable[Json], changes: str) -> Iterator[Json]:
    """A line for each figure that changed; one without any for what changed none."""
    for document in documents:
        for change in document[changes] or [{}]:
            yield valued(document | change)


def report_rows(answer: Json) -> list[Sheet]:
    """All rows of the report in one table, the whole first."""
    columns = [text("部分", "part"), *columns_of(answer["definitions"])]
    return [sheet("月报", columns, [_whole(answer), *_parts(answer)])]


def _whole(answer: Json) -> Json:
    return {
        "part": "全部",
        "key": answer["scope"],
        "name": answer["name"],
        "figures": {item["figure"]: item["value"] for item in answer["items"]},
    }


def _parts(answer: Json) -> Iterator[Json]:
    for name, title in ROWS.items():
        for row in answer.get(name, []):
            yield {"part": title} | row
