"""What is withheld is made anew when its documents change, and gone through once for all who ask."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

from schemas.documents import Json
from services.kit.log import Event
from services.kit.views import Find, Overlay
from services.metrics.folds.cells import cell_id
from services.metrics.folds.session_figures import count
from services.metrics.model.withholding.families import FAMILIES, PRESENT
from services.metrics.reckoning import values, withholding
from services.metrics.reckoning.looks import STANDS, District
from tests.clocks import HUNG_S
from tests.unit.metrics.attack import READER
from tests.unit.metrics.withheld import COMMUNITY, DAY, SIBLING, crowd
from tests.unit.metrics.worlds import DISTRICT, Held, Lived


def test_a_month_is_looked_at_again_a_moment_after_something_was_counted_in_it() -> (
    None
):
    docs = Overlay(
        Lived(
            [
                Held(COMMUNITY, DAY, "文体", crowd(12)),
                Held(SIBLING, DAY, "文体", crowd(5)),
            ]
        )
    )

    def is_whole(now: datetime, stands: timedelta = STANDS) -> bool:
        return District(docs, DISTRICT, now, stands).shown(PRESENT, DAY[:7]).whole

    assert is_whole(READER.now)
    docs.seq = docs.the("cells", cell_id(DISTRICT, DAY[:7]))["seq"] + 1
    undone = Event(
        docs.seq, "E", "check_undone.v1", "activity/A01", f"{DAY}T10:00:00.000Z", {}, ""
    )
    count(
        docs,
        undone,
        docs.the("sessions", "A01.1"),
        {"person_times": -1, "turned_up": -1},
        {},
    )
    assert is_whole(READER.now)
    assert not is_whole(READER.now + STANDS)
    assert not is_whole(READER.now, stands=timedelta())
    assert not is_whole(READER.now - STANDS), "a clock set back keeps nothing"


class Served(Overlay):
    """Documents of the generation that is being served."""

    serving = 1

    @property
    def generation(self) -> int:
        return self.serving


def test_what_was_made_of_documents_that_a_rebuild_has_replaced_is_made_anew_at_once() -> (
    None
):
    docs = Served(
        Lived(
            [
                Held(COMMUNITY, DAY, "文体", crowd(12)),
                Held(SIBLING, DAY, "文体", crowd(5)),
            ]
        )
    )

    def is_whole() -> bool:
        return District(docs, DISTRICT, READER.now).shown(PRESENT, DAY[:7]).whole

    assert is_whole()
    docs._under = Lived(
        [Held(COMMUNITY, DAY, "文体", crowd(12)), Held(SIBLING, DAY, "文体", crowd(2))]
    )
    assert is_whole(), "nobody has told that these are others"
    docs.serving += 1
    assert not is_whole()


class Watched(Overlay):
    """Counts how often sessions are gone through."""

    gone_through = 0

    def find(self, query: Find) -> list[Json]:
        self.gone_through += query.collection == "sessions"
        return super().find(query)


def test_while_people_come_sessions_are_gone_through_once_a_moment() -> None:
    docs = Watched(
        Lived(
            [
                Held(COMMUNITY, DAY, "文体", crowd(12), False),
                Held(SIBLING, DAY, "文体", crowd(9)),
            ]
        )
    )

    def ask(now: datetime) -> int:
        cell = values.of_cell(docs, cell_id(DISTRICT, DAY[:7]))
        withholding.Withholding(docs, replace(READER, now=now)).told(
            cell, DISTRICT, DAY[:7]
        )
        return docs.gone_through

    first = ask(READER.now)
    docs.seq = docs.the("cells", cell_id(DISTRICT, DAY[:7]))["seq"] + 1
    came = Event(
        docs.seq, "E", "checked_in.v1", "activity/A00", f"{DAY}T10:00:00.000Z", {}, ""
    )
    count(
        docs,
        came,
        docs.the("sessions", "A00.1"),
        {"person_times": 1, "turned_up": 1},
        {},
    )
    assert ask(READER.now) == first > 0
    assert ask(READER.now + STANDS) == 2 * first


class Halted(Watched):
    """Lets nobody go through sessions before it is told to."""

    def __init__(self, under: Overlay):
        super().__init__(under)
        self.entered, self.go_on = threading.Semaphore(0), threading.Event()

    def find(self, query: Find) -> list[Json]:
        if query.collection == "sessions":
            self.entered.release()
            self.go_on.wait(HUNG_S)
        return super().find(query)


def test_who_asks_while_a_month_is_gone_through_waits_for_it() -> None:
    docs = Halted(
        Lived(
            [
                Held(COMMUNITY, DAY, "文体", crowd(2)),
                Held(SIBLING, DAY, "文体", crowd(9)),
            ]
        )
    )

    def ask() -> bool:
        return District(docs, DISTRICT, READER.now).shown(PRESENT, DAY[:7]).whole

    with ThreadPoolExecutor(2) as askers:
        first = askers.submit(ask)
        assert docs.entered.acquire(timeout=HUNG_S)
        second = askers.submit(ask)
        another = docs.entered.acquire(timeout=0.2)
        docs.go_on.set()
        assert first.result(HUNG_S) == second.result(HUNG_S)
    assert (another, docs.gone_through) == (False, 1)


def test_of_all_families_the_sessions_of_a_month_are_gone_through_once() -> None:
    docs = Watched(
        Lived(
            [
                Held(COMMUNITY, DAY, "文体", crowd(12)),
                Held(SIBLING, DAY, "文体", crowd(9)),
            ]
        )
    )
    for family in FAMILIES:
        District(docs, DISTRICT, READER.now).shown(family, DAY[:7])
    assert docs.gone_through == 1
