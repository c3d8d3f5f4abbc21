"""`xfh divisions load`: once, again, changed and wrong."""

from pathlib import Path

from services.kit.config import Settings
from services.xfh.commands.divisions import packaged
from services.xfh.commands.network import store_of
from tests.integration.cli.conftest import Xfh

HEADING = "code,name,level,parent,status\n"
DISTRICT = "510108,成华区,district,,official\n"
STREET = "510108002,猛追湾街道,street,510108,official\n"
COMMUNITY = "510108002001,望平社区,community,510108002,demo\n"


def head(settings: Settings) -> int:
    with store_of(settings, "branches") as store:
        return store.log.head()


def test_the_packaged_divisions_are_one_district_eleven_streets_and_83_communities(
    xfh: Xfh, settings: Settings
) -> None:
    assert xfh("divisions", "load") == (0, "新登记 95 个区划，0 个没有变化\n", "")
    with store_of(settings, "branches") as store:
        divisions = [event.data for event in store.log.read(0, 100)]
    levels = [division["level"] for division in divisions]
    assert [levels.count(level) for level in ("district", "street", "community")] == [
        1,
        11,
        83,
    ]
    assert {
        division["status"] for division in divisions if division["level"] == "community"
    } == {"demo"}


def test_loading_twice_records_nothing_twice(xfh: Xfh, settings: Settings) -> None:
    xfh("divisions", "load")
    assert xfh("divisions", "load").out == "新登记 0 个区划，95 个没有变化\n"
    assert head(settings) == 95


def test_a_name_may_change_and_change_back(
    xfh: Xfh, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "区划.csv"
    for name in ("望平社区", "新望平社区", "望平社区"):
        file.write_text(
            HEADING + DISTRICT + STREET + COMMUNITY.replace("望平社区", name),
            encoding="utf-8",
        )
        assert xfh("divisions", "load", file).code == 0
    assert head(settings) == 5


def test_rows_in_any_order_may_rest_on_one_another(xfh: Xfh, tmp_path: Path) -> None:
    file = tmp_path / "区划.csv"
    file.write_text(HEADING + COMMUNITY + STREET + DISTRICT, encoding="utf-8")
    assert xfh("divisions", "load", file).out == "新登记 3 个区划，0 个没有变化\n"


def test_one_wrong_row_leaves_nothing_recorded_and_each_is_told(
    xfh: Xfh, settings: Settings, tmp_path: Path
) -> None:
    file = tmp_path / "区划.csv"
    wrong = [
        "51010800,短,street,510108,official",
        "510108003,错级街道,community,510108,official",
        "510108003001,无根社区,community,510108003,demo",
        "510108099001,孤儿社区,community,510108099,demo",
        "510108004,,street,510108,official",
        "510108,成华区,district,,official",
        "510108005,某街道,street,510107,maybe",
        '510108006,"两行\n街道",street,510108,official',
        "510108007,私用\ue000街道,street,510108,official",
    ]
    file.write_text(HEADING + DISTRICT + "\n".join(wrong), encoding="utf-8")
    ran = xfh("divisions", "load", file)
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "第 3 行: 代码 51010800 应为 6、9 或 12 位数字",
        "第 4 行: 代码 510108003 的级别应为 street，不是 community",
        "第 6 行: 没有上级区划 510108099",
        "第 7 行: 名称 （空）：不能为空",
        "第 8 行: 代码 510108 与第 2 行重复",
        "第 9 行: 代码 510108005 的上级不能是 510107",
        "第 9 行: 状态应为 official、demo，不是 maybe",
        "第 9 行: 没有上级区划 510107",
        "第 10 行: 名称 两行□街道：只能写一行，请去掉换行",
        "第 12 行: 名称 私用□街道：含有不能使用的字符 U+E000（私用区字符，别的电脑上看不到），请去掉",
    ]
    assert ran.err.startswith("没有登记任何区划")
    assert head(settings) == 0


def test_a_community_is_ended_or_taken_back(xfh: Xfh, settings: Settings) -> None:
    assert xfh("divisions", "load").code == 0
    code = packaged()[-1].code
    before = head(settings)
    assert (
        xfh("divisions", "end", code, "2020-01-01").err
        == "最早到今天为止，已经过去的日子不能改\n"
    )
    assert xfh("divisions", "end", code, "昨天").code == 1
    assert head(settings) == before
    assert xfh("divisions", "withdraw", code).code == 0
    again = xfh("divisions", "withdraw", code)
    assert (again.code, head(settings)) == (1, before + 1)
    assert xfh("divisions", "load").code == 0
    assert xfh("divisions", "end", code, "2099-12-31").code == 0
    assert head(settings) == before + 3
