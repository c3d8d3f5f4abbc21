"""Two records of one person, over HTTP: found, compared, merged by two, one everywhere, and two again."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from schemas.fields import instant
from tests.clocks import wait_until
from tests.examples.activities import POSTING
from tests.examples.cobuild import COMMANDS
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)
from tests.integration.test_signing_in import RECORD, Browser, accept, invite

NUMBER = "13900005678"
AS_NEW = {"Idempotency-Key": "yes-it-is-me"}
ELSEWHERE = "510108002002"
TIMES = {"starts_at": 24 * 7, "ends_at": 24 * 7 + 2, "cutoff": 24 * 6}


def test_what_either_has_done_is_the_survivors_until_it_is_undone(
    tmp_path: Path,
) -> None:
    with gateway(tmp_path) as front:
        worker = front.token("W1", ("community_worker", COMMUNITY))
        administrator = front.token("A2", ("street_admin", STREET))
        into, gone = (record(front, worker, name) for name in ("王秀英", "王秀瑛"))
        seat = sits(front, worker, gone)
        need = raised_for(front, worker, gone)
        merge = proposed(front, worker, gone, into)
        assert front.post(f"/merges/{merge}/confirm", worker).status_code == 403
        front.done(f"/merges/{merge}/confirm", administrator)

        survivor = front.token(into, ("resident", COMMUNITY))
        wait_until(lambda: front.get(f"/signups/{seat}", survivor).status_code == 200)
        assert front.get(f"/signups/{seat}", survivor).get_json()["by"] == into
        wait_until(lambda: need in needs_of(front, survivor))
        # The old id goes on, and means the survivor.
        assert front.get(f"/people/{gone}", worker).get_json()["id"] == into
        wait_until(lambda: named(front, worker, gone) == into)

        front.done(f"/merges/{merge}/undo", worker, reason="不是同一个人")
        wait_until(
            lambda: front.get(f"/signups/{seat}", worker).get_json()["by"] == gone
        )
        wait_until(lambda: need not in needs_of(front, survivor))
        assert front.get(f"/people/{gone}", worker).get_json()["id"] == gone


def test_a_double_in_ones_own_place_is_nobody_elses(tmp_path: Path) -> None:
    with gateway(tmp_path) as front:
        admin = front.token("A1", ("district_admin", DISTRICT))
        front.done(
            "/divisions", admin, division=ELSEWHERE, name="另一社区", status="demo"
        )
        worker = front.token("W1", ("community_worker", COMMUNITY))
        attacker = front.token("W2", ("community_worker", ELSEWHERE))
        alice = record(front, worker, "王秀英")
        double = record(front, attacker, "王秀英", ELSEWHERE)
        for two in ((alice, double), (double, alice)):
            body = dict(zip(("person", "into"), two, strict=True))
            refused = front.post("/merges", attacker, basis="登记重复", **body)
            assert refused.status_code == 404
            assert front.post("/merges/compare", attacker, **body).status_code == 404
        found = front.post("/merges/duplicates", attacker, division=ELSEWHERE)
        assert found.get_json()["items"] == []


def test_the_proposer_does_not_say_yes_as_somebody_they_let_in(tmp_path: Path) -> None:
    """They know the link of the invitation, and may sit there with a password of their own."""
    with gateway(tmp_path) as front:
        worker = front.token("W1", ("community_worker", COMMUNITY))
        into, gone = (record(front, worker, name) for name in ("王秀英", "王秀瑛"))
        merge = proposed(front, worker, gone, into)
        browser = Browser(front)
        accept(browser, invite(front, worker, into))
        told = browser.post(f"/api/v1/merges/{merge}/confirm", **AS_NEW)
        assert told.get_json()["code"] == "not_yours_to_confirm"


def test_who_somebody_else_let_in_says_yes_as_the_survivor(tmp_path: Path) -> None:
    with gateway(tmp_path) as front:
        worker = front.token("W1", ("community_worker", COMMUNITY))
        other = front.token("W2", ("community_worker", COMMUNITY))
        into, gone = (record(front, worker, name) for name in ("王秀英", "王秀瑛"))
        merge = proposed(front, worker, gone, into)
        browser = Browser(front)
        accept(browser, invite(front, other, into))
        said = browser.post(f"/api/v1/merges/{merge}/confirm", **AS_NEW)
        assert said.status_code == 200, said.text


def record(front: Gateway, who: str, name: str, community: str = COMMUNITY) -> str:
    said = RECORD | {"name": name, "contacts": [NUMBER], "community": community}
    id: str = front.done("/people", who, **said)["id"]
    return id


def proposed(front: Gateway, worker: str, gone: str, into: str) -> str:
    """The merge of a pair that is found by their number, and is looked at first."""
    found = front.post("/merges/duplicates", worker, division=COMMUNITY).get_json()
    assert [{pair["person"], pair["into"]} for pair in found["items"]] == [{gone, into}]
    two = {"person": gone, "into": into}
    lines = front.post("/merges/compare", worker, **two).get_json()["items"]
    assert [line["field"] for line in lines if not line["same"]] == ["姓名"]
    assert NUMBER not in str(lines)
    id: str = front.done("/merges", worker, basis="本人说明", **two)["id"]
    return id


def sits(front: Gateway, worker: str, person: str) -> str:
    now = datetime.now(UTC)
    times = {
        name: instant(now + timedelta(hours=hours)) for name, hours in TIMES.items()
    }
    posting: dict[str, Any] = {k: v for k, v in POSTING.items() if k != "campaign"}
    host = {"host": f"community/{COMMUNITY}"}
    activity = front.done("/activities", worker, **(posting | times | host))["id"]
    for step in ("publish", "open"):
        front.done(f"/activities/{activity}/{step}", worker)
    said = {"by": person, "party": [{"person": person}]}
    id: str = front.done(f"/activities/{activity}/signups", worker, **said)["id"]
    return id


def raised_for(front: Gateway, worker: str, person: str) -> str:
    need = COMMANDS["raise_need"] | {"community": COMMUNITY, "beneficiary": person}
    id: str = front.done("/needs", worker, **need)["id"]
    return id


def named(front: Gateway, worker: str, person: str) -> str:
    """Who a need is for, that names somebody so."""
    need = raised_for(front, worker, person)
    beneficiary: str = front.get(f"/needs/{need}", worker).get_json()["beneficiary"]
    return beneficiary


def needs_of(front: Gateway, who: str) -> set[str]:
    items = front.get("/me/needs", who).get_json()["items"]
    return {need["id"] for need in items}
