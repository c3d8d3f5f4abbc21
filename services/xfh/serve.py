"""`python -m services.xfh.serve NAME`: one service in a process of its own, on RabbitMQ."""

import os
import sys
import warnings

# eventlet's own resolver (0.41, eventlet/support/greendns.py) takes half of the time a service needs to start. The
# system's blocks the others for a lookup, which only a new connection to the broker makes.
os.environ["EVENTLET_NO_GREENDNS"] = "yes"  # noqa: TID251

with warnings.catch_warnings():
    warnings.simplefilter(
        "ignore"
    )  # eventlet 0.41 announces its retirement at every import.
    import eventlet

eventlet.monkey_patch()

import signal  # noqa: E402
import time  # noqa: E402

from services.kit import config  # noqa: E402
from services.kit.buses.nameko_host import runner  # noqa: E402
from services.kit.engine.tables import collections_of  # noqa: E402
from services.kit.engines.opening import AGAIN_S, say_not_yet  # noqa: E402
from services.kit.errors import Unavailable  # noqa: E402
from services.kit.service import Service  # noqa: E402
from services.kit.store import open_store  # noqa: E402
from services.kit.telemetry import set_up_logging  # noqa: E402
from services.xfh import registry  # noqa: E402


def serve(service: type[Service]) -> int:
    """Serves until SIGTERM or SIGINT, then answers what is under way and ends with 0."""
    settings = config.load()
    set_up_logging(settings.log_level)
    wait_for_store(service, settings)
    running = runner(service, settings)

    def stop(*_: object) -> None:
        eventlet.spawn_n(
            running.stop
        )  # A signal handler runs in the hub, where nothing may wait.

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    running.start()
    running.wait()
    return 0


def wait_for_store(service: type[Service], settings: config.Settings) -> None:
    """Comes back once the store can be used; until then whoever asks the service is told by the gateway to come again.

    A process that ended instead would be started again all the time, to the same end.
    """
    while True:
        try:
            open_store(settings.store, service.name, collections_of(service)).close()
            return
        except Unavailable as error:
            say_not_yet(service.name, error)
            time.sleep(AGAIN_S)


if __name__ == "__main__":
    sys.exit(serve(registry.load(sys.argv[1])))
