"""Deliveries on stage: what was told, what people have chosen, and each step of sending with its clock."""

from datetime import datetime, timedelta
from typing import Any

from schemas.documents import Json
from schemas.notices.choices import ChooseNotices
from services.kit.channels import Channels, channels_in
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.views import Overlay
from services.notices.rules import choices, deliveries, planning
from services.notices.service import Notices
from tests.given import NOW, asked, given_from
from tests.unit.notices.stage import after, begun, fact

CHANNELS: Channels = channels_in("""
[mail]
url = "mailto://127.0.0.1/?from=notices@example.org&to={address}"
asks = "mail"

[robot]
url = "wecombot://abcdefgh"
for = "510108015001"
""")
MAIL = "resident@example.org"


class Stage:
    """The documents, and a clock the test moves. Ids are given in order."""

    def __init__(self, docs: Overlay | None = None, now: datetime = NOW):
        self.docs = docs or begun("cobuild")
        self.now = now
        self._ids = 0
        self.plan_all()  # From the end of what was told before.

    def asked(self, *roles: tuple[str, str], id: str = "P1") -> Asked:
        self._ids += 1
        return asked(
            *(roles or (("system", "*"),)), id=id, now=self.now, new_id=f"M{self._ids}"
        )

    def record(self, fact: Fact | None, source: str = "notices") -> Fact | None:
        if fact is not None:
            given_from(self.docs, Notices, source, fact, now=self.now)
        return fact

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def give(self, address: str = MAIL, person: str = "P1") -> None:
        command = {"channel": "mail", "address": address}
        self.record(
            choices.give_address(self.docs, command, self.asked(id=person), CHANNELS)
        )

    def forget(self, person: str = "P1") -> None:
        self.record(
            choices.forget_address(
                self.docs, {"channel": "mail"}, self.asked(id=person)
            )
        )

    def choose(self, person: str = "P1", **said: Any) -> None:
        command = ChooseNotices().load(said)
        self.record(choices.choose(self.docs, command, self.asked(id=person), CHANNELS))

    def happens(self, type: str, source: str = "cobuild", **changes: Any) -> None:
        after(source, fact(source, type, **changes), docs=self.docs, now=self.now)

    def plan_all(self) -> list[Json]:
        """What was planned."""
        planned: list[Json] = []
        while (
            made := self.record(planning.plan(self.docs, {}, self.asked(), CHANNELS))
        ) is not None:
            planned += made.data["deliveries"]
        return planned

    def begin(self, channel: str = "mail") -> Fact | None:
        """A moment later: what is for now is due when now has passed."""
        self.later(milliseconds=1)
        return self.record(
            deliveries.begin(self.docs, {"channel": channel}, self.asked())
        )

    def report(self, message: str, outcome: str, **more: str) -> Fact | None:
        command = {"message": message, "outcome": outcome, **more}
        return self.record(deliveries.report(self.docs, command, self.asked()))

    def all(self) -> list[Json]:
        return [
            doc
            for (name, _), doc in sorted(self.docs.changed.items())
            if name == "deliveries"
        ]

    def states(self) -> list[str]:
        return [doc["state"] for doc in self.all()]
