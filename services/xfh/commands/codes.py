"""Carries codes that were asked for to whoever asked: each by its sender, again when it has not arrived."""

import threading
from collections.abc import Mapping
from functools import partial

from schemas.documents import if_any
from services.kit.buses.port import Bus
from services.kit.errors import Unknown
from services.xfh.commands.patience import Patient
from services.xfh.commands.sending_codes import Outcome, Send

PEOPLE = "people"
WAYS = 2  # How many codes of one sender may be on their way at once.


class Codes:
    """Several may run at once: a code that is taken is nobody else's for a while."""

    def __init__(self, bus: Bus, means: Mapping[str, Send]):
        self._patient, self._means = Patient(bus, PEOPLE), means

    def stop(self) -> None:
        self._patient.stop()

    def run(self) -> int:
        """1 when something broke that should not: whoever started it starts it again."""
        threads = [self._thread(name) for name in self._means for _ in range(WAYS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return int(self._patient.broken)

    def _thread(self, name: str) -> threading.Thread:
        carry = partial(self.carry, name)
        return threading.Thread(target=self._patient.keep, args=(carry,), name=name)

    def carry(self, sender: str) -> bool:
        """Sends one code; False when none is waiting."""
        code = self._patient.command("take_code", {"sender": sender})["document"]
        if code is None:
            return False
        outcome, why = self._attempt(sender, code["id"])
        report = {"sent_code": code["id"], "outcome": outcome}
        self._patient.command("report_code", report | if_any(code=why))
        return True

    def _attempt(self, sender: str, code: str) -> Outcome:
        try:
            message = self._patient.ask("read_code", {"sent_code": code})
        except Unknown:
            return "failed", "over"
        if not message["address"]:
            return "failed", "no_address"
        return self._means[sender](message["address"], message["digits"])
