"""Words planted with somebody: once they are erased none is found again, in whatever the platform has.

Nor is ever what was written of a door: by the row of a table, in a queue of visits, of care, a finding or a quarrel.

Searched are every file of its folder and database, every log line, every doorbell that was rung, every list, export and
view, and a backup; and a backup of before yields nothing to who has not got its keys.
"""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection
from pymongo import MongoClient

from services.kit.buses.rabbit.queues import events_exchange, events_of
from services.xfh.commands import divisions
from services.xfh.registry import SERVICES
from tests.clocks import HUNG_S, wait_until
from tests.e2e.lives import live
from tests.e2e.planting import (
    ANNOUNCED,
    APPEAL,
    COMMUNITY,
    CONTESTED,
    DISCUSSED,
    DISPUTED,
    DISTRICT,
    NEED,
    NEW_NAME,
    OF_PARTNER,
    OF_UNIT,
    RATED,
    REPORTED,
    WRITTEN_FOR,
    Front,
    found_in,
)
from tests.mongo import NOTICE
from tests.servers import free_address, platform

FACTS_OF_THE_NEEDS = 23
# What is theirs and is told while they are there, to them or to who works with it.
THEIRS = {
    NEED, APPEAL, NEW_NAME, WRITTEN_FOR, RATED, CONTESTED, DISCUSSED, DISPUTED, REPORTED, ANNOUNCED,
    OF_UNIT, OF_PARTNER,
}  # fmt: skip
NOBODY_THERE = """
[mail]
url = "mailto://{host}:{port}/?from=notices@example.org&to={{address}}&smtp={host}"
asks = "mail"
"""
EXPORTS = ("needs", "partners", "units", "sessions", "activities")


def found_under(folder: Path) -> dict[str, set[str]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    found = {str(path): found_in(path.read_bytes()) for path in files}
    return {path: words for path, words in found.items() if words}


def told(front: Front, person: str) -> bytes:
    """What lists, views, exports and figures say, to who is told most."""
    admin = front.token("A1", "district_admin", DISTRICT)
    own = front.token(person, "resident", DISTRICT)
    lists = [f"/api/v1/lists/{name}.csv" for name in EXPORTS]
    views = [
        f"/api/v1/people/{person}", f"/api/v1/people?division={DISTRICT}", "/api/v1/needs?limit=100",
        f"/api/v1/people/{person}/acted", f"/api/v1/people/{person}/consents", "/api/v1/partners?limit=100",
        f"/district?scope={DISTRICT}", "/api/v1/me/waiting", f"/desk/for/{person}",
        f"/api/v1/contests?community={COMMUNITY}", f"/desk?scope={COMMUNITY}",
        "/api/v1/notices/deliveries?limit=100", "/api/v1/activities?limit=100",
        "/api/v1/commitments?limit=100", "/api/v1/units?limit=100",
    ]  # fmt: skip
    said = [front.ask(path, admin) for path in (*lists, *views)]
    return b"".join([*said, front.ask("/api/v1/me/data", own)])


def figures(front: Front) -> Any:
    """The district's, once they have heard of all that was told of units and needs."""
    admin = front.token("A1", "district_admin", DISTRICT)
    month = time.strftime("%Y-%m")

    def heard_of() -> Any:
        shown = front.get(f"/metrics/figures?scope={DISTRICT}&period={month}", admin)
        has_heard = shown.get("as_of", {}).get("cobuild", 0) >= FACTS_OF_THE_NEEDS
        return shown["figures"] if has_heard else None

    return wait_until(heard_of)


@contextmanager
def heard(bus: str) -> Iterator[list[bytes]]:
    """Every doorbell that is rung meanwhile."""
    rung: list[bytes] = []
    if not bus.startswith("amqp"):
        yield rung
        return
    with Connection(bus) as connection, connection.channel() as channel:
        queue = channel.queue_declare(exclusive=True).queue
        for service in SERVICES:
            events_exchange(service)(channel).declare()
            channel.queue_bind(queue, events_of(service), "#")
        yield rung
        while (message := channel.basic_get(queue, no_ack=True)) is not None:
            rung.append(bytes(str(message.headers) + str(message.body), "utf-8"))


def in_database(store: str) -> bytes:
    if not store.startswith("mongodb"):
        return b""
    url, _, name = store.rpartition("/")
    client: MongoClient[Any] = MongoClient(url)
    databases = [each for each in client.list_database_names() if name in each]
    assert databases
    found = [
        str(doc)
        for each in databases
        for collection in client[each].list_collection_names()
        for doc in client[each][collection].find()
    ]
    client.close()
    return "\n".join(found).encode()


def xfh(front: Front, *words: str, data: Path | None = None) -> None:
    settings = front.running.settings
    folder = data or settings.data
    store = f"sqlite:{data}" if data else settings.store
    more = {"XFH_DATA": str(folder), "XFH_STORE": store, "XFH_BUS": "local:"}
    command = [sys.executable, "-m", "services.xfh.cli", *words]
    ran = subprocess.run(
        command,
        env={**os.environ, **more},
        capture_output=True,
        timeout=HUNG_S,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()


@pytest.mark.parametrize("mode", ["embedded", "rabbitmq", "mongodb"])
def test_of_who_is_erased_no_word_is_found_again(
    tmp_path: Path, mode: str, request: pytest.FixtureRequest, capfd: Any
) -> None:
    bus = request.getfixturevalue("rabbitmq") if mode == "rabbitmq" else "local:"
    store = _store(request) if mode == "mongodb" else ""
    folder, backups = tmp_path / "var", tmp_path / "backups"
    folder.mkdir()
    backups.mkdir()
    channels, clock = tmp_path / "channels.toml", tmp_path / "clock"
    host, port = free_address()
    channels.write_text(NOBODY_THERE.format(host=host, port=port))
    clock.write_text("0")
    with platform(folder, bus, store, str(clock), str(channels), "DEBUG") as running:
        divisions.load(running.settings)
        front = Front(running, clock)
        with heard(bus) as rung:
            person = live(front)
            shown = found_in(told(front, person))
            assert shown >= THEIRS
            xfh(front, "backup", str(backups / "old"))
            before = figures(front)
            worker = front.token("W1", "community_worker", COMMUNITY)
            front.done(f"/people/{person}/erase", worker, wish="本人要求")
            own = front.token(person, "resident", DISTRICT)
            wait_until(lambda: not _words(front, own))
            xfh(front, "backup", str(backups / "new"))
        assert (mode == "rabbitmq") == bool(rung)
        assert found_in(told(front, person)) == set()
        assert figures(front) == before
        assert found_under(folder) == {}
    assert found_under(tmp_path) == {}
    logged = capfd.readouterr()
    assert "people" in logged.err
    assert found_in((logged.out + logged.err).encode()) == set()
    assert found_in(b"".join(rung) + in_database(store)) == set()
    _yields_nothing(front, backups / "old", tmp_path / "there")


def _store(request: pytest.FixtureRequest) -> str:
    url = request.getfixturevalue("mongodb")
    if url is None:
        pytest.skip(NOTICE)
    return f"{url.rstrip('/')}/planted{uuid.uuid4().hex[:8]}"


def _words(front: Front, own: str) -> bool:
    """Whether any service has words of theirs, or cannot say."""
    data = front.get("/me/data", own)
    return bool(data["missing"]) or any(one["words"] for one in data["services"])


def _yields_nothing(front: Front, backup: Path, there: Path) -> None:
    """Restored without its keys, which are thrown away sooner: nothing is there in the clear."""
    for path in (backup / "keys").iterdir():
        path.unlink()
    there.mkdir()
    xfh(front, "restore", str(backup), data=there)
    assert found_under(there) == {}
