"""What may be imported: the commands a row becomes, their columns, and cells as the values the schemas expect."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from marshmallow.fields import Field

from schemas import fields
from services.kit.actor import OPERATOR, Actor, Role
from services.kit.calendar import LOCAL

KEEPERS = {
    "branch": "branch_secretary",
    "unit": "unit_liaison",
    "partner": "partner_manager",
    "community": "community_worker",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A command and the headings of its fields. `about` is the field that names what the row's first step made."""

    command: str
    done: str
    columns: Mapping[str, str]
    about: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A row is the first step, then each other that has a cell filled in or, having no columns, was asked for."""

    service: str
    steps: tuple[Step, ...]
    posted_by: str = ""

    def columns(self) -> dict[str, str]:
        """Every column's heading by field."""
        own = {field: heading for step in self.steps for field, heading in step.columns.items()}
        return own | ({"by": self.posted_by} if self.posted_by else {})

    def actor(self, cells: Mapping[str, str]) -> Actor:
        """The operator, or who the row says posts it: the rules still ask whether they may."""
        return keeper(cells.get("host", ""), cells.get("by", OPERATOR.id)) if self.posted_by else OPERATOR


def keeper(host: str, id: str) -> Actor:
    """`id` in the role that posts for `host`."""
    kind, _, code = host.partition("/")
    return Actor(id, (Role(KEEPERS.get(kind, "operator"), code if kind == "community" else host),))


KINDS = {
    "units": Kind(
        "cobuild",
        (
            Step(
                "register_unit",
                "登记",
                {
                    "name": "单位名称",
                    "credit_code": "统一社会信用代码",
                    "industry": "行业",
                    "community": "社区代码",
                    "members": "职工人数",
                    "contact_role": "联系人职务",
                },
            ),
            Step("approve_unit", "审核通过", {}, about="unit"),
        ),
    ),
    "branches": Kind(
        "branches",
        (
            Step(
                "establish_branch",
                "登记",
                {"name": "党支部名称", "company": "所在企业", "community": "社区代码", "site": "阵地编号"},
            ),
            Step(
                "appoint_secretary",
                "任命书记",
                {"person": "书记人员编号", "since": "任职首日", "until": "任职末日"},
                about="branch",
            ),
        ),
    ),
    "activities": Kind(
        "activities",
        (
            Step(
                "draft_activity",
                "登记",
                {
                    "host": "主办方",
                    "title": "活动名称",
                    "summary": "活动介绍",
                    "category": "活动类别",
                    "campaign": "主题活动",
                    "community": "社区代码",
                    "place": "地点",
                    "starts_at": "开始时间",
                    "ends_at": "结束时间",
                    "cutoff": "报名截止时间",
                    "capacity": "名额",
                },
            ),
        ),
        posted_by="发布人编号",
    ),
}


def value(field: Field[Any], text: str) -> Any:
    """A cell as JSON for `field`; what cannot be is left as it is, for the schema to refuse."""
    match field:
        case fields.Whole() if re.fullmatch(r"-?[0-9]{1,18}", text):
            return int(text)
        case fields.Many():
            return [value(field.inner, part) for part in re.split(r"[、,，;；]", text) if part]
        case fields.Instant():
            return _local_instant(text)
        case fields.Day():
            return _day(text)
    return text


def _local_instant(text: str) -> str:
    """`2026-06-13 9:00` or `2026/6/13 09:00:00`, without an offset, is the district's own time."""
    day, _, clock = text.replace("T", " ").partition(" ")
    hours, _, rest = clock.strip().partition(":")
    try:
        moment = datetime.fromisoformat(f"{_day(day)}T{hours.zfill(2)}:{rest}" if clock else _day(day))
    except ValueError:
        return text
    return (moment if moment.tzinfo else moment.replace(tzinfo=LOCAL)).isoformat()


def _day(text: str) -> str:
    """`2026/6/1` and `2026-6-1` as `2026-06-01`."""
    parts = re.fullmatch(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})", text)
    if parts is None:
        return text
    try:
        return date(*map(int, parts.groups())).isoformat()
    except ValueError:
        return text
