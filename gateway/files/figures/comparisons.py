"""Figures beside those of another period, and a figure over time."""

from collections.abc import Iterator
from dataclasses import replace

from gateway.figures.paragraph import of_comparison
from gateway.files.columns import Column, code, text
from gateway.files.figures.sheets import (
    EMPTY,
    about,
    meaning,
    mixed,
    of_scope,
    positions,
    sheet,
    valued,
)
from gateway.files.formats import Sheet
from schemas.documents import Json

SAME_DAYS = ("previous", "last_year")
COMPARED_PERIODS = {"period": "本时段", "previous": "上一时段", "last_year": "去年同期"}
COMPARED = (
    text("数字", "name"), mixed("本时段", "value"), mixed("上一时段", "previous"), mixed("去年同期", "last_year"),
    mixed("目标", "target"), text("单位", "unit"), meaning("说明", "meaning"),
)  # fmt: skip


def comparison(answer: Json) -> list[Sheet]:
    """Each figure beside those of other periods, and which these are."""
    lines = [
        of_scope(answer),
        *_periods(answer),
        {"name": "小结", "meaning": of_comparison(answer)},
        EMPTY,
        *positions(answer),
    ]
    columns = list(map(_marked, COMPARED)) if "until" in answer else list(COMPARED)
    return [sheet("对照", columns, map(valued, answer["items"])), about(lines)]


def comparison_name(answer: Json) -> str:
    return f"{answer['name']}{answer['period']}对照"


def _periods(answer: Json) -> Iterator[Json]:
    """Each of the periods compared, and how far it is counted."""
    for field, name in COMPARED_PERIODS.items():
        counted = _counted(answer, field)
        yield {"name": name, "identifier": answer[field], "meaning": counted}


def _counted(answer: Json, field: str) -> str | None:
    """Nothing where the whole period is."""
    if field in answer["absent"]:
        return "没有数字，不作比较"
    until = answer.get("until", {}).get("value" if field == "period" else field)
    if not until:
        return None
    if field == "period":
        return f"截至 {until}"
    return f"截至 {until}（截至同日）；人数不可按天相加，不作比较"


def _marked(column: Column) -> Column:
    """The heading of a period that is counted as far as the one under way."""
    if column.field not in SAME_DAYS:
        return column
    return replace(column, heading=f"{column.heading}（截至同日）")


def series(answer: Json) -> list[Sheet]:
    """The points of a figure, oldest first, and what it means."""
    definition = answer["definition"]
    unit = {"unit": definition["unit"]}
    points = [valued(point | unit) for point in answer["points"]]
    columns = [code("时段", "period"), mixed(definition["name"], "value")]
    lines = [of_scope(answer), definition, EMPTY, *positions(answer)]
    return [sheet("变化", columns, points), about(lines)]


def series_name(answer: Json) -> str:
    return f"{answer['name']}{answer['definition']['name']}的变化"
