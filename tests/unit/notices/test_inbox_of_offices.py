"""What is told to an office is seen by whoever holds it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from schemas.documents import Json
from services.kit.engines.declared import by_name
from services.kit.views import Find, Nothing, Overlay
from services.notices.model.addressees import is_for, wheres_of
from services.notices.rules import inbox
from services.notices.service import Notices
from services.notices.views import deliveries as delivered
from services.notices.views import inbox as views
from tests.given import NOW, asked, given_from
from tests.unit.notices.inboxes import (
    PAGE,
    WEEK,
    Counting,
    kinds,
    lived,
    read_by,
    reads,
    resident,
    unread,
)
from tests.unit.notices.stage import after, fact


class Indexed(Counting):
    """Refuses what the engines would refuse: a query that no index answers."""

    def find(self, query: Find) -> list[Json]:
        query.index_in(by_name(Notices.collections))
        return super().find(query)


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
