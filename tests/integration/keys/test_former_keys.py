"""What was done under a key of a version before is not done twice, and answered as at first."""

import pytest

from schemas.documents import Json
from services.kit.actor import OPERATOR
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine.host import Host
from services.kit.errors import KeyReused
from tests.clocks import HUNG_S
from tests.integration.keys.letters import (
    LONG_AGO,
    formerly,
    recorded,
    resident,
    say,
    written,
)
from tests.toy import Adder, Echo

# Across an upgrade


def test_what_was_done_in_time_under_its_former_key_is_not_done_twice(
    host: Host,
) -> None:
    about = {"due": f"send:A:{LONG_AGO}"}
    recorded(host, formerly("R1:k0", "say", {}, resident()))
    recorded(host, formerly(f"send:A:{LONG_AGO}", "send", about, seq=2, version=2))
    host.timers.fire()
    assert len(written(host)) == 2


def test_what_was_reacted_to_under_its_former_key_is_not_reacted_to_twice(
    bus: LocalBus, settings: Settings
) -> None:
    bus.host(Adder, settings)
    echo = bus.host(Echo, settings)
    done = bus.call(
        "adder",
        "add",
        {"to": "A", "amount": 20},
        actor=OPERATOR,
        key="k",
        deadline=Deadline.after(HUNG_S),
    )
    cause = done["event"]["id"]
    more: Json = {"type": "amount_echoed.v1", "data": {"to": "A", "amount": 20}}
    recorded(echo, formerly(cause, "echo", {"event": cause}, **more))
    echo.followers["adder"].catch_up()
    assert [event.key for event in written(echo)] == [cause]


def test_a_key_used_before_the_upgrade_is_answered_as_at_first_and_for_nothing_else(
    host: Host,
) -> None:
    about = {"letter": "A", "words": [], "born": "2001-02-03"}
    recorded(host, formerly("R1:k1", "say", about, resident()))
    say(host, "k2")
    again = say(host, "k1", born="2001-02-03")
    assert (again["event"]["id"], again["document"]["told"]) == ("E1", 1)
    with pytest.raises(KeyReused):
        say(host, "k1", letter="B")
    assert len(written(host)) == 2


def test_what_stands_under_a_former_key_is_nobody_elses(host: Host) -> None:
    recorded(
        host, formerly("R1:R2:k1", "say", {"letter": "A", "words": []}, resident())
    )
    assert say(host, "k1", resident("R1:R2"))["event"]["sequence"] == 2
