"""Branches and what is above them: links of certain days."""

import pytest

from schemas.branches import branches as schemas
from schemas.documents import Json
from services.branches.rules import branches
from services.branches.service import Branches
from services.kit.errors import Invalid, Unknown
from tests.examples import branches as examples
from tests.given import example_of, given_from, refused
from tests.unit.branches.ruling import COMMANDS, ESTABLISHED, STREET, after, shown

LINKED = example_of(examples, "oversight_linked.v1")
ENDED = example_of(examples, "oversight_ended.v1")


def test_a_branch_has_many_parents_at_once() -> None:
    territorial = example_of(
        examples,
        "oversight_linked.v1",
        link="L2",
        kind="territorial",
        parent="510108015",
        until="2026-05-31",
    )
    docs = after(*ESTABLISHED, LINKED, territorial)
    assert [parent["name"] for parent in shown(docs, "2026-05-31")["parents"]] == [
        "网络直播行业综合党委",
        "东街",
    ]
    assert [parent["parent"] for parent in shown(docs, "2026-06-01")["parents"]] == [
        "C1"
    ]


def test_a_parent_nobody_knows_is_refused() -> None:
    with refused("not_found", Unknown, says="没有这个行业综合党委"):
        branches.link_oversight(
            after(*ESTABLISHED), {**COMMANDS["link_oversight"], "parent": "C9"}, STREET
        )
    with refused("unknown_division"):
        command = {
            **COMMANDS["link_oversight"],
            "kind": "territorial",
            "parent": "510108099",
        }
        branches.link_oversight(after(*ESTABLISHED), command, STREET)


@pytest.mark.parametrize(
    "days",
    [
        {"since": "2026-06-01"},
        {"since": "2025-06-01", "until": "2026-01-01"},
        {"since": "2025-01-01"},
        {"since": "2026-12-31"},
    ],
)
def test_a_second_link_to_the_same_parent_in_the_same_days_is_refused(
    days: Json,
) -> None:
    with refused("already_linked"):
        branches.link_oversight(
            after(*ESTABLISHED, LINKED, ENDED),
            {**COMMANDS["link_oversight"], **days},
            STREET,
        )


@pytest.mark.parametrize(
    "days", [{"since": "2027-01-01"}, {"since": "2025-01-01", "until": "2025-12-31"}]
)
def test_a_link_before_or_after_another_is_not_in_its_way(days: Json) -> None:
    command = {**COMMANDS["link_oversight"], **days}
    assert (
        branches.link_oversight(
            after(*ESTABLISHED, LINKED, ENDED), command, STREET
        ).data["link"]
        == "N1"
    )


def test_the_links_of_a_branch_do_not_grow_without_end() -> None:
    links = [
        example_of(
            examples,
            "oversight_linked.v1",
            link=f"L{n}",
            since=f"{1900 + n}-01-01",
            until=f"{1900 + n}-12-31",
        )
        for n in range(schemas.MOST_LINKS)
    ]
    with refused("too_many_links"):
        branches.link_oversight(
            after(*ESTABLISHED, *links), COMMANDS["link_oversight"], STREET
        )


def test_a_link_ends_on_its_last_day() -> None:
    docs = after(*ESTABLISHED, LINKED)
    given_from(
        docs,
        Branches,
        "branches",
        branches.end_oversight(docs, COMMANDS["end_oversight"], STREET),
    )
    assert len(shown(docs, "2026-12-31")["parents"]) == 1
    assert shown(docs, "2027-01-01")["parents"] == []


def test_a_link_nobody_knows_is_not_ended() -> None:
    with refused("not_found", Unknown, says="没有这项隶属关系"):
        branches.end_oversight(after(*ESTABLISHED), COMMANDS["end_oversight"], STREET)


def test_a_link_does_not_end_before_it_began() -> None:
    with refused("ends_before_start", Invalid):
        command = {**COMMANDS["end_oversight"], "until": "2025-12-31"}
        branches.end_oversight(after(*ESTABLISHED, LINKED), command, STREET)


def test_a_link_may_end_on_the_day_it_began() -> None:
    command = {**COMMANDS["end_oversight"], "until": LINKED.data["since"]}
    assert branches.end_oversight(after(*ESTABLISHED, LINKED), command, STREET)


def test_a_link_that_has_ended_ends_earlier_but_not_again() -> None:
    docs = after(*ESTABLISHED, LINKED, ENDED)
    with refused("already_ended"):
        branches.end_oversight(docs, COMMANDS["end_oversight"], STREET)
    earlier = {**COMMANDS["end_oversight"], "until": "2026-06-30"}
    assert branches.end_oversight(docs, earlier, STREET).type == "oversight_ended.v1"
