"""Whatever happens to activities, on both engines: what is shown is what the log says, and nobody is wronged.

Seats, queues, minutes, years and every cell of metrics are held against a recomputation from the events alone.
"""

import random
import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import mongomock
import pytest
from pymongo import MongoClient

from schemas.documents import Json
from services.activities.service import Activities
from services.kit.actor import Actor, Role
from services.kit.engine.tables import collections_of, folds_of
from services.kit.engines.mongo.store import MongoStore
from services.kit.log import Event
from services.kit.service import Service
from services.kit.store import open_store
from services.kit.views import Nothing, Overlay
from services.metrics.service import Metrics
from services.xfh.reconcile import Cells, differences, recompute, recompute_kept
from services.xfh.reconcile.halls import (
    STANDING,
    hall_of,
    halls_after,
    let_in_by,
    overtaken_by,
)
from services.xfh.reconcile.shown import COLLECTIONS, OF_ACTIVITIES, figures_of, kept_of
from tests.integration.activity_histories import BEGINS, History
from tests.integration.activity_stage import Open, Stage
from tests.seeds import names_of, ways

WORKER = Actor("W9", (Role("community_worker", "*"),))
TOLD = {
    "signup_confirmed.v1", "signup_waitlisted.v1", "signup_requested.v1", "signup_approved.v1",
    "signup_declined.v1", "signup_cancelled.v1", "waiting_promoted.v1", "seat_offered.v1", "offer_accepted.v1",
    "offer_lapsed.v1", "waiting_ended.v1", "seat_passed_on.v1", "party_grown.v1", "party_joined.v1", "party_left.v1",
    "activity_changed.v1", "sessions_cancelled.v1", "session_started.v1",
    "session_closed.v1", "doors_opened.v1", "hours_settled.v1",
    "checked_in.v1", "checked_out.v1", "scan_kept.v1", "walked_in.v1", "check_undone.v1",
    "signed_up_told.v1", "viewers_reported.v1",
    "hours_corrected.v1", "hours_recounted.v1", "hours_contested.v1", "contest_settled.v1", "activity_rated.v1",
    "roles_changed.v1",
}  # fmt: skip
STEPS, FEW = 150, 75
RICH = (8, 23, 20)  # Between them these tell of everything.
PLAYED = [
    *(("sqlite", seed, STEPS) for seed in (*RICH, 2, 3, 10, 14)),
    ("mongodb", 8, FEW),
]
ENGINES = (("sqlite", STEPS), ("mongodb", FEW))
ASKED_AGAIN = 30
SHOWN = {
    "activities",
    "contents",
    "returned",
    "sessions",
    "seatings",
    "signups",
    "seats",
    "ratings",
}
PATIENCE_MS = (
    30_000  # The small server of the tests is slow where much else runs beside it.
)


def opener(engine: str, mongodb: str | None, folder: Path) -> Open:
    """Opens the same stores again and again."""
    if engine == "sqlite":
        return lambda service: open_store(
            f"sqlite:{folder}", service.name, collections_of(service)
        )
    prefix = f"t{uuid.uuid4().hex[:10]}"
    double: Any = None if mongodb else mongomock.MongoClient()
    return lambda service: MongoStore(
        double or MongoClient(mongodb, timeoutMS=PATIENCE_MS),
        f"{prefix}_{service.name}",
        collections_of(service),
    )


@contextmanager
def played(
    open_store: Open, folder: Path, seed: int, steps: int = STEPS
) -> Iterator[History]:
    """A history at rest."""
    stage = Stage(open_store, folder, BEGINS, random.Random(seed))
    try:
        history = History(stage, seed)
        history.play(steps)
        yield history
    finally:
        stage.stop()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "history" in metafunc.fixturenames:
        asked = ways(PLAYED, ENGINES, metafunc.config)
        metafunc.parametrize(
            "history", asked, ids=names_of(asked), indirect=True, scope="module"
        )


@pytest.fixture(scope="module")
def history(
    request: pytest.FixtureRequest,
    mongodb: str | None,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[History]:
    engine, seed, steps = request.param
    folder = tmp_path_factory.mktemp("activities")
    with played(opener(engine, mongodb, folder), folder, seed, steps) as one:
        if engine == "mongodb" and mongodb:
            assert told_by_the_server(mongodb, one.stage.events()[-1]), (
                "it was played on something else"
            )
        yield one


def told_by_the_server(mongodb: str, event: Event) -> bool:
    """True when a client of its own finds the event in a log on the server."""
    with MongoClient[Any](mongodb, timeoutMS=PATIENCE_MS) as client:
        logs = [
            client[name]["log"]
            for name in client.list_database_names()
            if name.endswith("_activities")
        ]
        return any(
            row["event"]["id"] == event.id
            for log in logs
            for row in log.find({"key": event.key})
        )


def test_seats_queues_minutes_and_years_equal_a_recomputation(history: History) -> None:
    shown = dict(
        kept_of(name, doc)
        for name in OF_ACTIVITIES
        for doc in history.stage.every("activities", name)
    )
    assert differences(shown, recompute_kept(history.stage.events)) == []


def test_i7_every_cell_equals_a_recomputation(history: History) -> None:
    shown: Cells = {}
    for name in COLLECTIONS:
        for doc in history.stage.every("metrics", name):
            cell, figures = figures_of(name, doc)
            shown[cell] = {**shown.get(cell, {}), **figures}
    assert differences(shown, recompute(history.stage.events())) == []


def test_places_in_the_queue_are_the_order_of_acceptance(history: History) -> None:
    for hall in halls_after(history.stage.events()).values():
        for place, signup in enumerate(hall.queue(), start=1):
            shown = history.stage.ask("get_signup", {"signup": signup}, WORKER)
            says = (
                (0, "本场已取消") if hall.cancelled else (place, f"候补第 {place} 位")
            )
            assert (shown["position"], shown["state_text"]) == says


def test_nobody_is_overtaken_split_or_seated_twice(history: History) -> None:
    events = history.stage.events()
    for upto, event in enumerate(events, start=1):
        if "signup" not in event.data and "promoted" not in event.data:
            continue
        halls = halls_after(events[:upto])
        hall = halls[hall_of(halls, event)]
        assert not [id for id in let_in_by(event) if overtaken_by(hall, id)], (
            f"{event.type} {event.seq}"
        )
        assert (
            hall.seats("confirmed", "offered") <= hall.plan["capacity"] + hall.beyond()
        )
        people = Counter(hall.people(*STANDING))
        assert people.total() == len(people)


def test_each_scan_is_in_the_log_once_at_its_true_time(history: History) -> None:
    scans = [event.data for event in history.stage.events() if "device" in event.data]
    recorded = {
        f"{scan['device']}:{scan['nonce']}": (scan["at"], scan["way"]) for scan in scans
    }
    assert len(recorded) == len(scans)
    assert recorded == history.sent


@pytest.mark.parametrize("service", [Activities, Metrics])
def test_i3_documents_are_what_the_logs_fold_into_and_rebuilding_gives_the_same(
    history: History, service: type[Service]
) -> None:
    anew = history.stage.folded_anew(service)
    assert history.stage.kept(service, anew) == anew
    history.stage.rebuild(service)
    assert history.stage.kept(service, anew) == anew


def test_everything_shown_of_an_activity_is_in_its_one_stream(history: History) -> None:
    """So whoever remembers what was answered about it hears of whatever changes that."""
    docs, own = Overlay(Nothing()), folds_of(Activities)["activities"]
    for event in history.stage.events():
        trial = Overlay(docs)
        trial.fold(event, own)
        about = {
            _activity_of(doc)
            for (collection, _), doc in trial.changed.items()
            if collection in SHOWN
        }
        assert {f"activity/{id}" for id in about} <= {event.stream}, event.type
        docs.fold(event, own)


def _activity_of(doc: Json) -> str:
    """Where a document does not say so, its session's id, or its own, begins with it."""
    return str(
        doc.get("activity", str(doc.get("session", doc["id"])).partition(".")[0])
    )


def test_i5_every_command_is_answered_as_it_was_the_first_time(
    history: History,
) -> None:
    head = len(history.stage.events())
    for told in history.stage.told[-ASKED_AGAIN:]:
        history.stage.must_answer_as_before(*told)
    assert len(history.stage.events()) == head


def test_the_histories_tell_of_everything(tmp_path: Path) -> None:
    """What is tried above happens in them."""
    missing = {*TOLD}
    for seed in RICH:
        with played(
            opener("sqlite", None, tmp_path / str(seed)), tmp_path, seed
        ) as history:
            missing -= {event.type for event in history.stage.events()}
        if not missing:
            return
    raise AssertionError(missing)
