"""The inbox: whose notices one sees, in what order, and what is read."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

import schemas.notices
from schemas.documents import Json
from schemas.fields import instant
from services.kit.cursors import Begun
from services.kit.engines.declared import by_name
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Unknown
from services.kit.views import Find, Nothing, Overlay, Search
from services.notices.model.addressees import is_for, wheres_of
from services.notices.rules import inbox
from services.notices.service import Notices
from services.notices.views import deliveries as delivered
from services.notices.views import inbox as views
from tests.examples import grids
from tests.examples import notices as examples
from tests.examples.fit import assert_examples_fit
from tests.given import NOW, asked, given_from, refused
from tests.unit.notices.stage import after, begun, fact

PAGE: dict[str, Any] = {"limit": 20, "after": None}
WEEK = timedelta(days=30)


class Counting(Overlay):
    """An overlay that counts as the engines do."""

    def search(self, query: Search) -> list[Json]:
        raise NotImplementedError("nothing is searched here")

    def count(self, query: Find) -> int:
        return len(self.find(query))

    def cursor(self, source: str) -> int:
        raise NotImplementedError

    def begin(self, source: str) -> Begun:
        raise NotImplementedError

    def commit(self, *args: Any) -> bool:
        raise NotImplementedError


def resident(id: str = "P1", **more: Any) -> Asked:
    return asked(("resident", "510108015001"), id=id, now=more.pop("now", NOW + WEEK))


def lived() -> Overlay:
    """What was told of a need, an activity and a partner, minutes apart."""
    docs = begun("cobuild")
    for minutes, (source, type) in enumerate(
        [
            ("cobuild", "resident_asked.v1"),
            ("cobuild", "need_fulfilled.v1"),
            ("cobuild", "need_rejected.v1"),
        ],
        1,
    ):
        after(
            source, fact(source, type), docs=docs, now=NOW + timedelta(minutes=minutes)
        )
    return docs


class Indexed(Counting):
    """Refuses what the engines would refuse: a query that no index answers."""

    def find(self, query: Find) -> list[Json]:
        query.index_in(by_name(Notices.collections))
        return super().find(query)


def kinds(docs: Overlay, who: Asked, **question: Any) -> list[str]:
    return [
        item["kind"]
        for item in views.my_notices(docs, {**PAGE, **question}, who)["items"]
    ]


def test_examples_are_complete_and_fit() -> None:
    assert_examples_fit(Notices, schemas.notices, examples)


def test_one_sees_ones_own_newest_first() -> None:
    assert kinds(lived(), resident()) == [
        "need_rejected", "need_fulfilled", "need_question", "need_claimed", "need_verified",
    ]  # fmt: skip
    assert kinds(lived(), resident("P2")) == []


def test_who_works_somewhere_sees_what_is_told_to_that_office_as_well() -> None:
    worker = asked(("community_worker", "510108015001"), id="W1", now=NOW + WEEK)
    assert kinds(lived(), worker) == ["need_to_verify"]
    street = asked(("street_admin", "510108015"), id="W1", now=NOW + WEEK)
    assert kinds(lived(), street) == ["unit_to_approve"]
    liaison = asked(
        ("unit_liaison", "unit/U1"), ("resident", "510108"), id="P1", now=NOW + WEEK
    )
    assert {"need_dispatched", "need_rejected"} <= set(kinds(lived(), liaison))


def test_living_somewhere_or_looking_at_figures_is_no_office() -> None:
    where = "510108015001"
    own = [{"to": "person/P1"}]
    assert wheres_of(resident().actor) == own
    assert (
        wheres_of(asked(("district_analyst", where), ("district_admin", "*")).actor)
        == own
    )


def in_places() -> Overlay:
    """A need and a unit in each of three communities, two of one street."""
    docs = Overlay(Nothing())
    for number, community in enumerate(
        ["510108015001", "510108015002", "510108009001"]
    ):
        for type, named in (("need_raised.v1", "need"), ("unit_registered.v1", "unit")):
            raised = fact(
                "cobuild", type, **{named: f"N{number}", "community": community}
            )
            after("cobuild", raised, docs=docs, now=NOW + timedelta(minutes=number))
    return docs


def seen(docs: Overlay, *roles: tuple[str, str], limit: int = 20) -> list[str]:
    """Whom the notices of somebody with these roles are to, page by page; the unread agree with them."""
    who, found, after_that = asked(*roles, id="W1", now=NOW + WEEK), list[str](), None
    while True:
        answer = views.my_notices(
            Indexed(docs), {"limit": limit, "after": after_that}, who
        )
        found += [item["to"] for item in answer["items"]]
        after_that = answer["next"]
        if after_that is None:
            break
    assert unread(docs, who) == len(found)
    delivered.list_deliveries(Indexed(docs), {**PAGE, "state": ["failed"]}, who)
    assert all(is_for(who.actor, to) for to in found)
    return found


STREET_15 = ["510108015002", "510108015001"]


@pytest.mark.parametrize(
    ("roles", "to"),
    [
        ([("community_worker", "510108015")], STREET_15),
        ([("community_worker", "510108")], ["510108009001", *STREET_15]),
        ([("community_worker", "510108015001")], ["510108015001"]),
        ([("street_admin", "510108015")], ["510108015", "510108015"]),
        ([("district_admin", "510108")], ["510108009", "510108015", "510108015"]),
        ([("branch_secretary", "510108")], []),
    ],
)
def test_workers_see_what_is_told_to_their_communities_and_administrators_what_is_told_to_their_streets(
    roles: list[tuple[str, str]], to: list[str]
) -> None:
    assert seen(in_places(), *roles) == to


def test_what_nested_roles_cover_twice_is_seen_and_counted_once() -> None:
    nested = [
        ("community_worker", scope) for scope in ("510108015001", "510108015", "510108")
    ]
    assert seen(in_places(), *nested, ("street_admin", "510108015002")) == [
        "510108009001",
        *STREET_15,
    ]


def test_an_office_reads_page_by_page_without_gap_or_repetition() -> None:
    roles = [
        ("community_worker", "510108015"),
        ("community_worker", "510108009001"),
        ("district_admin", "510108"),
    ]
    assert sorted(seen(in_places(), *roles, limit=1)) == sorted(
        ["510108009", "510108009001", "510108015", "510108015", *STREET_15]
    )


def test_what_was_read_in_an_office_one_has_left_hides_nothing_that_is_unread() -> None:
    docs, both = (
        in_places(),
        asked(("community_worker", "510108"), id="W1", now=NOW + WEEK),
    )
    elsewhere = views.my_notices(docs, PAGE, both)["items"][0]
    given_from(
        docs,
        Notices,
        "notices",
        inbox.read_notice(docs, {"notice": elsewhere["id"]}, both),
    )
    assert unread(docs, both) == 2
    assert (
        unread(docs, asked(("community_worker", "510108015"), id="W1", now=NOW + WEEK))
        == 2
    )


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


def reads(docs: Overlay, rule: Any, who: Asked, **said: str) -> None:
    given_from(docs, Notices, "notices", rule(docs, said, who))


def read_by(docs: Overlay, who: Asked) -> list[bool]:
    return [item["read"] for item in views.my_notices(docs, PAGE, who)["items"]]


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


def test_an_office_is_read_by_whoever_of_two_records_looked() -> None:
    docs = in_places()
    role = ("community_worker", "510108")
    gone, left = (asked(role, id=id, now=NOW + WEEK) for id in ("W1", "W2"))
    first, *rest = views.my_notices(docs, PAGE, gone)["items"]
    for who in (gone, left):
        reads(docs, inbox.read_notice, who, notice=first["id"])
    one = replace(left, merged=lambda: ("W1",))
    assert read_by(docs, one) == [True, *[False] * len(rest)]
    assert unread(docs, one) == len(rest)


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


def unread(docs: Overlay, who: Asked) -> int:
    return int(views.unread(Counting(docs), {}, who)["unread"])


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
