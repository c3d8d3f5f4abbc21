"""Online, or both: who has a seat is told the link, and who watched a live-stream is a number and no attendance."""

from datetime import timedelta
from typing import Any

import marshmallow as ma
import pytest

from schemas.activities.contents import link
from schemas.documents import Json
from services.activities.rules import changes, online, postings, templates
from services.activities.service import Activities
from services.activities.views import calendars, personal_calendars
from services.activities.views import postings as postings_shown
from services.activities.views import sessions as sessions_shown
from services.activities.views import signups as signups_shown
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import (
    ACTIVITY,
    COMMANDS,
    CONTENT,
    POSTING,
    SESSION,
    STREAM,
)
from tests.given import asked, given_from, refused
from tests.unit.activities.stage import (
    BEFORE,
    OPENED,
    PUBLISHED,
    STARTED,
    STARTS,
    confirmed,
    resident,
    secretary,
    stage,
    street_admin,
    waitlisted,
)

LINK, ANOTHER = "https://meeting.example.org/1?p=2", "https://meeting.example.org/9"
ONLINE = {
    **CONTENT,
    "mode": "both",
    "sessions": [{**CONTENT["sessions"][0], "link": LINK}],
}
OF = {"activity": ACTIVITY}
ANYBODY = asked(id="")


def live(*facts: Fact) -> Overlay:
    crowd = (
        confirmed("G1", "R1", ticket=1),
        confirmed("G2", "R2", ticket=2),
        waitlisted("G3", "R3", ticket=3, position=1),
    )
    return stage(Fact("activity_published.v2", STREAM, ONLINE), OPENED, *crowd, *facts)


def take(docs: Overlay, fact: Fact) -> Overlay:
    return given_from(docs, Activities, "activities", fact)


def shown(docs: Overlay, who: Asked) -> list[Json]:
    """Everything that shows a session to somebody."""
    listed = sessions_shown.list_sessions(
        docs, {**OF, "limit": 20, "after": None}, who
    )["items"]
    return [
        postings_shown.get_activity(docs, OF, who),
        sessions_shown.get_session(docs, OF, who),
        *listed,
    ]


@pytest.mark.parametrize("who", [resident("R1"), secretary()])
def test_the_link_is_shown_to_who_has_a_seat_and_to_the_host(who: Asked) -> None:
    assert [one.get("link") for one in shown(live(), who)] == [LINK] * 3


def test_of_a_draft_the_link_is_shown_to_who_writes_it_alone() -> None:
    docs = stage(Fact("activity_drafted.v2", STREAM, ONLINE))
    assert postings_shown.get_activity(docs, OF, secretary())["link"] == LINK
    assert "link" not in postings_shown.get_activity(docs, OF, street_admin())
    for who, says in ((secretary(), LINK), (street_admin(), None)):
        (session,) = sessions_shown.list_sessions(
            docs, {**OF, "limit": 20, "after": None}, who
        )["items"]
        assert session.get("link") == says


def test_who_took_a_seat_for_a_child_is_told_where_it_takes_part() -> None:
    party = [{"person": "R4~child", "relation": "child"}]
    signed = Fact(
        "signup_confirmed.v1",
        STREAM,
        {**confirmed("G4", "R4", ticket=4).data, "party": party},
    )
    assert [one.get("link") for one in shown(live(signed), resident("R4"))] == [
        LINK
    ] * 3


@pytest.mark.parametrize(
    "who", [ANYBODY, resident("R3"), resident("R9"), street_admin()]
)
def test_the_link_is_shown_to_nobody_else(who: Asked) -> None:
    docs = live()
    assert LINK not in str(shown(docs, who))
    assert LINK not in str(
        postings_shown.list_activities(docs, {"limit": 20, "after": None}, who)
    )


def test_who_gave_the_seat_up_is_told_no_longer() -> None:
    told = {
        "activity": ACTIVITY,
        "session": SESSION,
        "signup": "G1",
        "late": False,
        "promoted": [],
    }
    docs = live(Fact("signup_cancelled.v1", STREAM, told))
    assert LINK not in str(shown(docs, resident("R1")))


def test_no_reply_to_a_command_and_no_public_calendar_says_the_link() -> None:
    docs = live()
    assert LINK not in str(docs.the("activities", ACTIVITY))
    assert LINK not in str(docs.the("signups", "G1"))
    assert LINK not in str(
        calendars.get_calendar(docs, {"host": "branch/B1"}, resident("R1"))
    )


def test_ones_own_calendar_and_sign_up_say_it_while_one_has_a_seat() -> None:
    docs = live()
    own = signups_shown.get_signup(docs, {"signup": "G1"}, resident("R1"))
    assert own["link"] == LINK
    entry = personal_calendars.own_entry(docs, SESSION, [docs.the("signups", "G1")])
    assert entry["link"] == LINK
    assert "link" not in personal_calendars.own_entry(
        docs, SESSION, [docs.the("signups", "G3")]
    )


def test_what_is_held_on_the_spot_alone_has_no_link() -> None:
    with refused("not_online", Invalid):
        postings.draft(
            stage(), {**POSTING, "host": "branch/B1", "link": LINK}, secretary()
        )
    with refused("not_online", Invalid):
        changes.change(
            stage(PUBLISHED),
            {**OF, "which": "all", "link": LINK, "reason": "改"},
            secretary(),
        )


def test_a_new_link_makes_another_version_of_the_session_and_is_what_is_told() -> None:
    docs = live()
    changed = changes.change(
        docs, {**OF, "which": "all", "link": ANOTHER, "reason": "换会议室"}, secretary()
    )
    assert changed.data["changed"] == ["link"]
    before = docs.the("sessions", SESSION)["changes"]
    after = take(docs, changed).the("sessions", SESSION)
    assert (after["link"], after["changes"]) == (ANOTHER, before + 1)


def test_moved_to_the_spot_alone_it_has_no_link_any_more() -> None:
    docs = live()
    changed = changes.change(
        docs, {**OF, "which": "all", "mode": "onsite", "reason": "改现场"}, secretary()
    )
    assert "link" not in take(docs, changed).the("sessions", SESSION)


def test_the_link_is_put_right_while_the_session_is_under_way() -> None:
    docs, during = live(STARTED), secretary(STARTS + timedelta(minutes=10))
    command = {**OF, "which": "one", "link": ANOTHER, "reason": "会议断了"}
    assert (
        take(docs, changes.change(docs, command, during)).the("sessions", SESSION)[
            "link"
        ]
        == ANOTHER
    )
    with refused("cannot_change"):
        changes.change(docs, {**command, "place": "院坝"}, during)


@pytest.mark.parametrize("name", ["summary", "audience", "mode"])
def test_a_change_of_what_people_must_know_is_a_new_version_in_calendars(
    name: str,
) -> None:
    docs, said = live(), {"summary": "带上剪刀", "audience": "老人", "mode": "online"}
    changed = changes.change(
        docs, {**OF, "which": "all", name: said[name], "reason": "改"}, secretary()
    )
    before = calendars.get_calendar(docs, {"host": "branch/B1"}, ANYBODY)["entries"][0]
    after = calendars.get_calendar(take(docs, changed), {"host": "branch/B1"}, ANYBODY)[
        "entries"
    ][0]
    assert after["changes"] == before["changes"] + 1
    assert after.get(name) == (said[name] if name != "mode" else None)


def test_a_change_of_seats_alone_is_one_for_the_session_as_before() -> None:
    docs = live()
    taken = take(
        docs,
        changes.change(
            docs, {**OF, "which": "all", "capacity": 9, "reason": "改"}, secretary()
        ),
    )
    assert taken.the("sessions", SESSION)["changes"] == 1


def test_a_copy_and_a_template_are_online_as_well() -> None:
    docs = live()
    copied = templates.copy_activity(
        docs, COMMANDS["copy_activity"], secretary(new_id="A2")
    ).data
    assert (copied["mode"], copied["sessions"][0]["link"]) == ("both", LINK)
    saved = templates.save_template(
        docs, COMMANDS["save_template"], secretary(new_id="T1")
    ).data
    assert saved["mode"] == "both"
    assert LINK not in str(saved)


GOOD = (
    "https://a.example",
    "http://a.example/",
    "https://a.example/会议?a=b#c",
    "https://a.example:8443/x@y",
)
BAD = (
    "javascript:alert(1)",
    "https:///x",
    "https://bank@evil/",
    "https://a b",
    "ftp://a",
    "a.example",
)


@pytest.mark.parametrize("text", GOOD)
def test_an_address_is_taken_as_a_link(text: str) -> None:
    assert link().deserialize(text) == text


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_address_or_pretends_another_is_refused(text: str) -> None:
    with pytest.raises(ma.ValidationError):
        link().deserialize(text)


def report(docs: Overlay, minutes: int, **said: Any) -> Fact:
    return online.report_viewers(
        docs,
        {**OF, "viewers": 12000, **said},
        secretary(STARTS + timedelta(minutes=minutes)),
    )


def test_viewers_are_told_with_their_day_and_are_no_attendance() -> None:
    docs = live(STARTED)
    seats, seating = docs.the("seats", f"{SESSION}:R1"), docs.the("seatings", SESSION)
    session = take(docs, report(docs, 0)).the("sessions", SESSION)
    assert (session["viewers"], session["viewers_on"]) == (12000, "2026-06-13")
    says = "主办方按直播平台 2026年6月13日 的数字报告：12000 人观看，不计入到场"
    assert session["viewers_text"] == says
    assert docs.the("seats", f"{SESSION}:R1") == seats
    assert docs.the("seatings", SESSION) == seating


def test_viewers_said_again_are_put_right() -> None:
    docs = live(STARTED)
    take(docs, report(docs, 10))
    later = take(docs, report(docs, 2 * 24 * 60, viewers=15000, on="2026-06-14")).the(
        "sessions", SESSION
    )
    assert (later["viewers"], later["viewers_on"]) == (15000, "2026-06-14")


def test_viewers_are_of_what_was_online_and_has_begun_on_a_day_since() -> None:
    with refused("not_begun", Refused):
        report(live(), -1)
    with refused("not_online", Refused):
        report(stage(PUBLISHED, OPENED, STARTED), 1)
    for on in ("2026-06-12", "2026-06-14"):
        with refused("bad_date", Invalid):
            report(live(STARTED), 1, on=on)
    assert BEFORE < STARTS


@pytest.mark.parametrize(
    ("command", "has_link"),
    [
        ({}, True),
        ({"mode": "both"}, True),
        ({"link": LINK}, True),
        ({"mode": "both", "link": LINK}, True),
        ({"mode": "onsite"}, False),
        ({"mode": "onsite", "link": LINK}, True),
    ],
)
def test_links_are_taken_away_only_from_what_moves_to_the_spot(
    command: Json, has_link: bool
) -> None:
    content = {"mode": "online", "sessions": [{"session": "S1", "link": LINK}]}
    (plan,) = online.without_old_links(content, command)["sessions"]
    assert ("link" in plan) is has_link
