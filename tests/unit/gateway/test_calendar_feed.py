"""A calendar as calendar programs read it."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from gateway.files.calendars.feed import CUT, feed

HOME = "https://xfh.example.cn/district"
PAGE = f"{HOME}/activities/01K0ACT0000000000000000001"
ENTRY = {
    "id": "01K0ACT0000000000000000001.1", "activity": "01K0ACT0000000000000000001", "title": "端午包粽子",
    "category": "邻里节庆", "place": "二楼",
    "host_name": "望平社区", "starts_at": "2026-06-13T01:00:00.000Z", "ends_at": "2026-06-13T03:00:00.000Z",
    "status": "confirmed", "status_text": "未开始", "changes": 2, "changed_at": "2026-06-01T01:00:00.250Z",
}  # fmt: skip


def written(*entries: dict[str, Any], complete: bool = True) -> bytes:
    return feed(
        {"name": "望平社区活动", "entries": entries, "complete": complete}, HOME
    )


def event(**changes: Any) -> Any:
    (found,) = Calendar.from_ical(written({**ENTRY, **changes})).walk("VEVENT")
    return found


def test_an_entry_says_when_and_where_and_which_version_it_is() -> None:
    told = event()
    assert (told["uid"], told["sequence"]) == (
        "01K0ACT0000000000000000001.1@xianfenghui",
        2,
    )
    assert told["dtstart"].dt == datetime(2026, 6, 13, 1, tzinfo=UTC)
    assert told["dtend"].dt - told["dtstart"].dt == timedelta(hours=2)
    assert (
        told["dtstamp"].dt
        == told["last-modified"].dt
        == datetime(2026, 6, 1, 1, tzinfo=UTC)
    )
    assert (told["location"], told["categories"].cats[0], told["status"]) == (
        "二楼",
        "邻里节庆",
        "CONFIRMED",
    )


def test_the_heading_says_whose_calendar_it_is_and_how_often_to_look() -> None:
    calendar = Calendar.from_ical(written(ENTRY))
    assert calendar["x-wr-calname"] == calendar["name"] == "望平社区活动"
    assert (calendar["version"], calendar["method"]) == ("2.0", "PUBLISH")
    assert b"\r\nREFRESH-INTERVAL;VALUE=DURATION:PT1H\r\n" in written()


@pytest.mark.parametrize(
    "text",
    [
        "粽子,香囊;艾草",
        "第一行\n第二行",
        "反斜杠\\n不是换行",
        "字" * 60,
        "😀" * 60,
        "BEGIN:VEVENT",
    ],
)
def test_whatever_is_written_is_read_back(text: str) -> None:
    told = event(title=text, place=text, reason=text)
    assert told["summary"] == told["location"] == text
    assert f"原因：{text}\n" in str(told["description"])


def said(content: bytes, name: str) -> list[str]:
    """The texts of these properties, as RFC 5545, 3.3.11 has them read: nothing is left to a library."""
    lines = content.replace(b"\r\n ", b"").decode().split("\r\n")
    texts = [line.removeprefix(name) for line in lines if line.startswith(name)]
    return [re.sub(r"\\([nN\\;,])", _character, text) for text in texts]


def _character(found: re.Match[str]) -> str:
    return "\n" if found[1] in "nN" else found[1]


ODD = [r"第\N号楼", r"D:\new,\\N;\\\N\n", "\\", r"\,\;", r"N\\"]


@pytest.mark.parametrize("text", ODD)
def test_a_backslash_is_one_before_any_letter(text: str) -> None:
    content = written({**ENTRY, "title": text, "place": text, "reason": f"1\n{text}"})
    assert said(content, "SUMMARY:") == said(content, "LOCATION:") == [text]
    assert f"原因：1\n{text}\n" in said(content, "DESCRIPTION:")[0]


def test_what_would_end_a_value_is_escaped() -> None:
    content = written({**ENTRY, "title": "甲,乙;丙"})
    assert r"SUMMARY:甲\,乙\;丙".encode() + b"\r\n" in content


@pytest.mark.parametrize("name", ["NAME:", "X-WR-CALNAME:"])
@pytest.mark.parametrize("text", [*ODD, "甲,乙;丙"])
def test_the_name_of_a_calendar_is_read_as_it_is(name: str, text: str) -> None:
    content = feed({"name": text, "entries": [], "complete": True}, HOME)
    assert said(content, name) == [text]


@pytest.mark.parametrize("text", ["字" * 60, "a字" * 40, "😀" * 60, "a" * 60])
def test_a_line_has_at_most_75_octets_and_ends_at_a_whole_character(text: str) -> None:
    for line in (
        written({**ENTRY, "title": text, "host_name": text})
        .removesuffix(b"\r\n")
        .split(b"\r\n")
    ):
        assert 0 < len(line) <= 75
        assert b"\n" not in line
        line.decode()


def test_what_is_not_sure_says_so_in_front() -> None:
    told = event(status="tentative", status_text="候补")
    assert (told["status"], told["summary"]) == ("TENTATIVE", "【候补】端午包粽子")


def test_what_is_cancelled_says_why() -> None:
    told = event(status="cancelled", status_text="已取消", reason="暴雨预警")
    assert (told["status"], told["summary"]) == ("CANCELLED", "【已取消】端午包粽子")
    assert (
        told["description"]
        == f"主办：望平社区\n状态：已取消\n原因：暴雨预警\n详情：{PAGE}"
    )


def test_an_entry_leads_to_the_page_of_its_activity() -> None:
    told = event()
    assert told["url"] == PAGE
    assert str(told["description"]).endswith(f"详情：{PAGE}")


def test_that_it_has_begun_changes_nothing() -> None:
    assert written({**ENTRY, "status_text": "进行中"}) == written(ENTRY)


def test_a_calendar_that_is_cut_says_so() -> None:
    assert Calendar.from_ical(written(ENTRY, complete=False))["x-wr-caldesc"] == CUT
    assert "x-wr-caldesc" not in Calendar.from_ical(written(ENTRY))


def test_who_is_to_help_reads_it_in_the_entry() -> None:
    told = event(role="helper", role_text="志愿者")
    assert (told["summary"], "您的身份：志愿者" in told["description"]) == (
        "端午包粽子（志愿者）",
        True,
    )
    assert event()["summary"] == "端午包粽子"
