"""Places for helpers through HTTP: found, taken, given up, served in, counted and certified apart from the others."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from schemas.fields import instant
from services.district.calendar import local_day
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway

HOST = f"community/{COMMUNITY}"
AGO_S = (
    -2 * 60 * 60
)  # The posting is made by a clock two hours slow, so that the session has begun.


class Reading:
    """An hour of reading under way: one place to take part, one to help, and two people who want each."""

    def __init__(self, front: Gateway, clock: Path):
        self.front = front
        self.keeper = front.token("W1", ("community_worker", COMMUNITY))
        self.starts = datetime.now(UTC) - timedelta(hours=1)
        clock.write_text(str(AGO_S))
        self.id = self._posted()
        self.found = {role: self._listed(role) for role in ("helper", "participant")}
        self.signups = {
            person: self._sign_up(person)
            for person in ("mother", "reader", "helper", "friend")
        }
        clock.write_text("0")
        front.done(f"{self.path}/start", self.keeper)

    @property
    def path(self) -> str:
        return f"/activities/{self.id}"

    def resident(self, person: str) -> str:
        return self.front.token(person, ("resident", DISTRICT))

    def get(self, path: str, who: str = "") -> Any:
        return self.front.get(path, who or self.keeper).get_json()

    def serves(self, person: str, minutes: int) -> None:
        for way, minute in (("checkins", 0), ("checkouts", minutes)):
            at = instant(self.starts + timedelta(minutes=minute))
            self.front.done(f"{self.path}/{way}", self.keeper, person=person, at=at)

    def _posted(self) -> str:
        posting = {
            "title": "绘本阅读", "category": "亲子阅读", "community": COMMUNITY, "place": "书屋", "capacity": 1,
            "audience": "一老一小", "starts_at": instant(self.starts), "helpers": 1,
            "ends_at": instant(self.starts + timedelta(hours=2)),
        }  # fmt: skip
        id = str(
            self.front.done("/activities", self.keeper, host=HOST, **posting)["id"]
        )
        for step in ("publish", "open"):
            self.front.done(f"/activities/{id}/{step}", self.keeper)
        return id

    def _listed(self, role: str) -> list[str]:
        return [
            one["id"]
            for one in self.get(f"/activities?role={role}&free=1&audience=儿童")[
                "items"
            ]
        ]

    def _sign_up(self, person: str) -> Any:
        role = {"role": "helper"} if person in ("helper", "friend") else {}
        return self.front.done(
            f"{self.path}/signups",
            self.resident(person),
            party=[{"person": person}],
            **role,
        )


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    folder = tmp_path_factory.mktemp("helpers")
    clock = folder / "clock"
    with gateway(folder) as front:
        yield Reading(front, clock)


def test_each_kind_of_place_is_found_and_taken_by_itself(reading: Reading) -> None:
    assert reading.found == {"helper": [reading.id], "participant": [reading.id]}
    states = {
        person: (signup["role"], signup["state"])
        for person, signup in reading.signups.items()
    }
    assert states == {
        "mother": ("participant", "confirmed"), "reader": ("participant", "waiting"),
        "helper": ("helper", "confirmed"), "friend": ("helper", "waiting"),
    }  # fmt: skip
    seats = reading.get(f"{reading.path}/seats?role=helper")["items"]
    assert {(seat["person"], seat["role_text"]) for seat in seats} == {
        ("helper", "志愿者"),
        ("friend", "志愿者"),
    }
    assert reading.get(f"{reading.path}/session")["helpers_taken"] == 1


def test_only_who_helps_has_a_record_and_a_certificate(reading: Reading) -> None:
    for person in ("mother", "helper"):
        reading.serves(person, 45)
    records = {
        person: reading.get("/me/record", reading.resident(person))["items"]
        for person in ("mother", "helper")
    }
    assert [len(records["mother"]), [one["minutes"] for one in records["helper"]]] == [
        0,
        [45],
    ]
    asks = {
        "issuer": HOST,
        "since": "2026-01-01",
        "until": local_day(datetime.now(UTC)),
    }
    refused = reading.front.post(
        "/certificates", reading.keeper, person="mother", **asks
    ).get_json()
    assert (refused["code"], "参与者" in refused["title"]) == (
        "nothing_to_certify",
        True,
    )


def test_a_figure_of_service_is_of_helpers_and_the_report_says_both(
    reading: Reading,
) -> None:
    told = reading.get(f"{reading.path}/report")
    assert (told["attended"], told["helpers"]["attended"]) == (2, 1)
    assert (told["minutes"], told["attended_minutes"]) == (45, 45)
    assert "其中志愿者 1 人" in told["report"]


def test_who_served_is_recognised_afterwards(reading: Reading) -> None:
    said = {"people": ["mother"], "reason": "临时帮忙登记"}
    reading.front.done(f"{reading.path}/roles", reading.keeper, **said)
    assert [
        one["minutes"]
        for one in reading.get("/me/record", reading.resident("mother"))["items"]
    ] == [45]
