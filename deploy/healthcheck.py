"""The containers' health check: asks the gateway, or the service named, and ends with 0 when it answers."""

import sys
from urllib.request import urlopen

from services.kit import config
from services.kit.actor import SYSTEM
from services.kit.bus_rabbit import RabbitBus
from services.kit.clock import Deadline

PATIENCE_S = 4.0


def ask_gateway(port: str) -> None:
    urlopen(f"http://127.0.0.1:{port}/healthz", timeout=PATIENCE_S).close()


def ask_service(bus: str, name: str) -> None:
    """Takes the way of every request: broker, service, store."""
    RabbitBus(bus).call(name, "read_log", {"after": 0, "limit": 1}, actor=SYSTEM, deadline=Deadline.after(PATIENCE_S))


if __name__ == "__main__":
    settings = config.load()
    if len(sys.argv) > 1:
        ask_service(settings.bus, sys.argv[1])
    else:
        ask_gateway(settings.http.rpartition(":")[2])
