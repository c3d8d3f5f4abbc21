"""Branches: given what happened, when one asks, then an event or a refusal."""

from collections.abc import Callable

import marshmallow as ma
import pytest
from hypothesis import given as given_any
from hypothesis import settings
from hypothesis import strategies as st

import schemas.branches as package
from schemas import fields
from schemas.branches import branches as schemas
from schemas.branches import divisions as division_schemas
from schemas.documents import Json
from services.branches import views
from services.branches.rules import branches, places, terms
from services.branches.rules.divisions import record_division
from services.branches.service import Branches
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import branches as examples
from tests.examples.fit import assert_examples_fit
from tests.given import DIVISIONS, asked, example_of, given, given_from, refused

STREET = asked(("street_admin", "510108015"), id="A5")
OTHER_STREET = asked(("street_admin", "510108016"))
DISTRICT = asked(("district_admin", "510108"))
COMMANDS = examples.COMMANDS

COMMITTEE = example_of(examples, "committee_established.v1")
SITE = example_of(examples, "site_recorded.v1")
BRANCH = example_of(examples, "branch_established.v1")
LINKED = example_of(examples, "oversight_linked.v1")
ENDED = example_of(examples, "oversight_ended.v1")
APPOINTED = example_of(examples, "secretary_appointed.v1")
ESTABLISHED = (COMMITTEE, SITE, BRANCH)


def after(*facts: Fact) -> Overlay:
    return given(Branches, *DIVISIONS, *facts)


def shown(docs: Overlay, on: str = "2026-06-01") -> Json:
    return views.branches.get_branch(docs, {"branch": "B1", "on": on}, STREET)


def complaint(schema: type[fields.Schema], payload: Json) -> tuple[str, str]:
    with pytest.raises(ma.ValidationError) as caught:
        schema().load(payload)
    told = fields.complaints(caught.value)[0]
    return told["path"], told["code"]


def rule(name: str) -> Callable[[Overlay, Json, Asked], Fact]:
    """With what its mark looks at before."""
    found: Callable[[Overlay, Json, Asked], Fact] = getattr(Branches, name).rule
    return found


def test_the_examples_fit() -> None:
    assert_examples_fit(Branches, package, examples)


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("510108", "district", ""),
        ("510108015", "street", "510108"),
        ("510108015001", "community", "510108015"),
    ],
)
def test_level_and_parent_follow_from_the_code(
    code: str, level: str, parent: str
) -> None:
    fact = record_division(
        after(), {**COMMANDS["record_division"], "division": code}, DISTRICT
    )
    assert (fact.data["level"], fact.data["parent"]) == (level, parent)


def test_a_division_comes_after_the_one_it_lies_in() -> None:
    with refused("unknown_division", says="510108015"):
        record_division(given(Branches), COMMANDS["record_division"], DISTRICT)


def test_another_district_is_not_recorded() -> None:
    with refused("out_of_scope", Forbidden):
        rule("record_division")(
            after(), {**COMMANDS["record_division"], "division": "510104"}, DISTRICT
        )


@pytest.mark.parametrize(
    "name", ["establish_committee", "record_site", "establish_branch"]
)
def test_an_administrator_of_another_place_establishes_nothing(name: str) -> None:
    with refused("out_of_scope", Forbidden):
        rule(name)(after(SITE), COMMANDS[name], OTHER_STREET)


@pytest.mark.parametrize(
    "name", ["establish_committee", "record_site", "establish_branch"]
)
def test_nothing_is_established_where_nobody_recorded_a_division(name: str) -> None:
    with refused("unknown_division"):
        rule(name)(given(Branches, SITE), COMMANDS[name], DISTRICT)


def test_committee_site_and_branch_are_established() -> None:
    made = (
        places.establish_committee(after(), COMMANDS["establish_committee"], DISTRICT),
        places.record_site(after(), COMMANDS["record_site"], STREET),
        branches.establish_branch(after(SITE), COMMANDS["establish_branch"], STREET),
    )
    assert [(fact.type, fact.stream) for fact in made] == [
        ("committee_established.v1", "committee/N1"),
        ("site_recorded.v1", "site/N1"),
        ("branch_established.v1", "branch/N1"),
    ]


def test_a_branch_needs_no_site_but_not_one_nobody_knows() -> None:
    without = {
        name: value
        for name, value in COMMANDS["establish_branch"].items()
        if name != "site"
    }
    assert (
        branches.establish_branch(after(), without, STREET).type
        == "branch_established.v1"
    )
    with refused("not_found", Unknown, says="没有这个阵地"):
        branches.establish_branch(after(), COMMANDS["establish_branch"], STREET)


def test_a_home_needs_no_site_but_not_one_nobody_knows() -> None:
    command = COMMANDS["establish_home"]
    without = {name: value for name, value in command.items() if name != "site"}
    docs = after(COMMITTEE, BRANCH)
    assert "site" not in places.establish_home(docs, without, STREET).data
    with refused("not_found", Unknown, says="没有这个阵地"):
        places.establish_home(docs, command | {"site": "S1"}, STREET)
    here = after(*ESTABLISHED)
    fact = places.establish_home(here, command | {"site": "S1"}, STREET)
    assert fact.data["site"] == "S1"


@pytest.mark.parametrize(
    "name", ["link_oversight", "end_oversight", "appoint_secretary"]
)
def test_a_branch_nobody_knows_is_named(name: str) -> None:
    with refused("not_found", Unknown, says="没有这个党支部"):
        rule(name)(after(), COMMANDS[name], STREET)


@pytest.mark.parametrize(
    "name", ["link_oversight", "end_oversight", "appoint_secretary"]
)
def test_another_street_does_not_touch_a_branch(name: str) -> None:
    with refused("out_of_scope", Forbidden):
        rule(name)(after(*ESTABLISHED), COMMANDS[name], OTHER_STREET)


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


def test_a_secretary_is_in_office_on_the_first_and_last_day_of_the_term() -> None:
    docs = after(*ESTABLISHED, APPOINTED)
    days = ("2025-12-31", "2026-01-01", "2028-12-31", "2029-01-01")
    assert [shown(docs, day)["secretary"] for day in days] == [None, "P7", "P7", None]


def test_a_branch_is_shown_as_of_today_when_no_day_is_asked_for() -> None:
    shown_today = views.branches.get_branch(
        after(*ESTABLISHED, APPOINTED), {"branch": "B1"}, STREET
    )
    assert (shown_today["on"], shown_today["secretary"]) == ("2026-06-01", "P7")
    assert schemas.Branch().validate(shown_today) == {}


def test_a_new_term_ends_the_one_before_the_day_before() -> None:
    successor = {"person": "P8", "since": "2027-03-01", "until": "2029-02-28"}
    docs = after(*ESTABLISHED, APPOINTED)
    fact = terms.appoint_secretary(
        docs, {**COMMANDS["appoint_secretary"], **successor}, STREET
    )
    given_from(docs, Branches, "branches", fact)
    assert [shown(docs, day)["secretary"] for day in ("2027-02-28", "2027-03-01")] == [
        "P7",
        "P8",
    ]
    assert docs.the("branches", "B1")["terms"][0]["until"] == "2027-02-28"


def test_a_term_that_begins_before_the_latest_is_refused() -> None:
    with refused("before_latest_term", says="2026年1月1日"):
        command = {**COMMANDS["appoint_secretary"], "since": "2025-12-31"}
        terms.appoint_secretary(after(*ESTABLISHED, APPOINTED), command, STREET)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (
            {"since": "2026-06-01", "until": "2026-05-31"},
            ("until", "ends_before_start"),
        ),
        ({"since": "2026-06-01", "until": "2031-06-02"}, ("until", "term_too_long")),
        ({"since": "2028-02-29", "until": "2033-03-01"}, ("until", "term_too_long")),
        ({"since": "2026-02-29", "until": "2026-03-01"}, ("since", "bad_date")),
    ],
)
def test_impossible_terms_are_refused(days: Json, expected: tuple[str, str]) -> None:
    assert (
        complaint(schemas.AppointSecretary, {**COMMANDS["appoint_secretary"], **days})
        == expected
    )


def test_five_years_to_the_day_are_a_term() -> None:
    term = {
        **COMMANDS["appoint_secretary"],
        "since": "2026-06-01",
        "until": "2031-06-01",
    }
    assert schemas.AppointSecretary().load(term) == term


def test_a_term_from_the_first_day_there_is_breaks_nothing() -> None:
    first = example_of(
        examples, "secretary_appointed.v1", since="0001-01-01", until="0003-01-01"
    )
    again = example_of(
        examples, "secretary_appointed.v1", since="0001-01-01", until="0002-01-01"
    )
    docs = after(*ESTABLISHED, first, again)
    assert [term["until"] for term in docs.the("branches", "B1")["terms"]] == [
        "0002-01-01"
    ]


def test_a_link_that_ends_before_it_begins_is_refused() -> None:
    payload = {**COMMANDS["link_oversight"], "until": "2025-12-31"}
    assert complaint(schemas.LinkOversight, payload) == ("until", "ends_before_start")


DAYS = st.integers(1, 28).map(lambda day: f"2026-06-{day:02}")
TERMS = st.lists(st.tuples(DAYS, DAYS, st.sampled_from(["P1", "P2", "P3"])), max_size=6)


@settings(max_examples=60, deadline=None)
@given_any(TERMS, DAYS)
def test_the_secretary_of_a_day_is_the_last_appointed_to_begin_by_then(
    told: list[tuple[str, str, str]], day: str
) -> None:
    docs, appointed = after(*ESTABLISHED), []
    for first, last, person in told:
        term = {"person": person, "since": min(first, last), "until": max(first, last)}
        try:
            fact = terms.appoint_secretary(docs, {**term, "branch": "B1"}, STREET)
        except Refused:
            continue
        given_from(docs, Branches, "branches", fact)
        appointed.append(term)
    begun = [term for term in appointed if term["since"] <= day]
    expected = begun[-1]["person"] if begun and day <= begun[-1]["until"] else None
    assert shown(docs, day)["secretary"] == expected


def test_the_terms_shown_do_not_grow_without_end() -> None:
    terms = [
        example_of(
            examples,
            "secretary_appointed.v1",
            since=f"{1950 + n}-01-01",
            until=f"{1950 + n}-12-31",
        )
        for n in range(schemas.MOST_TERMS + 5)
    ]
    assert (
        len(after(*ESTABLISHED, *terms).the("branches", "B1")["terms"])
        == schemas.MOST_TERMS
    )


def divisions(docs: Overlay, **question: str) -> list[str]:
    found = views.divisions.list_divisions(
        docs, division_schemas.ListDivisions().load(question), asked()
    )
    return [division["id"] for division in found["items"]]


def test_divisions_are_listed_by_parent_and_level() -> None:
    docs = after()
    assert divisions(docs) == ["510108"]
    assert divisions(docs, parent="510108") == ["510108015", "510108016"]
    assert divisions(docs, level="community") == ["510108015001", "510108016001"]
    assert divisions(docs, level="community", parent="510108015") == ["510108015001"]
    assert divisions(docs, level="community", parent="510108") == [
        "510108015001",
        "510108016001",
    ]


def test_a_division_is_shown_to_anybody_and_an_unknown_one_is_named() -> None:
    shown_division = views.divisions.get_division(
        after(), {"division": "510108015"}, asked()
    )
    assert division_schemas.DivisionEntry().validate(shown_division) == {}
    with refused("not_found", Unknown, says="510108099"):
        views.divisions.get_division(after(), {"division": "510108099"}, asked())


def test_branches_are_listed_by_place() -> None:
    elsewhere = example_of(
        examples, "branch_established.v1", branch="B2", community="510108016001"
    )
    docs = after(*ESTABLISHED, elsewhere)

    def listed(**question: str) -> list[str]:
        found = views.branches.list_branches(
            docs, schemas.ListBranches().load(question), STREET
        )
        return [branch["id"] for branch in found["items"]]

    assert listed() == ["B1", "B2"]
    assert listed(division="510108016") == ["B2"]
    assert listed(division="510108015001") == ["B1"]
