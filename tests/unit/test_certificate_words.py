"""What a certificate says in words."""

import pytest

from gateway.certificates import day_of, in_words, spaced


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "0 分钟"), (45, "45 分钟"), (60, "1 小时（60 分钟）"), (95, "1 小时 35 分钟（95 分钟）")],
)
def test_minutes_are_told_in_hours(minutes: int, words: str) -> None:
    assert in_words(minutes) == words


def test_a_code_is_read_out_in_fours() -> None:
    assert spaced("ABCDEFGHIJ") == "ABCD EFGH IJ"


def test_a_day_is_the_districts_own() -> None:
    assert day_of("2026-12-31T16:30:00.000Z") == "2027-01-01"
