"""People who turn out to be one, or two after all, in the midst of random histories, on both engines.

Every figure, seat, minute and year is held against a recomputation from the events alone; a merge against a history in
which the two had been one all along; and an undo against what there was before.
"""

import random
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from schemas.documents import Json
from services.activities.service import Activities
from services.kit.log import Event
from services.metrics.service import Metrics
from services.xfh.reconcile import Cells, differences, recompute, recompute_kept
from services.xfh.reconcile.activities import replayed as sessions_of
from services.xfh.reconcile.cells import ids_of
from services.xfh.reconcile.hours import replayed
from services.xfh.reconcile.merging import named_after
from services.xfh.reconcile.minutes import Visit, minutes_of
from services.xfh.reconcile.shown import COLLECTIONS, OF_ACTIVITIES, figures_of, kept_of
from tests.integration.acting_histories import ActingHistory
from tests.integration.activity_histories import BEGINS, PEOPLE
from tests.integration.merging_histories import StageOfPeople
from tests.integration.test_activity_histories import opener
from tests.seeds import Way, names_of, ways

STEPS, FEW = 150, 60
# In the third somebody comes by a seat that was another's and given up, and keeps it when they are parted.
# In the fourth somebody had contested the hours of one session twice.
PLAYED = (
    ("sqlite", 0, STEPS),
    ("sqlite", 3, STEPS),
    ("sqlite", 1121, STEPS),
    ("sqlite", 22003, STEPS),
    ("mongodb", 1, FEW),
)
NOBODY_ACTING = (3, 1121, 22003)  # Such chances are too rare to be found twice.
ENGINES = (("sqlite", STEPS), ("mongodb", FEW))
MINUTES = (
    "attended_minutes", "service_minutes_scanned", "service_minutes_backfilled", "service_minutes_adjusted",
)  # fmt: skip

Seat = tuple[str, str]  # Session and person.


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "way" in metafunc.fixturenames:
        asked = ways(PLAYED, ENGINES, metafunc.config)
        metafunc.parametrize("way", asked, ids=names_of(asked))


@contextmanager
def played(
    way: Way, mongodb: str | None, folder: Path, *, quiet: bool = False
) -> Iterator[ActingHistory]:
    engine, seed, steps = way
    luck = random.Random(seed)
    stage = StageOfPeople(opener(engine, mongodb, folder), folder, BEGINS, luck)
    try:
        acting = seed not in NOBODY_ACTING
        history = ActingHistory(stage, seed, quiet=quiet, acting=acting)
        history.play(steps)
        yield history
    finally:
        stage.stop()


def shown_by_metrics(stage: StageOfPeople) -> Cells:
    shown: Cells = {}
    for name in COLLECTIONS:
        for doc in stage.every("metrics", name):
            cell, figures = figures_of(name, doc)
            shown[cell] = {**shown.get(cell, {}), **figures}
    return shown


def kept_by_activities(stage: StageOfPeople) -> Cells:
    return dict(
        kept_of(name, doc)
        for name in OF_ACTIVITIES
        for doc in stage.every("activities", name)
    )


def must_be_right(stage: StageOfPeople) -> None:
    """Nothing is left undone, and all that is shown follows from the events."""
    assert list(stage.host.store.keep.all("overdue")) == []
    assert differences(kept_by_activities(stage), recompute_kept(stage.events)) == []
    assert differences(shown_by_metrics(stage), recompute(stage.events())) == []
    for service in (Activities, Metrics):
        anew = stage.folded_anew(service)
        assert stage.kept(service, anew) == anew


def test_every_figure_follows_whoever_is_merged_and_parted(
    way: Way, mongodb: str | None, tmp_path: Path
) -> None:
    with played(way, mongodb, tmp_path) as history:
        must_be_right(history.stage)
        history.must_be_as_said()
        if way in PLAYED:
            types = {event.type for event in history.stage.events()}
            assert "seats_merged.v1" in types
        history.part_all()
        must_be_right(history.stage)
        history.must_be_as_said()


def test_a_merge_equals_a_history_in_which_they_had_been_one_all_along(
    way: Way, mongodb: str | None, tmp_path: Path
) -> None:
    with played(way, mongodb, tmp_path, quiet=True) as history:
        stage = history.stage
        before, done_for = stage.events(), history.acts_of(PEOPLE)
        two = history.merge()
        as_one = [renamed(event, two) for event in before]
        expected = of_one(stage, before, as_one)
        assert differences(of_people(stage), expected) == []
        assert two["person"] not in {doc["person"] for doc in of_somebody(stage)}
        assert history.acts_of([two["into"]])[two["into"]] == (
            done_for[two["into"]] | done_for[two["person"]]
        )
        history.must_be_as_said()


def test_an_undo_restores_what_there_was(
    way: Way, mongodb: str | None, tmp_path: Path
) -> None:
    with played(way, mongodb, tmp_path, quiet=True) as history:
        stage = history.stage
        shown, kept = shown_by_metrics(stage), kept_by_activities(stage)
        theirs, done_for = whose(stage), history.acts_of(PEOPLE)
        told = history.told_of_all()
        for _ in range(3):
            history.merge()
        history.part_all()
        assert history.told_of_all() == told
        assert history.acts_of(PEOPLE) == done_for
        assert differences(shown, shown_by_metrics(stage)) == []
        assert differences(kept, kept_by_activities(stage)) == []
        assert whose(stage) == theirs
        must_have_their_own(stage)


def documents(stage: StageOfPeople, *collections: str) -> list[Json]:
    """Those of activities in these collections, whatever index they have."""
    docs = stage.folded_anew(Activities)
    return [doc for (name, _), doc in docs.items() if name in collections]


def of_somebody(stage: StageOfPeople) -> list[Json]:
    """Papers and contests, each of a person."""
    return documents(stage, "certificates", "commendations", "contests")


def whose(stage: StageOfPeople) -> dict[str, str]:
    return {doc["id"]: doc["person"] for doc in of_somebody(stage)}


def must_have_their_own(stage: StageOfPeople) -> None:
    """Nobody's latest sign-up is another's."""
    made_by = {doc["id"]: doc.get("by") for doc in documents(stage, "signups")}
    for signer in documents(stage, "signers"):
        if "signup" in signer:
            assert signer["id"].endswith(f":{made_by[signer['signup']]}")


def renamed(event: Event, two: Json) -> Event:
    """The event as it would have been, had the one id never been there."""
    return replace(event, data=_renamed(event.data, two))


def _renamed(said: Any, two: Json) -> Any:
    match said:
        case str():
            return named_after(said, two["person"], two["into"])
        case list():
            return [_renamed(each, two) for each in said]
        case dict():
            return {name: _renamed(each, two) for name, each in said.items()}
        case _:
            return said


def of_people(stage: StageOfPeople) -> Cells:
    """What each cell shows of people: how often somebody came, how many they are, and for how long in all."""
    return {
        doc["id"]: {
            "person_times": doc["person_times"],
            "unique_participants": doc["unique_participants"],
            "minutes": sum(doc[name] for name in MINUTES),
        }
        for doc in stage.every("metrics", "cells")
    }


def of_one(stage: StageOfPeople, events: list[Event], as_one: list[Event]) -> Cells:
    """The same, counted from the marks of the history in which there was one, who came as their seat now says.

    Of two decisions the survivor's stands, whichever was the later.
    """
    _, own = replayed(events)
    decided = {(visit.session, visit.person): visit.decided for visit in own}
    plans, visits = replayed(as_one)
    for visit in visits:
        visit.decided = decided.get((visit.session, visit.person)) or visit.decided
        seat = stage.one("seats", f"{visit.session}:{visit.person}")
        visit.helps = seat["role"] == "helper"
    minutes = spent_by(visits, plans)
    cells: dict[str, list[str]] = defaultdict(list)
    for session in sessions_of(events).values():
        place = session.posting["community"], session.day, session.values
        for cell in ids_of(*place):
            cells[cell].append(session.posting["session"])
    return {
        cell: _counted([visit for visit in visits if visit.session in there], minutes)
        for cell, there in cells.items()
    }


def spent_by(visits: list[Visit], plans: dict[str, Json]) -> dict[Seat, int]:
    by_person: dict[str, list[Visit]] = defaultdict(list)
    for visit in visits:
        by_person[visit.person].append(visit)
    return {
        (session, person): spent
        for person, own in by_person.items()
        for session, spent in minutes_of(own, plans).items()
    }


def _counted(visits: list[Visit], minutes: dict[Seat, int]) -> dict[str, int]:
    came = [visit.person for visit in visits if visit.attended]
    spent = (minutes[visit.session, visit.person] for visit in visits)
    return {
        "person_times": len(came),
        "unique_participants": len(set(came)),
        "minutes": sum(spent),
    }
