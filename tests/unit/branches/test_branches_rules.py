"""Branches are established: given what happened, when one asks, then an event or a refusal."""

from collections.abc import Callable

import pytest

import schemas.branches as package
from schemas.documents import Json
from services.branches.rules import branches, places
from services.branches.rules.divisions import record_division
from services.branches.service import Branches
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import branches as examples
from tests.examples.fit import assert_examples_fit
from tests.given import asked, given, refused
from tests.unit.branches.ruling import (
    BRANCH,
    COMMANDS,
    COMMITTEE,
    ESTABLISHED,
    SITE,
    STREET,
    after,
)

OTHER_STREET = asked(("street_admin", "510108016"))
DISTRICT = asked(("district_admin", "510108"))


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
