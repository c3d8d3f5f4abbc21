"""Of a count it is read what a clerk sees of it; where that is another number, or none, it is refused."""

import pytest

from schemas.exchange import openings, tables
from schemas.exchange.forms import form_of
from schemas.exchange.kinds import KINDS
from schemas.exchange.rows import Fault, Where, plan
from schemas.exchange.wanted import example
from tests.unit.exchange.books import rewritten
from tests.unit.exchange.clerks import Cell, Leaf, Number, workbook

OWN = 176
UNITS = KINDS["units"]
STYLES = "xl/styles.xml"


def row(**cells: Cell) -> dict[str, Cell]:
    columns, fields = UNITS.columns(), UNITS.fields()
    good: dict[str, Cell] = {
        name: example(fields[name], columns[name]) for name in UNITS.steps[0].columns
    }
    return {columns[name]: cell for name, cell in (good | cells).items()}


def read(content: bytes) -> tuple[list[object], list[Fault]]:
    table = tables.read(content, openings.rows, UNITS.wanted(), most=9)
    (one,) = plan(UNITS, table.lines, Where(table.sheet, table.letters))
    return [step.payload.get("members") for step in one.steps], list(one.faults)


def members(value: str, form: int | str) -> tuple[list[object], list[Fault]]:
    own = {} if isinstance(form, int) else {OWN: form}
    cells = row(members=Number(value, form if isinstance(form, int) else OWN))
    return read(workbook(Leaf("一", [list(cells), list(cells.values())]), forms=own))


@pytest.mark.parametrize(
    "form",
    [
        0, 1, 2, 3, 4, 37, 38, 39, 40, 41, 43, 49,
        "0", "#,##0", "0.00", "0000", "0_ ", "0_);(0)", "[红色]0", "[Red]#,##0.00",
        "0;-0;;@", "G/通用格式", "[DBNum1][$-804]General", "0_);[Red](0)",
        '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', '0"人"', '0" 名"', "0位", '#,##0\\ "个"',
    ],
)  # fmt: skip
def test_a_count_that_shows_as_it_is_is_taken(form: int | str) -> None:
    assert members("12", form) == ([12], [])


@pytest.mark.parametrize(
    "form",
    [
        *range(5, 9), 11, 12, 13, 42, 44, 48, 63,
        '"¥"#,##0', "¥0", "$0", "[$¥-804]#,##0.00", "[$$-409]0", "[$€-2]\\ 0", '0"元"', "0元",
        '0.0,"万"', '0!.0,"万"', '0\\.0,"万"', "#,##0,", "0,", "0E+00", "##0.0E+0", "# ?/?", "0/4",
        ";;;", '"";0', '"约"0', '0"+"', '"第"0"名"', '0"%"', "0.00‰", '0"小时"', "[h]", "[mm]",
        '0"0"', '"1"0', "000-0000-0000", '[>=100]"很多";0', '[=12]"一打";0', "x" * 300,
    ],
)  # fmt: skip
def test_a_count_that_shows_as_something_else_is_refused(form: int | str) -> None:
    told, (fault,) = members("12", form)
    assert (told, fault.cell, fault.code) == ([], "E2", "not_a_number")
    assert "看到的不是这个数" in fault.message
    assert "设为“数值”" in fault.message


@pytest.mark.parametrize("unit", ["户", "分钟", "次", "场", "家"])
@pytest.mark.parametrize(
    "form", ['0"{}"', "0{}", '#,##0\\ "{}"', '0"{}";-0;0', "0.00{}"]
)
def test_a_number_shown_to_count_something_else_than_its_column_is_refused(
    form: str, unit: str
) -> None:
    told, (fault,) = members("20", form.format(unit))
    assert (told, fault.cell, fault.code) == ([], "E2", "another_unit")
    says = (
        f"填的是“20{unit}”：“{unit}”不是这一列的单位，应为整数，可以带“人、名、位、个”"
    )
    assert says in fault.message


@pytest.mark.parametrize(
    ("form", "above", "below", "at_nothing"),
    [
        ("0;-0;;@", True, True, False),
        ('0;-0;"-"', True, True, True),
        ('0;"-"', True, False, True),
        ('"-";0', False, True, False),
        ('0;"低";0', True, False, True),
        ('0"a;b";0', False, True, False),
        ("[<100]0;#,##0", True, True, True),
        ("#", True, True, False),
        ("#,###", True, True, False),
        ("#,##0;-#;#", True, True, False),
        ("@", True, True, True),
    ],
)
def test_each_part_of_a_form_shows_numbers_of_its_own(
    form: str, above: bool, below: bool, at_nothing: bool
) -> None:
    shows = form_of(form).shows_the_number
    assert (shows(1), shows(-1), shows(0)) == (above, below, at_nothing)


def test_of_a_year_a_phone_or_a_place_no_form_takes_anything() -> None:
    kind = KINDS["people"]
    cells: list[Cell] = [
        "令狐秀英", Number("1950", 176), Number("13900005678", 177), "510108002001", "电话", "2026-05-30",
    ]  # fmt: skip
    content = workbook(
        Leaf("一", [list(kind.columns().values()), cells]),
        forms={176: '0"年"', 177: "000-0000-0000"},
    )
    table = tables.read(content, openings.rows, kind.wanted(), most=9)
    (one,) = plan(kind, table.lines, Where(table.sheet, table.letters))
    (step,) = one.steps
    told = step.payload
    assert (told["born"], told["contacts"]) == ("1950", ["+8613900005678"])


def test_a_form_of_a_condition_is_no_cells() -> None:
    """Programs number those of conditions anew: LibreOffice from 164 on, as those of cells."""
    cells = row(joined_on=Number("46174", OWN))
    content = workbook(
        Leaf("一", [list(cells), list(cells.values())]), forms={OWN: "yyyy-mm-dd"}
    )
    condition = (
        f'</cellXfs><dxfs><dxf><numFmt numFmtId="{OWN}" formatCode="0"/></dxf></dxfs>'
    )
    changed = rewritten(
        content,
        STYLES,
        lambda xml: xml.replace(b"</cellXfs>", condition.encode()),
    )
    assert changed != content
    assert read(changed)[1] == []


@pytest.mark.parametrize(
    "text",
    ["¥12", "￥12", "$1,200", "12元", "12%", "12‰", "1.2E+01", "1/2", "12万", "（12）", "12+", "约12", "2小时"],
)  # fmt: skip
def test_an_amount_in_a_text_is_no_count(text: str) -> None:
    cells = row(members=text)
    lines = [
        ",".join(f'"{cell or ""}"' for cell in line) for line in (cells, cells.values())
    ]
    for content in (
        "\n".join(lines).encode(),
        workbook(Leaf("一", [list(cells), list(cells.values())])),
    ):
        told, (fault,) = read(content)
        assert (told, fault.cell, fault.code) == ([], "E2", "wrong_type")
        assert f"填的是“{text}”" in fault.message
