"""Who runs the platform sees how it stands, and mends what is parked: by a retry, or by a ruling with a reason."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from gateway.edge.health import BEARABLE
from gateway.web.operating import TROUBLES
from services.kit.actor import Actor, Role
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.engine.another_log import ANOTHER
from services.kit.engine.aside import set_aside
from services.kit.engine.host import Host
from services.kit.errors import Forbidden, Refused, Unknown
from services.kit.log import Event
from services.xfh.commands import backup
from services.xfh.commands.backup import remember
from services.xfh.commands.followers import STATES
from tests.clocks import HUNG_S, wait_until
from tests.contract import buses
from tests.contract.buses import Toys
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway
from tests.integration.test_gateway_forms import Visitor

POISON = 777
RUNBOOK = Path(__file__).parents[2] / "docs" / "operating.md"
ADMIN = Actor("A1", (Role("district_admin", DISTRICT),))


@pytest.fixture(scope="module")
def toys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Toys]:
    with buses.local(tmp_path_factory.mktemp("toys")) as toys:
        toys.add(POISON, "poison")
        yield toys


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("operating")) as front:
        yield front


@pytest.fixture(scope="module")
def admin(front: Gateway) -> str:
    return front.token("A1", ("district_admin", DISTRICT))


def echo(toys: Toys) -> Host:
    assert isinstance(toys.bus, LocalBus)
    return toys.bus.hosts["echo"]


def asked(host: Host, question: str, actor: Actor = ADMIN, **payload: Any) -> Any:
    deadline = Deadline.after(HUNG_S)
    return host.ask(question, payload, actor=actor, deadline=deadline)


def parked(host: Host) -> Any:
    return asked(host, "standing")["followers"][0].get("parked")


def test_a_parked_event_is_tried_again_and_set_aside_with_a_reason(toys: Toys) -> None:
    host = echo(toys)
    at = wait_until(lambda: parked(host))
    assert (at["type"], at["error"]) == ("amount_added.v1", "ZeroDivisionError: poison")
    tried = asked(host, "retry_follower", source="adder")["document"]["parked"]
    assert tried["attempts"] > at["attempts"]
    ruling = {"source": "adder", "sequence": at["sequence"], "reason": "演练"}
    with pytest.raises(Refused, match="没有停在"):
        asked(host, "set_event_aside", **ruling | {"sequence": at["sequence"] + 1})
    for _ in range(2):  # Two taps are one ruling.
        after = asked(host, "set_event_aside", **ruling)["document"]
        assert "parked" not in after
    assert set_aside(host.store.log, "adder") == {at["sequence"]}
    [ruled] = [e for e in host.store.log.read(0, 9) if e.type == "event_set_aside.v1"]
    assert (ruled.actor, ruled.data["reason"]) == ("A1", "演练")


@pytest.mark.parametrize(
    "role",
    [
        Role("resident", DISTRICT),
        Role("street_admin", DISTRICT),
        Role("district_admin", COMMUNITY),
        Role("district_admin", ""),
    ],
)
def test_nobody_else_is_told_or_may_rule(toys: Toys, role: Role) -> None:
    other = Actor("O1", (role,))
    for question in ("standing", "list_log", "retry_follower", "set_event_aside"):
        with pytest.raises(Forbidden):
            asked(echo(toys), question, other)


def test_only_who_is_followed_can_be_tried_again(toys: Toys) -> None:
    with pytest.raises(Unknown):
        asked(echo(toys), "retry_follower", source="nobody")


def test_every_service_says_how_far_it_is_and_when_it_was_backed_up(
    front: Gateway, admin: str, tmp_path: Path
) -> None:
    stores = {name: host.store for name, host in front.bus.hosts.items()}
    manifest = backup.backup(front.settings, stores, tmp_path / "backup")
    remember(stores, manifest)
    told = front.get("/ops", admin).get_json()
    assert {one["service"] for one in told["services"]} == front.bus.hosts.keys()
    for one in told["services"]:
        assert one["backed_up"] == {
            "at": manifest.made_at,
            "head": manifest.heads[one["service"]],
        }
        assert all(follower["lag"] == 0 for follower in one["followers"])
        assert one["disk"]["free"] <= one["disk"]["total"]


def test_a_log_is_read_backwards_a_page_at_a_time(front: Gateway, admin: str) -> None:
    first = front.get("/ops/branches/log?limit=2", admin).get_json()
    rest = front.get(f"/ops/branches/log?before={first['next']}", admin).get_json()
    shown = [one["sequence"] for one in (*first["items"], *rest["items"])]
    assert shown == [3, 2, 1]
    assert rest["next"] is None
    stream = first["items"][0]["stream"]
    alone = front.get(f"/ops/branches/log?stream={stream}", admin).get_json()
    assert [one["sequence"] for one in alone["items"]] == [3]


def test_of_one_stream_no_more_is_read_than_a_page(
    toys: Toys, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(toys.bus, LocalBus)
    host, others = toys.bus.hosts["adder"], replace(toys, to="other")
    for number in range(3):
        toys.add(1, f"one-{number}")
        others.add(1, f"other-{number}")
    log, read = host.store.log, []
    whole = [event.seq for event in log.read_stream("sum/other", 3)]
    read_stream = type(log).read_stream

    def counted(*about: Any) -> list[Event]:
        events = read_stream(*about)
        read.append(len(events))
        return events

    monkeypatch.setattr(type(log), "read_stream", counted)
    first = asked(host, "list_log", stream="sum/other", limit=2)
    rest = asked(host, "list_log", stream="sum/other", limit=2, before=first["next"])
    shown = [one["sequence"] for one in (*first["items"], *rest["items"])]
    assert (shown, rest["next"]) == (whole[::-1], None)
    assert read == [2, 1]


def test_no_service_of_another_name_is_asked(front: Gateway, admin: str) -> None:
    assert front.get("/ops/nothing/log", admin).status_code == 404
    address = "/ops/nothing/followers/branches/retry"
    assert front.post(address, admin).status_code == 404
    assert front.post(address.replace("nothing", "cobuild"), admin).status_code == 200


def test_the_pages_show_it_and_send_a_retry(front: Gateway) -> None:
    visitor = Visitor(front, "A1", ("district_admin", DISTRICT))
    assert "都在正常运行" in visitor.look("/ops").text
    assert "division_recorded.v1" in visitor.look("/ops/log/branches").text
    sent = visitor.send("/ops", to="/ops/services/cobuild/branches/retry")
    assert (sent.status_code, sent.location) == (303, "/ops")
    assert "没有停住" in visitor.look("/ops/services/cobuild/branches/aside").text
    assert visitor.look("/ops/log/nothing").status_code == 404


def test_who_follows_another_log_is_named_with_what_to_do_and_no_lag(
    front: Gateway, admin: str
) -> None:
    keep = front.bus.hosts["cobuild"].store.keep
    about = {
        "id": "branches",
        "sequence": 10**6,
        "event": "E1",
        "type": "",
        "error": "",
    }
    about |= {"kind": ANOTHER, "attempts": 1}
    about |= dict.fromkeys(("since", "tried"), "2026-06-13T13:16:26.873Z")
    keep.put("parked", "branches", about)
    try:
        told = front.get("/ops", admin).get_json()["services"]
        visitor = Visitor(front, "A1", ("district_admin", DISTRICT))
        page = visitor.look("/ops").text
    finally:
        keep.drop("parked", "branches")
    [lag] = [
        follower["lag"]
        for one in told
        for follower in one["followers"]
        if (one["service"], follower["source"]) == ("cobuild", "branches")
    ]
    assert lag is None
    assert (
        "跟随的日志换过了</span> 联建单位、资源、需求与项目，跟随党支部与区划" in page
    )
    assert "放回原来的数据；找不回来的，才重建。" in page
    assert "停住的事件" not in page


def test_every_state_that_is_told_has_its_words_and_its_part_in_the_runbook() -> None:
    runbook = RUNBOOK.read_text(encoding="utf-8")
    assert TROUBLES.keys() == (BEARABLE | set(STATES) | {"another_log"}) - {"parked"}
    for state, (words, _) in TROUBLES.items():
        assert f"## {words.partition('，')[0]}（`{state}`）" in runbook
    assert "## 停住（`parked`）" in runbook
