"""Lists of before the platform come with their own days and states."""

from typing import Any

from schemas.exchange.kinds import OFFERING, PARTNER, UNIT
from tests.integration.exchange.tables import (
    listed,
    offering,
    outcomes,
    partner,
    unit,
    upload,
)
from tests.integration.gateway_stage import COMMUNITY, Gateway
from tests.unit.exchange.books import book


def test_old_lists_come_with_their_own_days_and_states(fresh: Gateway) -> None:
    def table(*rows: dict[str, Any]) -> bytes:
        return book(list(rows[0]), *[list(row.values()) for row in rows])

    old = dict(zip(UNIT.values(), unit(1), strict=True)) | {
        "加入日期": "2019年3月5日",
        "审核状态": "已通过",
    }
    rejected = dict(zip(UNIT.values(), unit(2), strict=True)) | {
        "加入日期": None,
        "审核状态": "未通过",
    }
    told = upload(
        fresh,
        "units",
        table(
            old | {"最近决定的原因": None}, rejected | {"最近决定的原因": "名称不符"}
        ),
    )
    assert (told["imported"], told["refused"]) == (2, 0)
    assert [(one.get("joined_on"), one["state"]) for one in listed(fresh, "/units")] == [
        ("2019-03-05", "approved"), (None, "rejected"),
    ]  # fmt: skip
    wrong = upload(
        fresh,
        "units",
        table(old | {"审核状态": "待审核", "最近决定的原因": "名称不符"}),
    )
    assert outcomes(wrong) == [(2, "refused", ["of_another_state"])]

    owner = told["rows"][0]["id"]
    was = dict(zip(OFFERING.values(), offering(owner), strict=True))
    was |= {
        "首次开始时间": "2024-03-02 9:00",
        "有效期至": "2024-12-31",
        "例外日期": None,
    }
    assert outcomes(upload(fresh, "offerings", table(was))) == [
        (2, "refused", ["in_the_past"])
    ]
    assert (
        upload(fresh, "offerings", table(was | {"下架日期": "2024年12月31日"}))[
            "imported"
        ]
        == 1
    )
    (retired,) = listed(fresh, "/offerings?state=retired", "&")
    assert (retired["retired_on"], retired["valid_until"]) == (
        "2024-12-31",
        "2024-12-31",
    )

    branch = {
        "党支部名称": "示例支部",
        "所在企业": "示例传媒",
        "社区代码": COMMUNITY,
        "成立日期": "2015/7/1",
    }
    ended = branch | {
        "党支部名称": "旧支部",
        "状态": "已撤销",
        "撤销日期": "2023-06-30",
        "撤销的原因": "企业迁出",
    }
    here = branch | {"状态": "正常", "撤销日期": None, "撤销的原因": None}
    assert upload(fresh, "branches", table(here, ended))["imported"] == 2
    kept = {
        one["name"]: (one["established_on"], one["state"], one.get("ended_on"))
        for one in listed(fresh, "/branches")
    }
    assert kept == {
        "示例支部": ("2015-07-01", "established", None), "旧支部": ("2015-07-01", "dissolved", "2023-06-30"),
    }  # fmt: skip

    grid = {
        "微网格编码": "W-1",
        "名称": "一",
        "社区代码": COMMUNITY,
        "有效期始": "2020-01-01",
        "有效期止": "2023-12-31",
    }
    assert upload(fresh, "grids", table(grid))["imported"] == 1

    out = dict(zip(PARTNER.values(), partner("旧书屋"), strict=True))
    out |= {
        "审核状态": "已退出",
        "最近决定的原因": "停业或解散",
        "加入联盟日期": "2021-05-04",
    }
    assert upload(fresh, "partners", table(out))["imported"] == 1
    (left,) = listed(fresh, "/partners")
    assert (left["state"], left["alliance"][0]["since"]) == ("withdrawn", "2021-05-04")
