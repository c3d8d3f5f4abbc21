"""Why somebody decided so stays in the log for ever: nobody is to be reached, or known for certain, by it."""

from collections.abc import Iterator

import marshmallow as ma
import pytest

from schemas import catalogue, fields
from schemas.cobuild.needs import VerifyNeed
from schemas.decisions import Reason
from services.kit.entrypoints import Command
from services.kit.service import entrypoints
from services.xfh import registry
from tests.examples import cobuild as examples

REASON = Reason(required=True)
WHY = {"reason", "override"}
TOLD = (
    "王大爷 13800001234 不接电话",
    "王大爷 138 0000 1234 不接",
    "138-0000-1234 打不通",
    "+8613800001234 打不通",
    "１３８００００１２３４ 打不通",
    "tel13800001234 打不通",
    "身份证 510108195003071234 对不上",
    "身份证51010819500307123X对不上",
)
FINE = (
    "请先问物业",
    "2026-11-30 2026-12-01 两天下雨",
    "信用代码 91510108MA6C000007 已登记",
    "编号 01K0SGN0000000000000000002",
    "第 1380000123 号文件",
    "报名 13 人，只到 5 人",
)


@pytest.mark.parametrize("said", TOLD)
def test_a_reason_by_which_somebody_is_reached_is_refused(said: str) -> None:
    with pytest.raises(ma.ValidationError) as caught:
        REASON.deserialize(said)
    [told] = fields.complaints(caught.value)
    assert told["code"] == "names_somebody"


def test_nor_does_the_title_of_a_need_say_whose_it_is() -> None:
    told = VerifyNeed().validate({"need": "N1", "urgency": "routine", "title": TOLD[0]})
    [complaint] = fields.complaints(ma.ValidationError(told))
    assert (complaint["path"], complaint["code"]) == ("title", "names_somebody")


@pytest.mark.parametrize("said", FINE)
def test_other_numbers_are_nobodys(said: str) -> None:
    assert REASON.deserialize(said) == said


def texts_of_commands() -> Iterator[tuple[str, str, ma.fields.Field[object]]]:
    for name in registry.SERVICES:
        for mark in entrypoints(registry.load(name)):
            if isinstance(mark, Command) and "system" not in mark.by:
                for field, kind in mark.schema().fields.items():
                    yield mark.name, field, kind


def test_every_reason_that_is_typed_is_one() -> None:
    """Or one of a list."""
    whys = [(name, kind) for name, field, kind in texts_of_commands() if field in WHY]
    assert len(whys) > 25
    assert all(isinstance(kind, Reason | fields.OneOf) for _, kind in whys), [
        name for name, kind in whys if not isinstance(kind, Reason | fields.OneOf)
    ]


def test_what_was_written_before_is_told_on_as_it_was() -> None:
    said = {**examples.EVENTS["need_rejected.v1"], "reason": TOLD[0]}
    catalogue.check("need_rejected.v1", said)
