"""No key of an actor is one of the platform's, and former keys go on being known."""

from services.kit.actor import OPERATOR, Actor, Role
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.engine.host import Host
from services.kit.engine.keys import of_platform
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

# Keys of the platform and of people


def test_no_key_of_an_actor_called_like_a_timer_stops_what_is_due(host: Host) -> None:
    squatter = resident("send")
    say(host, "k1")
    say(host, f"A:{LONG_AGO}", squatter, letter="B")
    say(host, of_platform("due", f"send:A:{LONG_AGO}"), squatter, letter="C")
    assert host.timers.fire() == 3
    assert [
        event.stream for event in host.store.log.read(0, 10, ["letter_sent.v1"])
    ].count("letter/A") == 1


def test_what_an_actor_called_like_a_timer_recorded_formerly_does_not_stop_it_either(
    host: Host,
) -> None:
    about = {"letter": "A", "words": []}
    recorded(host, formerly(f"send:A:{LONG_AGO}", "say", about, resident("send")))
    assert host.timers.fire() == 1


def test_no_key_of_an_actor_called_set_aside_stops_an_operator(
    bus: LocalBus, settings: Settings
) -> None:
    bus.host(Adder, settings)
    host = bus.host(Echo, settings)
    squatter = Actor("set_aside", (Role("operator", "*"),))
    bus.call(
        "adder",
        "add",
        {"to": "A", "amount": 20},
        actor=OPERATOR,
        key="k",
        deadline=Deadline.after(HUNG_S),
    )
    payload = {"to": "A", "amount": 20}
    bus.call(
        "echo",
        "sum_up",
        payload,
        actor=squatter,
        key="adder:7",
        deadline=Deadline.after(HUNG_S),
    )
    outcome = host.set_aside("adder", 7, "试验")
    assert outcome.event is not None
    assert outcome.event.type == "event_set_aside.v1"


def test_every_key_of_the_platform_begins_as_no_actor_and_no_key_of_theirs_does(
    bus: LocalBus, settings: Settings, host: Host
) -> None:
    say(host, "k1")
    host.timers.fire()
    bus.host(Adder, settings)
    echo = bus.host(Echo, settings)
    bus.call(
        "adder",
        "add",
        {"to": "A", "amount": 20},
        actor=OPERATOR,
        key="k",
        deadline=Deadline.after(HUNG_S),
    )
    echo.followers["adder"].catch_up()
    echo.set_aside("adder", 7, "试验")
    keys = [event.key for event in [*written(host)[1:], *written(echo)]]
    assert [key.partition(":")[0] for key in keys] == ["@due", "@event", "@set_aside"]
    assert written(host)[0].key.isalnum()
