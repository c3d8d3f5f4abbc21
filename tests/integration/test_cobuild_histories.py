"""Random histories of offerings, bookings, claims, activities and suspensions, with crashes and a clock that jumps.

Whatever happens: no offering is overbooked, no need is held by two, every lease ends, every pause that a suspension
caused ends with it, the documents are what the log says, and every key is answered as it was the first time.
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test
from pymongo import MongoClient

from services.cobuild.service import Cobuild
from services.kit.engine.tables import collections_of
from services.kit.engines.mongo.store import MongoStore
from services.kit.service import Service
from services.kit.store import Store
from tests.clocks import HUNG_S
from tests.integration.cobuild_histories import CoBuilding
from tests.mongo import NOTICE

EXAMPLES, STEPS, FEW = 20, 25, 10


class OnMongoDB(CoBuilding):
    """The same on the server at `url`."""

    url = ""

    def _open(self, service: type[Service]) -> Store:
        client = MongoClient[Any](self.url, timeoutMS=HUNG_S * 1000)
        return MongoStore(
            client, f"{self.folder.name}_{service.name}", collections_of(service)
        )

    def _documents(self) -> dict[str, dict[str, Any]]:
        """By a client of its own, so that what is on no server is not there."""
        with MongoClient[Any](self.url, timeoutMS=HUNG_S * 1000) as client:
            store = client[f"{self.folder.name}_cobuild"]
            (served,) = store["generations"].find()
            return {
                collection.name: {
                    doc["_id"]: doc
                    for doc in store[f"g{served['serving']}_{collection.name}"].find()
                }
                for collection in Cobuild.collections
            }


def played(machine: type[CoBuilding], examples: int, steps: int) -> None:
    so_many = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        print_blob=True,
    )
    run_state_machine_as_test(machine, settings=so_many)


def test_whatever_happens_what_is_promised_holds(seeds: int) -> None:
    played(CoBuilding, EXAMPLES + seeds, STEPS)


@pytest.mark.timeout(
    3600
)  # Ten seconds an example, of which `--seeds` may ask for many.
def test_whatever_happens_on_mongodb_what_is_promised_holds(
    mongodb: str | None, seeds: int
) -> None:
    if mongodb is None:
        pytest.skip(NOTICE)
    OnMongoDB.url = mongodb
    played(OnMongoDB, 1 + seeds, FEW)
