"""The district's tables as its readers exchange them."""

from schemas.exchange.kinds import OFFERING
from tests.integration.exchange.tables import (
    admin,
    approved_unit,
    credit_code,
    offering,
    saturday,
    upload,
)
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway
from tests.unit.exchange.books import book


def test_a_partner_that_was_reinstated_is_in_the_directory_again(
    front: Gateway,
) -> None:
    manager = front.token("M1", ("partner_manager", DISTRICT))
    body = {
        "name": "复业书店", "kind": "社区商家", "credit_code": credit_code(500), "categories": ["亲子教育"],
        "contact_role": "店长", "community": COMMUNITY,
    }  # fmt: skip
    one = f"/partners/{front.done('/partners', manager, **body)['id']}"

    def is_there() -> bool:
        told = front.get(
            "/exchange/hsds", front.token("D1", ("district_analyst", DISTRICT))
        ).get_json()
        return "复业书店" in [
            organization["name"] for organization in told["organizations"]
        ]

    for step, reason, there in (
        ("approve", {}, True), ("suspend", {"reason": "年检"}, False), ("reinstate", {}, True),
    ):  # fmt: skip
        front.done(f"{one}/{step}", admin(front), **reason)
        assert is_there() is there, step


def test_the_district_is_exchanged_with_its_readers_only(front: Gateway) -> None:
    owner = approved_unit(front, 400)
    upload(front, "offerings", book([*OFFERING.values()], offering(owner)))
    told = front.get(
        "/exchange/hsds", front.token("D1", ("district_analyst", DISTRICT))
    ).get_json()
    assert told["complete"] is True
    assert {service["organization_id"] for service in told["services"]} <= {
        body["id"] for body in told["organizations"]
    }
    assert told["schedules"][0]["freq"] == "WEEKLY"
    assert saturday(2) in told["schedules"][0]["notes"]
    assert front.get("/exchange/hsds").status_code == 401
    assert (
        front.get(
            "/exchange/hsds", front.token("R1", ("resident", DISTRICT))
        ).status_code
        == 403
    )


def test_a_reader_is_told_of_the_places_they_read_and_of_each_thing_once(
    front: Gateway,
) -> None:
    approved_unit(front, 401)

    def told(*scopes: str) -> list[str]:
        reader = front.token("D1", *(("district_analyst", scope) for scope in scopes))
        organizations = front.get("/exchange/hsds", reader).get_json()["organizations"]
        return [organization["id"] for organization in organizations]

    everything = told(DISTRICT)
    assert everything
    assert told("*") == told(COMMUNITY, DISTRICT) == told(COMMUNITY) == everything
    assert told("510104") == told("unit/U1") == []
