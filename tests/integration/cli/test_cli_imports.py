"""`xfh import`: all rows or none, and never twice."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook
from stdnum.cn import uscc

from services.kit.config import Settings
from services.xfh.commands.network import store_of
from tests.integration.cli.conftest import Xfh

UNITS = "单位名称,统一社会信用代码,行业,社区代码,职工人数,联系人职务"
COMMUNITY = "510108002001"
TOMORROW = datetime.now(UTC) + timedelta(days=1)


def credit_code(number: int) -> str:
    seventeen = f"91510108MA{number:07}"
    return seventeen + uscc.calc_check_digit(seventeen)


def unit(number: int, **changes: str) -> str:
    cells = {
        "name": f"虚构单位{number}",
        "code": credit_code(number),
        "industry": "电力",
    } | changes
    return f"{cells['name']},{cells['code']},{cells['industry']},{changes.get('community', COMMUNITY)},12,联络员"


def table(folder: Path, *rows: str) -> Path:
    file = folder / "导入.csv"
    file.write_text("\n".join(rows) + "\n", encoding="gb18030")
    return file


def heads(settings: Settings, *services: str) -> list[int]:
    found = []
    for service in services:
        with store_of(settings, service) as store:
            found.append(store.log.head())
    return found


@pytest.fixture(autouse=True)
def _divisions(xfh: Xfh) -> None:
    xfh("divisions", "load")


def test_units_are_imported_and_never_twice(
    xfh: Xfh, settings: Settings, tmp_path: Path
) -> None:
    file = table(tmp_path, UNITS, unit(1), unit(2), "", unit(3))
    assert xfh("import", "units", file).out == "已导入 3 行\n"
    assert xfh("import", "units", file).out == "已导入 0 行，3 行此前已导入\n"
    assert heads(settings, "cobuild") == [3]


def test_rows_added_to_a_file_are_imported_beside_the_old_ones(
    xfh: Xfh, settings: Settings, tmp_path: Path
) -> None:
    xfh("import", "units", table(tmp_path, UNITS, unit(1)))
    assert (
        xfh("import", "units", table(tmp_path, UNITS, unit(1), unit(2))).out
        == "已导入 1 行，1 行此前已导入\n"
    )


def test_a_refused_row_leaves_nothing_imported_and_every_refusal_is_told(
    xfh: Xfh, settings: Settings, tmp_path: Path
) -> None:
    wrong = credit_code(2)[:-1] + "I"
    ran = xfh(
        "import",
        "units",
        table(tmp_path, UNITS, unit(1), unit(2, code=wrong), unit(3, industry="钓鱼")),
    )
    assert ran.code == 1
    first, second = ran.out.splitlines()
    assert first.startswith(f"B3（统一社会信用代码）填的是“{wrong}”：")
    assert first.endswith("(bad_credit_code)")
    assert second.startswith("C4（行业）填的是“钓鱼”：只能填 电力")
    assert heads(settings, "cobuild") == [0]


def test_what_only_the_rules_can_know_also_leaves_nothing_imported(
    xfh: Xfh, settings: Settings, tmp_path: Path
) -> None:
    rows = [unit(1), unit(2, code=credit_code(1)), unit(3, community="510108999001")]
    ran = xfh("import", "units", table(tmp_path, UNITS, *rows), "--approve")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        f"B3（统一社会信用代码）填的是“{credit_code(1)}”：已有同代码单位: 虚构单位1 (duplicate_credit_code)",
        "D4（社区代码）填的是“510108999001”：没有区划代码为 510108999001 的街道或社区 (unknown_division)",
    ]
    assert ran.err == "没有导入任何内容：2 处有问题\n"
    assert heads(settings, "cobuild") == [0]


def test_the_same_row_twice_is_refused(xfh: Xfh, tmp_path: Path) -> None:
    ran = xfh("import", "units", table(tmp_path, UNITS, unit(1), unit(1)))
    assert ran.code == 1
    assert ran.out == "第 3 行：与第 2 行完全相同 (duplicate_row)\n"


def test_units_registered_earlier_are_approved_by_a_later_import(
    xfh: Xfh, settings: Settings, tmp_path: Path
) -> None:
    file = table(tmp_path, UNITS, unit(1), unit(2))
    xfh("import", "units", file)
    assert (
        xfh("import", "units", file, "--approve").out
        == "已导入 0 行，2 行此前已导入，审核通过 2 行\n"
    )
    assert (
        xfh("import", "units", file, "--approve").out
        == "已导入 0 行，2 行此前已导入，审核通过 0 行\n"
    )
    with store_of(settings, "cobuild") as store:
        types = [event.type for event in store.log.read(0, 10)]
    assert types == ["unit_registered.v1"] * 2 + ["unit_approved.v1"] * 2


def test_branches_come_with_their_secretary_and_activities_are_drafted_in_the_secretarys_name(
    xfh: Xfh, settings: Settings, tmp_path: Path
) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(
        ["党支部名称", "所在企业", "社区代码", "书记人员编号", "任职首日", "任职末日"]
    )
    since, until = (
        (TOMORROW - timedelta(days=30)).date(),
        (TOMORROW + timedelta(days=300)).date(),
    )
    book.active.append(["虚构直播支部", "虚构传媒", COMMUNITY, "P7", since, until])
    book.active.append(["虚构电商支部", "虚构电商", COMMUNITY, None, None, None])
    book.save(tmp_path / "支部.xlsx")
    assert (
        xfh("import", "branches", tmp_path / "支部.xlsx").out
        == "已导入 2 行，任命书记 1 行\n"
    )
    with store_of(settings, "branches") as store:
        appointed = next(
            event
            for event in store.log.read(95, 10)
            if event.type == "secretary_appointed.v1"
        )

    hours = f"{TOMORROW:%Y/%m/%d} 9:00,{TOMORROW:%Y/%m/%d} 11:00"
    row = f"branch/{appointed.data['branch']},端午读书会,亲子阅读,{COMMUNITY},红色驿站,{hours},30"
    heading = "主办方,活动名称,活动类别,社区代码,地点,开始时间,结束时间,名额,发布人编号"
    file = table(tmp_path, heading, f"{row},P8")
    refused = xfh("import", "activities", file).out
    assert (
        refused
        == f"A2（主办方）填的是“branch/{appointed.data['branch']}”：您今天不是这个支部的在任书记 (not_the_secretary)\n"
    )
    file = table(tmp_path, heading, f"{row},P7")
    assert xfh("import", "activities", file) == (0, "已导入 1 行\n", "")
    assert xfh("import", "activities", file).out == "已导入 0 行，1 行此前已导入\n"
    assert heads(settings, "activities") == [1]


def test_an_activity_is_imported_with_how_one_takes_part_and_its_link(
    xfh: Xfh, settings: Settings, tmp_path: Path
) -> None:
    hours = f"{TOMORROW:%Y/%m/%d} 9:00,{TOMORROW:%Y/%m/%d} 11:00"
    heading = "主办方,活动名称,活动类别,社区代码,地点,开始时间,结束时间,名额,参加方式,线上链接"
    row = f"community/{COMMUNITY},读书会,亲子阅读,{COMMUNITY},红色驿站,{hours},30"
    link = "https://meeting.example.org/123"
    refused = xfh(
        "import", "activities", table(tmp_path, heading, f"{row},线下,{link}")
    )
    assert "not_online" in refused.out
    file = table(tmp_path, heading, f"{row},线上和线下,{link}", f"{row[:-1]}1,线下,")
    assert xfh("import", "activities", file) == (0, "已导入 2 行\n", "")
    with store_of(settings, "activities") as store:
        drafted = [event.data for event in store.log.read(0, 10)]
    assert [one["mode"] for one in drafted] == ["both", "onsite"]
    assert [one["sessions"][0].get("link") for one in drafted] == [link, None]


def test_a_template_can_be_filled_in_and_imported(
    xfh: Xfh, settings: Settings, tmp_path: Path
) -> None:
    heading = xfh("import", "units", "--template").out.strip()
    file = tmp_path / "模板.csv"
    file.write_text(f"{heading}\n{unit(1)}\n", encoding="utf-8")
    assert xfh("import", "units", file).out == "已导入 1 行\n"
    assert settings.data == tmp_path


def test_partners_and_offerings_are_imported_like_units(
    xfh: Xfh, settings: Settings, tmp_path: Path
) -> None:
    heading = "名称,合伙人类型,统一社会信用代码,社区代码,服务类别,联系人职务"
    partner = f"虚构书店,社区商家,{credit_code(9)},{COMMUNITY},亲子教育、文化体育,店长"
    assert (
        xfh("import", "partners", table(tmp_path, heading, partner)).out
        == "已导入 1 行\n"
    )
    assert heads(settings, "partners") == [1]

    xfh("import", "units", table(tmp_path, UNITS, unit(1)), "--approve")
    with store_of(settings, "cobuild") as store:
        owner = store.log.read(0, 1)[0].data["unit"]
    heading = (
        "联建单位编号,资源名称,服务类别,服务对象,地点,社区代码,每周期次数,周期,有效期至"
    )
    rows = [
        f"{owner},线路检查,零距离安全,老人、儿童,广场,{COMMUNITY},2,week,{day}"
        for day in ("2099-12-31", "很久")
    ]
    assert (
        xfh("import", "offerings", table(tmp_path, heading, rows[0])).out
        == "已导入 1 行\n"
    )
    refused = xfh("import", "offerings", table(tmp_path, heading, *rows))
    assert (
        refused.out
        == "I3（有效期至）填的是“很久”：应为日期，例如 2026-06-13 (bad_date)\n"
    )


@pytest.mark.parametrize(
    "kind", ["units", "partners", "offerings", "branches", "activities"]
)
def test_a_file_that_is_not_there_is_told(kind: str, xfh: Xfh, tmp_path: Path) -> None:
    ran = xfh("import", kind, tmp_path / "没有.csv")
    assert ran.code == 1
    assert "没有.csv" in ran.err


def test_grids_are_imported_and_never_twice(
    xfh: Xfh, settings: Settings, tmp_path: Path
) -> None:
    before = heads(settings, "branches")[0]
    rows = [
        f"W-{number},第{number}微网格,{COMMUNITY},2026-01-01" for number in range(3)
    ]
    file = table(tmp_path, "微网格编码,名称,社区代码,有效期始", *rows)
    assert xfh("import", "grids", file).out == "已导入 3 行\n"
    assert xfh("import", "grids", file).out == "已导入 0 行，3 行此前已导入\n"
    overlapping = table(
        tmp_path,
        "微网格编码,名称,社区代码,有效期始",
        "W-9,新网格,510108002001,2026-01-01",
        "W-1,又一个,510108002001,2026-02-01",
    )
    assert (
        "D3（有效期始）填的是“2026-02-01”：微网格 W-1 已登记"
        in xfh("import", "grids", overlapping).out
    )
    assert heads(settings, "branches") == [before + 3]


def test_a_code_that_a_spreadsheet_made_a_number_is_refused_and_more_columns_are_passed_over_on_request(
    xfh: Xfh, settings: Settings, tmp_path: Path
) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["微网格编码", "名称", "社区代码", "有效期始", "序号"])
    book.active.append([510108002001003001, "字", int(COMMUNITY), TOMORROW.date(), 1])
    book.save(tmp_path / "网格.xlsx")
    assert "不认识的列：序号" in xfh("import", "grids", tmp_path / "网格.xlsx").err
    ran = xfh("import", "grids", tmp_path / "网格.xlsx", "--skip-extra")
    # Of the community's code no digit can have been lost.
    (line,) = ran.out.splitlines()
    assert line.partition("（")[0] == "工作表“Sheet”A2"
    file = table(
        tmp_path,
        "微网格编码;名称;社区代码;有效期始;序号",
        f"W-8;字;{COMMUNITY};2026年6月1号;1",
    )
    ran = xfh("import", "grids", file, "--skip-extra")
    assert (ran.out, ran.err) == ("已导入 1 行\n", "没有导入的列：序号\n")
