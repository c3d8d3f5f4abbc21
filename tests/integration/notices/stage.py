"""The platform with its gateway, a mail server and a hook, and a deliverer that is asked to go on by hand."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.kit.channels import channels_in
from services.xfh.commands import sending
from services.xfh.commands.deliver import Deliverer, Send
from tests.clocks import wait_until
from tests.examples.partners import COMMANDS
from tests.integration.gateway_stage import COMMUNITY, STREET, Gateway, gateway
from tests.receivers import OK, Hook, Mailbox, mail_server, web_hook

CHANNELS = """
[mail]
url = "mailto://127.0.0.1:{mail}/?from=notices@example.org&to={{address}}&smtp=127.0.0.1&cto=1&rto=1"
asks = "mail"

[hook]
url = "json://127.0.0.1:{hook}/{{address}}?cto=1&rto=1"
asks = "id"

[street-robot]
url = "json://127.0.0.1:{hook}/street?cto=1&rto=1"
for = "510108002"
"""


@dataclass
class Stage:
    front: Gateway
    box: Mailbox
    hook: Hook
    clock: Path
    person: str = ""
    applied: int = 0

    def begin(self, number: int) -> None:
        """Another person, and receivers that have heard nothing yet."""
        self.person = f"R{number}"
        self.box.answer, self.hook.status, self.hook.hangs = OK, 200, lambda: None
        self.deliver()
        self.box.mails.clear()
        self.hook.posted.clear()

    @property
    def address(self) -> str:
        return f"{self.person}.demo@example.org"

    @property
    def token(self) -> str:
        return self.front.token(self.person, ("resident", COMMUNITY))

    @property
    def admin(self) -> str:
        return self.front.token("A1", ("district_admin", "510108"))

    def give(self, channel: str = "mail") -> None:
        address = self.address if channel == "mail" else self.person
        self.front.done(
            "/me/notices/addresses", self.token, channel=channel, address=address
        )

    def approve_one(self) -> None:
        """Tells the person of a decision; returns once the service has heard of it."""
        self.applied += 1
        before = len(self.inbox())
        said = {
            **COMMANDS["apply"],
            "kind": "居民骨干",
            "name": f"第{self.applied}位骨干",
            "community": COMMUNITY,
        }
        said = {name: value for name, value in said.items() if name != "credit_code"}
        id = self.front.done("/partners", self.token, **said)["id"]
        self.front.done(
            f"/partners/{id}/approve", self.front.token("A2", ("street_admin", STREET))
        )
        wait_until(lambda: len(self.inbox()) == before + 1)

    def inbox(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.front.get(
            "/me/notices?limit=100", self.token
        ).get_json()["items"]
        return items

    def deliveries(self, state: str) -> list[dict[str, Any]]:
        """Of the person, as the district sees them."""
        answer = self.front.get(
            f"/notices/deliveries?state={state}&limit=100", self.admin
        )
        return [
            each
            for each in answer.get_json()["items"]
            if each["to"] == f"person/{self.person}"
        ]

    def posted(self) -> int:
        """How often the person's own hook was called."""
        return sum(path.startswith(f"/{self.person}") for path, _ in self.hook.posted)

    def deliverer(self, send: Send = sending.send) -> Deliverer:
        return Deliverer(self.front.bus, self.front.settings.channels, send)

    def deliver(self, send: Send = sending.send) -> None:
        """All there is to do now."""
        deliverer = self.deliverer(send)
        while deliverer.plan():
            pass
        time.sleep(0.002)  # What is planned for now is due when now has passed.
        for channel in self.front.settings.channels:
            while deliverer.carry(channel):
                pass

    def later(self, seconds: float) -> None:
        shift = float(self.clock.read_text()) if self.clock.exists() else 0.0
        self.clock.write_text(str(shift + seconds))

    def rows(self, kept: bool) -> str:
        """Everything in every table of every service, of what is kept beside the logs or of all else."""
        found = []
        for file in self.clock.parent.glob("*.sqlite"):
            with sqlite3.connect(file) as connection:
                tables = [
                    name
                    for (name,) in connection.execute(
                        "SELECT name FROM sqlite_master WHERE type = 'table'"
                    )
                ]
                for table in tables:
                    if (table == "keep") == kept:
                        found += [
                            str(row)
                            for row in connection.execute(f"SELECT * FROM {table}")
                        ]
            connection.close()
        return "\n".join(found)


@contextmanager
def stage(folder: Path) -> Iterator[Stage]:
    sending.keep_to_ourselves()
    with mail_server() as box, web_hook() as hook:
        channels = channels_in(CHANNELS.format(mail=box.port, hook=hook.port))
        with gateway(folder, channels) as front:
            made = Stage(front, box, hook, folder / "clock")
            made.deliver()  # Begins where the notices are now.
            yield made
