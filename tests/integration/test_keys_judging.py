"""Whoever has keys is one: none is somebody who could take part, or judge what another of them did."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.fields import instant
from tests.examples.cobuild import COMMANDS
from tests.examples.partners import COMMANDS as OF_PARTNERS
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_api_keys import Official

WANTED = {
    "category": "零距离便民",
    "audience": "一老一小",
    "urgency": "routine",
    "words": "楼道灯不亮",
}
CHOIR = {"title": "合唱", "category": "邻里节庆", "place": "活动室", "capacity": 9}
APPLICATION = OF_PARTNERS["apply"]
DECIDED = {"upheld": True, "reason": "再核实一次"}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway_over(Path(tmp_path_factory.mktemp("judging"))) as gateway:
        yield gateway


@pytest.fixture(scope="module")
def worker(gateway: Gateway) -> Official:
    admin = gateway.token("A1", ("district_admin", DISTRICT))
    return Official(gateway, admin, "13700000001", "community_worker", COMMUNITY)


def by(worker: Official, gateway: Gateway, way: str) -> Any:
    """How the worker asks: as themself, or by a key that was made just now."""
    if way == "key":
        _, key = worker.key()
        return lambda path, **body: gateway.post(path, key, **body)
    return lambda path, **body: worker.browser.post(f"/api/v1{path}", body)


@pytest.mark.parametrize("first", ["key", "person"])
@pytest.mark.parametrize("second", ["key", "person"])
def test_who_turned_a_need_down_does_not_judge_it(
    gateway: Gateway, worker: Official, first: str, second: str
) -> None:
    resident = gateway.token(f"R-{first}-{second}", ("resident", COMMUNITY))
    need = gateway.done("/needs", resident, **WANTED, community=COMMUNITY)["id"]
    reject = by(worker, gateway, first)
    assert reject(f"/needs/{need}/reject", reason="请先问物业").status_code == 200
    words = COMMANDS["appeal_need"]["words"]
    gateway.done(f"/needs/{need}/appeal", resident, words=words)
    judge = by(worker, gateway, second)
    refused = judge(f"/needs/{need}/appeal/decide", **DECIDED)
    assert (refused.status_code, refused.get_json()["code"]) == (403, "own_decision")
    other = gateway.token("W9", ("community_worker", COMMUNITY))
    assert gateway.done(f"/needs/{need}/appeal/decide", other, **DECIDED)


def test_a_key_is_nobody_who_could_take_part_ask_for_something_or_apply(
    gateway: Gateway, worker: Official
) -> None:
    id, key = worker.key()
    keeper = gateway.token("W9", ("community_worker", COMMUNITY))
    activity = opened(gateway, keeper)
    itself = {"person": id, "relation": "self"}
    tried: list[tuple[str, dict[str, Any]]] = [
        (f"/activities/{activity}/signups", {"party": [itself]}),
        (f"/activities/{activity}/signups", {"by": id, "party": [itself]}),
        (f"/activities/{activity}/signups", {"by": "R1", "party": [itself]}),
        ("/needs", WANTED | {"community": COMMUNITY, "beneficiary": id}),
        ("/me/calendar", {}),
        ("/partners", APPLICATION | {"community": COMMUNITY}),
    ]
    for path, body in tried:
        answer = gateway.post(path, key, **body)
        code = answer.get_json().get("code")
        assert (answer.status_code, code) == (403, "only_by_account"), path
    assert gateway.post("/needs", key, **WANTED, community=COMMUNITY).status_code == 201
    other = {"by": "R1", "party": [itself | {"person": "R1"}]}
    signed = gateway.post(f"/activities/{activity}/signups", key, **other)
    assert signed.status_code == 201, signed.text


def opened(gateway: Gateway, keeper: str) -> str:
    starts = gateway.settings.now() + timedelta(days=3)
    posting = CHOIR | {"host": f"community/{COMMUNITY}", "community": COMMUNITY}
    times = {
        "starts_at": instant(starts),
        "ends_at": instant(starts + timedelta(hours=1)),
    }
    id: str = gateway.done("/activities", keeper, **posting, **times)["id"]
    for step in ("publish", "open"):
        gateway.done(f"/activities/{id}/{step}", keeper)
    return id
