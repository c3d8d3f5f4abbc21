"""Units: registered, decided on, updated, and who sees that."""

import pytest

import schemas.cobuild as schemas
from services.cobuild import views
from services.cobuild.rules import units
from services.cobuild.service import Cobuild
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Unknown
from services.kit.log import Fact
from tests.examples import cobuild as examples
from tests.examples.fit import assert_examples_fit
from tests.given import DIVISIONS, asked, example_of, given, given_from, refused
from tests.unit.cobuild.units_and_offerings import (
    ANONYMOUS,
    APPROVED_UNIT,
    COMMANDS,
    LIAISON,
    PUBLISHED,
    REGISTERED,
    STREET,
    UNIT_APPROVED,
    UNIT_REJECTED,
    after,
    code_of,
    rule,
)

REGISTRAR = asked(("unit_liaison", "unit/none"))
OTHER_LIAISON = asked(("unit_liaison", "unit/U2"), id="P3")
BOTH_STREETS = asked(
    ("street_admin", "510108015"), ("street_admin", "510108016"), id="P6"
)

OTHER_STREET = asked(("street_admin", "510108016"), id="P5")


def test_the_examples_fit() -> None:
    assert_examples_fit(Cobuild, schemas, examples)


def test_a_unit_is_registered_with_who_did_it() -> None:
    fact = units.register_unit(after(), COMMANDS["register_unit"], REGISTRAR)
    assert (fact.type, fact.stream) == ("unit_registered.v1", "unit/N1")
    assert fact.data == {**COMMANDS["register_unit"], "unit": "N1", "by": "P1"}


def test_the_street_registers_its_own_units_only() -> None:
    assert (
        units.register_unit(after(), COMMANDS["register_unit"], STREET).type
        == "unit_registered.v1"
    )
    with refused("out_of_scope", Forbidden):
        units.register_unit(after(), COMMANDS["register_unit"], OTHER_STREET)


def test_what_lies_too_far_off_is_not_reckoned_with() -> None:
    daily = example_of(
        examples,
        "offering_published.v2",
        repeats="FREQ=DAILY",
        valid_until="2999-12-31",
    )
    docs = after(*APPROVED_UNIT, daily)
    for since in ("2029-01-01", "9999-12-31", "0001-01-01"):
        with refused("too_far_ahead", Invalid):
            views.offerings.list_occurrences(
                docs, {"offering": "F1", "since": since, "days": 92}, ANONYMOUS
            )
    found = views.offerings.list_occurrences(
        docs, {"offering": "F1", "since": "2028-01-01", "days": 3}, ANONYMOUS
    )
    assert [each["period"] for each in found["items"]] == [
        "2027-W52",
        "2027-W52",
        "2028-W01",
    ]


def test_a_unit_in_a_community_nobody_recorded_is_refused() -> None:
    with refused("unknown_division"):
        units.register_unit(given(Cobuild), COMMANDS["register_unit"], REGISTRAR)


def test_a_second_unit_with_the_same_code_is_refused_and_the_first_named() -> None:
    with refused("duplicate_credit_code", says="已有同代码单位: 锦灯供电服务所"):
        units.register_unit(after(REGISTERED), COMMANDS["register_unit"], REGISTRAR)


def test_a_rejected_unit_registers_anew() -> None:
    fact = units.register_unit(
        after(REGISTERED, UNIT_REJECTED), COMMANDS["register_unit"], REGISTRAR
    )
    assert fact.type == "unit_registered.v1"


@pytest.mark.parametrize(("field", "value"), [("members", -1), ("members", 1_000_001)])
def test_members_are_0_to_a_million(field: str, value: int) -> None:
    assert code_of(
        schemas.units.RegisterUnit, {**COMMANDS["register_unit"], field: value}
    ) == (field, "out_of_range")


def test_an_industry_not_on_the_list_is_refused() -> None:
    assert code_of(
        schemas.units.RegisterUnit, {**COMMANDS["register_unit"], "industry": "采矿"}
    ) == (
        "industry",
        "not_allowed",
    )


def test_the_street_approves_and_rejects() -> None:
    assert units.approve_unit(
        after(REGISTERED), COMMANDS["approve_unit"], STREET
    ).data == {"unit": "U1"}
    assert units.reject_unit(
        after(REGISTERED), COMMANDS["reject_unit"], STREET
    ).data == {
        **COMMANDS["reject_unit"],
        "by": STREET.actor.id,
    }


@pytest.mark.parametrize("decide", ["approve_unit", "reject_unit"])
def test_another_street_decides_nothing_and_hears_of_no_application(
    decide: str,
) -> None:
    for facts in ((REGISTERED,), (REGISTERED, UNIT_REJECTED), ()):
        with refused("not_found", Unknown, says="没有这个联建单位"):
            getattr(units, decide)(after(*facts), COMMANDS[decide], OTHER_STREET)
    with refused("out_of_scope", Forbidden):
        getattr(units, decide)(after(*APPROVED_UNIT), COMMANDS[decide], OTHER_STREET)


@pytest.mark.parametrize("decide", ["approve_unit", "reject_unit"])
@pytest.mark.parametrize("decided", [UNIT_APPROVED, UNIT_REJECTED])
def test_what_is_decided_is_not_decided_again(decide: str, decided: Fact) -> None:
    with refused(f"cannot_{decide.partition('_')[0]}"):
        getattr(units, decide)(after(REGISTERED, decided), COMMANDS[decide], STREET)


@pytest.mark.parametrize(
    "name", ["approve_unit", "reject_unit", "update_unit", "publish_offering"]
)
def test_a_unit_nobody_knows_is_named(name: str) -> None:
    with refused("not_found", Unknown, says="没有这个联建单位"):
        rule(name)(after(), COMMANDS[name], STREET)


@pytest.mark.parametrize("who", [REGISTRAR, LIAISON, STREET])
def test_registrar_liaison_and_street_update_a_unit_that_waits(who: Asked) -> None:
    docs = after(REGISTERED)
    fact = units.update_unit(docs, COMMANDS["update_unit"], who)
    given_from(docs, Cobuild, "cobuild", fact)
    assert docs.the("units", "U1")["members"] == 90


def test_who_registered_a_unit_is_a_stranger_to_it_once_it_is_approved() -> None:
    for name in (
        "update_unit",
        "publish_offering",
        "pause_offering",
        "revise_offering",
        "retire_offering",
    ):
        with refused("not_your_unit", Forbidden):
            rule(name)(after(*APPROVED_UNIT, PUBLISHED), COMMANDS[name], REGISTRAR)
    updated = units.update_unit(after(*APPROVED_UNIT), COMMANDS["update_unit"], LIAISON)
    assert updated.type == "unit_updated.v1"


def test_who_applied_and_why_they_were_rejected_is_for_them_and_for_who_decides() -> (
    None
):
    docs = after(REGISTERED, UNIT_REJECTED)
    for who in (REGISTRAR, LIAISON, STREET):
        shown = views.units.get_unit(docs, {"unit": "U1"}, who)
        assert (shown["by"], shown["reason"]) == (
            "P1",
            COMMANDS["reject_unit"]["reason"],
        )
    for who in (OTHER_LIAISON, OTHER_STREET, ANONYMOUS):
        with refused("not_found", Unknown):
            views.units.get_unit(docs, {"unit": "U1"}, who)
    approved = after(*APPROVED_UNIT)
    assert "by" not in views.units.get_unit(approved, {"unit": "U1"}, OTHER_LIAISON)
    assert "by" in views.units.get_unit(approved, {"unit": "U1"}, STREET)


def test_a_registration_that_waits_keeps_nobody_out_and_is_told_to_nobody() -> None:
    again = units.register_unit(
        after(REGISTERED), COMMANDS["register_unit"], OTHER_LIAISON
    )
    assert again.type == "unit_registered.v1"
    for who in (REGISTRAR, STREET):
        with refused("duplicate_credit_code", says=examples.PROFILE["name"]):
            units.register_unit(after(REGISTERED), COMMANDS["register_unit"], who)
    with refused("duplicate_credit_code", says=examples.PROFILE["name"]):
        units.register_unit(
            after(*APPROVED_UNIT), COMMANDS["register_unit"], OTHER_LIAISON
        )


def test_of_two_registrations_of_one_code_the_street_approves_one() -> None:
    second = example_of(examples, "unit_registered.v1", unit="U2", by="P3")
    approved = example_of(examples, "unit_approved.v1", unit="U2")
    docs = after(REGISTERED, second, approved)
    with refused("duplicate_credit_code", says=examples.PROFILE["name"]):
        units.approve_unit(docs, COMMANDS["approve_unit"], STREET)
    assert units.reject_unit(docs, COMMANDS["reject_unit"], STREET)


def test_a_rejected_unit_is_not_updated() -> None:
    with refused("cannot_update"):
        units.update_unit(
            after(REGISTERED, UNIT_REJECTED), COMMANDS["update_unit"], LIAISON
        )


@pytest.mark.parametrize("who", [OTHER_LIAISON, OTHER_STREET])
@pytest.mark.parametrize(
    "name",
    [
        "update_unit",
        "publish_offering",
        "pause_offering",
        "resume_offering",
        "retire_offering",
    ],
)
def test_nobody_else_speaks_for_a_unit(who: Asked, name: str) -> None:
    with refused("not_your_unit", Forbidden):
        rule(name)(after(*APPROVED_UNIT, PUBLISHED), COMMANDS[name], who)


def test_units_are_listed_by_place_and_state() -> None:
    other = {
        "unit": "U2",
        "community": "510108016001",
        "credit_code": "12510108450000016J",
    }
    docs = after(*APPROVED_UNIT, example_of(examples, "unit_registered.v1", **other))

    def units(who: Asked = BOTH_STREETS, **question: str) -> list[str]:
        found = views.units.list_units(
            docs, schemas.units.ListUnits().load(question), who
        )
        return [unit["id"] for unit in found["items"]]

    assert units() == ["U1", "U2"]
    assert units(state="registered") == ["U2"]
    assert units(division="510108015", state="approved") == ["U1"]
    assert units(state="registered,approved") == ["U1", "U2"]
    assert units(who=STREET) == ["U1"]
    assert units(who=STREET, state="registered") == []
    assert units(who=REGISTRAR, state="registered") == ["U2"]
    assert units(who=REGISTRAR, division="510108015", state="registered") == []


def test_a_unit_that_joined_long_ago_says_since_when() -> None:
    docs = given_from(given(Cobuild), Cobuild, "branches", *DIVISIONS)
    for day, code in (
        ("2019-03-05", ""),
        ("2026-06-01", ""),
        ("2026-06-02", "in_the_future"),
    ):
        command = {**COMMANDS["register_unit"], "joined_on": day}
        if code:
            with refused(code, Invalid):
                units.register_unit(docs, command, STREET)
        else:
            assert units.register_unit(docs, command, STREET).data["joined_on"] == day
