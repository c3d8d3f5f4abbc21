"""What a certificate says in words."""

import pytest
from flask import Flask, render_template

from gateway.figures.words import period
from gateway.pages.certificates.page import ending, in_words, spaced
from services.district.calendar import day_of


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 分钟"),
        (45, "45 分钟"),
        (60, "1 小时（60 分钟）"),
        (95, "1 小时 35 分钟（95 分钟）"),
    ],
)
def test_minutes_are_told_in_hours(minutes: int, words: str) -> None:
    assert in_words(minutes) == words


def test_a_code_is_read_out_in_fours() -> None:
    assert spaced("ABCDEFGHIJ") == "ABCD EFGH IJ"


def test_who_holds_it_is_told_by_the_same_letters_on_paper_and_by_who_checks_it() -> (
    None
):
    assert ending("01KWMNAYM4M7J4KDTPKDZWH0WN") == ending("0***WN") == "WN"
    assert ending("P***") == ""


def test_a_day_is_the_districts_own() -> None:
    assert day_of("2026-12-31T16:30:00.000Z") == "2027-01-01"


@pytest.mark.parametrize(("services", "times"), [(8, 2), (9, 4)])
def test_every_sheet_of_a_long_certificate_bears_its_code(
    services: int, times: int
) -> None:
    app = Flask("gateway", template_folder="pages")
    for words in (in_words, spaced, ending, day_of, period):
        app.add_template_filter(words)
    one = {"starts_at": "2026-06-13T01:00:00.000Z", "minutes": 90}
    shown = {
        "id": "K1",
        "person": "01KWMNAYM4M7J4KDTPKDZWH0WN",
        "code": "ABCDEFGH",
        "issued_at": "2026-06-30T01:00:00.000Z",
        "since": "2026-01-01",
        "until": "2026-06-30",
        "minutes": 90,
        "sessions": services,
        "issuer": "branch/B1",
    }
    with app.app_context():
        page = render_template(
            "certificates/certificate.html", shown=shown, services=[one] * services
        )
    assert page.count('核验码 <span class="code">ABCD EFGH</span>') == times
    assert "2026年1月1日" in page
    assert "K1" not in page
    assert "01KWMNAYM4M7J4KDTPKDZWH0WN" not in page
