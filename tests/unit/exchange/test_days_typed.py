"""Days, months and moments as people type them into a table."""

import marshmallow as ma
import pytest

from schemas import fields
from schemas.exchange.cells import value
from schemas.people.parts import Born
from tests.unit.exchange.as_typed import OFFERING, faults, faults_of
from tests.unit.exchange.clerks import Markup, Number


@pytest.mark.parametrize(
    "text",
    [
        "2026年6月1号",
        "2026年6月1日",
        "2026年06月01日",
        "２０２６年６月１日",
        "2026/6/1",
        "2026.6.1",
        "2026-6-1",
        "２０２６－０６－０１",
        "20260601",
        "2026-06-01 00:00:00",
        "2026/6/1 0:00",
        "2026年6月1日 星期一",
        "2026年6月1日（周一）",
        "2026 年 6 月 1 日",
        "二〇二六年六月一日",
        "二○二六年六月一号（星期一）",
        "二零二六年六月一日",
        "2026年六月1日",
        "2026–6–1",
        "2026—06—01",
        "2026‑06‑01",
    ],
)
def test_a_day_is_taken_however_it_is_typed(text: str) -> None:
    assert fields.Day().deserialize(value(fields.Day(), text)) == "2026-06-01"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二六年十月十日", "2026-10-10"),
        ("二〇二六年十一月二十一日", "2026-11-21"),
        ("二〇二六年十二月三十日", "2026-12-30"),
        ("二〇二六年五月廿三日", "2026-05-23"),
        ("二〇二六年五月卅日", "2026-05-30"),
        ("二〇二六年五月卅一日", "2026-05-31"),
        ("'2026-05-31", "2026-05-31"),
        ("2026年6月十三日 周六", "2026-06-13"),
    ],
)
def test_a_day_in_chinese_numerals_is_taken(text: str, day: str) -> None:
    assert value(fields.Day(), text) == day


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("1950", "1950"),
        ("1950年", "1950"),
        ("1950年生", "1950"),
        ("1950-03", "1950-03"),
        ("1950.3", "1950-03"),
        ("1950/3", "1950-03"),
        ("1950年3月", "1950-03"),
        ("１９５０年３月生", "1950-03"),
        ("一九五〇年十月", "1950-10"),
        ("195003", "1950-03"),
        ("1950年3月5日", "1950-03"),
        ("1950-03-05", "1950-03"),
        ("19500305", "1950-03"),
        ("1950-03-01 00:00:00", "1950-03"),
    ],
)
def test_when_somebody_was_born_is_taken_however_it_is_typed(
    text: str, month: str
) -> None:
    assert Born().deserialize(value(Born(), text)) == month


@pytest.mark.parametrize(
    "text",
    [
        "50年3月",
        "1950-13",
        "三月",
        "76岁",
        "1950-3-5-1",
        "1950-02-30",
        "1950年4月31日",
        "19500230",
        "1950①",
        "1950-1²",
    ],
)
def test_what_is_no_month_somebody_was_born_in_is_left_for_its_refusal(
    text: str,
) -> None:
    with pytest.raises(ma.ValidationError):
        Born().deserialize(value(Born(), text))


@pytest.mark.parametrize(
    "text", ["2026年2月30日", "2027/2/29", "20270229", "2027-13-01"]
)
def test_a_day_that_does_not_exist_is_called_that_however_it_is_typed(
    text: str,
) -> None:
    assert "这一天" in faults_of(ends=text)[0].message


@pytest.mark.parametrize("text", ["6月1日", "明天", "2026", "26.6.1"])
def test_what_is_no_day_or_two_is_refused_with_an_example(text: str) -> None:
    (fault,) = faults_of(ends=text)
    assert (fault.cell, fault.code) == ("M2", "bad_date")
    assert (
        fault.message
        == f"工作表“资源”M2（有效期至）填的是“{text}”：应为日期，例如 2026-06-13"
    )


@pytest.mark.parametrize(
    ("column", "text", "cell", "says"),
    [
        ("有效期至", "2026年6月1日 星期二", "M2", "2026-06-01 是星期一，不是星期二"),
        ("首次开始时间", "2026年6月13日（周天）9:00", "G2", "2026-06-13 是星期六，不是星期天"),
        ("例外日期", "2026-06-20、2026-06-27 周五", "J2", "2026-06-27 是星期六，不是星期五"),
    ],
)  # fmt: skip
def test_a_day_with_another_days_weekday_says_which_it_falls_on(
    column: str, text: str, cell: str, says: str
) -> None:
    (fault,) = faults_of(**{column: text})
    assert (fault.cell, says in fault.message) == (cell, True), fault.message


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2026-06-13 上午 9 点", "09:00"),
        ("2026-06-13 9 点 30 分", "09:30"),
        ("2026-06-13 9时05分00秒", "09:05"),
        ("2026-06-13 9 : 00", "09:00"),
        ("2026-06-13 2:30 p.m.", "14:30"),
        ("'2026-06-13 9:00", "09:00"),
        ("2026-06-13 9:00", "09:00"),
        ("2026年6月13号 9：00", "09:00"),
        ("2026/6/13 09:00:00", "09:00"),
        ("2026年6月13日9点", "09:00"),
        ("2026-06-13 下午2:30", "14:30"),
        ("2026年6月13日上午9点半", "09:30"),
        ("2026-6-13 14时15分", "14:15"),
        ("2026/6/13 2:30 PM", "14:30"),
        ("2026-06-13 12:00 AM", "00:00"),
        ("2026年6月13日 周六 晚上7:00", "19:00"),
        ("2026-06-13T09:00:00+08:00", "09:00"),
        ("2026-06-13T01:00:00Z", "09:00"),
        ("２０２６－６－１３　９：００", "09:00"),
        ("2026-06-13 中午12点", "12:00"),
        ("2026-06-13 00:00", "00:00"),
        ("2026-06-13 09:00:00.000", "09:00"),
        ("二〇二六年六月十三日上午九点半", "09:30"),
        ("2026年6月13日 周六六点", "06:00"),
        ("2026年6月13日下午两点一刻", "14:15"),
        ("2026年6月13日晚上十二点", "24:00"),
        ("2026-06-13 24:00", "24:00"),
        ("2026年6月13日24时", "24:00"),
        ("2026-06-13 凌晨12:30", "00:30"),
        ("2026-06-13 中午1点", "13:00"),
        ("2026-06-13 下午13:00", "13:00"),
        ("2026-06-13 下午12:30", "12:30"),
        ("2026-06-13 晚上5点", "17:00"),
        ("2026-06-13 晚7点", "19:00"),
        ("2026-06-13 早9点", "09:00"),
        ("2026-06-13 午后3点", "15:00"),
        ("2026-06-13 PM 3:00", "15:00"),
    ],
)
def test_a_moment_is_taken_however_it_is_typed(text: str, clock: str) -> None:
    day, clock = ("14", "00:00") if clock == "24:00" else ("13", clock)
    expected = fields.Instant().deserialize(f"2026-06-{day}T{clock}:00+08:00")
    assert fields.Instant().deserialize(value(fields.Instant(), text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "2026-06-13",
        "2026-06-13 9",
        "9:00",
        "周六上午",
        "2026-06-13 晚上1点",
        "2026-06-13 凌晨13:00",
        "2026-06-13 中午3点",
        "2026-06-13 上午14:00",
        "2026-06-13 9:00-11:00",
    ],
)
def test_a_moment_without_a_day_or_a_time_is_asked_for_both(text: str) -> None:
    (fault,) = faults_of(starts=text)
    assert (
        fault.message
        == f"工作表“资源”G2（首次开始时间）填的是“{text}”：应为日期和时刻，例如 2026-06-13 9:00"
    )


@pytest.mark.parametrize("cell", [Number("46193", 14), Number("20260620")])
def test_one_of_several_days_may_be_a_day_to_the_spreadsheet(cell: Number) -> None:
    assert faults("offerings", **OFFERING | {"例外日期": cell}) == []


def test_one_of_several_days_that_is_a_number_is_refused_as_a_day() -> None:
    (fault,) = faults("offerings", **OFFERING | {"例外日期": Number("46193")})
    assert (fault.cell, fault.code) == ("J2", "bad_date")
    assert "请把单元格格式设为“日期”" in fault.message


def test_a_day_that_there_is_not_in_a_strict_workbook_is_called_that() -> None:
    cell = Markup('t="d"', "<v>2026-06-31</v>")
    (fault,) = faults("offerings", **OFFERING | {"有效期至": cell})
    assert (fault.cell, fault.code) == ("M2", "bad_date")
    assert "没有 2026-06-31 这一天" in fault.message


def test_a_number_that_is_written_as_a_day_there_is_not_says_that() -> None:
    (fault,) = faults("offerings", **OFFERING | {"有效期至": Number("20260230")})
    assert "没有 2026-02-30 这一天" in fault.message
    (fault,) = faults("offerings", **OFFERING | {"首次开始时间": Number("46186.375")})
    assert "请把单元格格式设为“日期”" in fault.message
