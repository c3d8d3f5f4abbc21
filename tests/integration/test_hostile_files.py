"""Files made to cost much, sent to and fetched from the running gateway: everybody else is served meanwhile."""

import json
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from typing import Any

import pytest

from gateway.files.formats import CSV, XLSX
from services.kit.actor import Role
from services.kit.bearers import tokens
from tests import servers
from tests.integration.gateway_stage import COMMUNITY
from tests.unit.exchange import hostile

CHINESE = re.compile(r"[一-鿿]")
HOSTILE = {
    "merged cells without an end": hostile.sheet(
        b"</sheetData>" + b"<mergeCell " * 400_000
    ),
    "a tag without an end": hostile.sheet(b"<row " + b"a" * 15 * hostile.MB),
    "as many tags as may be": hostile.sheet(b"<row/>" * 199_000),
    "a DTD": hostile.declared("UTF-16"),
}

Answer = tuple[int, Any]


class Front:
    """The gateway as several clients see it."""

    def __init__(self, platform: servers.Platform):
        self._platform = platform

    def token(self, actor: str, role: str) -> str:
        return tokens.issue(
            self._platform.settings, actor, [Role(role, COMMUNITY)], hours=1
        )

    def ask(
        self,
        path: str,
        token: str = "",
        content: bytes | None = None,
        media_type: str = XLSX,
    ) -> Answer:
        request = urllib.request.Request(
            f"http://{servers.text(self._platform.address)}{path}", content
        )
        request.add_header("Content-Type", media_type)
        if token:
            request.add_header("Authorization", f"Bearer {token}")
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, json.load(error)

    def import_needs(
        self, token: str, content: bytes, media_type: str = XLSX
    ) -> Answer:
        return self.ask("/api/v1/imports/needs", token, content, media_type)

    def served_during(self, work: Callable[[], Answer]) -> tuple[Answer, int]:
        """What came of `work`, and how often somebody else was answered meanwhile."""
        over, answered = threading.Event(), 0
        with ThreadPoolExecutor(1) as others:
            doing = others.submit(work)
            doing.add_done_callback(lambda done: over.set())
            while not over.is_set():
                assert self.ask("/api/v1/activities")[0] == 200
                answered += 1
        return doing.result(), answered


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    with servers.platform(tmp_path_factory.mktemp("server"), "local:") as platform:
        yield Front(platform)


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_workbook_is_refused_in_words_and_others_are_served_meanwhile(
    front: Front, content: bytes
) -> None:
    (status, problem), answered = front.served_during(
        lambda: front.import_needs(front.token("W1", "community_worker"), content)
    )
    assert status == 422
    assert CHINESE.search(problem["title"])
    assert answered >= 5, "to start what reads it takes as long as some answers"


def test_who_has_a_file_under_way_waits_with_the_next_and_keeps_nobody_else(
    front: Front,
) -> None:
    rows = "\n".join(
        f"零距离便民,老人,routine,{COMMUNITY},G-01,SA-am,,灯坏了{number}"
        for number in range(300)
    )
    table = f"category,audience,urgency,community,grid,slots,beneficiary,words\n{rows}\n".encode()
    one, other = (front.token(name, "community_worker") for name in ("W1", "W2"))
    with ThreadPoolExecutor(4) as clients:
        sent = [clients.submit(front.import_needs, one, table, CSV) for _ in range(3)]
        wait(sent, return_when=FIRST_COMPLETED)
        of_other = front.import_needs(other, table, CSV)
    of_one = [future.result() for future in sent]
    refused = {problem["code"] for status, problem in of_one if status == 503}
    assert refused == {"one_file_at_a_time"}
    assert of_other[0] == 200


def test_a_file_for_everybody_is_written_once_however_many_ask(front: Front) -> None:
    """Written again it would say another second of being made."""
    answers = [front.ask("/api/v1/lists/offerings.xlsx") for _ in range(10)]
    assert {status for status, _ in answers} == {200}
    assert len({content for _, content in answers}) == 1
