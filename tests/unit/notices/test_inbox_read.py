"""What is read in the inbox stays read, and nothing else is."""

from dataclasses import replace
from datetime import timedelta

import pytest

from schemas.fields import instant
from services.kit.errors import Invalid, Unknown
from services.kit.views import Find, Overlay
from services.notices.rules import inbox
from services.notices.service import Notices
from services.notices.views import inbox as views
from tests.given import NOW, asked, given_from, refused
from tests.unit.notices.inboxes import (
    PAGE,
    WEEK,
    lived,
    read_by,
    reads,
    resident,
    unread,
)
from tests.unit.notices.stage import after, begun, fact


def test_notices_read_one_by_one_are_counted_beyond_what_is_shown(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(views, "MOST_UNREAD", 2)
    docs, who = lived(), resident()
    for item in views.my_notices(docs, PAGE, who)["items"][:3]:
        given_from(
            docs,
            Notices,
            "notices",
            inbox.read_notice(docs, {"notice": item["id"]}, who),
        )
    assert unread(docs, who) == 2


def both_were_told() -> Overlay:
    """The same three things told to P1 and, of a need of their own, to P2."""
    docs = lived()
    raised = fact("cobuild", "need_raised.v1", need="N2", beneficiary="P2")
    verified = fact("cobuild", "need_verified.v1", need="N2")
    for told in (raised, verified):
        after("cobuild", told, docs=docs, now=NOW + timedelta(minutes=9))
    return docs


@pytest.mark.parametrize("way", ["one by one", "all at once"])
def test_what_a_merged_record_had_read_is_read_by_the_survivor(way: str) -> None:
    """And what was told to the survivor, who had not looked, is not."""
    docs, gone = both_were_told(), resident("P2")
    theirs = views.my_notices(docs, PAGE, gone)["items"]
    if way == "one by one":
        for notice in theirs:
            reads(docs, inbox.read_notice, gone, notice=notice["id"])
    else:
        reads(docs, inbox.read_notices, gone, upto=instant(NOW + timedelta(days=1)))
    one = replace(resident("P1"), merged=lambda: ("P2",))
    alone = len(read_by(docs, resident("P1")))
    assert sorted(read_by(docs, one)) == [False] * alone + [True] * len(theirs)
    assert unread(docs, one) == unread(docs, resident("P1")) == alone
    reads(docs, inbox.read_notices, one, upto=instant(NOW + timedelta(days=1)))
    assert (set(read_by(docs, one)), unread(docs, one)) == ({True}, 0)


def test_one_is_read_then_all_up_to_a_moment() -> None:
    docs, who = lived(), resident()
    assert unread(docs, who) == 5
    newest = views.my_notices(docs, PAGE, who)["items"][0]
    given_from(
        docs, Notices, "notices", inbox.read_notice(docs, {"notice": newest["id"]}, who)
    )
    assert unread(docs, who) == 4
    assert [item["read"] for item in views.my_notices(docs, PAGE, who)["items"]] == [
        True,
        False,
        False,
        False,
        False,
    ]
    given_from(
        docs,
        Notices,
        "notices",
        inbox.read_notices(docs, {"upto": instant(NOW + timedelta(minutes=1))}, who),
    )
    assert unread(docs, who) == 1
    assert [item["read"] for item in views.my_notices(docs, PAGE, who)["items"]] == [
        True,
        False,
        True,
        True,
        True,
    ]
    assert unread(docs, resident("P2")) == 0


def test_what_was_read_stays_read() -> None:
    docs, who = lived(), resident()
    given_from(
        docs,
        Notices,
        "notices",
        inbox.read_notices(docs, {"upto": instant(NOW + timedelta(hours=1))}, who),
    )
    earlier = inbox.read_notices(docs, {"upto": instant(NOW)}, who)
    assert earlier.data["upto"] == instant(NOW + timedelta(hours=1))


def test_a_moment_that_has_not_come_cannot_be_read_up_to() -> None:
    with refused("not_yet", Invalid):
        inbox.read_notices(lived(), {"upto": instant(NOW + 2 * WEEK)}, resident())


def test_what_is_told_to_another_cannot_be_read_nor_what_is_not_told_yet() -> None:
    docs = begun("cobuild")
    newest = views.my_notices(docs, PAGE, resident())["items"][0]
    for id in (newest["id"], "N-nobody-wrote"):
        with refused("not_found", Unknown, "没有这条通知"):
            inbox.read_notice(docs, {"notice": id}, resident("P2"))
    liaison = asked(("unit_liaison", "unit/U1"), now=NOW + timedelta(minutes=1))
    reminder = docs.the("commitments", "C1")["reminders"]["due_soon"]
    with refused("not_found", Unknown):
        inbox.read_notice(docs, {"notice": reminder}, liaison)


def test_whose_notice_it_is_not_hears_of_none_whatever_became_of_it() -> None:
    docs = lived()
    notices = docs.find(Find("cobuild_notices", {"to": "person/P1"}, "at"))
    reminder = {**notices[0], "id": "E9.reminder.0", "at": instant(NOW + 2 * WEEK)}
    over = {**notices[0], "id": "E8.reminder.0", "over": True}
    for notice in (reminder, over):
        docs.put("cobuild_notices", notice)
    for id in (*(notice["id"] for notice in (*notices, reminder, over)), "E99.none.0"):
        with refused("not_found", Unknown, says="没有这条通知"):
            inbox.read_notice(docs, {"notice": id}, resident("P7"))


def test_all_up_to_this_very_moment_can_be_read_and_nothing_after_it() -> None:
    who = resident()
    assert inbox.read_notices(lived(), {"upto": instant(who.now)}, who).data[
        "upto"
    ] == instant(who.now)
    with refused("not_yet", Invalid):
        inbox.read_notices(
            lived(), {"upto": instant(who.now + timedelta(milliseconds=1))}, who
        )
