"""Twelve words planted with somebody: once they are erased none is found again, in whatever the platform has.

Nor is ever what was written of a door: by the row of a table, in a queue of visits, of care, a finding or a quarrel.

Searched are every file of its folder and database, every log line, every doorbell that was rung, every list, export and
view, and a backup; and a backup of before yields nothing to who has not got its keys.
"""

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from kombu import Connection
from pymongo import MongoClient

from schemas.exchange.doorstep import DOOR
from schemas.fields import instant
from services.kit.actor import Role
from services.kit.bearers import tokens
from services.kit.buses.rabbit.queues import events_exchange, events_of
from services.xfh.commands import divisions
from services.xfh.registry import SERVICES
from tests.clocks import HUNG_S, wait_until
from tests.examples.grids import COMMANDS as OF_GRIDS
from tests.examples.partners import COMMANDS as OF_PARTNERS
from tests.mongo import NOTICE
from tests.servers import Platform, platform, text

COMMUNITY, STREET, DISTRICT = "510108002001", "510108002", "510108"
NAME, NEW_NAME = "欧阳灼灼", "欧阳烁烁"
CONTACTS = ("13912345671", "13912345672", "13912345673")
FACTS_OF_THE_NEED = 3
PHONE, PASSWORD = "13812345674", "zebra crossing 76"
NEED, APPEAL = "植下的需求甲", "植下的申诉乙"
CONSENTED, WITHDRAWN = "植下的同意丙", "植下的撤回丁"
PARTNER = "植下的合唱队戊"
LABEL, READING, CARED = "植下的门牌己", "植下的血压庚", "植下的缘由辛"
FOUND, QUARREL = "植下的发现壬", "植下的争执癸"
PLANTED = (
    NAME, NEW_NAME, *CONTACTS, PHONE, PASSWORD, NEED, APPEAL, CONSENTED, WITHDRAWN, PARTNER,
    LABEL, READING, CARED, FOUND, QUARREL,
)  # fmt: skip
WANTED = {"category": "零距离便民", "audience": "一老一小", "urgency": "routine"}
BUSY = 503
HEADINGS = "姓名,出生年月,联系电话,社区代码,怎样同意的,同意日期"
EXPORTS = ("needs", "partners", "units", "sessions", "activities")


def answered(asked: Request) -> bytes:
    """Nothing where it is to be asked again."""
    try:
        with urlopen(asked, timeout=HUNG_S) as answer:
            return bytes(answer.read())
    except HTTPError as error:
        return b"" if error.code == BUSY else error.read()


@dataclass
class Front:
    """A running platform, asked over HTTP; what it said is remembered."""

    running: Platform

    def token(self, id: str, role: str, scope: str) -> str:
        return tokens.issue(self.running.settings, id, [Role(role, scope)], hours=1)

    def ask(
        self, path: str, token: str, data: bytes | None = None, kind: str = ""
    ) -> bytes:
        """The answer; asked again under the same key while the machine is too busy to give one."""
        headers = {"Authorization": f"Bearer {token}"}
        if data is not None:
            headers |= {"Content-Type": kind, "Idempotency-Key": uuid.uuid4().hex}
        asked = Request(f"http://{text(self.running.address)}{path}", data, headers)
        return wait_until(lambda: answered(asked))

    def get(self, path: str, token: str) -> Any:
        return json.loads(self.ask(f"/api/v1{path}", token))

    def done(self, path: str, token: str, **body: Any) -> Any:
        data = json.dumps(body).encode()
        said = json.loads(self.ask(f"/api/v1{path}", token, data, "application/json"))
        assert "document" in said, said
        return said["document"]


def spelt(word: str) -> tuple[bytes, bytes]:
    """As UTF-8 and as JSON may write it."""
    return word.encode(), json.dumps(word)[1:-1].encode()


def found_in(content: bytes) -> set[str]:
    return {word for word in PLANTED if any(each in content for each in spelt(word))}


def found_under(folder: Path) -> dict[str, set[str]]:
    files = (path for path in folder.rglob("*") if path.is_file())
    found = {str(path): found_in(path.read_bytes()) for path in files}
    return {path: words for path, words in found.items() if words}


def live(front: Front) -> str:
    """Imported from a list, changed, let in, in need, turned down, and a partner. Returns who it is."""
    worker = front.token("W1", "community_worker", COMMUNITY)
    on = time.strftime("%Y-%m-%d", time.localtime(time.time() - 2 * 24 * 3600))
    row = f"{NAME},1950,{CONTACTS[0]}、{CONTACTS[1]},{COMMUNITY},当面,{on}"
    sheet = f"\ufeff{HEADINGS}\r\n{row}\r\n".encode()
    front.ask("/api/v1/imports/people", worker, sheet, "text/csv")
    [one] = front.get(f"/people?division={COMMUNITY}", worker)["items"]
    person: str = one["id"]
    front.done(
        f"/people/{person}/change", worker, name=NEW_NAME, contacts=[CONTACTS[2]]
    )
    _let_in(front, person, worker)
    consent = {"how": "当面", "on": on}
    agreed = {"purpose": "photos", "words": CONSENTED} | consent
    given = front.done(f"/people/{person}/consents", worker, **agreed)["id"]
    front.done(f"/consents/{given}/withdraw", worker, words=WITHDRAWN, **consent)
    _in_need(front, person, worker)
    _at_a_door(front, worker)
    return person


def _let_in(front: Front, person: str, worker: str) -> None:
    sent = front.done(f"/people/{person}/invitation", worker)
    shown = front.get(f"/invitations/{sent['id']}", worker)
    secret = shown["path"].partition("=")[2]
    said = {"secret": secret, "phone": PHONE, "password": PASSWORD}
    address = f"http://{text(front.running.address)}"
    headers = {"Content-Type": "application/json", "Origin": address}
    data = json.dumps(said).encode()
    asked = Request(f"{address}/sign-in/invitation", data, headers)
    wait_until(lambda: answered(asked))


def _at_a_door(front: Front, worker: str) -> None:
    """Imported from a table, gone to by a phone that queued what nobody may write down, cared for, quarrelled at."""
    here = {"community": COMMUNITY, "grid": "W-0201"}
    admin = front.token("A1", "district_admin", DISTRICT)
    front.done("/grids", admin, **here, name="第一微网格", valid_from="2026-01-01")
    sheet = f"{','.join(DOOR.values())}\r\n{COMMUNITY},W-0201,1,,{LABEL}\r\n"
    report = front.ask("/api/v1/imports/doors", worker, sheet.encode(), "text/csv")
    (row,) = json.loads(report)["rows"]
    front.ask(
        "/api/v1/imports/doors",
        worker,
        sheet.replace(",1,", ",0,").encode(),
        "text/csv",
    )
    now = instant(datetime.now(UTC))
    visit = {"door": row["id"], "outcome": "met", "device": "phone-1", "at": now}
    answers = [{"item": "gas", "value": READING}]
    queue = [visit | {"nonce": "n-1"}, visit | {"nonce": "n-2", "answers": answers}]
    said = json.dumps({"device_now": now, "visits": [*queue, READING]})
    came = front.ask("/api/v1/visits/queued", worker, said.encode(), "application/json")
    assert [one["outcome"] for one in json.loads(came)["rows"]] == [
        "recorded",
        "refused",
        "refused",
    ]
    front.done(
        "/cares", worker, **OF_GRIDS["begin_care"] | {"door": row["id"], "words": CARED}
    )
    advice = {"door": row["id"], "kind": "gas", "urgency": "routine", "route": "advice"}
    front.done("/findings", worker, **advice, words=FOUND)
    front.done("/mediations", worker, **here, kind="noise", words=QUARREL)
    _numbered_twice(front, worker, here, row["id"])


def _numbered_twice(front: Front, worker: str, here: Any, door: str) -> None:
    """The refusal names both doors to who goes there."""
    other = front.done("/doors", worker, **here, walk=2, label=LABEL)["id"]
    walks = [{"door": one, "walk": 5} for one in (door, other)]
    said = json.dumps({"community": COMMUNITY, "doors": walks}).encode()
    address = "/api/v1/walks/W-0201/renumber"
    refused = front.ask(address, worker, said, "application/json")
    assert found_in(refused) == {LABEL}


def _in_need(front: Front, person: str, worker: str) -> None:
    own = front.token(person, "resident", DISTRICT)
    wanted = WANTED | {"community": COMMUNITY, "words": NEED}
    need = front.done("/needs", worker, **wanted, on_behalf_of=person)["id"]
    front.done(f"/needs/{need}/reject", worker, reason="请先问物业")
    front.done(f"/needs/{need}/appeal", own, words=APPEAL)
    application = OF_PARTNERS["apply"] | {"name": PARTNER, "community": COMMUNITY}
    front.done("/partners", own, **application)


def told(front: Front, person: str) -> bytes:
    """What lists, views, exports and figures say, to who is told most."""
    admin = front.token("A1", "district_admin", DISTRICT)
    own = front.token(person, "resident", DISTRICT)
    lists = [f"/api/v1/lists/{name}.csv" for name in EXPORTS]
    views = [
        f"/api/v1/people/{person}", f"/api/v1/people?division={DISTRICT}", "/api/v1/needs?limit=100",
        f"/api/v1/people/{person}/acted", f"/api/v1/people/{person}/consents", "/api/v1/partners?limit=100",
        f"/district?scope={DISTRICT}", "/api/v1/me/waiting", f"/desk/for/{person}",
    ]  # fmt: skip
    said = [front.ask(path, admin) for path in (*lists, *views)]
    return b"".join([*said, front.ask("/api/v1/me/data", own)])


def figures(front: Front) -> Any:
    """The district's, once they have heard of the need, of its rejection and of the appeal."""
    admin = front.token("A1", "district_admin", DISTRICT)
    month = time.strftime("%Y-%m")

    def heard_of() -> Any:
        shown = front.get(f"/metrics/figures?scope={DISTRICT}&period={month}", admin)
        has_heard = shown.get("as_of", {}).get("cobuild", 0) >= FACTS_OF_THE_NEED
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
    with platform(folder, bus, store, level="DEBUG") as running:
        divisions.load(running.settings)
        front = Front(running)
        with heard(bus) as rung:
            person = live(front)
            assert found_in(told(front, person)) >= {NEED, APPEAL, NEW_NAME}
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
