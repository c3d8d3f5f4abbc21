"""What waits for me, asked over HTTP: put together of every service, leading to what settles it, empty once it is."""

from collections.abc import Iterator
from typing import Any

import pytest

from gateway.api.waiting import PARTS, ROUTES
from schemas.token import ROLES
from schemas.waiting import KINDS
from services.district.waiting import Waits
from services.kit.errors import DeadlinePassed
from services.xfh.demo.plan import credit_code
from services.xfh.registry import SERVICES, load
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)
from tests.integration.test_gateway_cobuild import NEED
from tests.integration.test_gateway_input import problem
from tests.integration.test_gateway_partners import APPLICATION

UNIT = {
    "name": "锦灯供电服务所",
    "industry": "电力",
    "members": 9,
    "contact_role": "联络员",
    "community": COMMUNITY,
}
BRANCH = {"name": "演示支部", "company": "演示公司", "community": COMMUNITY}


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("waiting")) as made:
        yield made


@pytest.fixture(scope="module")
def street(front: Gateway) -> str:
    return front.token("A2", ("street_admin", STREET))


@pytest.fixture(scope="module")
def worker(front: Gateway) -> str:
    return front.token("W1", ("community_worker", COMMUNITY))


def waiting(front: Gateway, token: str, **asks: Any) -> dict[str, Any]:
    answer = front.get("/me/waiting", token, query_string=asks)
    assert answer.status_code == 200, answer.text
    said: dict[str, Any] = answer.get_json()
    return said


def kinds(front: Gateway, token: str) -> list[str]:
    return [item["kind"] for item in waiting(front, token)["items"]]


def settle(
    front: Gateway, item: dict[str, Any], token: str, command: str, **said: Any
) -> None:
    """By the address the list gives."""
    address = next(
        one["address"] for one in item["settled_by"] if one["command"] == command
    )
    front.done(address.removeprefix("/api/v1"), token, **said)


def test_what_waits_in_several_services_is_one_list_and_goes_when_anybody_has_done_it(
    front: Gateway, street: str, worker: str
) -> None:
    district = front.token("A3", ("district_admin", DISTRICT))
    resident, liaison = (
        front.token("R1", ("resident", "*")),
        front.token("L1", ("unit_liaison", "unit/none")),
    )
    assert waiting(front, street) == {"items": [], "next": None, "missing": []}
    front.done("/partners", resident, **APPLICATION, credit_code=credit_code(1))
    front.done("/units", liaison, **UNIT, credit_code=credit_code(2))
    front.done("/needs", resident, **NEED, words="三楼的灯不亮")
    wanted = ["partner_to_approve", "unit_to_approve", "need_to_verify"]
    assert kinds(front, street) == kinds(front, district) == wanted
    assert kinds(front, worker) == ["need_to_verify"]
    assert kinds(front, resident) == kinds(front, liaison) == []

    partner, unit, need = waiting(front, district)["items"]
    assert (partner["title"], unit["title"], need["words"]) == (
        "青禾书店",
        UNIT["name"],
        "三楼的灯不亮",
    )
    assert (need["place"], need["place_name"], need["overdue"]) == (
        COMMUNITY,
        "望平社区",
        False,
    )
    assert need["settled_by"][0]["summary"] == "核实需求"
    shown = front.get(need["address"].removeprefix("/api/v1"), worker).get_json()
    assert shown["state"] == "raised"
    settle(front, partner, street, "approve")
    settle(front, unit, district, "reject_unit", reason="材料不全")
    settle(front, need, worker, "verify_need", title="楼道照明", urgency="urgent")
    assert kinds(front, street) == kinds(front, district) == kinds(front, worker) == []


def test_every_page_together_is_the_list_and_the_counts_are_of_it(
    front: Gateway, street: str, worker: str
) -> None:
    resident = front.token("R2", ("resident", "*"))
    for number in range(3):
        front.done("/needs", resident, **NEED, words=f"第 {number} 件")
        front.done(
            "/partners", resident, **APPLICATION, credit_code=credit_code(10 + number)
        )
    whole, found = waiting(front, street)["items"], []
    after: dict[str, str] = {}
    while True:
        page = waiting(front, street, limit=2, **after)
        found += page["items"]
        assert len(page["items"]) <= 2
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert found == whole
    assert [item["since"] for item in whole] == sorted(item["since"] for item in whole)
    some = waiting(front, street, kind="need_to_verify")["items"]
    assert [item["kind"] for item in some] == ["need_to_verify"] * 3
    counts = front.get("/me/waiting/counts", street).get_json()
    assert {one["kind"]: one["count"] for one in counts["items"]} == {
        "partner_to_approve": 3,
        "need_to_verify": 3,
    }
    assert counts["missing"] == []
    assert all(one["kind_text"] == KINDS[one["kind"]] for one in counts["items"])
    problem(front.get("/me/waiting?after=moon", street), 422, "bad_cursor")


def test_a_member_confirms_by_the_list(front: Gateway, street: str) -> None:
    branch = front.done("/branches", street, **BRANCH)["id"]
    front.done(
        f"/branches/{branch}/reports/member",
        street,
        person="R5",
        community=COMMUNITY,
        on="2026-06-01",
    )
    member = front.token("R5", ("resident", "*"))
    (item,) = waiting(front, member)["items"]
    assert (item["kind"], item["title"], item["address"]) == (
        "report_to_confirm",
        "演示支部",
        "/api/v1/member-reports",
    )
    settle(front, item, member, "confirm_report")
    assert waiting(front, member)["items"] == []


def test_nobody_unknown_and_nobody_without_a_role_has_a_list(front: Gateway) -> None:
    problem(front.get("/me/waiting"), 401, "unauthenticated")
    problem(front.get("/me/waiting/counts"), 401, "unauthenticated")
    problem(front.get("/me/waiting", front.token("Z1")), 403, "forbidden")


def test_a_service_that_does_not_answer_is_named_and_the_others_are_listed(
    front: Gateway, street: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = front.bus.call

    def without_cobuild(service: str, *about: Any, **more: Any) -> Any:
        if service == "cobuild":
            raise DeadlinePassed("处理超时，请用同一个 Idempotency-Key 重试")
        return ask(service, *about, **more)

    before = kinds(front, street)
    monkeypatch.setattr(front.bus, "call", without_cobuild)
    said = waiting(front, street)
    assert [item["kind"] for item in said["items"]] == [
        kind for kind in before if not kind.startswith("need")
    ]
    (missing,) = said["missing"]
    assert (missing["service"], missing["code"]) == ("cobuild", "deadline_passed")
    assert missing["name"] == "联建单位、资源、需求与项目"
    assert [
        one["service"]
        for one in front.get("/me/waiting/counts", street).get_json()["missing"]
    ] == ["cobuild"]


def test_every_command_and_question_in_the_list_has_an_address() -> None:
    waits = {
        name: service for name in SERVICES if issubclass(service := load(name), Waits)
    }
    assert set(waits) == set(PARTS)
    for name, service in waits.items():
        for task in service.tasks:
            assert {
                (name, asked) for asked in (task.shown_by, *task.settled_by)
            } <= ROUTES.keys()


@pytest.mark.parametrize("role", ROLES)
def test_whoever_holds_a_role_everywhere_is_told_what_waits(
    front: Gateway, role: str
) -> None:
    token = front.token("everywhere", (role, "*"))
    for path in ("/me/waiting", "/me/waiting/counts"):
        assert front.get(path, token).status_code == 200
