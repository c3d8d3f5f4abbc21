"""In the subject of a mail stands what it is about, by name: nobody opens five that all say the same."""

import pytest

from schemas.channels import LANGUAGES
from schemas.documents import Json
from services.notices.views import texts

MOMENT = "2026-06-13T01:00:00.000Z"
RELATIVE = ("今天", "明天", "昨天", "后天", "今晚", "today", "tomorrow", "yesterday")


def confirmed(title: str) -> Json:
    return {
        "kind": "seat_confirmed",
        "at": MOMENT,
        "words": {"title": title, "starts_at": MOMENT, "place": "广场"},
    }


CERTIFIED: Json = {
    "kind": "certificate_issued",
    "at": MOMENT,
    "words": {"since": "2026-01-01", "until": "2026-06-30", "minutes": 90},
}


def test_one_message_is_headed_by_what_it_says_and_what_of() -> None:
    assert texts.message([confirmed("包粽子")], "zh")["heading"] == "报名成功：包粽子"
    assert texts.message([confirmed("包粽子")], "en")["heading"].endswith(": 包粽子")


def test_what_is_about_nothing_with_a_name_is_headed_as_it_was() -> None:
    assert texts.message([CERTIFIED], "zh")["heading"] == "服务时长证明已出具"


def test_several_together_name_the_first_two_and_that_there_are_more() -> None:
    said = [confirmed(title) for title in ("包粽子", "义诊", "包粽子", "读书会")]
    assert texts.message(said[:3], "zh")["heading"] == "您有 3 条新通知：包粽子、义诊"
    assert texts.message(said, "zh")["heading"] == "您有 4 条新通知：包粽子、义诊 等"
    assert texts.message(said, "zh")["text"].count("《") == 4


def test_a_title_of_two_lines_stays_in_the_one_line_of_the_subject() -> None:
    assert (
        texts.message([confirmed("包粽子\nBcc: x@example.org")], "zh")["heading"]
        == "报名成功：包粽子 Bcc: x@example.org"
    )


@pytest.mark.parametrize(
    ("told_at", "zh", "en"),
    [
        (MOMENT, "1月1日 周四 至 6月30日 周二 的", "Thu 1 Jan to Tue 30 Jun"),
        ("2025-12-31T15:59:00.000Z", "2026年1月1日 至 ", "1 Jan 2026 to "),
        ("2025-12-31T16:00:00.000Z", "1月1日 周四 至 ", "Thu 1 Jan to "),
    ],
)
def test_a_day_is_said_with_its_year_where_it_is_not_that_of_the_notice(
    told_at: str, zh: str, en: str
) -> None:
    notice = CERTIFIED | {"at": told_at}
    assert zh in texts.of(notice, "zh")["text"]
    assert en in texts.of(notice, "en")["text"]


def test_a_moment_of_another_year_is_said_with_it() -> None:
    notice = confirmed("包粽子") | {"at": "2025-12-30T01:00:00.000Z"}
    assert "2026年6月13日 周六 9:00" in texts.of(notice, "zh")["text"]
    assert "Sat 13 Jun 2026 9:00" in texts.of(notice, "en")["text"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_counts_from_the_day_on_which_it_is_read(language: str) -> None:
    said = str(texts.TEMPLATES[language]["kinds"]).lower()
    assert [word for word in RELATIVE if word in said] == []


def test_in_the_inbox_the_heading_stays_short_for_the_title_stands_below_it() -> None:
    assert texts.of(confirmed("包粽子"), "zh")["heading"] == "报名成功"
