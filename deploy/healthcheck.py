"""The containers' health check: asks the gateway, or the service named, and ends with 0 when it is well.

A container that is not well may be started again by whoever runs it. So only what that helps counts: no answer, a
thread that is gone, a step that does not come back. A follower that is parked, or whose source cannot be read, would
come to stand at the same place; `/readyz` and `xfh followers` tell of it.
"""

import sys
from urllib.request import urlopen

from schemas.documents import Json
from services.kit import config
from services.kit.actor import SYSTEM
from services.kit.buses.rabbit.bus import RabbitBus
from services.kit.clock import Deadline

PATIENCE_S = 4.0
HELPED_BY_A_START = {"ended", "hung"}


def ask_gateway(port: str) -> None:
    urlopen(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE_S).close()


def ask_service(bus: str, name: str) -> list[Json]:
    """What a start would help. Takes the way of every request: broker, service, store."""
    said = RabbitBus(bus).call(
        name, "condition", {}, actor=SYSTEM, deadline=Deadline.after(PATIENCE_S)
    )
    return [
        trouble for trouble in said["troubles"] if trouble["state"] in HELPED_BY_A_START
    ]


if __name__ == "__main__":
    settings = config.load()
    if len(sys.argv) > 1:
        sys.exit("\n".join(map(str, ask_service(settings.bus, sys.argv[1]))) or 0)
    else:
        ask_gateway(settings.http.rpartition(":")[2])
