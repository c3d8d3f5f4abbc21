"""In the subject of a mail stands what it is about, by name: nobody opens five that all say the same."""

from schemas.documents import Json
from services.notices.views import texts

MOMENT = "2026-06-13T01:00:00.000Z"


def confirmed(title: str) -> Json:
    return {
        "kind": "seat_confirmed",
        "words": {"title": title, "starts_at": MOMENT, "place": "广场"},
    }


CERTIFIED: Json = {
    "kind": "certificate_issued",
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


def test_in_the_inbox_the_heading_stays_short_for_the_title_stands_below_it() -> None:
    assert texts.of(confirmed("包粽子"), "zh")["heading"] == "报名成功"
