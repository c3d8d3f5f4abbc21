"""Units and offerings: given what happened, when one asks, then an event or a refusal."""

from collections.abc import Callable
from datetime import timedelta

import marshmallow as ma
import pytest

import schemas.cobuild as schemas
from schemas import fields
from schemas.documents import Json
from services.cobuild import views
from services.cobuild.rules import offerings, units
from services.cobuild.service import Cobuild
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.examples.fit import assert_examples_fit
from tests.given import DIVISIONS, NOW, asked, example_of, given, given_from, refused

REGISTRAR = asked(("unit_liaison", "unit/none"))
LIAISON = asked(("unit_liaison", "unit/U1"), id="P2")
OTHER_LIAISON = asked(("unit_liaison", "unit/U2"), id="P3")
STREET = asked(("street_admin", "510108015"), id="P4")
BOTH_STREETS = asked(
    ("street_admin", "510108015"), ("street_admin", "510108016"), id="P6"
)
OTHER_STREET = asked(("street_admin", "510108016"), id="P5")
ANONYMOUS = asked(id="anonymous")
COMMANDS = examples.COMMANDS

REGISTERED = example_of(examples, "unit_registered.v1")
UNIT_APPROVED = example_of(examples, "unit_approved.v1")
UNIT_REJECTED = example_of(examples, "unit_rejected.v1")
PUBLISHED = example_of(examples, "offering_published.v2")
PAUSED = example_of(examples, "offering_paused.v1")
RESUMED = example_of(examples, "offering_resumed.v1")
RETIRED = example_of(examples, "offering_retired.v1")
APPROVED_UNIT = (REGISTERED, UNIT_APPROVED)


def after(*facts: Fact) -> Overlay:
    return given_from(given(Cobuild, *facts), Cobuild, "branches", *DIVISIONS)


def code_of(schema: type[fields.Schema], payload: Json) -> tuple[str, str]:
    with pytest.raises(ma.ValidationError) as caught:
        schema().load(payload)
    told = fields.complaints(caught.value)[0]
    return told["path"], told["code"]


def rule(name: str) -> Callable[[Overlay, Json, Asked], Fact]:
    found: Callable[[Overlay, Json, Asked], Fact] = getattr(
        units, name, None
    ) or getattr(offerings, name)
    return found


def problems(schema: type[fields.Schema], doc: Json) -> object:
    """What is wrong with what a caller would be shown of the document."""
    declared = schema().fields
    return schema().validate(
        {name: value for name, value in doc.items() if name in declared}
    )


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


def test_an_offering_is_published() -> None:
    fact = offerings.publish_offering(
        after(*APPROVED_UNIT), COMMANDS["publish_offering"], LIAISON
    )
    assert (fact.type, fact.stream) == ("offering_published.v2", "offering/N1")
    assert fact.data == {**COMMANDS["publish_offering"], "offering": "N1"}


@pytest.mark.parametrize("facts", [(REGISTERED,), (REGISTERED, UNIT_REJECTED)])
def test_only_an_approved_unit_publishes(facts: tuple[Fact, ...]) -> None:
    with refused("unit_not_approved"):
        offerings.publish_offering(after(*facts), COMMANDS["publish_offering"], LIAISON)


def test_an_offering_at_a_place_nobody_recorded_is_refused() -> None:
    with refused("unknown_division"):
        offerings.publish_offering(
            given(Cobuild, *APPROVED_UNIT), COMMANDS["publish_offering"], LIAISON
        )


def test_an_offering_valid_until_yesterday_is_refused_and_until_today_is_not() -> None:
    command = {**COMMANDS["publish_offering"], "valid_until": "2026-05-31"}
    with refused("in_the_past", Invalid):
        offerings.publish_offering(after(*APPROVED_UNIT), command, LIAISON)
    today = {**examples.ABOUT, "unit": "U1", "valid_until": "2026-06-01"}
    assert (
        offerings.publish_offering(after(*APPROVED_UNIT), today, LIAISON).type
        == "offering_published.v2"
    )


@pytest.mark.parametrize("capacity", [0, 100_001, 10**9])
def test_a_capacity_out_of_range_is_refused(capacity: int) -> None:
    payload = {**COMMANDS["publish_offering"], "capacity": capacity}
    assert code_of(schemas.offerings.PublishOffering, payload) == (
        "capacity",
        "capacity_out_of_range",
    )


def test_an_offering_is_paused_resumed_and_retired() -> None:
    docs = after(*APPROVED_UNIT, PUBLISHED)
    for name, state in (
        ("pause_offering", "paused"),
        ("resume_offering", "published"),
        ("retire_offering", "retired"),
    ):
        given_from(docs, Cobuild, "cobuild", rule(name)(docs, COMMANDS[name], LIAISON))
        offering = docs.the("offerings", "F1")
        assert offering["state"] == state
        assert ("reason" in offering) == (state == "paused")


def test_what_is_paused_is_not_paused_again() -> None:
    with refused("already_paused"):
        offerings.pause_offering(
            after(*APPROVED_UNIT, PUBLISHED, PAUSED),
            COMMANDS["pause_offering"],
            LIAISON,
        )


@pytest.mark.parametrize("facts", [(), (PAUSED, RESUMED)])
def test_only_what_is_paused_is_resumed(facts: tuple[Fact, ...]) -> None:
    with refused("cannot_resume"):
        offerings.resume_offering(
            after(*APPROVED_UNIT, PUBLISHED, *facts),
            COMMANDS["resume_offering"],
            LIAISON,
        )


@pytest.mark.parametrize(
    "name", ["pause_offering", "resume_offering", "retire_offering"]
)
def test_a_retired_offering_stays_retired(name: str) -> None:
    with refused(f"cannot_{name.partition('_')[0]}"):
        rule(name)(after(*APPROVED_UNIT, PUBLISHED, RETIRED), COMMANDS[name], LIAISON)


@pytest.mark.parametrize(
    "name", ["pause_offering", "resume_offering", "retire_offering"]
)
def test_an_offering_nobody_knows_is_named(name: str) -> None:
    with refused("not_found", Unknown, says="没有这个资源"):
        rule(name)(after(*APPROVED_UNIT), COMMANDS[name], LIAISON)


def test_the_documents_are_a_unit_and_an_offering() -> None:
    docs = after(*APPROVED_UNIT, PUBLISHED, PAUSED)
    assert problems(schemas.units.Unit, docs.the("units", "U1")) == {}
    assert problems(schemas.offerings.Offering, docs.the("offerings", "F1")) == {}


def listed(docs: Overlay, who: Asked, **question: object) -> list[str]:
    found = views.offerings.list_offerings(
        docs, schemas.offerings.ListOfferings().load(question), who
    )
    return [offering["id"] for offering in found["items"]]


def test_anybody_sees_published_offerings_and_whose_they_are() -> None:
    docs = after(*APPROVED_UNIT, PUBLISHED)
    assert listed(docs, ANONYMOUS) == ["F1"]
    shown = views.offerings.get_offering(docs, {"offering": "F1"}, ANONYMOUS)
    assert shown["unit_name"] == "锦灯供电服务所"
    assert problems(schemas.offerings.Offering, shown) == {}


def test_a_paused_offering_is_shown_to_those_with_a_role_only() -> None:
    docs = after(*APPROVED_UNIT, PUBLISHED, PAUSED)
    assert listed(docs, ANONYMOUS) == []
    assert listed(docs, STREET, state="paused") == ["F1"]
    assert (
        views.offerings.get_offering(docs, {"offering": "F1"}, STREET)["state"]
        == "paused"
    )
    with refused("published_only", Forbidden):
        listed(docs, ANONYMOUS, state="paused")
    with refused("not_found", Unknown):
        views.offerings.get_offering(docs, {"offering": "F1"}, ANONYMOUS)


def test_an_expired_offering_is_listed_no_more() -> None:
    later = asked(id="anonymous", now=NOW + timedelta(days=365))
    assert listed(after(*APPROVED_UNIT, PUBLISHED), later) == []


def test_offerings_in_several_states_are_one_list_published_ones_only_while_they_are_valid() -> (
    None
):
    about = example_of(examples, "offering_paused.v1").data | {"offering": "F2"}
    paused = Fact("offering_paused.v1", "example/1", about)
    second = example_of(
        examples, "offering_published.v2", offering="F2", valid_until="2026-07-01"
    )
    docs = after(*APPROVED_UNIT, PUBLISHED, second, paused)
    assert listed(docs, STREET, state="published,paused") == ["F2", "F1"]
    assert listed(
        docs,
        asked(("street_admin", "510108015"), now=NOW + timedelta(days=365)),
        state="paused,published",
    ) == ["F2"]
    with refused("published_only", Forbidden):
        listed(docs, ANONYMOUS, state="published,paused")


def test_one_whose_unit_is_halted_is_among_the_paused() -> None:
    docs = after(*APPROVED_UNIT, PUBLISHED)
    docs.put("units", {**docs.the("units", "U1"), "halted": True})
    assert listed(docs, STREET) == []
    assert listed(docs, STREET, state="paused") == ["F1"]
    assert listed(docs, STREET, state="published,paused") == ["F1"]
    assert listed(after(*APPROVED_UNIT, PUBLISHED), STREET, state="paused") == []


def test_offerings_are_listed_by_place_category_and_unit_the_first_to_expire_first() -> (
    None
):
    sooner = {
        "offering": "F2",
        "valid_until": "2026-07-01",
        "community": "510108016001",
        "category": "零距离助老",
    }
    docs = after(
        *APPROVED_UNIT,
        PUBLISHED,
        example_of(examples, "offering_published.v2", **sooner),
    )
    assert listed(docs, ANONYMOUS) == ["F2", "F1"]
    assert listed(docs, ANONYMOUS, unit="U1") == ["F2", "F1"]
    assert listed(docs, ANONYMOUS, division="510108015") == ["F1"]
    assert listed(docs, ANONYMOUS, division="510108", category="零距离助老") == ["F2"]


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


OVER = {
    **COMMANDS["publish_offering"],
    "starts_at": "2024-03-02T01:00:00.000Z",
    "valid_until": "2024-12-31",
}


def over(**changes: str) -> Fact:
    docs = given_from(given(Cobuild, REGISTERED), Cobuild, "branches", *DIVISIONS)
    return offerings.publish_offering(
        docs, {**OVER, "retired_on": "2024-12-31", **changes}, LIAISON
    )


def test_what_was_offered_once_is_recorded_as_it_was_and_is_over() -> None:
    """Also of a unit that is not approved yet: nobody can book it."""
    docs = given_from(given(Cobuild, *APPROVED_UNIT), Cobuild, "branches", *DIVISIONS)
    with refused("in_the_past", Invalid):
        offerings.publish_offering(docs, OVER, LIAISON)
    recorded = over()
    assert (recorded.type, recorded.data["retired_on"]) == (
        "offering_published.v2",
        "2024-12-31",
    )
    given_from(docs, Cobuild, "cobuild", recorded)
    (offering,) = (docs.get("offerings", recorded.data["offering"]),)
    assert offering is not None
    assert (offering["state"], offering["state_text"]) == ("retired", "已下架")
    with refused("cannot_revise"):
        offerings.revise_offering(
            docs, {**COMMANDS["revise_offering"], "offering": offering["id"]}, LIAISON
        )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"retired_on": "2026-06-02"}, "in_the_future"),
        ({"valid_until": "3000-01-01"}, "too_far_ahead"),
        ({"valid_until": "2006-05-31"}, "too_long_ago"),
        ({"starts_at": "2006-05-30T01:00:00.000Z"}, "too_long_ago"),
    ],
)
def test_what_cannot_have_been_offered_is_refused(
    changes: dict[str, str], code: str
) -> None:
    with refused(code, Invalid):
        over(**changes)
    assert over(retired_on="2026-06-01").data["retired_on"] == "2026-06-01"


def test_an_offering_says_since_when_it_is_retired() -> None:
    docs = given_from(
        given(Cobuild, *APPROVED_UNIT, PUBLISHED, RETIRED),
        Cobuild,
        "branches",
        *DIVISIONS,
    )
    offering = docs.get("offerings", PUBLISHED.data["offering"])
    assert offering is not None
    assert offering["retired_on"] == "2026-06-01"


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
