"""What services know of hosts that are not their own: names, standing, terms."""

import pytest

from schemas.documents import Json
from services.district import host_names, hosts, territory
from services.kit.log import Fact
from services.kit.views import Folds, Nothing, Overlay
from tests.examples import branches, cobuild, partners
from tests.given import happened


def after(folds: Folds, *facts: Fact) -> Overlay:
    docs = Overlay(Nothing())
    for seq, fact in enumerate(facts, 1):
        docs.fold(happened(fact, seq), folds)
    return docs


def of_unit(type: str, **changes: object) -> Fact:
    data = cobuild.EVENTS[type] | {"unit": "U1"} | changes
    return Fact(type, "unit/U1", data)


def of_partner(type: str, **changes: object) -> Fact:
    data = partners.EVENTS[type] | {"partner": "P1"} | changes
    return Fact(type, "partner/P1", data)


def of_branch(type: str, **changes: object) -> Fact:
    data = branches.EVENTS[type] | {"branch": "B1"} | changes
    return Fact(type, "branch/B1", data)


def known(doc: Json) -> Json:
    return {name: value for name, value in doc.items() if name != "seq"}


def test_a_host_stands_as_it_was_last_decided_and_is_called_as_it_last_said() -> None:
    docs = after(
        hosts.OF_COBUILD,
        of_unit("unit_registered.v1", name="旧名"),
        of_unit("unit_approved.v1"),
        of_unit("unit_suspended.v1"),
        of_unit("unit_updated.v1", name="新名"),
    )
    unit = known(docs.the("units", "U1"))
    assert unit == {"id": "U1", "name": "新名", "state": "suspended"}


@pytest.mark.parametrize(
    ("folds", "renamed"),
    [
        (hosts.OF_BRANCHES, of_branch("branch_renamed.v1", name="新名")),
        (hosts.OF_COBUILD, of_unit("unit_updated.v1", name="新名")),
        (hosts.OF_PARTNERS, of_partner("partner_profile_updated.v3")),
    ],
    ids=["branch", "unit", "partner"],
)
def test_a_host_that_never_was_there_cannot_be_renamed(
    folds: Folds, renamed: Fact
) -> None:
    """Half a document would break whoever reads it; so the follower stands, and says at which event."""
    with pytest.raises(KeyError):
        after(folds, renamed)


def test_a_partner_has_no_name_before_it_is_released() -> None:
    applied = of_partner("partner_applied.v3")
    approved = of_partner("partner_approved.v2", name="青禾书房")
    waiting = after(hosts.OF_PARTNERS, applied)
    assert hosts.name_of(waiting, "partner/P1", "host_name") == {}
    assert hosts.called(waiting, "partner/P1") == " partner/P1 "
    released = after(hosts.OF_PARTNERS, applied, approved)
    assert hosts.name_of(released, "partner/P1", "host_name") == {
        "host_name": "青禾书房"
    }
    assert hosts.called(released, "partner/P1") == "“青禾书房”"


def test_who_needs_the_names_alone_keeps_no_partner_without_one() -> None:
    applied = of_partner("partner_applied.v3")
    assert after(host_names.OF_PARTNERS, applied).get("partners", "P1") is None


def test_a_branch_has_its_secretaries_terms_and_the_day_it_ended() -> None:
    docs = after(
        hosts.OF_BRANCHES,
        of_branch("branch_established.v1", name="一支部"),
        of_branch("secretary_appointed.v1", person="S1"),
        of_branch("branch_renamed.v1", name="二支部"),
        of_branch("branch_dissolved.v1", on="2026-06-01"),
    )
    branch = docs.the("branches", "B1")
    assert [term["person"] for term in branch["terms"]] == ["S1"]
    assert (branch["name"], branch["ended_on"]) == ("二支部", "2026-06-01")


def test_a_unit_is_known_with_its_place_to_who_needs_the_names_alone() -> None:
    docs = after(host_names.OF_COBUILD, of_unit("unit_registered.v1", name="演示公司"))
    assert docs.the("units", "U1").keys() == {"id", "name", "community", "seq"}


def test_a_place_is_called_by_its_code_alone_as_well() -> None:
    division = Fact(
        "division_recorded.v1",
        "division/510108015001",
        {
            "division": "510108015001",
            "name": "灯塔社区",
            "level": "community",
            "parent": "510108015",
            "status": "demo",
        },
    )
    docs = after(territory.FOLDS, division)
    for party in ("510108015001", "community/510108015001"):
        assert hosts.called(docs, party) == "“灯塔社区”"
