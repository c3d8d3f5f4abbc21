"""Whoever one signer answers for counts once towards the five of whom a figure is shown."""

import random
from typing import Any

import pytest

from schemas.documents import Json
from services.kit.log import Event
from services.kit.views import Overlay
from services.metrics.folds import FOLDS
from services.metrics.folds.cells import EXCESS, cell_id
from services.metrics.views import figures
from services.xfh.reconcile import Cells, recompute
from tests.unit.metrics.attack import READER, attacked
from tests.unit.metrics.worlds import DISTRICT, Held, Lived

COMMUNITY, SIBLING, STREET = "510108001001", "510108001002", "510108001"
DAYS = ("2026-06-13", "2026-06-14", "2026-06-20", "2026-06-21", "2026-06-27")
DAY = DAYS[0]
ONE = ["R0", *(f"R0~{number}" for number in range(5))]
"""A signer and all they may bring."""


def crowd(people: int) -> list[str]:
    return [f"R{number}" for number in range(10, 10 + people)]


def told(docs: Lived, scope: str, period: str) -> Json:
    return figures.figures(docs, {"scope": scope, "period": period}, READER)


@pytest.mark.parametrize("brought", range(6))
def test_a_signer_makes_one_of_five_however_many_they_bring(brought: int) -> None:
    here, there = [*crowd(3), *ONE[: brought + 1]], crowd(20)
    docs = Lived(
        [
            Held(COMMUNITY, DAY, "文体", here),
            *(Held(SIBLING, day, "文体", there) for day in DAYS),
        ]
    )
    assert told(docs, COMMUNITY, DAY)["figures"]["person_times"] is None
    assert told(docs, COMMUNITY, "2026-06")["figures"]["person_times"] is None
    enough = Lived(
        [
            Held(COMMUNITY, DAY, "文体", [*here, "R99"]),
            *(Held(SIBLING, DAY, "文体", there) for _ in DAYS),
        ]
    )
    assert told(enough, COMMUNITY, DAY)["figures"]["person_times"] == 5 + brought


def test_a_signer_makes_one_of_five_however_often_they_come() -> None:
    """With one other person once: the month less what the signer knows of would be that one."""
    always = [
        Held(COMMUNITY, day, "文体", [*ONE, *(["R9"] if day == DAY else [])])
        for day in DAYS
    ]
    docs = Lived(
        [
            *always,
            *(Held(SIBLING, day, "文体", crowd(20)) for day in (*DAYS, "2026-05-30")),
        ]
    )
    assert told(docs, COMMUNITY, "2026-06")["figures"]["person_times"] is None
    assert told(docs, SIBLING, "2026-06")["figures"]["person_times"] is None, (
        "the street less this is the other"
    )
    attack, answers = attacked(docs)
    assert list(attack.exposed(answers)) == []


def test_who_stays_away_is_as_many_as_sign_up() -> None:
    seats = [*crowd(8), *(f"Y~{number}" for number in range(6))]
    docs = Lived(
        [
            Held(COMMUNITY, DAY, "文体", crowd(8)),
            Held(SIBLING, DAY, "文体", seats, absent=6),
        ]
    )
    assert told(docs, COMMUNITY, DAY)["figures"]["no_shows"] == 0
    assert told(docs, SIBLING, DAY)["figures"]["no_shows"] == 6


OF = {"activity": "A", "session": "A.1"}


class Told:
    """A log of one session in the words of any time, and what is excess in it, folded and recomputed."""

    def __init__(self) -> None:
        self.docs, self.events = Lived([]), list[Event]()
        plan = {"session": "A.1", "starts_at": f"{DAY}T02:00:00.000Z", "capacity": 50}
        about: dict[str, Any] = {
            "community": COMMUNITY,
            "category": "文体",
            "title": "健步走",
            "host": "branch/B1",
        }
        self.tell("activity_published.v2", **about, sessions=[plan])

    def tell(self, type: str, **data: Any) -> "Told":
        self.events.append(
            Event(
                len(self.events) + 1,
                "E",
                type,
                "",
                f"{DAY}T03:00:00.000Z",
                {**OF, **data},
                "",
            )
        )
        return self

    def party(self, by: str, *others: str, kind: str = "confirmed") -> "Told":
        people = [{"person": person} for person in (by, *others)]
        return self.tell(f"signup_{kind}.v1", signup=f"G-{by}", by=by, party=people)

    def come(self, *people: str) -> "Told":
        for person in people:
            self.tell("checked_in.v1", person=person)
        return self

    def excess(self) -> dict[str, int]:
        docs = Overlay(self.docs)
        for event in self.events:
            docs.fold(event, FOLDS["activities"])
        found = docs.get(EXCESS, cell_id(COMMUNITY, DAY)) or {}
        kept = {
            name: value
            for name, value in found.items()
            if isinstance(value, int) and value and name != "seq"
        }
        recomputed: Cells = recompute(self.events)
        assert kept == recomputed.get(f"excess/{cell_id(COMMUNITY, DAY)}", {})
        return kept


@pytest.mark.parametrize(
    "names", [("A~b", "A~c"), ("B", "C")], ids=["guests", "as it was before guests"]
)
def test_a_party_is_one_independent_person(names: tuple[str, str]) -> None:
    here = Told().party("A", *names).come("A", *names)
    assert here.excess() == {
        "person_times": 2,
        "participant_times": 2,
        "unique_participants": 2,
    }
    here.tell("session_closed.v1")
    assert here.excess() == {
        "person_times": 2, "participant_times": 2, "attended": 2, "turned_up": 2, "confirmed": 2,
        "unique_participants": 2,
    }  # fmt: skip


def test_companions_of_old_logs_who_rated_are_one_with_the_signer() -> None:
    here = Told().party("A", "B", "C").come("A", "B", "C")
    for person, score in (("A", 5), ("B", 4), ("C", 1)):
        here.tell("activity_rated.v1", person=person, score=score)
    excess = here.excess()
    assert (excess["ratings"], excess["satisfied"]) == (2, 1)


def test_who_comes_without_the_party_that_was_cancelled_is_independent() -> None:
    here = Told().party("A", "B")
    here.tell("signup_cancelled.v1", signup="G-A", late=False, promoted=[])
    assert here.party("B").come("B").excess() == {}


def test_seats_signed_up_for_twice_by_one_signer_are_theirs_alone() -> None:
    here = (
        Told()
        .party("A")
        .tell("signup_confirmed.v1", signup="G2", by="A", party=[{"person": "B"}])
    )
    assert here.tell("session_closed.v1").excess() == {"confirmed": 1, "no_shows": 1}


def test_seats_given_up_late_by_one_signer_are_missed_once() -> None:
    here = Told().party("A", "A~b", "A~c")
    here.tell("signup_cancelled.v1", signup="G-A", late=True, promoted=[])
    assert here.tell("session_closed.v1").excess() == {"no_shows": 2}


def test_who_gives_a_seat_up_late_and_stays_away_from_another_is_missed_once() -> None:
    here = Told().party("A")
    here.tell("signup_cancelled.v1", signup="G-A", late=True, promoted=[]).party("A")
    assert here.tell("session_closed.v1").excess() == {"no_shows": 1}


def test_who_joins_a_party_as_themself_is_independent() -> None:
    here = Told().party("A", "A~b", "A~c")
    here.tell(
        "party_joined.v1",
        signup="G-A",
        person="B",
        instead_of="A~b",
        to={"person": "B"},
    )
    here.come("A", "B", "A~c").tell("session_closed.v1")
    assert here.excess()["person_times"] == here.excess()["confirmed"] == 1
    left = Told().party("A", "A~b", "A~c")
    left.tell(
        "party_joined.v1",
        signup="G-A",
        person="B",
        instead_of="A~b",
        to={"person": "B"},
    )
    left.tell("party_left.v1", signup="G-A", person="B", late=True, promoted=[])
    assert left.tell("session_closed.v1").excess() == {"confirmed": 1, "no_shows": 1}


def test_whom_a_keeper_names_at_the_door_is_one_with_others_they_name() -> None:
    here = Told()
    for number in range(3):
        here.tell(
            "walked_in.v1",
            signup=f"W{number}",
            party=[{"person": f"K~{number}"}],
            person=f"K~{number}",
        )
    assert here.excess() == {
        "person_times": 2,
        "participant_times": 2,
        "unique_participants": 2,
    }


def test_what_is_undone_leaves_no_excess_in_whatever_order() -> None:
    luck = random.Random(7)
    for _ in range(30):
        people = ["A", "A~b", "A~c"]
        here = Told().party(*people)
        here.come(*luck.sample(people, len(people)))
        luck.shuffle(people)
        for person in people:
            undone = {
                "person": person,
                "undone": "in",
                "reason": "错",
                "attended": False,
                "minutes": 0,
            }
            here.tell("check_undone.v1", **undone, hours="scanned")
            here.excess()
        assert here.excess() == {}


def test_a_district_is_told_of_no_session_by_who_brought_whom() -> None:
    docs = Lived(
        [Held(COMMUNITY, DAY, "文体", ONE), Held(SIBLING, DAY, "文体", crowd(9))]
    )
    assert "excess" not in str(told(docs, DISTRICT, "2026"))
