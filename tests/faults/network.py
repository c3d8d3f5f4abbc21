"""A slow, stalling and cutting network: between the platform and its broker, and between people and the gateway."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from tests.faults.plan import Load
from tests.faults.proxy import Proxy, proxied
from tests.faults.scenarios import scenario
from tests.faults.stage import Ground, Stage, Terms
from tests.servers import text

SLOW_S = 0.1
STALL_S = 7.0


def slow(stage: Stage, proxy: Proxy) -> None:
    stage.at(1)
    proxy.delay_s = SLOW_S
    stage.at(6)
    proxy.delay_s = 0.0


def stalling(stage: Stage, proxy: Proxy) -> None:
    """Longer than anybody waits for an answer."""
    stage.at(2)
    proxy.stall()
    stage.at(2 + STALL_S)
    proxy.resume()


def cutting(stage: Stage, proxy: Proxy) -> None:
    for moment in range(10):
        stage.at(1 + moment * 0.6)
        proxy.cut()


@dataclass(frozen=True)
class Weather:
    """What a network does to those who use it, and how long the load is on meanwhile."""

    name: str
    what: str
    injure: Callable[[Stage, Proxy], None]
    seconds: float
    slower_s: float


WEATHERS = (
    Weather("slow", "every piece of data takes 100 ms longer", slow, 8.0, 1.0),
    Weather(
        "stalling",
        "nothing passes for seven seconds, though connections stay open",
        stalling,
        12.0,
        STALL_S,
    ),
    Weather("cutting", "every connection is cut, ten times", cutting, 8.0, 0.0),
)


def to_the_broker(weather: Weather, ground: Ground) -> None:
    url = urlsplit(ground.broker)
    with proxied() as proxy:
        address = proxy.to((url.hostname or "", url.port or 5672))
        there = url._replace(
            netloc=f"{url.username}:{url.password}@{text(address)}"
        ).geturl()
        with ground.under_load(there, Terms(Load(seconds=weather.seconds))) as stage:
            weather.injure(stage, proxy)


def to_the_gateway(weather: Weather, ground: Ground) -> None:
    with proxied() as proxy:
        terms = Terms(
            Load(seconds=weather.seconds), door=proxy.to, slower_s=weather.slower_s
        )
        with ground.under_load(terms=terms) as stage:
            weather.injure(stage, proxy)


for each in WEATHERS:
    scenario(f"broker-{each.name}", f"between the platform and RabbitMQ {each.what}")(
        partial(to_the_broker, each)
    )
    scenario(f"door-{each.name}", f"between people and the gateway {each.what}")(
        partial(to_the_gateway, each)
    )
