"""Partners, units and branches from first request to approval, on real stores and the bus inside one process."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from services.branches.service import Branches
from services.cobuild.service import Cobuild
from services.kit.actor import ANONYMOUS, Actor, Role
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.errors import Refused
from services.partners.service import Partners
from tests.clocks import HUNG_S
from tests.examples import branches as branch_examples
from tests.examples import cobuild as unit_examples
from tests.examples import partners as partner_examples
from tests.given import DIVISIONS

DISTRICT = Actor("P0", (Role("district_admin", "510108"),))
STREET = Actor("P1", (Role("street_admin", "510108015"),))
RESIDENT = Actor("P2", (Role("resident", "510108015001"),))
LIAISON = Actor("P3", (Role("unit_liaison", "*"),))

Ask = Callable[..., Any]


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Ask]:
    """Asks a service, once per call; the divisions are recorded and followed by `partners` and `cobuild`."""
    settings = Settings(data=tmp_path, store=f"sqlite:{tmp_path}")
    bus, keys = LocalBus(), iter(range(1000))
    for service in (Branches, Partners, Cobuild):
        bus.host(service, settings)

    def ask(
        service: str, method: str, payload: dict[str, Any], actor: Actor, key: str = ""
    ) -> Any:
        key = key or f"k{next(keys)}"
        return bus.call(
            service,
            method,
            payload,
            actor=actor,
            deadline=Deadline.after(HUNG_S),
            key=key,
        )

    for fact in DIVISIONS:
        recorded = {name: fact.data[name] for name in ("division", "name", "status")}
        ask("branches", "record_division", recorded, DISTRICT)
    yield ask
    bus.stop()


def listing(**question: Any) -> dict[str, Any]:
    return {"after": None, "limit": 20, **question}


def test_a_partner_is_rejected_applies_again_and_is_approved(ask: Ask) -> None:
    applied = ask(
        "partners", "apply", partner_examples.COMMANDS["apply"], RESIDENT, key="mine"
    )
    id = applied["document"]["id"]
    reason = {"partner": id, "reason": partner_examples.REASON}
    assert ask("partners", "reject", reason, STREET)["document"]["state"] == "rejected"
    again = {**partner_examples.COMMANDS["reapply"], "partner": id}
    assert ask("partners", "reapply", again, RESIDENT)["document"]["state"] == "applied"
    ask("partners", "approve", {"partner": id}, STREET)
    profile = ask("partners", "get_partner", {"partner": id}, RESIDENT)
    assert [told["state"] for told in profile["decisions"]] == ["rejected", "approved"]
    assert ask("partners", "list_partners", listing(state=["approved"]), RESIDENT)[
        "items"
    ] == [profile]
    with pytest.raises(Refused, match="已有同代码单位: 青禾亲子书店"):
        ask("partners", "apply", partner_examples.COMMANDS["apply"], RESIDENT)
    assert (
        ask(
            "partners",
            "apply",
            partner_examples.COMMANDS["apply"],
            RESIDENT,
            key="mine",
        )
        == applied
    )


def test_a_unit_is_approved_and_everybody_sees_what_it_offers(ask: Ask) -> None:
    registered = ask(
        "cobuild", "register_unit", unit_examples.COMMANDS["register_unit"], LIAISON
    )
    unit = {"unit": registered["document"]["id"]}
    offering = {
        **unit_examples.COMMANDS["publish_offering"],
        **unit,
        "valid_until": "2999-12-31",
    }
    with pytest.raises(Refused, match="待审核"):
        ask("cobuild", "publish_offering", offering, LIAISON)
    ask("cobuild", "approve_unit", unit, STREET)
    published = ask("cobuild", "publish_offering", offering, LIAISON)["document"]
    for question in (
        {},
        {"division": "510108"},
        {"category": ["零距离安全"], "division": "510108015"},
        unit,
    ):
        found = ask(
            "cobuild",
            "list_offerings",
            listing(state=["published"], **question),
            ANONYMOUS,
        )
        assert [shown["id"] for shown in found["items"]] == [published["id"]]
    ask(
        "cobuild",
        "pause_offering",
        {"offering": published["id"], "reason": "检修"},
        LIAISON,
    )
    assert (
        ask("cobuild", "list_offerings", listing(state=["published"]), ANONYMOUS)[
            "items"
        ]
        == []
    )


def test_a_branch_has_parents_and_a_secretary(ask: Ask) -> None:
    commands = branch_examples.COMMANDS
    committee = ask(
        "branches", "establish_committee", commands["establish_committee"], DISTRICT
    )["document"]["id"]
    site = ask("branches", "record_site", commands["record_site"], STREET)["document"][
        "id"
    ]
    established = ask(
        "branches",
        "establish_branch",
        {**commands["establish_branch"], "site": site},
        STREET,
    )
    branch = established["document"]["id"]
    links = (
        {"kind": "industry", "parent": committee, "since": "2026-01-01"},
        {"kind": "territorial", "parent": "510108015", "since": "2026-01-01"},
    )
    for link in links:
        ask("branches", "link_oversight", {**link, "branch": branch}, STREET)
    ask(
        "branches",
        "appoint_secretary",
        {**commands["appoint_secretary"], "branch": branch},
        STREET,
    )
    shown = ask(
        "branches", "get_branch", {"branch": branch, "on": "2026-06-01"}, RESIDENT
    )
    assert [parent["name"] for parent in shown["parents"]] == [
        "网络直播行业综合党委",
        "东街",
    ]
    assert shown["secretary"] == "P7"
    found = ask("branches", "list_branches", listing(division="510108"), RESIDENT)
    assert [item["id"] for item in found["items"]] == [branch]


def test_divisions_are_listed_for_anybody_page_by_page(ask: Ask) -> None:
    first = ask(
        "branches",
        "list_divisions",
        listing(level="community", parent="510108", limit=1),
        ANONYMOUS,
    )
    rest = ask(
        "branches",
        "list_divisions",
        listing(level="community", parent="510108", after=first["next"]),
        ANONYMOUS,
    )
    assert [item["id"] for item in first["items"] + rest["items"]] == [
        "510108015001",
        "510108016001",
    ]
    assert rest["next"] is None


def test_a_division_that_is_missing_is_refused_by_the_service_that_records_them(
    ask: Ask,
) -> None:
    with pytest.raises(Refused, match="510108099"):
        ask(
            "branches",
            "establish_committee",
            {**branch_examples.COMMITTEE_CONTENT, "division": "510108099"},
            DISTRICT,
        )
