"""A session of today with people signed up, through HTTP."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from schemas.fields import instant
from tests.clocks import wait_until
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
)

HOST = f"community/{COMMUNITY}"
PEOPLE = ("R1", "R2", "R3")
# The session began an hour ago and ends in an hour: the posting is made by a clock two hours slow.
AGO_S = -2 * 60 * 60


class Stage:
    """A running activity with three residents signed up, and the people around it."""

    def __init__(self, front: Gateway, clock: Any):
        self.front = front
        self.keeper = front.token("W1", ("community_worker", COMMUNITY))
        self.street = front.token("A2", ("street_admin", STREET))
        self.starts = datetime.now(UTC) - timedelta(hours=1)
        clock.write_text(str(AGO_S))
        self.activity = self._posted()
        clock.write_text("0")
        front.done(f"{self.path}/start", self.keeper)

    @property
    def path(self) -> str:
        return f"/activities/{self.activity}"

    def resident(self, person: str) -> str:
        return self.front.token(person, ("resident", DISTRICT))

    def at(self, minutes: float) -> str:
        return instant(self.starts + timedelta(minutes=minutes))

    def seat(self, person: str) -> dict[str, Any]:
        seats = self.front.get(f"{self.path}/seats", self.keeper).get_json()["items"]
        return next(seat for seat in seats if seat["person"] == person)

    def _posted(self) -> str:
        posting = {
            "title": "社区清洁日", "category": "环境整治", "community": COMMUNITY, "place": "广场", "capacity": 5,
            "all_help": True,
            "starts_at": instant(self.starts), "ends_at": instant(self.starts + timedelta(hours=2)),
        }  # fmt: skip
        id = str(
            self.front.done("/activities", self.keeper, host=HOST, **posting)["id"]
        )
        for step in ("publish", "open"):
            self.front.done(f"/activities/{id}/{step}", self.keeper)
        for person in PEOPLE:
            self.front.done(
                f"/activities/{id}/signups",
                self.resident(person),
                party=[{"person": person}],
            )
        return id


def scans(stage: Stage) -> list[dict[str, Any]]:
    """Everybody in and out, the clock of the device four minutes ahead."""
    said = []
    for number, person in enumerate(PEOPLE):
        for direction, at in (("in", number), ("out", 40 + number)):
            mark = {
                "direction": direction,
                "at": stage.at(at + 4),
                "device": "D1",
                "nonce": f"N{direction}{number}",
            }
            said.append({"person": person, **mark})
    return said


def served(stage: Stage) -> None:
    body = {
        "scans": [
            {**one, "at": stage.at(30 * (one["direction"] == "out"))}
            for one in scans(stage)
        ]
    }
    stage.front.ask("POST", f"{stage.path}/scans", stage.keeper, json=body)


def eventually(ask: Callable[[], dict[str, Any]], figure: str) -> dict[str, Any]:
    """The figures once metrics has followed."""
    return wait_until(lambda: figures if (figures := ask())[figure] else {})
