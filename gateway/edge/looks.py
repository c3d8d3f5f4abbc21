"""Who was shown whose data: told to `people` a little later, many at once, so that nobody waits for it.

What cannot be told yet is kept, up to a bound; beyond it the oldest are lost, and how many is told with the next. A
process that is killed loses those of its last second.
"""

import logging
import threading
import time
import uuid
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from schemas.documents import Json, if_any
from schemas.people.audit import MOST_LOOKS, MOST_LOST, MOST_PERSONS
from services.kit.actor import ANONYMOUS, SYSTEM, Actor
from services.kit.buses.port import Bus
from services.kit.clock import Deadline
from services.kit.errors import Problem, StoreFull, Unavailable
from services.kit.steady import Steady

MOST_KEPT = 10_000
TOLD_EVERY_S = 1.0
CALL_S = 5.0
KEEPER = "people"
RESIDENT = "resident"
GUEST = "~"  # In what a guest of somebody's is called.

log = logging.getLogger(__name__)

Seen = Callable[[Json, Json, Actor], Json | None]
"""What was seen, by the question, its answer and who asked; None where it is their own."""


def roster_of(question: Json) -> str:
    """What a roster is of, as the record of looks names it."""
    return f"activity/{question['activity']}"


def one(question: Json, answer: Json, actor: Actor) -> Json | None:
    """The record of somebody else; who looks at their own is not noted."""
    person = str(answer["id"])
    return None if person == actor.id else {"kind": "record", "persons": [person]}


def several(question: Json, answer: Json, actor: Actor) -> Json | None:
    """The records of those on a list, but their own."""
    persons = [str(person["id"]) for person in answer["items"]]
    others = [person for person in persons if person != actor.id]
    return {"kind": "record", "persons": others} if others else None


def found(question: Json, answer: Json, actor: Actor) -> Json:
    """Whoever was found, and by which name."""
    persons = [str(person["id"]) for person in answer["items"]]
    return {"kind": "search", "persons": persons, "tried": question["name"]}


def by_number(question: Json, answer: Json, actor: Actor) -> Json:
    """Whose number it was, if anybody's of that name."""
    return found(question, answer, actor) | {"kind": "number"}


def roster(question: Json, answer: Json, actor: Actor) -> Json:
    """Whoever is known by an id on it."""
    persons = _known(seat["person"] for seat in answer["items"])
    return {"kind": "roster", "persons": persons, "about": roster_of(question)}


def audit(question: Json, answer: Json, actor: Actor) -> Json:
    """Who looked at somebody, or at anybody in a division."""
    about = question.get("person", question["division"])
    return {"kind": "audit", "about": str(about)}


def about(kind: str) -> Seen:
    """What was written of somebody at a door, whose name nobody here knows."""

    def seen(question: Json, answer: Json, actor: Actor) -> Json:
        return {"kind": "record", "about": f"{kind}/{answer['id']}"}

    return seen


def of_a_place(question: Json, answer: Json, actor: Actor) -> Json:
    """All there are in a division, nobody by name."""
    return {"kind": "roster", "about": str(question["division"])}


NOTED: dict[tuple[str, str], Seen] = {
    ("people", "get_person"): one,
    ("people", "name_persons"): several,
    ("people", "find_persons"): found,
    ("people", "find_by_number"): by_number,
    ("people", "list_audit"): audit,
    ("activities", "roster"): roster,
    ("grids", "get_care"): about("care"),
    ("grids", "list_cares"): of_a_place,
    ("grids", "get_mediation"): about("mediation"),
    ("grids", "list_mediations"): of_a_place,
}


@dataclass(frozen=True, slots=True)
class Batch:
    """What is told at once, and told again under the same key until it has arrived."""

    key: str
    looks: tuple[tuple[float, Json], ...]
    lost: int

    def told(self) -> Json:
        """`{looks, lost}`, each look with how many seconds ago it was: clocks differ between machines."""
        now = time.monotonic()
        looks = [look | {"ago_s": int(now - at)} for at, look in self.looks]
        return {"looks": looks, "lost": self.lost}


class Looks:
    """The looks of one process that are still to be told. Thread-safe; tells nothing before there is something."""

    def __init__(self, bus: Bus):
        self._bus = bus
        self._kept: deque[tuple[float, Json]] = deque()
        self._lost = 0
        self._batch: Batch | None = None
        self._lock = threading.Lock()
        about = {"service": "gateway", "part": "looks", "source": KEEPER}
        self.thread = Steady(about, self.tell, TOLD_EVERY_S)

    def note(
        self, service: str, question: str, asked: Json, answer: Json, actor: Actor
    ) -> None:
        """Keeps what somebody was shown, where that is to be told; it never fails for want of room.

        Nothing waits for it but a number that was tried in vain: `must_record_guess`.
        """
        seen = NOTED.get((service, question))
        if seen is None or actor in (ANONYMOUS, SYSTEM):
            return
        look = seen(asked, answer, actor)
        if look is None:
            return
        look |= _by(actor)
        if look["kind"] == "number" and not look["persons"]:
            self._must_record(look)
            return
        self._keep(look)
        self.thread.start()

    def must_record_guess(self, actor: Actor) -> None:
        """Before somebody hears that a number is another's. Raises `Unavailable` when it cannot be recorded now.

        How often one may hear it on a day is counted by these, so none may come late.
        """
        if actor not in (ANONYMOUS, SYSTEM):
            self._must_record({"kind": "number", "persons": []} | _by(actor))

    def _must_record(self, look: Json) -> None:
        told = {"looks": [look | {"ago_s": 0}], "lost": 0}
        try:
            self._call("record_looks", told, uuid.uuid4().hex)
        except Problem as problem:
            sentence = "现在记不下这次核对，所以不能答复，请稍后再试"
            raise Unavailable(sentence, code="not_recorded") from problem

    def must_record_export(self, list: str, about: str, actor: Actor) -> None:
        """Before a file with people in it is handed out. Raises `Unavailable` when it cannot be recorded now."""
        said = {"list": list} | if_any(about=about) | _by(actor)
        try:
            self._call("record_export", said, uuid.uuid4().hex)
        except Problem as problem:
            sentence = "现在记不下这次导出，所以不能导出，请稍后再试"
            raise Unavailable(sentence, code="not_recorded") from problem

    def tell(self) -> None:
        """Tells all there is, a batch at a time. Raises `Unavailable` where it cannot now; nothing is lost by that.

        A batch that cannot be recorded at all is lost, and counted, rather than all that come after it.
        """
        while batch := self._next():
            try:
                self._call("record_looks", batch.told(), batch.key)
            except (Unavailable, StoreFull):
                raise
            except Exception:
                self._give_up(batch)
                raise
            self._batch = None
            self.thread.ran()

    def close(self) -> None:
        """Tells the rest, once."""
        self.thread.stop()
        self.tell()

    def _keep(self, look: Json) -> None:
        with self._lock:
            if len(self._kept) >= MOST_KEPT:
                self._kept.popleft()
                self._lost += 1
            self._kept.append((time.monotonic(), look))

    def _give_up(self, batch: Batch) -> None:
        with self._lock:
            self._lost += len(batch.looks) + batch.lost
            self._batch = None

    def _next(self) -> Batch | None:
        """The batch that has not arrived yet, else a new one."""
        with self._lock:
            if self._batch is None and (self._kept or self._lost):
                self._batch = self._new_batch()
        return self._batch

    def _new_batch(self) -> Batch:
        """The oldest looks that are kept, and how many were lost. Only under the lock."""
        count = min(MOST_LOOKS, len(self._kept))
        looks = tuple(self._kept.popleft() for _ in range(count))
        lost = min(self._lost, MOST_LOST)
        self._lost = 0
        if lost:
            log.error("looks are lost", extra={"about": {"count": lost}})
        return Batch(uuid.uuid4().hex, looks, lost)

    def _call(self, command: str, payload: Json, key: str) -> None:
        deadline = Deadline.after(CALL_S)
        self._bus.call(
            KEEPER, command, payload, actor=SYSTEM, deadline=deadline, key=key
        )


def place_of(actor: Actor) -> str:
    """Where somebody works, else lives; "" where no role of theirs says so."""
    divisions = [role for role in actor.roles if role.scope.isdigit()]
    at_work = sorted(divisions, key=lambda role: role.role == RESIDENT)
    return at_work[0].scope if at_work else ""


def _by(actor: Actor) -> Json:
    return {"by": actor.id} | if_any(place=place_of(actor))


def _known(persons: Iterable[str]) -> list[str]:
    """Each once, without guests, who have no record."""
    known = dict.fromkeys(person for person in persons if GUEST not in person)
    return list(known)[:MOST_PERSONS]
