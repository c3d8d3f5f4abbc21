"""The documents that rules read are what folds make: each field is declared, of that type, and there unless said."""

from collections.abc import Callable
from functools import partial
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import pytest

from schemas.documents import Json
from services.activities.model.documents import Activity, Seat, Seating, Session, Signup
from services.activities.service import Activities
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples.activities import ACTIVITY, SESSION
from tests.given import given_from
from tests.unit.activities.attending_stage import LATER, held, record_all, scan
from tests.unit.activities.seat_histories import History
from tests.unit.activities.stage import (
    CLOSED,
    DRAFTED,
    OPENED,
    PUBLISHED,
    STARTED,
    confirmed,
    fact,
    stage,
)

DECLARED: dict[str, Any] = {
    "activities": Activity,
    "sessions": Session,
    "seatings": Seating,
    "signups": Signup,
    "seats": Seat,
}


def told(*facts: Fact) -> Overlay:
    return stage(PUBLISHED, OPENED, *facts)


def seated(number: int) -> Overlay:
    """After a random history of seats: queues, offers, parties, helpers, cancellations."""
    history = History(number)
    for _ in history.play(60):
        pass
    return history.docs


def attended() -> Overlay:
    marks = [scan("R1", "in", 5, "N1"), scan("R1", "out", 95, "N2")]
    docs = record_all(held("R1", "R2"), [*marks, scan("R2", "in", 5, "N3")])
    about = {"session": f"{ACTIVITY}.1", "person": "R1"}
    rated = fact("activity_rated.v1", **about, score=5, note="NOTE")
    appraised = fact("service_appraised.v1", **about, grade="优秀", by="S1")
    chosen = {"count": "session", "by": "S1"}
    closed = fact("session_closed.v1", session=f"{ACTIVITY}.1", without_checkout=chosen)
    return given_from(
        docs, Activities, "activities", rated, appraised, closed, now=LATER
    )


def posted() -> Overlay:
    """Drafted, submitted and sent back."""
    submitted = fact("activity_submitted.v1")
    returned = fact("activity_returned.v1", reason="请补充地点")
    return stage(DRAFTED, submitted, returned)


STORIES: dict[str, Callable[[], Overlay]] = {
    "posted": posted,
    "closed": lambda: told(confirmed("G1", "R1", ticket=1), STARTED, CLOSED),
    "cancelled": lambda: told(
        fact("activity_cancelled.v2", sessions=[SESSION], reason="下雨")
    ),
    "attended": attended,
    **{f"seated {number}": partial(seated, number) for number in range(12)},
}


@pytest.mark.parametrize("story", STORIES)
def test_what_folds_make_is_what_rules_are_told_to_expect(story: str) -> None:
    docs = STORIES[story]()
    wrong = [
        f"{collection}/{id}: {complaint}"
        for (collection, id), doc in docs.changed.items()
        if collection in DECLARED
        for complaint in complaints(doc, DECLARED[collection])
    ]
    assert wrong == []


def test_the_stories_make_documents_of_each_kind() -> None:
    made = {
        collection for story in STORIES.values() for collection, _ in story().changed
    }
    assert made >= DECLARED.keys()


@pytest.mark.parametrize(
    ("doc", "complaint"),
    [
        ({}, "has no id"),
        ({"colour": "red"}, "nobody declared colour"),
        ({"id": 7}, "id is 7"),
    ],
)
def test_what_is_not_as_declared_is_noticed(doc: Json, complaint: str) -> None:
    assert complaint in complaints(doc, Seating)


def complaints(doc: Json, declared: Any) -> list[str]:
    types = get_type_hints(declared)
    return [
        *(f"has no {name}" for name in declared.__required_keys__ - doc.keys()),
        *(f"nobody declared {name}" for name in doc.keys() - types.keys()),
        *(
            f"{name} is {value!r}"
            for name, value in doc.items()
            if name in types and not isinstance(value, _classes(types[name]))
        ),
    ]


def _classes(type: Any) -> Any:
    """What `isinstance` takes: `list[Json]` is a list, `str | None` either."""
    if isinstance(type, UnionType):
        return tuple(_classes(each) for each in get_args(type))
    return get_origin(type) or type
