"""`xfh followers`: an event that cannot be applied is seen, tried again, and set aside on the record."""

import json

import pytest

from services.kit.actor import OPERATOR
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.log import Fact
from services.xfh.commands import followers
from services.xfh.commands.network import opened
from tests import toy
from tests.clocks import HUNG_S
from tests.integration.cli.conftest import Xfh

pytestmark = pytest.mark.usefixtures("toys")

POISON = 777


@pytest.fixture
def parked(settings: Settings, toys: None) -> None:
    """Echo follows the adder up to the second of three events and stops there."""
    with opened(settings) as bus:
        for amount in (1, POISON, 3):
            payload, deadline = {"to": "a", "amount": amount}, Deadline.after(HUNG_S)
            bus.call(
                "adder",
                "add",
                payload,
                actor=OPERATOR,
                deadline=deadline,
                key=f"k{amount}",
            )
        bus.hosts["echo"].followers["adder"].catch_up()


@pytest.fixture(autouse=True)
def nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(followers, "troubles", lambda settings: [])


def standing(xfh: Xfh) -> dict[str, object]:
    (only,) = json.loads(xfh("followers", "--json").out)
    assert isinstance(only, dict)
    return only


@pytest.mark.usefixtures("parked")
def test_a_parked_follower_is_shown_with_the_error_and_how_far_it_came(
    xfh: Xfh,
) -> None:
    line = xfh("followers").out.splitlines()[1]
    assert line.split()[:5] == ["echo", "adder", "1", "3", "2"]
    assert "第 2 个 amount_added.v1: ZeroDivisionError: poison（1 次，自 " in line
    told = xfh("followers").err
    assert "xfh followers retry echo adder\n" in told
    assert "xfh followers set-aside echo adder 2 --reason" in told
    found = standing(xfh)
    assert found["lag"] == 2
    assert isinstance(found["parked"], dict)
    assert found["parked"]["attempts"] == 1


@pytest.mark.usefixtures("parked")
def test_a_retry_in_vain_counts_and_is_told(xfh: Xfh) -> None:
    ran = xfh("followers", "retry", "echo", "adder")
    assert ran.code == 1
    assert "停在第 2 个（amount_added.v1）：ZeroDivisionError: poison" in ran.err
    parked = standing(xfh)["parked"]
    assert isinstance(parked, dict)
    assert parked["attempts"] == 2


@pytest.mark.usefixtures("parked")
def test_a_retry_after_the_defect_is_gone_applies_the_rest(
    xfh: Xfh, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toy.echo_amount, "__code__", _mended.__code__)
    assert xfh("followers", "retry", "echo", "adder") == (
        0,
        "已跟上 adder，处理了 2 个事件\n",
        "",
    )
    assert standing(xfh)["parked"] is None


@pytest.mark.usefixtures("parked")
def test_setting_the_parked_event_aside_applies_what_comes_after_it(xfh: Xfh) -> None:
    ran = xfh("followers", "set-aside", "echo", "adder", 2, "--reason", "演练")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "已搁置 adder 的第 2 个事件，已记入 echo 的日志",
        "已跟上 adder，处理了 2 个事件",
    ]
    recorded = [
        json.loads(line) for line in xfh("log", "export", "echo").out.splitlines()
    ]
    assert [event["type"] for event in recorded] == [
        "amount_echoed.v1",
        "event_set_aside.v1",
        "amount_echoed.v1",
    ]
    assert recorded[1]["data"] == {"source": "adder", "sequence": 2, "reason": "演练"}


@pytest.mark.usefixtures("parked")
def test_an_event_that_is_not_parked_cannot_be_set_aside(xfh: Xfh) -> None:
    ran = xfh("followers", "set-aside", "echo", "adder", 3, "--reason", "演练")
    says = "echo 没有停在 adder 的第 3 个事件，停在第 2 个\n"
    assert (ran.code, ran.err) == (1, says)


@pytest.mark.usefixtures("parked")
def test_it_ends_with_1_while_a_follower_is_parked_and_with_0_once_it_is_not(
    xfh: Xfh,
) -> None:
    assert xfh("followers").code == xfh("followers", "--json").code == 1
    xfh("followers", "set-aside", "echo", "adder", 2, "--reason", "演练")
    assert xfh("followers").code == 0


def test_what_stands_still_in_the_platform_that_is_up_is_shown_and_ends_it_with_1(
    settings: Settings, xfh: Xfh, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(settings):
        pass
    since, about = (
        "2026-06-13T01:00:00.000Z",
        {"service": "echo", "failed": 3, "error": "KeyError"},
    )
    follower = {
        **about,
        "part": "follower",
        "source": "adder",
        "state": "failing",
        "since": since,
    }
    timers = {**about, "part": "timers", "state": "hung", "since": since, "error": ""}
    monkeypatch.setattr(followers, "troubles", lambda settings: [follower, timers])
    ran = xfh("followers")
    assert ran.code == 1
    assert [line.split() for line in ran.err.splitlines()[1:]] == [
        ["echo", "follower", "adder", "一直出错", since, "KeyError"],
        ["echo", "timers", "—", "没有回来", since, "—"],
    ]
    assert standing(xfh)["stuck"] == follower


def test_a_service_that_is_not_followed_is_a_matter_of_usage(xfh: Xfh) -> None:
    assert xfh("followers", "retry", "adder", "echo").code == 2


def _mended(docs: object, event: object, asked: object) -> Fact | None:
    return None
