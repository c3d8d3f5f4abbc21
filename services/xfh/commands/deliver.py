"""`xfh deliver`: sends what people want to hear elsewhere than in the inbox. Asks the service, waits for nobody.

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
from typing import Any

from ulid import ULID

from schemas.documents import Json, if_any
from services.kit.actor import SYSTEM
from services.kit.buses.local import LocalBus
from services.kit.buses.port import Bus
from services.kit.buses.rabbit.bus import RabbitBus
from services.kit.channels import Channel, Channels
from services.kit.clock import Deadline
from services.kit.config import Settings
from services.kit.errors import Refused, Unavailable
from services.xfh import registry
from services.xfh.commands import sending

SERVICE = "notices"
WAYS = 2  # How many messages of one channel may be on their way at once.
TICK_S = 1.0
SLOWEST_TICK_S = 30.0
ANSWER_S = 10.0

Send = Callable[[Channel, str, str, str], sending.Outcome]

log = logging.getLogger(__name__)


def run(settings: Settings, args: argparse.Namespace) -> int:
    """Sends until it is stopped. 2 when there are no channels or one is of no use, 1 when something broke."""
    if not settings.channels:
        print("没有设置渠道，不送出通知；见 docs/notices.md", file=sys.stderr)
        return 2
    sending.keep_to_ourselves()
    for channel in settings.channels:
        if not sending.is_usable(channel):
            says = f"XFH_NOTICES 的渠道 {channel.name}：apprise 不认识它的 url"
            print(says, file=sys.stderr)
            return 2
    with _bus(settings) as bus:
        deliverer = Deliverer(bus, settings.channels, sending.send)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: deliverer.stop())
        return deliverer.run()


class Deliverer:
    """Plans and sends until stopped. Several may run at once: each step is a command, and happens once."""

    def __init__(self, bus: Bus, channels: Channels, send: Send):
        self._bus = bus
        self._channels = channels
        self._send = send
        self._stopping = threading.Event()
        self._broken = False

    def stop(self) -> None:
        self._stopping.set()

    def run(self) -> int:
        """1 when something broke that should not: whoever started it starts it again."""
        ways = product(self._channels, range(WAYS))
        threads = [self._thread(channel, way) for channel, way in ways]
        for thread in threads:
            thread.start()
        self._keep(self.plan)
        for thread in threads:
            thread.join()
        return int(self._broken)

    def _thread(self, channel: Channel, way: int) -> threading.Thread:
        carry = partial(self.carry, channel)
        name = f"{channel.name} {way}"
        return threading.Thread(
            target=self._keep,
            args=(carry,),
            name=name,
        )

    def plan(self) -> bool:
        """Looks through some more of what was told; False when there is no more."""
        return self._command("plan_deliveries", {})["event"] is not None

    def carry(self, channel: Channel) -> bool:
        """Sends one message, or drops what is not to be sent; False when nothing is due."""
        begun = self._command("begin_delivery", {"channel": channel.name})
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
            self._command("report_delivery", about | if_any(code=code))
        except Refused as refusal:
            late = {"message": message, "code": refusal.code}
            log.warning("told too late", extra={"about": late})

    def _attempt(self, channel: Channel, message: str) -> sending.Outcome:
        content = self._ask("read_message", {"message": message})
        address = content["address"]
        if channel.asks and not address:
            return "failed", "no_address"
        return self._send(channel, address, content["heading"], content["text"])

    def _keep(self, doing: Callable[[], bool]) -> None:
        """Does it again and again, with a pause when there is nothing to do."""
        try:
            while not self._stopping.is_set():
                if not doing():
                    self._stopping.wait(TICK_S)
        except Stopped:
            return
        except Exception:
            log.exception("defect")
            self._broken = True
            self.stop()

    def _command(self, method: str, payload: Json) -> Json:
        """Asks with one key until there is an answer: the second time it is the first answer again."""
        answer: Json = self._ask(method, payload, str(ULID()))
        return answer

    def _ask(self, method: str, payload: Json, key: str = "") -> Any:
        pause_s = TICK_S
        while not self._stopping.is_set():
            deadline = Deadline.after(ANSWER_S)
            try:
                return self._bus.call(
                    SERVICE, method, payload, actor=SYSTEM, deadline=deadline, key=key
                )
            except Unavailable as error:
                log.warning("cannot deliver now", extra={"about": {"code": error.code}})
                self._stopping.wait(pause_s)
                pause_s = min(pause_s * 2, SLOWEST_TICK_S)
        raise Stopped


class Stopped(Exception):
    """Asked to stop while waiting for an answer."""


@contextmanager
def _bus(settings: Settings) -> Iterator[Bus]:
    """The broker, or one more replica of the service that neither follows nor does what is due."""
    if settings.bus != "local:":
        rabbit = RabbitBus(settings.bus)
        try:
            yield rabbit
        finally:
            rabbit.close()
        return
    local = LocalBus()
    local.host(registry.load(SERVICE), settings)
    try:
        yield local
    finally:
        local.stop()
