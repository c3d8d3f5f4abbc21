"""What was said of a quarrel has an end: a year after it was settled, or with the record of whom it was about."""

from datetime import datetime, timedelta

from services.grids.rules import mediations
from services.grids.service import Grids
from services.grids.views.mediations import count_kept, get_mediation
from services.kit.entrypoints import Asked, Due
from services.kit.errors import Forbidden
from services.kit.views import Overlay
from tests.examples import grids as examples
from tests.given import NOW, asked, refused
from tests.unit.grids.stage import COMMANDS, OTHER_WORKER, STREET, member, stage, take

YEAR, DAY = timedelta(days=365), timedelta(days=1)
DUE: Due = Grids.forget_words
WORDS = "楼上夜里有响动"
HERE = {"division": examples.COMMUNITY}


def worker(now: datetime) -> Asked:
    by = asked(("community_worker", examples.COMMUNITY), id="P6", now=now)
    return Asked(by.actor, by.now, by.new_id, lambda id: WORDS)


def opened() -> Overlay:
    docs = stage()
    command = COMMANDS["open_mediation"]
    return take(docs, mediations.open(docs, command, member(new_id="Q1")))


def end(docs: Overlay, now: datetime) -> None:
    command = COMMANDS["end_mediation"]
    take(docs, mediations.end(docs, command, worker(now)), now=now)


def is_due(docs: Overlay, now: datetime) -> bool:
    return bool(docs.find(DUE.ripe(now.isoformat())))


def test_whom_it_is_about_is_known_to_the_note_alone() -> None:
    fact = mediations.open(stage(), COMMANDS["open_mediation"], member(new_id="Q1"))
    assert (fact.of, list(fact.notes.values())) == ("R1", [WORDS])
    assert "R1" not in str(fact.data)
    assert all(note.startswith(Grids.secret_notes) for note in fact.notes)


def test_a_year_after_it_was_settled_the_words_go() -> None:
    docs = opened()
    end(docs, NOW + 30 * DAY)
    last = NOW + 30 * DAY + YEAR
    assert not is_due(docs, last - DAY)
    assert count_kept(docs, HERE, worker(last - DAY)) == {"kept": 1, "overdue": 0}
    assert is_due(docs, last + DAY)
    assert count_kept(docs, HERE, worker(last + DAY)) == {"kept": 1, "overdue": 1}
    forget(docs, last + DAY)
    assert count_kept(docs, HERE, worker(last + DAY)) == {"kept": 0, "overdue": 0}
    assert not is_due(docs, last + 9 * YEAR)


def forget(docs: Overlay, now: datetime) -> None:
    fact = mediations.forget(docs, docs.the("mediations", "Q1"), worker(now))
    assert fact.erases == (docs.the("mediations", "Q1")["note"],)
    take(docs, fact, now=now)


def test_one_that_nobody_ends_comes_to_its_end_all_the_same() -> None:
    docs = opened()
    assert not is_due(docs, NOW + 2 * YEAR)
    assert is_due(docs, NOW + 3 * YEAR + DAY)
    forget(docs, NOW + 3 * YEAR + DAY)
    end(docs, NOW + 3 * YEAR + 2 * DAY)
    assert docs.the("mediations", "Q1")["state"] == "ended"
    assert not is_due(docs, NOW + 9 * YEAR)


def test_nobody_reads_what_should_be_gone_however_soon_it_goes() -> None:
    docs = opened()
    end(docs, NOW)
    question = {"mediation": "Q1"}
    assert get_mediation(docs, question, worker(NOW + YEAR - DAY))["words"] == WORDS
    assert "words" not in get_mediation(docs, question, worker(NOW + YEAR))


def test_how_many_are_kept_is_told_to_who_works_there() -> None:
    assert count_kept(opened(), {"division": "510108015"}, STREET)["kept"] == 1
    with refused("out_of_scope", Forbidden):
        count_kept(opened(), HERE, OTHER_WORKER)
