"""Days, times, hours, numbers and words as people type them into a table, and what they are told when it cannot be."""

from typing import Any

import marshmallow as ma
import pytest

from schemas import fields
from schemas.cobuild.needs import SLOTS, SLOTS_IN_WORDS
from schemas.exchange import openings, tables
from schemas.exchange.as_written import COUNTED_IN
from schemas.exchange.cells import value
from schemas.exchange.kinds import KINDS
from schemas.exchange.rows import Fault, Where, plan
from schemas.exchange.wanted import example
from schemas.opening_hours import OpeningHours
from schemas.people.parts import Born, Phone
from tests.unit.exchange.clerks import Cell, Leaf, Markup, Number, workbook

COMMUNITY = "510108002001"
WEEKDAYS = ["MO", "TU", "WE", "TH", "FR"]


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
    "text",
    [
        "13900005678、13900005679",
        "13900005678/13900005679",
        "139-0000-5678；139 0000 5679",
    ],
)
def test_several_phones_are_told_apart(text: str) -> None:
    phones = fields.Many(Phone(), 0, 3)
    assert phones.deserialize(value(phones, text)) == [
        "+8613900005678",
        "+8613900005679",
    ]


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


@pytest.mark.parametrize(
    ("text", "days", "ranges"),
    [
        ("周一至周五 9:00-18:00", WEEKDAYS, ["09:00-18:00"]),
        ("天天 9:00-18:00", [*WEEKDAYS, "SA", "SU"], ["09:00-18:00"]),
        ("周 日 9:00-18:00", ["SU"], ["09:00-18:00"]),
        ("周三、日 9:00-18:00", ["WE", "SU"], ["09:00-18:00"]),
        ("周一至天 9:00-18:00", [*WEEKDAYS, "SA", "SU"], ["09:00-18:00"]),
        ("周六 日 9:00:00-18:00:00", ["SA", "SU"], ["09:00-18:00"]),
        ("周一至周五 9：00－18：00", WEEKDAYS, ["09:00-18:00"]),
        ("周一到周五９：００～１８：００", WEEKDAYS, ["09:00-18:00"]),
        ("星期一至五 09:00—18:00", WEEKDAYS, ["09:00-18:00"]),
        ("工作日 9点-17点半", WEEKDAYS, ["09:00-17:30"]),
        ("周一、周三、周五 9:00-11:00", ["MO", "WE", "FR"], ["09:00-11:00"]),
        ("周一、三、五 9:00-11:00", ["MO", "WE", "FR"], ["09:00-11:00"]),
        (
            "周末上午9:00-12:00，下午2:00-5:00",
            ["SA", "SU"],
            ["09:00-12:00", "14:00-17:00"],
        ),
        ("周六日 9-18", ["SA", "SU"], ["09:00-18:00"]),
        ("每天 00:00-24:00", [*WEEKDAYS, "SA", "SU"], ["00:00-24:00"]),
        ("周五至周日 上午9:00至下午5:00", ["FR", "SA", "SU"], ["09:00-17:00"]),
        ("周日至周一 9:00-10:00", ["SU", "MO"], ["09:00-10:00"]),
        ("MO 09:00-12:00", ["MO"], ["09:00-12:00"]),
        ("每周一至周五 9:00-17:00", WEEKDAYS, ["09:00-17:00"]),
        ("每周六、每周日上午九点到十一点半", ["SA", "SU"], ["09:00-11:30"]),
        ("周六六点至八点", ["SA"], ["06:00-08:00"]),
        ("周一至周五9:00~12:00/14:00~18:00", WEEKDAYS, ["09:00-12:00", "14:00-18:00"]),
        ("周一至周五（9:00-18:00）", WEEKDAYS, ["09:00-18:00"]),
        ("周1至周5 9:00-18:00", WEEKDAYS, ["09:00-18:00"]),
        ("星期6、星期7 9-18", ["SA", "SU"], ["09:00-18:00"]),
        ("逢周三 AM9:00-PM5:00", ["WE"], ["09:00-17:00"]),
        ("周五晚7点到9点", ["FR"], ["19:00-21:00"]),
        ("周五六日 9-18", ["FR", "SA", "SU"], ["09:00-18:00"]),
        ("周六 早上8点-12点", ["SA"], ["08:00-12:00"]),
        ("周六 上午9:00-14:00", ["SA"], ["09:00-14:00"]),
        ("周六 下午2:00-9:00", ["SA"], ["14:00-21:00"]),
        ("周六 晚上7:00-12:00", ["SA"], ["19:00-24:00"]),
        ("周一─周五 9:00─18:00", WEEKDAYS, ["09:00-18:00"]),
        ("周一至周五 9:00−18:00。", WEEKDAYS, ["09:00-18:00"]),
        ("周一至周五 8:30AM-5:30PM", WEEKDAYS, ["08:30-17:30"]),
        ("周六 9am - 12pm", ["SA"], ["09:00-12:00"]),
        ("每天 24小时", [*WEEKDAYS, "SA", "SU"], ["00:00-24:00"]),
        ("周一至周五每天9:00-12:00", WEEKDAYS, ["09:00-12:00"]),
        ("周六、周日，每天 9-18", ["SA", "SU"], ["09:00-18:00"]),
        ("工作日（周一至周五）9:00-17:00", WEEKDAYS, ["09:00-17:00"]),
        ("每周末 9:00-17:00", ["SA", "SU"], ["09:00-17:00"]),
        ("每个工作日 9:00-17:00", WEEKDAYS, ["09:00-17:00"]),
        ("周六 9:00-12:00、02:00-05:00", ["SA"], ["02:00-05:00", "09:00-12:00"]),
        ("周六 2:00-5:00、9:00-12:00", ["SA"], ["02:00-05:00", "09:00-12:00"]),
        ("周六 9:00-12:00、8:00-8:30", ["SA"], ["08:00-08:30", "09:00-12:00"]),
        ("周六 19:00-21:00、10:00-11:00", ["SA"], ["10:00-11:00", "19:00-21:00"]),
        ("周六 9:00-12:00、凌晨1:00-2:00", ["SA"], ["01:00-02:00", "09:00-12:00"]),
        ("周六 9:00-12:00、1:00AM-2:00AM", ["SA"], ["01:00-02:00", "09:00-12:00"]),
        ("周六 9:00-12:00、0:00-1:00", ["SA"], ["00:00-01:00", "09:00-12:00"]),
        ("周六 1:00-2:00、2:00-3:00", ["SA"], ["01:00-02:00", "02:00-03:00"]),
        ("周末２４小时开放", ["SA", "SU"], ["00:00-24:00"]),
        (
            "周一至周五 09:00–12:00、14:00–18:00",
            WEEKDAYS,
            ["09:00-12:00", "14:00-18:00"],
        ),
    ],
)
def test_hours_are_taken_however_they_are_typed(
    text: str, days: list[str], ranges: list[str]
) -> None:
    told = OpeningHours().deserialize(value(OpeningHours(), text))
    assert [
        (span["day"], f"{span['opens']}-{span['closes']}") for span in told
    ] == sorted(
        ((day, one) for day in days for one in ranges),
        key=lambda span: (list(SLOTS).index(f"{span[0]}-am"), span[1]),
    )


def test_hours_of_several_groups_of_days_are_taken() -> None:
    told = value(
        OpeningHours(), "周一至周二 9:00-12:00；周六 10:00-16:00\n周日 10:00-12:00"
    )
    assert [(span["day"], span["opens"]) for span in told] == [
        ("MO", "09:00"),
        ("TU", "09:00"),
        ("SA", "10:00"),
        ("SU", "10:00"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "9:00-18:00",
        "周一至周五",
        "周一至周五 全天",
        "随时",
        "周一 9:00-8:00",
        "周一 25:00-26:00",
        "周一 晚上7:00-1:00",
        "周一 凌晨13:00-15:00",
        "周六 22:00-2:00",
        "周六 22:00-次日2:00",
        "周六 22:00 至第二天 2:00",
        "周六 2:00-5:00pm",
        "周六 2:00pm-5:00",
        "每周五天 9:00-18:00",
        "每周五日 9:00-18:00",
        "周六天 9:00-18:00",
        "日 9:00-18:00",
        "周末（周六）9:00-18:00",
        "每天（周一至周五）9:00-18:00",
        "周六（周末）9:00-18:00",
        "周一至周五 9:00-12:00、2:00-5:00",
        "周一至周五9-12，2-5",
        "周六 上午9:00-12:00、1点半-5点",
        "周六 9:00-12:00、7:00-8:00",
        "周六 9:00-12:00、1:00-2:00",
    ],
)
def test_hours_that_cannot_be_are_told_in_words(text: str) -> None:
    told = faults(
        "partners",
        名称="书屋",
        合伙人类型="居民骨干",
        社区代码=COMMUNITY,
        服务类别="其他",
        服务时间=text,
        联系人职务="店长",
    )
    assert [fault.column for fault in told] == ["服务时间"]
    if "22:00" in text:
        assert "过了零点的写成两段" in told[0].message
    for said in ("对象", "列表", "MO", "path"):
        assert said not in told[0].message
    assert f"填的是“{text}”" in told[0].message


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1,200", 1200),
        ("１２００", 1200),
        ("1，200", 1200),
        ("-5", -5),
        ("1,234,567", 1234567),
        ("60.0", 60),
        ("1,200.00", 1200),
        ("１,２００ 人", 1200),
        ("50人", 50),
        ("30 分钟", 30),
    ],
)
def test_a_number_is_taken_however_it_is_typed(text: str, number: int) -> None:
    assert value(fields.Whole(0, 9), text) == number


@pytest.mark.parametrize(
    "text",
    [
        "1,20",
        "12.5",
        "1 200",
        "很多",
        ",",
        "1,,200",
        "十二",
        "50%",
        "60.",
        "约50人",
        "人",
        "1小时",
        "50人次",
        "50①",
        "50²",
        "5½",
        "5⒈",
        "①",
    ],
)
def test_what_is_no_number_is_left_for_its_refusal(text: str) -> None:
    assert value(fields.Whole(0, 9), text) == text


NUMBERS = {
    (name, column): (kind.columns()[column], str(field.least or 1))
    for name, kind in KINDS.items()
    for column, field in kind.fields().items()
    if isinstance(field, fields.Whole)
}
COUNTS = ("人", "名", "位", "个", "次", "家", "户", "场", "分钟")


def faults_in(name: str, changes: dict[str, str]) -> list[Fault]:
    """What is wrong with a row of examples in which these cells are others."""
    return faults(name, **row_of_examples(name) | changes)


def row_of_examples(name: str) -> dict[str, str]:
    """Each by its heading."""
    kind = KINDS[name]
    declared, headings = kind.fields(), kind.columns()
    return {
        headings[one]: example(declared[one], headings[one])
        for one in kind.steps[0].columns
    }


@pytest.mark.parametrize(("name", "column"), NUMBERS)
def test_a_number_is_counted_in_what_its_column_counts_and_in_nothing_else(
    name: str, column: str
) -> None:
    heading, number = NUMBERS[name, column]
    own = COUNTED_IN[heading]
    for unit in COUNTS:
        typed = f"{number} {unit}"
        found = {one.column: one for one in faults_in(name, {heading: typed})}
        assert (heading in found) is (unit not in own), unit
        if unit not in own:
            assert found[heading].code == "another_unit"
            assert f"“{unit}”不是这一列的单位" in found[heading].message
            assert own[0] in found[heading].message


@pytest.mark.parametrize("form", ["{}（{}）", "{} ({})", "*{}（单位：{}）"])
@pytest.mark.parametrize(("name", "column"), NUMBERS)
def test_a_heading_may_say_what_is_counted(name: str, column: str, form: str) -> None:
    heading, number = NUMBERS[name, column]
    for unit in COUNTS:
        said = form.format(heading, unit)
        row = row_of_examples(name) | {heading: number}
        cells = {said if one == heading else one: cell for one, cell in row.items()}
        if unit in COUNTED_IN[heading]:
            assert all(one.column != heading for one in faults(name, **cells))
        else:
            with pytest.raises(tables.BadSheet, match="不认识的列"):
                faults(name, **cells)


@pytest.mark.parametrize(
    ("heading", "typed"),
    [("名额", "20分钟"), ("名额", "２０　户"), ("每次分钟数", "90人"), ("每周期次数", "30位")],
)  # fmt: skip
def test_minutes_are_no_places(heading: str, typed: str) -> None:
    name = next(name for (name, _), (said, _) in NUMBERS.items() if said == heading)
    found = {one.column: one.code for one in faults_in(name, {heading: typed})}
    assert found[heading] == "another_unit"


CLOSED = [
    (name, field_name, one)
    for name, kind in KINDS.items()
    for field_name, field in kind.fields().items()
    for one in [getattr(field, "inner", field)]
    if isinstance(one, fields.OneOf)
]


@pytest.mark.parametrize(
    ("name", "field_name", "field"),
    CLOSED,
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_every_closed_list_is_said_and_taken_in_chinese(
    name: str, field_name: str, field: fields.OneOf
) -> None:
    assert field.said.keys() == set(field.words)
    assert len(set(field.said.values())) == len(field.words)
    for word, said in field.said.items():
        assert not said.isascii(), f"{name} {field_name}: {said}"
        assert (
            value(field, said)
            == value(field, f" {said} ")
            == value(field, word)
            == word
        )


@pytest.mark.parametrize(
    ("text", "slots"),
    [
        ("周六上午、周日下午", ["SA-am", "SU-pm"]),
        ("SA-am、SU-pm", ["SA-am", "SU-pm"]),
        ("周末晚上", ["SA-evening", "SU-evening"]),
        ("周一至周三上午", ["MO-am", "TU-am", "WE-am"]),
        ("周一至周三每天上午", ["MO-am", "TU-am", "WE-am"]),
        ("周末（周日）上午", ["周末（周日）上午"]),
        ("星期六上午", ["SA-am"]),
        ("周六", ["周六"]),
        ("周六上午、周末上午", ["SA-am", "SU-am"]),
        ("每周六上午", ["SA-am"]),
    ],
)
def test_when_somebody_has_time_is_said_in_words(text: str, slots: list[str]) -> None:
    assert value(fields.Many(fields.OneOf(SLOTS, SLOTS_IN_WORDS), 1, 21), text) == slots


def test_the_dash_of_a_code_is_that_of_a_keyboard() -> None:
    for dash in "－‐‑‒–—―−─━":
        assert value(KINDS["grids"].fields()["grid"], f"B{dash}12") == "B-12"


def test_codes_are_as_wide_as_a_keyboard_has_them() -> None:
    assert value(fields.Division("community"), "５１０１０８００２００１") == COMMUNITY
    assert value(fields.Id(), "ＡＢ１") == "AB1"
    assert value(fields.Text(9), "ＡＢ１") == "ＡＢ１"


OFFERING = {
    "联建单位编号": "U1",
    "资源名称": "讲座",
    "服务类别": "零距离安全",
    "服务对象": "老人",
    "地点": "广场",
    "社区代码": COMMUNITY,
    "首次开始时间": "2026-06-13 9:00",
    "每次分钟数": "60",
    "重复规则": "FREQ=WEEKLY;BYDAY=SA",
    "例外日期": None,
    "每周期次数": "1,200",
    "周期": "每周",
    "有效期至": "2026-12-31",
}


def faults(kind: str, **cells: Any) -> list[Fault]:
    content = workbook(Leaf("资源", [list(cells), list(cells.values())]))
    table = tables.read(content, openings.rows, KINDS[kind].wanted(), most=9)
    rows = plan(KINDS[kind], table.lines, Where(table.sheet, table.letters))
    return [fault for row in rows for fault in row.faults]


def faults_of(**cells: str) -> list[Fault]:
    named = {"starts": "首次开始时间", "ends": "有效期至"}
    return faults(
        "offerings",
        **{**OFFERING, **{named.get(name, name): text for name, text in cells.items()}},
    )


def test_a_good_row_has_no_faults() -> None:
    assert faults_of() == []


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


@pytest.mark.parametrize(
    ("heading", "typed", "message"),
    [
        (
            "周期",
            "每年",
            "工作表“资源”L2（周期）填的是“每年”：只能填 每天、每周、每月，例如 每天",
        ),
        (
            "每周期次数",
            "0",
            "工作表“资源”K2（每周期次数）填的是“0”：应在 1 到 100000 之间，例如 30",
        ),
        (
            "每周期次数",
            "很多",
            "工作表“资源”K2（每周期次数）填的是“很多”：应为整数，例如 30",
        ),
        (
            "社区代码",
            "5101",
            "工作表“资源”F2（社区代码）填的是“5101”：社区代码应为 12 位数字，例如 510108002001",
        ),
        (
            "资源名称",
            None,
            "工作表“资源”B2（资源名称）没有填：必须填写，例如 用电安全讲座",
        ),
        (
            "例外日期",
            "明天",
            "工作表“资源”J2（例外日期）填的是“明天”：应为日期，例如 2026-06-13",
        ),
        ("服务对象", "老人、狗", None),
    ],
)
def test_a_refusal_names_sheet_cell_heading_what_was_found_and_what_is_wanted(
    heading: str, typed: str | None, message: str | None
) -> None:
    (fault,) = faults_of(**{heading: typed})  # type: ignore[arg-type]
    assert fault.column == heading
    assert message is None or fault.message == message
    assert "对象" not in fault.message.replace("服务对象", "")
    assert "例如" in fault.message or "只能填" in fault.message


def test_what_misleads_or_does_not_show_is_not_repeated() -> None:
    (fault,) = faults_of(资源名称="甲\u202e\n乙")
    assert "填的是“甲□□乙”" in fault.message
    assert "U+202E" in fault.message


def test_faults_stand_in_the_order_of_their_cells() -> None:
    assert [fault.cell for fault in faults_of(有效期至="x", 周期="x", 资源名称="")] == [
        "B2",
        "L2",
        "M2",
    ]


def test_no_message_speaks_as_to_a_program() -> None:
    wrong: list[Cell] = [Number("1.5"), "甲" * 70, "-", "\u202e"]
    for name, kind in KINDS.items():
        columns = kind.columns()
        for cell in wrong:
            content = workbook(
                Leaf("资源", [list(columns.values()), [cell] * len(columns)])
            )
            table = tables.read(content, openings.rows, kind.wanted(), most=9)
            for row in plan(kind, table.lines, Where(table.sheet, table.letters)):
                for fault in row.faults:
                    assert fault.message.startswith("工作表“资源”"), name
                    for said in ("带时区", "应为一个对象", "应为列表", "JSON", "true"):
                        assert said not in fault.message
