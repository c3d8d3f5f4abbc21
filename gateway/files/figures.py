"""Figures as tables: broken down, compared, over time, and a month's report; with what they mean and reflect."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from flask import Response, request

from gateway.api.metrics import TABLE
from gateway.api.routes import Route
from gateway.edge import reading
from gateway.figures.layout import OF_GRIDS, SECTIONS
from gateway.figures.paragraph import of_comparison, of_span, of_unit, paragraph
from gateway.files.choices import NOT_IN_A_NAME
from gateway.files.columns import Column, code, day, instant, rate, text, whole
from gateway.files.exports import attachment
from gateway.files.formats import FORMATS, Sheet
from gateway.files.pages import Asker
from schemas.documents import Json

SERVICE = "metrics"
EMPTY = {
    "name": "空着的格",
    "meaning": "没有可算的；或是少于 5 人的数字，和能推出这种数字的，不对外提供",
}
LOGS = {
    "activities": "活动",
    "branches": "党组织与区划",
    "cobuild": "共建",
    "metrics": "汇总",
    "partners": "合伙人",
}
BREAKDOWNS = {
    "division": "街道社区", "category": "活动类别", "need_category": "需求类别", "campaign": "主题活动",
    "host": "主办方", "unit": "联建单位", "time": "下级时段",
}  # fmt: skip
ROWS = {
    "divisions": "街道社区", "categories": "活动类别", "need_categories": "需求类别", "hosts": "主办方",
    "units": "联建单位", "days": "每天",
}  # fmt: skip


def mixed(heading: str, field: str) -> Column:
    """A figure that is whole in one row and a rate in another; `_valued` has made it the one or the other."""
    return Column(heading, field, lambda value: value, "#,##0", 12)


def meaning(heading: str, field: str) -> Column:
    return Column(heading, field, str, "@", 80)


ABOUT = (
    text("项目", "name"), code("标识", "identifier"), mixed("值", "value"), text("单位", "unit"),
    meaning("说明", "meaning"),
)  # fmt: skip
SAME_DAYS = ("previous", "last_year")
COMPARED_PERIODS = {"period": "本时段", "previous": "上一时段", "last_year": "去年同期"}
COMPARED = (
    text("数字", "name"), mixed("本时段", "value"), mixed("上一时段", "previous"), mixed("去年同期", "last_year"),
    mixed("目标", "target"), text("单位", "unit"), meaning("说明", "meaning"),
)  # fmt: skip
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


class FigureTable(NamedTuple):
    """The answer to one of metrics' questions as a file. `flat` is what CSV has of it, in its one table."""

    name: str
    title: str
    question: str
    sheets: Callable[[Json], list[Sheet]]
    flat: Callable[[Json], list[Sheet]]
    called: Callable[[Json], str]

    @property
    def route(self) -> Route:
        """The same figures as JSON."""
        return next(route for route in TABLE.routes if route.name == self.question)


def table(one: FigureTable, format: str, asker: Asker) -> Response:
    media_type, write = FORMATS[format]
    schema = one.route.schema()
    said = reading.load(schema, reading.query(request, schema))
    answer = asker.answer(SERVICE, one.question, said)
    content = write((one.flat if format == "csv" else one.sheets)(answer))
    return attachment(
        content, media_type, f"{one.called(answer)}.{format}", f"{one.name}.{format}"
    )


# A breakdown


def _breakdown(answer: Json) -> list[Sheet]:
    about = [
        *_of_what(answer),
        {"name": "时段", "identifier": answer["period"]},
        {"name": "相加", "meaning": answer["note"]},
        EMPTY,
        *_positions(answer),
    ]
    return [*_rows(answer), _sheet("说明", ABOUT, [*about, *_defined(answer)])]


def _of_what(answer: Json) -> Iterator[Json]:
    yield {"name": "范围", "identifier": answer["scope"], "meaning": answer["name"]}
    yield {"name": "主题活动", "meaning": answer.get("campaign", "全部")}


def _defined(answer: Json) -> list[Json]:
    """Each figure with what it is and means."""
    return [
        _valued({**one, "value": answer["figures"][one["identifier"]]})
        for one in answer["definitions"]
    ]


def _rows(answer: Json) -> list[Sheet]:
    return [
        _figures(f"按{BREAKDOWNS[answer['by']]}", answer["rows"], answer["definitions"])
    ]


def _called(answer: Json) -> str:
    of = f"“{answer['campaign']}”" if "campaign" in answer else ""
    return f"{answer['name']}{of}".translate(NOT_IN_A_NAME)


# Any days


def _span(answer: Json) -> list[Sheet]:
    about = [
        *_of_what(answer),
        {
            "name": "时段",
            "identifier": f"{answer['since']}/{answer['until']}",
            "meaning": _days(answer),
        },
        {"name": "小结", "meaning": of_span(answer)},
        EMPTY,
        *_positions(answer),
    ]
    return [_sheet("数字", ABOUT, _defined(answer)), _sheet("说明", ABOUT, about)]


def _days(answer: Json) -> str:
    return (
        f"{answer['since']} 至 {answer['until']}（含首尾两天）；人数不可按天相加，为空"
    )


# What a unit has done


def _unit(answer: Json) -> list[Sheet]:
    about = [
        {"name": "联建单位", "identifier": answer["unit"], "meaning": answer["name"]},
        {
            "name": "所在社区",
            "identifier": answer["community"],
            "meaning": answer["community_name"],
        },
        {
            "name": "时段",
            "meaning": f"{answer['since']} 至 {answer['until']}（含首尾两天）",
        },
        {"name": "小结", "meaning": of_unit(answer)},
        *(
            {
                "name": f"没有计入{name}的场次",
                "value": answer["left_out"][figure],
                "meaning": "不足 5 人",
            }
            for figure, name in (
                ("people_served", "服务群众"),
                ("service_minutes", "服务时长"),
            )
        ),
        EMPTY,
        *_positions(answer),
    ]
    return [_sheet("做了什么", ABOUT, _defined(answer)), _sheet("说明", ABOUT, about)]


# A comparison, and a figure over time


def _comparison(answer: Json) -> list[Sheet]:
    about = [
        {"name": "范围", "identifier": answer["scope"], "meaning": answer["name"]},
        *(_period(answer, field, name) for field, name in COMPARED_PERIODS.items()),
        {"name": "小结", "meaning": of_comparison(answer)},
        EMPTY,
        *_positions(answer),
    ]
    columns = [_marked(column) if "until" in answer else column for column in COMPARED]
    return [
        _sheet("对照", columns, map(_valued, answer["items"])),
        _sheet("说明", ABOUT, about),
    ]


def _period(answer: Json, field: str, name: str) -> Json:
    """One of the periods compared, and how far it is counted."""
    if field in answer["absent"]:
        return {
            "name": name,
            "identifier": answer[field],
            "meaning": "没有数字，不作比较",
        }
    until = answer.get("until", {}).get("value" if field == "period" else field)
    told = f"截至 {until}" if until else None
    return {
        "name": name,
        "identifier": answer[field],
        "meaning": told if field == "period" else _same(told),
    }


def _same(told: str | None) -> str | None:
    return told and f"{told}（截至同日）；人数不可按天相加，不作比较"


def _marked(column: Column) -> Column:
    """The heading of a period that is counted as far as the one under way."""
    return (
        replace(column, heading=f"{column.heading}（截至同日）")
        if column.field in SAME_DAYS
        else column
    )


def _series(answer: Json) -> list[Sheet]:
    definition = answer["definition"]
    points = [
        _valued({**point, "unit": definition["unit"]}) for point in answer["points"]
    ]
    about = [
        {"name": "范围", "identifier": answer["scope"], "meaning": answer["name"]},
        definition,
        EMPTY,
    ]
    value = mixed(definition["name"], "value")
    return [
        _sheet("变化", [code("时段", "period"), value], points),
        _sheet("说明", ABOUT, [*about, *_positions(answer)]),
    ]


# A report


def _report(answer: Json) -> list[Sheet]:
    return [
        _sheet("月报", MEASURED, map(_valued, answer["items"])),
        _sheet("说明", ABOUT, [*_about(answer), *answer["definitions"]]),
        *(
            _figures(title, answer[name], answer["definitions"])
            for name, title in ROWS.items()
            if answer.get(name)
        ),
        _sheet("各版", VERSIONS, _each_change(answer["versions"], "changed")),
        _sheet("更正的事实", FACTS, _each_change(answer["facts"], "changes")),
    ]


def _about(answer: Json) -> Iterator[Json]:
    yield {"name": "范围", "identifier": answer["scope"], "meaning": answer["name"]}
    yield {"name": "月份", "identifier": answer["month"]}
    yield {"name": "小结", "meaning": paragraph(answer)}
    yield EMPTY
    yield {
        "name": "版次",
        "value": answer["version"],
        "meaning": f"最新是第 {answer['latest']} 版",
    }
    if "reason" in answer:
        yield {"name": "更正原因", "meaning": answer["reason"]}
    for field, name in (("previous", "上月"), ("last_year", "去年同月")):
        if field in answer["absent"]:
            yield {"name": name, "meaning": "没有数字，不作比较"}
    for one in answer.get("redefined", ()):
        heading = "口径有变" if "before" in one else "新增数字"
        yield {"name": heading, "identifier": one["identifier"], "meaning": one["text"]}
    if answer["open_days"]:
        yield {
            "name": "没有结束的日子",
            "value": len(answer["open_days"]),
            "meaning": "、".join(answer["open_days"]),
        }
    if answer["demo"]:
        yield {
            "name": "演示区划",
            "meaning": "有的区划代码是演示用的，不是官方代码；演示中的单位、活动和人物均为虚构",
        }
    if answer["more_facts"]:
        yield {
            "name": "更正的事实",
            "value": len(answer["facts"]),
            "meaning": "没有列全，其余可从接口逐页取得",
        }
    yield from (
        {"name": one.title, "meaning": one.note}
        for one in SECTIONS
        if answer.get(one.rows)
    )
    yield from _positions(answer)


def _each_change(told: Iterable[Json], changes: str) -> Iterator[Json]:
    """A line for each figure that changed; one without any for what changed none."""
    for one in told:
        yield from (_valued({**one, **change}) for change in one[changes] or [{}])


def _flat(answer: Json) -> list[Sheet]:
    """All rows of the report in one table, the whole first."""
    whole = {one["figure"]: one["value"] for one in answer["items"]}
    parts = {
        "全部": [{"key": answer["scope"], "name": answer["name"], "figures": whole}]
    }
    parts |= {title: answer.get(name, []) for name, title in ROWS.items()}
    rows = [{"part": part, **row} for part, rows in parts.items() for row in rows]
    return [
        _sheet("月报", [text("部分", "part"), *_columns(answer["definitions"])], rows)
    ]


# What both have


def _figures(title: str, rows: list[Json], definitions: list[Json]) -> Sheet:
    """The figures these rows have, in the order they are defined in."""
    known = rows[0]["figures"].keys() - _without_grids(rows) if rows else set()
    return _sheet(
        title,
        _columns([one for one in definitions if one["identifier"] in known]),
        rows,
    )


def _without_grids(rows: list[Json]) -> frozenset[str]:
    """The figures that mean nothing where no grids are recorded: neither the page shows them."""
    recorded = any(
        row["figures"].get("grids") or "grids" in row["withheld"] for row in rows
    )
    return frozenset() if recorded else OF_GRIDS


def _columns(definitions: Iterable[Json]) -> list[Column]:
    return [
        code("代码", "key"),
        text("名称", "name"),
        *(_column(one) for one in definitions),
    ]


def _column(definition: Json) -> Column:
    show = rate if "part" in definition else whole
    column = show(definition["name"], f"figures/{definition['identifier']}")
    return replace(
        column, width=max(column.width, 2 * len(definition["name"]) + 4)
    )  # Beside the filter's button.


def _sheet(title: str, columns: Sequence[Column], documents: Iterable[Json]) -> Sheet:
    return Sheet(
        title,
        columns,
        ([column.of(document) for column in columns] for document in documents),
    )


def _valued(told: Json) -> Json:
    """With each of its values a fraction when it is a rate, to be shown as a percentage, and else whole."""
    of = float if told.get("unit") == "比率" else int
    names = ("value", "previous", "last_year", "target", "before", "after")
    return {
        **told,
        **{name: of(told[name]) for name in names if told.get(name) is not None},
    }


def _positions(answer: Json) -> Iterator[Json]:
    for log, position in sorted(answer["as_of"].items()):
        yield {
            "name": f"反映到{LOGS[log]}日志",
            "identifier": log,
            "value": position,
            "meaning": "日志中的第几个事件",
        }


FIGURES = (
    FigureTable(
        "breakdown", "展开的数字", "breakdown", _breakdown, _rows,
        lambda answer: f"{_called(answer)}{answer['period']}按{BREAKDOWNS[answer['by']]}",
    ),
    FigureTable(
        "span", "一段日子的数字", "span", _span, lambda answer: _span(answer)[:1],
        lambda answer: f"{_called(answer)}{answer['since']}至{answer['until']}",
    ),
    FigureTable(
        "unit", "一个联建单位做了什么", "unit_figures", _unit, lambda answer: _unit(answer)[:1],
        lambda answer: f"{answer['name']}{answer['since']}至{answer['until']}".translate(NOT_IN_A_NAME),
    ),
    FigureTable(
        "comparison", "对照的数字", "comparison", _comparison, lambda answer: _comparison(answer)[:1],
        lambda answer: f"{answer['name']}{answer['period']}对照",
    ),
    FigureTable(
        "series", "一个数字的变化", "series", _series, lambda answer: _series(answer)[:1],
        lambda answer: f"{answer['name']}{answer['definition']['name']}的变化",
    ),
    FigureTable(
        "report", "月报", "get_report", _report, _flat,
        lambda answer: f"{answer['name']}{answer['month']}月报第{answer['version']}版",
    ),
)  # fmt: skip
