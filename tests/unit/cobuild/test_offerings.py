"""Offerings: published, paused, retired, listed, and recorded when they are over."""

from datetime import timedelta

import pytest

import schemas.cobuild as schemas
from schemas import fields
from schemas.documents import Json
from services.cobuild import views
from services.cobuild.rules import offerings
from services.cobuild.service import Cobuild
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Invalid, Unknown
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import cobuild as examples
from tests.given import DIVISIONS, NOW, asked, example_of, given, given_from, refused
from tests.unit.cobuild.units_and_offerings import (
    ANONYMOUS,
    APPROVED_UNIT,
    COMMANDS,
    LIAISON,
    PUBLISHED,
    REGISTERED,
    STREET,
    UNIT_REJECTED,
    after,
    code_of,
    rule,
)

PAUSED = example_of(examples, "offering_paused.v1")
RESUMED = example_of(examples, "offering_resumed.v1")
RETIRED = example_of(examples, "offering_retired.v1")


def problems(schema: type[fields.Schema], doc: Json) -> object:
    """What is wrong with what a caller would be shown of the document."""
    declared = schema().fields
    return schema().validate(
        {name: value for name, value in doc.items() if name in declared}
    )


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
