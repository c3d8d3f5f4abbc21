"""Whom a table names, looked up for the operator; that it was is put on record before anything is imported."""

from ulid import ULID

from schemas.documents import Json
from schemas.people.audit import MOST_LOOKS
from services.kit.actor import OPERATOR, SYSTEM
from services.kit.buses.local import LocalBus
from services.kit.clock import Deadline

PEOPLE = "people"
WITHIN_S = 30.0


class Finding:
    """The looks of one import."""

    def __init__(self, bus: LocalBus):
        self._bus = bus
        self._looks: list[Json] = []
        bus.hosts[PEOPLE].ledger.refresh()

    def find(self, question: Json) -> list[Json]:
        """Asks as the gateway asks for who uploads a table."""
        deadline = Deadline.after(WITHIN_S)
        asked = self._bus.call(
            PEOPLE, "find_by_number", question, actor=OPERATOR, deadline=deadline
        )
        found: list[Json] = asked["items"]
        persons = [one["id"] for one in found]
        look = {"kind": "search", "by": OPERATOR.id, "persons": persons}
        self._looks.append(look | {"tried": question["name"], "ago_s": 0})
        return found

    def record(self) -> None:
        """As many at once as one record may have."""
        while self._looks:
            looks, self._looks = self._looks[:MOST_LOOKS], self._looks[MOST_LOOKS:]
            self._bus.call(
                PEOPLE,
                "record_looks",
                {"looks": looks, "lost": 0},
                actor=SYSTEM,
                deadline=Deadline.after(WITHIN_S),
                key=str(ULID()),
            )
