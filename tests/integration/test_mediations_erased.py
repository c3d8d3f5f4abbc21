"""What was said of a quarrel goes: with whom it was about, and a year after it was settled. No file has it any more."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from schemas.documents import Json
from tests.clocks import wait_until
from tests.examples import people as examples
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway
from tests.integration.test_erased_people import files_that_say

WORDS = "植下的争执：楼上夜里拖椅子"
HERE: Json = {"community": COMMUNITY, "grid": "W-0201"}
A_YEAR_S = 366 * 24 * 3600


@dataclass
class Stage:
    """A micro-grid, somebody recorded, and the clock."""

    front: Gateway
    folder: Path
    admin: str
    worker: str
    person: str

    def open(self, **more: str) -> str:
        said = HERE | {"kind": "noise", "words": WORDS} | more
        return str(self.front.done("/mediations", self.worker, **said)["id"])

    def words(self, id: str) -> str:
        shown = self.front.get(f"/mediations/{id}", self.worker).get_json()
        return str(shown.get("words", ""))

    def kept(self) -> Json:
        address = f"/mediations/kept?division={COMMUNITY}"
        counted: Json = self.front.get(address, self.worker).get_json()
        return counted

    def sealed(self) -> list[str]:
        """What the files have of the words: their ciphers."""
        notes = self.front.bus.hosts["grids"].notes.kept()
        return [str(note["sealed"]) for note in notes]

    def later(self, seconds: float) -> None:
        (self.folder / "clock").write_text(str(seconds))


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    with gateway(tmp_path) as front:
        admin = front.token("A1", ("district_admin", DISTRICT))
        worker = front.token("W1", ("community_worker", COMMUNITY))
        named = {"name": "第一微网格", "valid_from": "2026-01-01"}
        front.done("/grids", admin, **HERE, **named)
        record = {"name": "欧阳灼灼", "community": COMMUNITY}
        consent = examples.CONSENT | {"on": time.strftime("%Y-%m-%d")}
        person = front.done("/people", admin, **record, consent=consent)["id"]
        yield Stage(front, tmp_path, admin, worker, person)


def found(stage: Stage, ciphers: list[str]) -> list[str]:
    """The files that have the words, or one of the ciphers."""
    words = [WORDS, *ciphers]
    return [name for word in words for name in files_that_say(stage.folder, word)]


def test_with_whom_it_was_about_goes_what_was_said(stage: Stage) -> None:
    about, of_nobody = stage.open(about=stage.person), stage.open()
    (cipher,) = [
        note["sealed"]
        for note in stage.front.bus.hosts["grids"].notes.kept()
        if note["of"] == stage.person
    ]
    assert stage.words(about) == WORDS
    assert found(stage, [cipher]) != []
    assert files_that_say(stage.folder, WORDS) == []
    own = stage.front.token(stage.person, ("resident", DISTRICT))
    assert WORDS not in stage.front.get("/me/data", own).text
    stage.front.done(f"/people/{stage.person}/erase", stage.admin, wish="本人要求")
    wait_until(lambda: found(stage, [cipher]) == [])
    assert stage.words(about) == ""
    assert stage.words(of_nobody) == WORDS


def test_a_year_after_it_was_settled_nothing_of_it_is_overdue(stage: Stage) -> None:
    about, of_nobody = stage.open(about=stage.person), stage.open()
    ciphers = stage.sealed()
    assert len(ciphers) == 2
    assert stage.kept() == {"kept": 2, "overdue": 0}
    for id in (about, of_nobody):
        stage.front.done(f"/mediations/{id}/end", stage.worker, ending="agreed")
    stage.later(A_YEAR_S)
    worker = stage.front.token("W1", ("community_worker", COMMUNITY))
    stage.worker = worker
    wait_until(lambda: stage.kept() == {"kept": 0, "overdue": 0})
    wait_until(lambda: found(stage, ciphers) == [])
    assert stage.words(about) == stage.words(of_nobody) == ""
