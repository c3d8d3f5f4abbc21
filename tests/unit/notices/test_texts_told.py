"""Every kind of notice has its text, which says all it means to and nobody's words or name."""

from datetime import datetime, timedelta
from typing import Any

from schemas.channels import LANGUAGES
from schemas.notices.kinds import KINDS
from services.notices.rules import reminders
from services.notices.views import texts
from tests.examples.activities import CONTENT
from tests.given import asked
from tests.unit.notices.stage import begun, fact, news_of, told
from tests.unit.notices.told import CASES, OPENING, carried, opened_by

NEVER = {"note", "words", "phone", "name", "by", "person", "people", "credit_code"}


def test_of_each_kind_there_is_a_text_in_every_language_and_it_says_all_it_means_to() -> (
    None
):
    """Every placeholder is in what the event told, else `texts.of` raises."""
    said: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for notice in every_notice():
        for language in LANGUAGES:
            words = texts.of(notice, language)
            assert words["heading"]
            assert "$" not in words["text"]
            said[language].add(notice["kind"])
    assert said == {language: set(KINDS) for language in LANGUAGES}


def test_there_is_no_text_of_a_kind_nobody_declared() -> None:
    for language in LANGUAGES:
        assert texts.TEMPLATES[language]["kinds"].keys() == set(KINDS)


def test_no_notice_carries_words_or_persons() -> None:
    for notice in every_notice():
        assert not notice["words"].keys() & NEVER, notice["kind"]


def every_notice() -> list[dict[str, Any]]:
    found = []
    for source, type, changes, _ in CASES:
        docs = begun(source)
        news_of(source, docs, fact(source, type, **changes))
        found += told(docs, source)
    docs = begun("cobuild")
    news_of("cobuild", docs, fact("cobuild", "need_claimed.v1", commitment="C2"))
    found += told(docs, "cobuild")
    docs = begun("grids")
    for type in ("finding_resolved.v1", "finding_reopened.v1"):
        news_of("grids", docs, fact("grids", type))
    found += told(docs, "grids")
    for type in OPENING:
        found += opened_by(type)
    docs = begun("activities")
    the_day_before = asked(
        now=datetime.fromisoformat(CONTENT["sessions"][0]["starts_at"])
        - timedelta(hours=25)
    )
    return found + carried(docs, reminders.ring(docs, {"after": []}, the_day_before))


def test_a_moment_is_told_in_the_time_of_the_district() -> None:
    notice = next(
        each
        for each in told(begun("activities"), "activities")
        if each["kind"] == "seat_confirmed"
    )
    said = texts.of(notice, "zh")["text"]
    assert said == "《端午包粽子》已留好座位：6月13日 周六 9:00，望平社区党群服务中心。"
    assert "Sat 13 Jun 9:00" in texts.of(notice, "en")["text"]


def test_a_day_is_told_in_words() -> None:
    notice = next(
        each
        for each in told(begun("cobuild"), "cobuild")
        if each["kind"] == "need_claimed"
    )
    assert "在 6月12日 周五 前做好" in texts.of(notice, "zh")["text"]
