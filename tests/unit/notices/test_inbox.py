"""The inbox: whose notices one sees, and in what order."""

from datetime import timedelta

import schemas.notices
from services.kit.views import Overlay
from services.notices.rules import inbox
from services.notices.service import Notices
from services.notices.views import inbox as views
from tests.examples import grids
from tests.examples import notices as examples
from tests.examples.fit import assert_examples_fit
from tests.given import NOW, asked, given_from
from tests.unit.notices.inboxes import PAGE, WEEK, kinds, lived, resident, unread
from tests.unit.notices.stage import after, begun, fact


def test_examples_are_complete_and_fit() -> None:
    assert_examples_fit(Notices, schemas.notices, examples)


def test_one_sees_ones_own_newest_first() -> None:
    assert kinds(lived(), resident()) == [
        "need_rejected", "need_fulfilled", "need_question", "need_claimed", "need_verified",
    ]  # fmt: skip
    assert kinds(lived(), resident("P2")) == []


def test_pages_follow_one_another_without_gap_or_repetition() -> None:
    docs, who = lived(), resident()
    whole = kinds(docs, who)
    paged, after_that = [], None
    while True:
        answer = views.my_notices(docs, {"limit": 2, "after": after_that}, who)
        paged += [item["kind"] for item in answer["items"]]
        after_that = answer["next"]
        if after_that is None:
            break
    assert paged == whole


def test_a_reminder_is_seen_when_its_time_has_come() -> None:
    docs = begun("cobuild")
    liaison = [("unit_liaison", "unit/U1")]
    at_once = asked(*liaison, now=NOW + timedelta(minutes=1))
    assert "due_soon" not in kinds(docs, at_once)
    assert "due_soon" in kinds(docs, asked(*liaison, now=NOW + WEEK))


def test_it_is_told_in_the_language_asked_for() -> None:
    docs = lived()
    first = views.my_notices(docs, {**PAGE, "lang": "en"}, resident())["items"][0]
    assert first["heading"] == "The need was not taken on"
    assert (
        views.my_notices(docs, PAGE, resident())["items"][0]["heading"]
        == "需求没有受理"
    )


def test_a_reminder_told_in_its_time_stays_in_the_inbox_when_all_is_done() -> None:
    docs = begun("cobuild")
    told_by = NOW + timedelta(days=11)
    liaison = asked(("unit_liaison", "unit/U1"), now=told_by)
    reminder = docs.the("commitments", "C1")["reminders"]["due_soon"]
    given_from(
        docs, Notices, "notices", inbox.read_notice(docs, {"notice": reminder}, liaison)
    )
    before = unread(docs, liaison)
    after("cobuild", fact("cobuild", "need_fulfilled.v1"), docs=docs, now=told_by)
    assert "due_soon" in kinds(docs, liaison)
    assert unread(docs, liaison) == before


def test_a_micro_grid_is_called_by_its_name_where_it_has_one() -> None:
    docs = begun("grids")
    text = read_by_the_member(docs)
    assert "微网格“W-0101”" in text
    after("branches", fact("branches", "grid_recorded.v1"), docs=docs)
    assert "微网格“灯塔苑一网格”" in read_by_the_member(docs)
    renamed = fact("branches", "grid_recorded.v1", name="灯塔苑新网格")
    after("branches", renamed, docs=docs)
    assert "微网格“灯塔苑新网格”" in read_by_the_member(docs)


def read_by_the_member(docs: Overlay) -> str:
    member = grids.EVENTS["member_appointed.v1"]["person"]
    [notice] = views.my_notices(docs, PAGE, resident(member))["items"]
    return str(notice["text"])
