"""What a text may be made of: whatever shows, in any script there is or will be, and nothing that misleads."""

from typing import Any

import marshmallow as ma
import pytest

from schemas import fields
from schemas.catalogue import check
from schemas.characters import named
from schemas.metrics.periods import Period

LINE, LINES = fields.Text(60), fields.Text(2000)


def refused(field: ma.fields.Field[Any], said: object) -> tuple[str, str]:
    with pytest.raises(ma.ValidationError) as caught:
        field.deserialize(said)
    (complaint,) = fields.complaints(caught.value)
    return complaint["code"], complaint["message"]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\u2029", "\n"])
def test_however_lines_end_they_are_kept_ending_with_a_line_feed(end: str) -> None:
    assert (
        LINES.deserialize(f"第一行{end}第二行{end}{end}第四行{end}")
        == "第一行\n第二行\n\n第四行"
    )


@pytest.mark.parametrize("end", ["\r\n", "\r", "\u2028", "\n"])
def test_a_line_is_one_line_and_an_end_after_it_does_not_matter(end: str) -> None:
    assert LINE.deserialize(f"{end}包粽子{end}") == "包粽子"
    assert refused(LINE, f"包{end}粽子") == ("line_break", "只能写一行，请去掉换行")


@pytest.mark.parametrize(
    "char",
    [
        *map(chr, (0x31350, 0x323AF, 0x2EBF0, 0x2EE5D, 0x3347F)),  # CJK Extensions H, I and J.
        *map(chr, (0x1FAE8, 0x1FADC, 0x1FAE9, 0x1F6D8)),  # Emoji of 2022, 2024 and 2025.
        chr(0x88000),  # What may be one some day.
        "\u3007", "々", "é", "क्ष", "👨‍👩‍👧", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
    ],
)  # fmt: skip
def test_characters_that_are_new_or_put_together_are_taken(char: str) -> None:
    assert LINE.deserialize(f"甲{char}乙") == f"甲{char}乙"
    assert LINE.deserialize(char) == char


@pytest.mark.parametrize(
    ("code", "characters"),
    [
        ("control_character", [0x0, 0x7, 0xB, 0xC, 0x1B, 0x7F, 0x85, 0x9F]),
        ("control_character", [0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF]),
        ("control_character", [0xE000, 0xF8FF, 0xF0000, 0x10FFFD, 0xD800, 0xDFFF]),
        ("direction_override", [*range(0x202A, 0x202F), *range(0x2066, 0x206A)]),
    ],
)
def test_what_is_no_character_or_misleads_is_refused_by_its_name(
    code: str, characters: list[int]
) -> None:
    for number in characters:
        said, sentence = refused(LINES, f"甲{chr(number)}乙")
        assert (said, f"U+{number:04X}" in sentence) == (code, True), sentence


def test_what_another_program_has_lost_is_asked_for() -> None:
    link = fields.Code("https://.+", fields.Complaint("bad_link", "应为网址"))
    for field, said in ((LINE, "王\ufffd"), (link, "https://x.cn/\ufffd")):
        code, sentence = refused(field, said)
        assert (code, "请补上" in sentence) == ("lost_character", True)
    assert refused(link, "\ufffd")[0] == "bad_link"
    assert refused(fields.OneOf(("甲",)), "\ufffd")[0] == "not_allowed"


@pytest.mark.parametrize(
    "said",
    [
        "\u200b",
        "\u200d\u200c",
        "\ufeff",
        "\u00ad",
        "\u3164",
        "\u2800 \u2800",
        "\U0001d159\U00016fe4",
        "\u115f\u1160",
        "\ufe0f",
        "\u2060",
    ],
)
def test_a_text_that_shows_nothing_is_refused_by_what_it_has(said: str) -> None:
    code, sentence = refused(LINE, said)
    assert (code, named(said[0]) in sentence) == ("shows_nothing", True)
    assert LINE.deserialize(f"甲{said}乙") == f"甲{said}乙"


def test_what_was_said_before_is_told_on_as_it_was_said() -> None:
    unit = {
        "unit": "U1",
        "name": "两行\n的名称\u202e",
        "industry": "电力",
        "members": 1,
        "contact_role": "\u200b\ufffd",
    }
    check("unit_updated.v1", unit)
    with pytest.raises(ma.ValidationError):
        check("unit_updated.v1", {**unit, "name": "有\0的名称"})


@pytest.mark.parametrize("field", [fields.Day(), Period()])
@pytest.mark.parametrize(
    "day", ["2027-02-29", "2026-02-30", "2026-04-31", "2100-02-29", "1900-02-29"]
)
def test_a_day_that_does_not_exist_is_called_that(
    field: ma.fields.Field[Any], day: str
) -> None:
    assert refused(field, day)[1] == f"没有 {day} 这一天"


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("2027-02-29T09:00:00+08:00", "没有 2027-02-29 这一天"),
        ("2027-02-29T09:00:00.000Z", "没有 2027-02-29 这一天"),
        ("2027-02-29T09:00", "没有 2027-02-29 这一天"),
        ("2026-06-13T25:00:00+08:00", "没有 25:00:00 这个时刻"),
        ("2026-06-13T09:60+08:00", "没有 09:60 这个时刻"),
        ("2026-06-13T09:00:00", "应为带时区的时间，例如 2026-06-13T09:00:00+08:00"),
    ],
)
def test_a_moment_of_a_day_that_does_not_exist_is_called_that(
    said: str, sentence: str
) -> None:
    assert refused(fields.Instant(), said) == ("bad_time", sentence)


def test_the_29th_of_february_of_a_leap_year_is_a_day() -> None:
    assert fields.Day().deserialize("2028-02-29") == "2028-02-29"
