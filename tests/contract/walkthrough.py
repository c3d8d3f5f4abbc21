"""The walk-through of `docs/adding-a-service.md`: its files and changes, and a borrower who uses what they make.

Run as a program with the changed sources on `PYTHONPATH`: `walkthrough.py STORY WHERE`, where the data is.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from gateway.app import create
from gateway.edge.rpc import Services
from services.kit import config
from services.kit.actor import Actor, Role
from services.kit.bearers import tokens
from services.kit.buses.local import LocalBus
from services.kit.buses.rabbit.bus import RabbitBus
from services.kit.clock import Deadline
from services.kit.engine.rebuild import rebuild
from services.kit.errors import Refused, Unavailable
from services.xfh import registry
from tests.clocks import HUNG_S, wait_until

BLOCK = re.compile(
    r"^(?:`([\w./-]+)`\n\n)?```(python|diff)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
SECTION = re.compile(r"^## \d", re.MULTILINE)
COMMUNITY = "510108002001"
DIVISIONS = (
    (COMMUNITY[:6], "成华区"),
    (COMMUNITY[:9], "猛追湾街道"),
    (COMMUNITY, "望平社区"),
)
ADMIN = Actor("A1", (Role("district_admin", "510108"),))
WORKER = Actor("W1", (Role("community_worker", COMMUNITY),))
READER = Actor("R1", (Role("resident", COMMUNITY),))
DAY_S = 86_400


@dataclass(frozen=True)
class Block:
    path: str
    kind: str
    text: str

    def apply(self, root: Path) -> None:
        """Writes the file, or makes the change at the one place it fits."""
        file = root / self.path
        if self.kind == "python":
            assert not file.exists(), f"{self.path} is there already"
            file.parent.mkdir(exist_ok=True)
            file.write_text(self.text, encoding="utf-8")
            return
        lines = self.text.splitlines(keepends=True)
        old, new = (
            "".join(line[1:] for line in lines if line[0] in kept)
            for kept in (" -", " +")
        )
        text = file.read_text(encoding="utf-8")
        assert f"\n{text}".count(f"\n{old}") == 1, (
            f"{self.path} has not one place for:\n{self.text}"
        )
        file.write_text(
            f"\n{text}".replace(f"\n{old}", f"\n{new}")[1:], encoding="utf-8"
        )


def stages(document: str) -> list[list[Block]]:
    """What each numbered section of the document writes and changes, in its order."""
    return [list(_blocks(section)) for section in SECTION.split(document)[1:]]


def _blocks(section: str) -> Iterator[Block]:
    path = ""
    for found in BLOCK.finditer(section):
        path = found[1] or path
        yield Block(path, found[2], found[3])


Bus = LocalBus | RabbitBus


def ask(bus: Bus, actor: Actor, service: str, method: str, **payload: Any) -> Any:
    key = f"{time.monotonic_ns()}"
    return bus.call(
        service, method, payload, actor=actor, key=key, deadline=Deadline.after(HUNG_S)
    )


def patiently(asked: Callable[[], Any], wanted: Callable[[Any], bool] = bool) -> Any:
    """The answer once it is the one wanted."""
    answers: list[Any] = []

    def is_wanted() -> bool:
        with suppress(Unavailable):
            answers.append(asked())
        return bool(answers) and wanted(answers[-1])

    wait_until(is_wanted)
    return answers[-1]


def put_out(bus: Bus) -> str:
    """The id of a book put out in a community that was recorded a moment ago."""
    for division, name in DIVISIONS:
        about = {"division": division, "name": name, "status": "demo"}
        patiently(partial(ask, bus, ADMIN, "branches", "record_division", **about))
    book = patiently(
        lambda: ask(bus, WORKER, "library", "put_out", community=COMMUNITY, title="家")
    )
    return str(book["document"]["id"])


def borrow(bus: Bus, book: str) -> Any:
    return ask(bus, READER, "library", "borrow", book=book, days=7)


def state(bus: Bus, book: str) -> str:
    return str(ask(bus, READER, "library", "get_book", book=book)["state"])


def code_of(bus: Bus, actor: Actor, method: str, book: str, **more: Any) -> str:
    """The code with which the command is refused."""
    try:
        ask(bus, actor, "library", method, book=book, **more)
    except Refused as refusal:
        return refusal.code
    raise AssertionError(f"{method} is not refused")


def lend(bus: Bus, settings: config.Settings) -> Any:
    """Up to a loan, told by the version of its event."""
    book = put_out(bus)
    return {"book": book, "lent": borrow(bus, book)["event"]["type"]}


def use(bus: Bus, settings: config.Settings) -> Any:
    """Everything a book goes through."""
    book = put_out(bus)
    told = {
        "lent": borrow(bus, book)["event"]["type"],
        "again": code_of(bus, READER, "borrow", book, days=1),
    }
    told["worn"] = code_of(bus, WORKER, "withdraw", book)
    Path(settings.clock_file).write_text(str(9 * DAY_S))
    patiently(lambda: state(bus, book), lambda found: found == "overdue")
    told["returned"] = ask(bus, READER, "library", "give_back", book=book)["document"][
        "state"
    ]
    told["withdrawn"] = ask(bus, WORKER, "library", "withdraw", book=book)["document"][
        "state"
    ]
    return told


def books(bus: Bus, settings: config.Settings) -> Any:
    return ask(
        bus, READER, "library", "list_books", community=COMMUNITY, after=None, limit=20
    )["items"]


def replay(bus: LocalBus, settings: config.Settings) -> Any:
    """Rebuilds from logs that other sources wrote; a process that is started after it reads what was rebuilt."""
    logs = {name: host.store.log for name, host in bus.hosts.items()}
    folded: list[int] = []
    rebuild(registry.load("library"), bus.hosts["library"].store, logs, folded.append)
    return sum(folded)


def over_http(bus: LocalBus, settings: config.Settings) -> Any:
    """One book borrowed by HTTP."""
    book = put_out(bus)
    services = Services(bus, list(registry.SERVICES), HUNG_S, places=8)
    client = create(
        services, tokens.Verifier(tokens.public_key(settings))
    ).test_client()
    token = tokens.issue(settings, READER.id, list(READER.roles), hours=1)
    headers = {"Authorization": f"Bearer {token}"}
    lent = client.post(
        f"/api/v1/books/{book}/borrow", json={"days": 7}, headers=headers
    )
    wrong = client.post(
        f"/api/v1/books/{book}/borrow", json={"days": 0}, headers=headers
    )
    return {
        "status": lent.status_code,
        "document": lent.get_json()["document"],
        "wrong": wrong.status_code,
    }


STORIES: dict[str, Callable[[Any, config.Settings], Any]] = {
    "lend": lend, "use": use, "books": books, "replay": replay, "over_http": over_http,
}  # fmt: skip


def main() -> None:
    settings = config.load()
    if settings.bus != "local:":
        remote = RabbitBus(settings.bus)
        print(json.dumps(STORIES[sys.argv[1]](remote, settings)))
        remote.close()
        return
    bus = LocalBus()
    for name in registry.SERVICES:
        bus.host(registry.load(name), settings)
    bus.start()
    try:
        print(json.dumps(STORIES[sys.argv[1]](bus, settings)))
    finally:
        bus.stop()


if __name__ == "__main__":
    main()
