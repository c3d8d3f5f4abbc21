"""What was seen at a door has an end: a year after it was done, three where it never is, and with its door."""

from datetime import datetime, timedelta
from typing import Any

from services.grids.rules import findings
from services.grids.service import Grids
from services.grids.views.doors import get_door
from services.grids.views.findings import count_kept, get_finding
from services.kit.entrypoints import Asked, Due
from services.kit.errors import Forbidden
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import grids as examples
from tests.given import NOW, asked, example_of, refused
from tests.unit.grids.stage import DOOR, FOLLOWUP, OTHER_WORKER, VISITED, stage, take

YEAR, DAY = timedelta(days=365), timedelta(days=1)
DUE: Due = Grids.forget_finding
WORDS = "软管开裂"
HERE = {"division": examples.COMMUNITY}
RESOLVED = example_of(examples, "finding_resolved.v1")
ADVISED = Fact(
    FOLLOWUP.type,
    FOLLOWUP.stream,
    {
        name: value
        for name, value in (FOLLOWUP.data | {"route": "advice"}).items()
        if name not in ("team", "due", "due_at")
    },
)


def worker(now: datetime) -> Asked:
    by = asked(("community_worker", examples.COMMUNITY), id="P6", now=now)
    return Asked(by.actor, by.now, by.new_id, lambda id: WORDS)


def is_due(docs: Overlay, now: datetime) -> bool:
    return bool(docs.find(DUE.ripe(now.isoformat())))


def kept(docs: Overlay, now: datetime) -> Any:
    return count_kept(docs, HERE, worker(now))


def test_a_year_after_it_was_done_the_words_go() -> None:
    docs = stage(VISITED, FOLLOWUP)
    take(docs, RESOLVED, now=NOW + 30 * DAY)
    last = NOW + 30 * DAY + YEAR
    assert not is_due(docs, last - DAY)
    assert kept(docs, last - DAY) == {"kept": 1, "overdue": 0}
    assert is_due(docs, last + DAY)
    assert kept(docs, last + DAY) == {"kept": 1, "overdue": 1}
    fact = findings.forget(docs, docs.the("findings", "F1"), worker(last))
    assert fact.erases == (FOLLOWUP.data["note"],)
    take(docs, fact, now=last + DAY)
    assert kept(docs, last + DAY) == {"kept": 0, "overdue": 0}
    assert not is_due(docs, last + 9 * YEAR)


def test_where_a_word_was_enough_a_year_after_it() -> None:
    docs = stage(VISITED, ADVISED)
    assert not is_due(docs, NOW + YEAR - DAY)
    assert is_due(docs, NOW + YEAR + DAY)


def test_what_is_never_done_goes_after_three_years_and_may_still_be_done() -> None:
    docs = stage(VISITED, FOLLOWUP)
    assert not is_due(docs, NOW + 2 * YEAR)
    assert is_due(docs, NOW + 3 * YEAR + DAY)
    take(docs, findings.forget(docs, docs.the("findings", "F1"), worker(NOW)))
    take(docs, RESOLVED)
    assert docs.the("findings", "F1")["state"] == "resolved"
    assert not is_due(docs, NOW + 9 * YEAR)


def test_done_and_not_so_after_all_it_is_kept_as_before() -> None:
    docs = stage(VISITED, FOLLOWUP, RESOLVED)
    again = example_of(examples, "finding_routed.v1")
    take(docs, again, now=NOW + 300 * DAY)
    assert not is_due(docs, NOW + 2 * YEAR)


def test_nobody_reads_what_should_be_gone_however_soon_it_goes() -> None:
    docs = stage(VISITED, FOLLOWUP)
    for years, words in ((2, WORDS), (4, None)):
        who = worker(NOW + years * YEAR)
        assert get_finding(docs, {"finding": "F1"}, who).get("words") == words
        (found,) = get_door(docs, {"door": DOOR}, who)["findings"]
        assert found.get("words") == words


def test_with_its_door_it_goes_and_is_counted_no_more() -> None:
    docs = stage(VISITED, FOLLOWUP, example_of(examples, "door_closed.v1"))
    assert kept(docs, NOW) == {"kept": 0, "overdue": 0}
    assert not is_due(docs, NOW + 9 * YEAR)
    take(docs, RESOLVED)
    assert not is_due(docs, NOW + 9 * YEAR)


def test_how_many_are_kept_is_told_to_who_works_there() -> None:
    with refused("out_of_scope", Forbidden):
        count_kept(stage(), HERE, OTHER_WORKER)
