"""What gunicorn runs: the gateway with, when the bus is local, every service in the same process."""

import atexit

from gevent.monkey import get_original

from gateway.app import create
from gateway.edge.cors import Cors
from gateway.edge.memory import Memory
from gateway.edge.rpc import Services
from gateway.web import live
from services.kit import config
from services.kit.apart import Workers
from services.kit.bearers import tokens
from services.kit.bearers.signing_keys import Ring
from services.kit.buses.local import LocalBus
from services.kit.buses.rabbit.bus import RabbitBus
from services.kit.buses.rabbit.sealing import Sealing
from services.kit.config import Settings
from services.kit.telemetry import set_up_logging
from services.xfh import registry

PLACES = 300  # In all workers: what a service does in less than a second. Whoever is beyond comes again later.


def _app(settings: Settings) -> Cors:
    set_up_logging(settings.log_level)
    ring = Ring(settings)
    ring.turn()  # At the first start it makes the key, with which `xfh token` may sign from now on.
    verifier = tokens.Verifier(ring)
    bus, names = _bus(settings), list(registry.SERVICES)
    services = Services(bus, names, settings.deadline_s, _places(settings))
    atexit.register(
        services.looks.close
    )  # Before the bus: what is last registered goes first.
    gateway = create(
        services,
        verifier,
        settings.public_url,
        settings.cursor_key(),
        settings.now,
        settings.proxies,
        settings.ways,
    )
    news = live.listen(gateway, bus, names)
    return Cors(Memory(gateway, news), settings.cors)


def _places(settings: Settings) -> int:
    return PLACES if settings.bus == "local:" else PLACES // settings.workers


def _bus(settings: Settings) -> LocalBus | RabbitBus:
    if settings.bus != "local:":
        sealing = Sealing(registry.SEALED, settings.bus_key)
        rabbit = RabbitBus(settings.bus, "gateway", sealing)
        atexit.register(rabbit.close)
        return rabbit
    local = LocalBus(Workers(get_original("_thread", "start_new_thread")))
    local.bring_up([registry.load(name) for name in registry.SERVICES], settings)
    atexit.register(local.stop)
    return local


app = _app(config.load())
