"""The figures of a scope broken down, of any days, and of what a unit has done."""

from collections.abc import Iterator

from gateway.figures.paragraph import of_span, of_unit
from gateway.files.figures.sheets import (
    ABOUT,
    EMPTY,
    about,
    defined,
    file_name,
    of_rows,
    of_scope,
    positions,
    sheet,
)
from gateway.files.formats import Sheet
from schemas.documents import Json

BREAKDOWNS = {
    "division": "街道社区", "category": "活动类别", "need_category": "需求类别", "campaign": "主题活动",
    "host": "主办方", "unit": "联建单位", "time": "下级时段",
}  # fmt: skip
LEFT_OUT = {"people_served": "服务群众", "service_minutes": "服务时长"}


def breakdown(answer: Json) -> list[Sheet]:
    """The rows, and what they are of."""
    lines = [
        *_of_what(answer),
        {"name": "时段", "identifier": answer["period"]},
        {"name": "相加", "meaning": answer["note"]},
        EMPTY,
        *positions(answer),
        *defined(answer),
    ]
    return [*breakdown_rows(answer), about(lines)]


def breakdown_rows(answer: Json) -> list[Sheet]:
    """The one table of it."""
    title = f"按{BREAKDOWNS[answer['by']]}"
    return [of_rows(title, answer["rows"], answer["definitions"])]


def breakdown_name(answer: Json) -> str:
    return f"{_of_whom(answer)}{answer['period']}按{BREAKDOWNS[answer['by']]}"


def span(answer: Json) -> list[Sheet]:
    """The figures of any days, and what they are of."""
    lines = [
        *_of_what(answer),
        {
            "name": "时段",
            "identifier": f"{answer['since']}/{answer['until']}",
            "meaning": f"{_days(answer)}；人数不可按天相加，为空",
        },
        {"name": "小结", "meaning": of_span(answer)},
        EMPTY,
        *positions(answer),
    ]
    return [sheet("数字", ABOUT, defined(answer)), about(lines)]


def span_name(answer: Json) -> str:
    return f"{_of_whom(answer)}{answer['since']}至{answer['until']}"


def unit(answer: Json) -> list[Sheet]:
    """The figures of a unit, and what they are of."""
    community = answer["community_name"]
    lines = [
        {"name": "联建单位", "identifier": answer["unit"], "meaning": answer["name"]},
        {"name": "所在社区", "identifier": answer["community"], "meaning": community},
        {"name": "时段", "meaning": _days(answer)},
        {"name": "小结", "meaning": of_unit(answer)},
        *_left_out(answer),
        EMPTY,
        *positions(answer),
    ]
    return [sheet("做了什么", ABOUT, defined(answer)), about(lines)]


def unit_name(answer: Json) -> str:
    return file_name(f"{answer['name']}{answer['since']}至{answer['until']}")


def _of_what(answer: Json) -> Iterator[Json]:
    yield of_scope(answer)
    yield {"name": "主题活动", "meaning": answer.get("campaign", "全部")}


def _of_whom(answer: Json) -> str:
    campaign = f"“{answer['campaign']}”" if "campaign" in answer else ""
    return file_name(f"{answer['name']}{campaign}")


def _days(answer: Json) -> str:
    return f"{answer['since']} 至 {answer['until']}（含首尾两天）"


def _left_out(answer: Json) -> Iterator[Json]:
    """In how many sessions there were too few to be told of."""
    for figure, name in LEFT_OUT.items():
        yield {
            "name": f"没有计入{name}的场次",
            "value": answer["left_out"][figure],
            "meaning": "不足 5 人",
        }
