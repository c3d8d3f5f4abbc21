"""What a party and whoever signed it up are told."""

from datetime import datetime, timedelta

import pytest

from schemas.channels import LANGUAGES
from schemas.fields import instant
from services.notices.views import texts
from tests.examples.activities import CONTENT, POSTING, SESSION, SIGNUP
from tests.unit.notices.stage import OTHER, after, begun, fact, news_of, told, waiting
from tests.unit.notices.told import R1, R5, R6, opened_by


@pytest.mark.parametrize(
    ("type", "said", "led"),
    [
        ("seat_offered.v1", {"signup": OTHER}, {R5: OTHER, R6: OTHER}),
        ("waiting_promoted.v1", {"promoted": [OTHER]}, {R5: OTHER, R6: OTHER}),
        ("seat_passed_on.v1", {"signup": OTHER, "person": "R6"}, {R5: OTHER, R1: OTHER, R6: None}),
        ("party_left.v1", {"signup": OTHER, "person": "R6", "promoted": []}, {R5: OTHER, R6: None}),
    ],
)  # fmt: skip
def test_what_is_told_of_a_sign_up_leads_whoever_is_in_it_there(
    type: str, said: dict[str, object], led: dict[str, str | None]
) -> None:
    docs = begun("activities")
    before = {one["id"] for one in told(docs, "activities")}
    after("activities", fact("activities", type, **said), docs=docs)
    new = [one for one in told(docs, "activities") if one["id"] not in before]
    assert {one["to"]: one.get("signup") for one in new} == led


def test_what_is_told_of_a_seat_says_when_it_is_to_help() -> None:
    headings = []
    for role in ({}, {"role": "helper"}):
        docs = begun("activities")
        before = {one["id"] for one in told(docs, "activities")}
        after(
            "activities",
            fact("activities", "signup_confirmed.v1", signup="G9", **role),
            docs=docs,
        )
        [notice] = [one for one in told(docs, "activities") if one["id"] not in before]
        headings.append(
            [texts.of(notice, language)["heading"] for language in LANGUAGES]
        )
    assert headings[0] != headings[1]
    assert all(
        longer.startswith(short) for short, longer in zip(*headings, strict=True)
    )
    assert "（志愿者岗位）" in "".join(headings[1])


@pytest.mark.parametrize(
    ("moments", "zh", "en"),
    [
        (["2026-06-13T01:00:00.000Z", "2026-06-13T03:30:00.000Z"],
         "6月13日 周六 9:00–11:30", "Sat 13 Jun 9:00 to 11:30"),
        (["2026-06-13T12:00:00.000Z", "2026-06-13T16:30:00.000Z"],
         "6月13日 周六 20:00–6月14日 周日 0:30", "Sat 13 Jun 20:00 to Sun 14 Jun 0:30"),
        (["2026-06-13T01:00:00.000Z"], "6月13日 周六 9:00", "Sat 13 Jun 9:00"),
    ],
)  # fmt: skip
def test_a_change_tells_from_when_to_when_it_is(
    moments: list[str], zh: str, en: str
) -> None:
    words = {
        "title": "包粽子",
        "changed": ["ends_at"],
        "period": moments,
        "place": "二楼",
        "reason": "下雨",
        "renamed": "",
    }
    notice = {"kind": "session_changed", "words": words, "at": moments[0]}
    assert (
        f"《包粽子》的结束时间有变动，现为：{zh}，二楼。"
        in texts.of(notice, "zh")["text"]
    )
    assert f"It is now: {en}, 二楼." in texts.of(notice, "en")["text"]


def test_who_holds_a_seat_is_told_what_a_renamed_activity_was_called() -> None:
    notice = opened_by("activity_changed.v1")[0]
    assert texts.of(notice, "zh")["text"].startswith(
        "《端午包粽子》的名称有变动，现为：《包粽子》，6月13日 周六 "
    )
    assert texts.of(notice, "en")["text"].startswith(
        "“端午包粽子” has changed (name). It is now: “包粽子”, Sat "
    )


def test_a_party_of_a_proxy_is_told_with_the_one_who_signed_up() -> None:
    told_to = news_of("activities", begun("activities"), waiting("G3", "R9", "R10"))
    assert told_to == {("seat_waiting", "person/R9"), ("seat_waiting", "person/R10")}
    proxied = fact("activities", "signup_confirmed.v1", signup="G4", by="W1")
    assert ("seat_confirmed", "person/W1") in news_of(
        "activities", begun("activities"), proxied
    )


def test_activities_posted_before_sessions_were_listed_are_told_of_as_well() -> None:
    old = [
        fact("activities", f"activity_{step}.v1") for step in ("drafted", "published")
    ]
    docs = begun("activities")
    assert news_of(
        "activities", docs, *old, fact("activities", "signup_confirmed.v1", signup="G9")
    ) == {("seat_confirmed", R1)}
    assert docs.the("sessions", SESSION)["place"] == "望平社区党群服务中心"
    assert docs.the("signups", SIGNUP)["holds"] == SESSION


def test_why_a_sign_up_was_cancelled_is_told_where_the_host_said_it() -> None:
    docs = after(
        "activities",
        fact("activities", "signup_cancelled.v1", promoted=[], reason="场地变小"),
        docs=begun("activities"),
    )
    notice = next(
        each for each in told(docs, "activities") if each["kind"] == "signup_cancelled"
    )
    assert (
        texts.of(notice, "zh")["text"]
        == "《端午包粽子》（6月13日 周六 9:00）的报名已取消。原因：场地变小"
    )
    assert texts.of(notice, "en")["text"].endswith("is cancelled. Reason: 场地变小")


@pytest.mark.parametrize(
    ("before_the_end", "reminded"),
    [(timedelta(milliseconds=1), True), (timedelta(), False)],
)
def test_nobody_is_reminded_of_the_end_of_what_is_over_at_that_moment(
    before_the_end: timedelta, reminded: bool
) -> None:
    docs = begun("activities")
    ends = datetime.fromisoformat(POSTING["ends_at"])
    moved = [
        {**plan, "place": "三楼", "ends_at": instant(ends)}
        for plan in CONTENT["sessions"]
    ]
    before = {doc["id"] for doc in told(docs, "activities")}
    news_of(
        "activities",
        docs,
        fact("activities", "activity_changed.v1", sessions=moved),
        now=ends - before_the_end,
    )
    more = [
        doc
        for doc in told(docs, "activities")
        if doc["id"] not in before and doc["kind"] == "session_to_close"
    ]
    assert bool(more) == reminded


@pytest.mark.parametrize(
    ("gone", "left"), [("R1~child", ["R1"]), ("R1", ["R1", "R1~child"])]
)
def test_who_has_left_a_party_is_none_of_it_but_who_made_it_answers_for_it(
    gone: str, left: list[str]
) -> None:
    docs = begun("activities")
    grown = docs.the("signups", SIGNUP) | {"people": ["R1", "R1~child"]}
    docs.put("signups", grown)
    after("activities", fact("activities", "party_left.v1", person=gone), docs=docs)
    assert docs.the("signups", SIGNUP)["people"] == left


@pytest.mark.parametrize(
    ("gone", "to", "left"),
    [
        ("R6", "R7", ["R5", "R7"]),
        ("R6", "R5~child", ["R5"]),
        ("R5", "R7", ["R5", "R7", "R6"]),
    ],
)
def test_a_seat_passed_on_is_another_s_and_who_made_the_sign_up_stays(
    gone: str, to: str, left: list[str]
) -> None:
    docs = begun("activities")
    newcomer = {"person": to, "relation": "elder"}
    passed = {"signup": OTHER, "person": gone, "to": newcomer}
    after("activities", fact("activities", "seat_passed_on.v1", **passed), docs=docs)
    assert docs.the("signups", OTHER)["people"] == left
