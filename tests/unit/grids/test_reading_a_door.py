"""What is read of a door does not grow with what was found, asked and cared for there in years."""

from datetime import timedelta

import pytest

from schemas.documents import Json
from services.grids.rules import findings
from services.grids.views.doors import get_door
from services.grids.views.slips import called_on, slip_of
from services.kit.log import Fact
from services.kit.views import Find, Overlay
from tests.examples import grids as examples
from tests.given import NOW, example_of
from tests.unit.grids.stage import CARE_BEGUN, DOOR, WORKER, member, stage, take

KEY = b"k" * 32
YEARS_OF_FINDINGS = 400
A_DAY = timedelta(days=1)
FOUND: Json = {**examples.FOUND, "door": DOOR, "route": "advice"}


class Counting(Overlay):
    """Counts the documents that were found."""

    read = 0

    def find(self, query: Find) -> list[Json]:
        found = super().find(query)
        self.read += len(found)
        return found


@pytest.fixture(scope="module")
def docs() -> Counting:
    """A finding a day, an old one still undone, and a visit on which one was found."""
    docs = stage()
    _find(docs, "OLD", -YEARS_OF_FINDINGS, route="need")
    for day in range(1 - YEARS_OF_FINDINGS, 0):
        _find(docs, f"F{-day}", day)
    visited = example_of(examples, "visit_recorded.v1", at="2026-06-01T01:00:00.000Z")
    take(docs, visited)
    _find(docs, "THEN", 0, visit="V1")
    _find(docs, "LATER", 3, visit="V1", kind="wiring")
    _find(docs, "OTHER", 3)
    return Counting(docs)


def _find(docs: Overlay, id: str, day: int, **more: str) -> None:
    now = NOW + day * A_DAY
    by = member(now=now, new_id=id)
    who = WORKER if day < 0 else by
    fact = findings.record(docs, FOUND | more, who)
    take(docs, Fact(fact.type, fact.stream, fact.data | {"finding": id}), now=now)


def test_a_slip_reads_what_was_found_on_that_visit_and_that_day(docs: Counting) -> None:
    slip = slip_of(docs, {"visit": "V1"}, member(), KEY)
    docs.read = 0
    found = called_on(docs, slip, WORKER, KEY)["findings"]
    assert [one["kind_text"] for one in found] == ["水电线路", "燃气"]
    assert docs.read < 10


def test_what_is_not_done_is_shown_however_much_was_found_since(docs: Counting) -> None:
    docs.read = 0
    shown = get_door(docs, {"door": DOOR}, member())["findings"]
    assert [one["finding"] for one in shown] == ["OLD"]
    assert docs.read < 100


def test_who_is_looked_in_on_is_shown_however_often_it_ended_before() -> None:
    docs = stage()
    for number in range(30):
        id = f"A{number:02}"
        begun = example_of(examples, "care_begun.v1", care=id, note=id)
        take(docs, begun, example_of(examples, "care_ended.v1", care=id))
    take(docs, CARE_BEGUN)
    assert get_door(docs, {"door": DOOR}, member())["cares"] == ["C1"]
