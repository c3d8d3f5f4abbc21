"""An activity that is online as well, through HTTP: its link, its changes, what the host says, and the reminder."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from schemas.fields import instant
from services.district.calendar import LOCAL
from tests.clocks import wait_until
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway

LINK = "https://meeting.example.org/7"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gateway")


@pytest.fixture(scope="module")
def front(folder: Path) -> Iterator[Gateway]:
    with gateway(folder) as made:
        yield made


@pytest.fixture(scope="module")
def starts() -> datetime:
    """Noon, three days from now."""
    return datetime.now(LOCAL).replace(
        hour=12, minute=0, second=0, microsecond=0
    ) + timedelta(days=3)


@pytest.fixture(scope="module")
def activity(front: Gateway, starts: datetime) -> str:
    posting = {
        "title": "助农直播", "category": "公益助农", "community": COMMUNITY, "place": "直播间", "capacity": 1,
        "mode": "both", "link": LINK, "starts_at": instant(starts), "ends_at": instant(starts + timedelta(hours=2)),
    }  # fmt: skip
    id = str(
        front.done(
            "/activities", worker(front), host=f"community/{COMMUNITY}", **posting
        )["id"]
    )
    for step in ("publish", "open"):
        front.done(f"/activities/{id}/{step}", worker(front))
    for person in ("R1", "R2"):
        party = [{"person": person, "relation": "self"}]
        front.done(f"/activities/{id}/signups", resident(front, person), party=party)
    return id


def worker(front: Gateway) -> str:
    return front.token("W1", ("community_worker", COMMUNITY))


def resident(front: Gateway, person: str) -> str:
    return front.token(person, ("resident", DISTRICT))


def told(front: Gateway, person: str, kind: str) -> list[str]:
    """The texts of a person's notices of that kind, once there are any."""

    def found() -> list[str]:
        items = front.get("/me/notices", resident(front, person)).get_json()["items"]
        return [item["text"] for item in items if item["kind"] == kind]

    return wait_until(found, lambda: f"{person} was not told {kind}")


def entry(front: Gateway) -> Any:
    answer = front.get(f"/calendars/divisions/{COMMUNITY}.ics")
    (event,) = Calendar.from_ical(answer.data).walk("VEVENT")
    return event


def test_the_link_is_shown_to_who_has_a_seat_and_nowhere_else(
    front: Gateway, activity: str
) -> None:
    pages = (
        f"/activities/{activity}",
        f"/activities/{activity}/session",
        f"/sessions?activity={activity}",
    )
    everywhere = (
        *pages,
        f"/sessions?division={COMMUNITY}",
        f"/activities?division={COMMUNITY}",
    )
    for page in pages:
        assert LINK in front.get(page, resident(front, "R1")).text
        assert LINK in front.get(page, worker(front)).text
    for page in everywhere:
        for who in (
            "",
            resident(front, "R2"),
            resident(front, "R3"),
            front.token("A2", ("street_admin", "*")),
        ):
            assert LINK not in front.get(page, who).text
    (mine,) = front.get("/me/signups", resident(front, "R1")).get_json()["items"]
    assert mine["link"] == LINK
    assert LINK not in front.get("/me/signups", resident(front, "R2")).text


def test_what_people_must_know_is_told_when_it_changes_and_is_a_new_version_in_calendars(
    front: Gateway, activity: str
) -> None:
    before = entry(front)["sequence"]
    front.done(
        f"/activities/{activity}/change",
        worker(front),
        summary="带上身份证",
        reason="主播要求",
    )
    assert "介绍有变动" in told(front, "R1", "session_changed")[0]
    assert "介绍有变动" in told(front, "R2", "session_changed")[0]
    assert entry(front)["sequence"] == before + 1
    assert "带上身份证" in entry(front)["description"]
    assert LINK not in front.get(f"/calendars/divisions/{COMMUNITY}.ics").text


def test_the_host_says_something_to_those_who_signed_up(
    front: Gateway, activity: str
) -> None:
    message = front.done(
        f"/activities/{activity}/messages", worker(front), words="请提前十分钟进直播间"
    )["id"]
    assert "主办方给报名的人留了言" in told(front, "R2", "host_message")[0]
    path = f"/activities/{activity}/messages"
    assert (
        front.get(path, resident(front, "R2")).get_json()["items"][0]["words"]
        == "请提前十分钟进直播间"
    )
    assert front.get(path, resident(front, "R3")).status_code == 403
    front.done(f"{path}/{message}/delete", worker(front))
    assert "words" not in front.get(path, resident(front, "R1")).get_json()["items"][0]


def test_who_has_a_seat_is_reminded_the_day_before_and_viewers_are_no_attendance(
    front: Gateway, activity: str, starts: datetime, folder: Path
) -> None:
    def step(to: datetime) -> None:
        (folder / "clock").write_text(str((to - datetime.now(UTC)).total_seconds()))

    early = front.post(f"/activities/{activity}/viewers", worker(front), viewers=900)
    assert (early.status_code, early.get_json()["code"]) == (409, "not_begun")
    step(starts - timedelta(hours=24))
    assert "助农直播" in told(front, "R1", "session_soon")[0]
    waits = front.get("/me/notices", resident(front, "R2")).get_json()["items"]
    assert "session_soon" not in {item["kind"] for item in waits}
    step(starts + timedelta(hours=1))
    front.done(f"/activities/{activity}/viewers", worker(front), viewers=900)
    session = front.get(f"/activities/{activity}/session").get_json()
    assert (session["viewers"], session["viewers_on"]) == (
        900,
        starts.date().isoformat(),
    )
    report = front.get(f"/activities/{activity}/report", worker(front)).get_json()
    assert report["attended"] == 0
