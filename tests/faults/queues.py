"""Queues emptied, and doorbells that come again, out of order, twice, or mean nothing."""

import json
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from kombu import Connection

from services.kit.buses import cloudevents
from services.kit.config import Settings
from services.kit.engine.tables import sources_of
from services.xfh import registry
from services.xfh.commands.network import store_of
from tests.faults.scenarios import scenario
from tests.faults.stage import Ground
from tests.rabbit import purge

EVERY_S = 0.1
AT_ONCE = 20


@scenario(
    "queues-purged",
    "every queue is emptied ten times: doorbells, and requests on their way",
)
def purged(ground: Ground) -> None:
    names = [f"{name}.asked" for name in registry.SERVICES]
    names += [
        f"{name}.follows.{source}"
        for name in registry.SERVICES
        for source in sources_of(registry.load(name))
    ]
    with ground.under_load() as stage:
        for moment in range(10):
            stage.at(1 + moment * 0.6)
            purge(ground.broker, names)


@scenario(
    "doorbells-wild",
    "doorbells come again, in any order, twice, into queues directly, and without a meaning",
)
def wild(ground: Ground) -> None:
    with ground.under_load() as stage, _ringing(ground.broker, stage.settings):
        stage.at(8)


@contextmanager
def _ringing(broker: str, settings: Settings) -> Iterator[None]:
    enough = threading.Event()
    ringer = threading.Thread(target=_ring_until, args=(enough, broker, settings))
    ringer.start()
    try:
        yield
    finally:
        enough.set()
        ringer.join()


def _ring_until(enough: threading.Event, broker: str, settings: Settings) -> None:
    luck = random.Random("doorbells")
    with Connection(broker) as connection, store_of(settings, "activities") as store:
        producer = connection.Producer()
        while not enough.wait(EVERY_S):
            events = store.log.read(0, 10_000)
            for event in luck.choices(events, k=AT_ONCE):
                doorbell = json.dumps(cloudevents.to_message("activities", event))
                producer.publish(
                    doorbell, exchange="activities.events", routing_key=event.type
                )
                producer.publish(
                    doorbell, exchange="", routing_key="metrics.follows.activities"
                )
            producer.publish("?", exchange="", routing_key="cobuild.follows.activities")
