"""`xfh deliver`: sends what people want to hear elsewhere than in the inbox, and codes to sign in.

It asks the services and waits for nobody.

Each channel has threads of its own, so that one that hangs keeps no other waiting, and nothing here is in the way of
a request or a follower. What is sent is on the record before and after; what is in doubt is not sent again.
"""

import argparse
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import product
from typing import Protocol

from schemas.documents import if_any
from services.kit.buses.local import LocalBus
from services.kit.buses.port import Bus
from services.kit.buses.rabbit.bus import RabbitBus
from services.kit.buses.rabbit.sealing import Sealing
from services.kit.channels import Channel, Channels
from services.kit.config import Settings
from services.kit.errors import Refused
from services.xfh import registry
from services.xfh.commands import sending, sending_codes
from services.xfh.commands.codes import PEOPLE, Codes
from services.xfh.commands.patience import Patient

SERVICE = "notices"
WAYS = 2  # How many messages of one channel may be on their way at once.

Send = Callable[[Channel, str, str, str], sending.Outcome]

log = logging.getLogger(__name__)


class Carrier(Protocol):
    def stop(self) -> None: ...

    def run(self) -> int:
        """Until stopped; 1 when something broke."""
        ...


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Sends until it is stopped. 2 when there is nothing to send by or one is of no use, 1 when something broke."""
    if not settings.channels and not settings.ways.senders:
        says = "没有设置渠道，不送出通知和验证码；见 docs/notices.md 和 docs/sign-in.md"
        return _misused(says)
    sending.keep_to_ourselves()
    for channel in settings.channels:
        if not sending.is_usable(channel):
            return _misused(
                f"XFH_NOTICES 的渠道 {channel.name}：apprise 不认识它的 url"
            )
    try:
        means = {one.name: sending_codes.sending(one) for one in settings.ways.senders}
    except ValueError as error:
        return _misused(f"XFH_SIGN_IN：{error}")
    with _bus(settings) as bus:
        carriers: list[Carrier] = []
        if settings.channels:
            carriers.append(Deliverer(bus, settings.channels, sending.send))
        if means:
            carriers.append(Codes(bus, means))
        return _run(carriers)


def _misused(says: str) -> int:
    print(says, file=sys.stderr)
    return 2


def _run(carriers: list[Carrier]) -> int:
    """Until they are stopped: when one breaks, all of them, to be started again."""

    def stop(*_: object) -> None:
        for carrier in carriers:
            carrier.stop()

    def carry(carrier: Carrier) -> None:
        codes.append(carrier.run())
        stop()

    codes: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    threads = [threading.Thread(target=carry, args=(one,)) for one in carriers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return max(codes)


class Deliverer:
    """Plans and sends until stopped. Several may run at once: each step is a command, and happens once."""

    def __init__(self, bus: Bus, channels: Channels, send: Send):
        self._patient = Patient(bus, SERVICE)
        self._channels = channels
        self._send = send

    def stop(self) -> None:
        self._patient.stop()

    def run(self) -> int:
        """1 when something broke that should not: whoever started it starts it again."""
        ways = product(self._channels, range(WAYS))
        threads = [self._thread(channel, way) for channel, way in ways]
        for thread in threads:
            thread.start()
        self._patient.keep(self.plan)
        for thread in threads:
            thread.join()
        return int(self._patient.broken)

    def _thread(self, channel: Channel, way: int) -> threading.Thread:
        carry = partial(self.carry, channel)
        name = f"{channel.name} {way}"
        return threading.Thread(
            target=self._patient.keep,
            args=(carry,),
            name=name,
        )

    def plan(self) -> bool:
        """Looks through some more of what was told; False when there is no more."""
        return self._patient.command("plan_deliveries", {})["event"] is not None

    def carry(self, channel: Channel) -> bool:
        """Sends one message, or drops what is not to be sent; False when nothing is due."""
        begun = self._patient.command("begin_delivery", {"channel": channel.name})
        message = begun["document"]
        if message is None:
            return False
        if message["state"] == "begun":
            outcome, code = self._attempt(channel, message["id"])
            self._report(message["id"], outcome, code)
        return True

    def _report(self, message: str, outcome: str, code: str) -> None:
        """Refused where it was given up for lost, and a person has had it sent again."""
        about = {"message": message, "outcome": outcome}
        try:
            self._patient.command("report_delivery", about | if_any(code=code))
        except Refused as refusal:
            late = {"message": message, "code": refusal.code}
            log.warning("told too late", extra={"about": late})

    def _attempt(self, channel: Channel, message: str) -> sending.Outcome:
        content = self._patient.ask("read_message", {"message": message})
        address = content["address"]
        if channel.asks and not address:
            return "failed", "no_address"
        return self._send(channel, address, content["heading"], content["text"])


@contextmanager
def _bus(settings: Settings) -> Iterator[Bus]:
    """The broker, or one more replica of each service that neither follows nor does what is due."""
    if settings.bus != "local:":
        sealing = Sealing(registry.SEALED, settings.bus_key)
        rabbit = RabbitBus(settings.bus, sealing=sealing)
        try:
            yield rabbit
        finally:
            rabbit.close()
        return
    local = LocalBus()
    local.host(registry.load(SERVICE), settings)
    local.host(registry.load(PEOPLE), settings)
    try:
        local.hosts[SERVICE].followers[PEOPLE].hear()
        yield local
    finally:
        local.stop()
