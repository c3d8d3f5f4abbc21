"""Calendars over HTTP: public ones for anybody, a person's own for whoever knows the address."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from schemas.fields import instant
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)

HOST = f"community/{COMMUNITY}"
OF_COMMUNITY = f"/calendars/divisions/{COMMUNITY}.ics"


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway")) as made:
        yield made


@pytest.fixture(scope="module")
def keeper(front: Gateway) -> str:
    return front.token("W1", ("community_worker", COMMUNITY))


@pytest.fixture
def activity(front: Gateway, keeper: str) -> str:
    id = draft(front, keeper)
    for step in ("publish", "open"):
        front.done(f"/activities/{id}/{step}", keeper)
    return id


def draft(front: Gateway, keeper: str, capacity: int = 1) -> str:
    starts = datetime.now(UTC) + timedelta(days=3)
    posting = {
        "title": "和邻居一起包粽子、做香囊；带上孩子,老人", "category": "邻里节庆", "community": COMMUNITY,
        "place": "望平社区党群服务中心二楼活动室（从东门进，坐电梯到二楼，出门右转）", "capacity": capacity,
        "starts_at": instant(starts), "ends_at": instant(starts + timedelta(hours=2)),
    }  # fmt: skip
    return str(front.done("/activities", keeper, host=HOST, **posting)["id"])


def shown(front: Gateway, path: str = OF_COMMUNITY) -> dict[str, Any]:
    """The events by their UID."""
    answer = front.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar"), answer.text
    return {
        str(event["uid"]): event
        for event in Calendar.from_ical(answer.data).walk("VEVENT")
    }


def of(activity: str) -> str:
    return f"{activity}.1@xianfenghui"


def resident(front: Gateway, id: str) -> str:
    return front.token(id, ("resident", DISTRICT))


def issued(front: Gateway, person: str) -> str:
    """The address of a person's calendar."""
    front.done("/me/calendar", resident(front, person))
    return own(front, person)


def own(front: Gateway, person: str) -> str:
    return f"/calendars/me/{front.get('/me/calendar', resident(front, person)).get_json()['secret']}.ics"


def sign_up(front: Gateway, activity: str, person: str, *others: str) -> str:
    party = [
        {"person": person, "relation": "self"},
        *({"person": other, "relation": "child"} for other in others),
    ]
    return str(
        front.done(
            f"/activities/{activity}/signups", resident(front, person), party=party
        )["id"]
    )


def standing(front: Gateway, address: str, activity: str) -> tuple[str, str, int]:
    event = shown(front, address)[f"me.{of(activity)}"]
    return str(event["status"]), str(event["summary"])[:5], int(event["sequence"])


@pytest.mark.parametrize(
    "path",
    [
        f"divisions/{DISTRICT}",
        f"divisions/{STREET}",
        f"divisions/{COMMUNITY}",
        f"hosts/{HOST}",
    ],
)
def test_what_is_published_is_in_the_calendars_of_its_place_and_host(
    front: Gateway, activity: str, path: str
) -> None:
    event = shown(front, f"/calendars/{path}.ics")[of(activity)]
    assert event["summary"] == "和邻居一起包粽子、做香囊；带上孩子,老人"
    assert (event["status"], event["sequence"]) == ("CONFIRMED", 0)
    assert str(event["description"]).startswith("主办：望平社区")


@pytest.mark.parametrize("more", ["division=1", "host=x", "activity=x", "secret=x"])
def test_whatever_stands_behind_the_address_of_a_calendar_it_is_that_one(
    front: Gateway, activity: str, more: str
) -> None:
    for path in (f"divisions/{COMMUNITY}", f"hosts/{HOST}", f"activities/{activity}"):
        assert of(activity) in shown(front, f"/calendars/{path}.ics?{more}")
    assert shown(front, f"{issued(front, 'R77')}?{more}") == {}


def test_a_draft_is_in_no_calendar(front: Gateway, keeper: str) -> None:
    id = draft(front, keeper)
    assert of(id) not in shown(front)
    assert of(id) not in shown(front, f"/calendars/hosts/{HOST}.ics")


def test_lines_are_folded_at_75_octets_and_never_inside_a_character(
    front: Gateway, activity: str
) -> None:
    content = front.get(OF_COMMUNITY).data
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()  # Would fail on a part of a character.
    assert b"\r\n " in content


def test_a_session_put_off_keeps_its_uid_and_has_a_higher_sequence(
    front: Gateway, keeper: str, activity: str
) -> None:
    before = shown(front)[of(activity)]
    later = before["dtstart"].dt + timedelta(days=1)
    change = {"which": "all", "starts_at": instant(later), "reason": "改到第二天"}
    front.done(f"/activities/{activity}/change", keeper, **change)
    after = shown(front)[of(activity)]
    assert (after["sequence"], after["dtstart"].dt) == (before["sequence"] + 1, later)
    assert after["last-modified"].dt >= before["last-modified"].dt


@pytest.mark.parametrize("path", [OF_COMMUNITY, f"/calendars/hosts/{HOST}.ics"])
def test_a_cancelled_session_stays_and_says_so(
    front: Gateway, keeper: str, activity: str, path: str
) -> None:
    front.done(f"/activities/{activity}/cancel", keeper, reason="暴雨预警")
    event = shown(front, path)[of(activity)]
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    assert "暴雨预警" in event["description"]


def test_an_unchanged_calendar_is_not_sent_again(
    front: Gateway, keeper: str, activity: str
) -> None:
    first = front.get(OF_COMMUNITY)
    known = {"If-None-Match": first.headers["ETag"]}
    again = front.get(OF_COMMUNITY, headers=known)
    assert (again.status_code, again.data) == (304, b"")
    assert front.get(OF_COMMUNITY).data == first.data
    front.done(f"/activities/{activity}/cancel", keeper, reason="暴雨预警")
    assert front.get(OF_COMMUNITY, headers=known).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/calendars/divisions/51010.ics", 422, "bad_division"),
        ("/calendars/divisions/510108999999.ics", 404, "not_found"),
        ("/calendars/hosts/shop/B1.ics", 422, "bad_host"),
        ("/calendars/hosts/branch/B404.ics", 404, "not_found"),
        ("/calendars/hosts/branch/B404.ics?limit=3", 404, "not_found"),
        ("/calendars/hosts/branch/B404.ics?host=branch/B1", 404, "not_found"),
        ("/calendars/activities/nobody.ics", 404, "not_found"),
        ("/calendars?limit=3", 422, "unknown_field"),
        ("/calendars", 422, "division_or_host"),
        (f"/calendars?division={COMMUNITY}&host={HOST}", 422, "division_or_host"),
    ],
)
def test_what_is_no_calendar_is_told(
    front: Gateway, path: str, status: int, code: str
) -> None:
    answer = front.get(path)
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def test_a_calendar_in_json_says_the_same(front: Gateway, activity: str) -> None:
    told = front.get(f"/calendars?division={COMMUNITY}").get_json()
    assert f"{activity}.1" in {entry["session"] for entry in told["entries"]}


def test_a_person_s_calendar_follows_every_step_of_the_sign_up(
    front: Gateway, activity: str
) -> None:
    address = issued(front, "R1")
    first = sign_up(front, activity, "R9")
    second = sign_up(front, activity, "R1")
    told = [standing(front, address, activity)]
    front.done(f"/signups/{first}/cancel", resident(front, "R9"))
    told.append(standing(front, address, activity))
    front.done(f"/signups/{second}/cancel", resident(front, "R1"))
    told.append(standing(front, address, activity))
    sign_up(front, activity, "R1")
    told.append(standing(front, address, activity))
    assert [status for status, _, _ in told] == [
        "TENTATIVE",
        "CONFIRMED",
        "CANCELLED",
        "CONFIRMED",
    ]
    assert [title for _, title, _ in told] == [
        "【候补】和",
        "和邻居一起",
        "【已取消】",
        "和邻居一起",
    ]
    assert sorted({sequence for _, _, sequence in told}) == [
        sequence for _, _, sequence in told
    ]


def test_a_person_s_calendar_has_the_seat_of_a_party_they_joined(
    front: Gateway, keeper: str
) -> None:
    id = draft(front, keeper, capacity=5)
    for step in ("publish", "open"):
        front.done(f"/activities/{id}/{step}", keeper)
    signup = sign_up(front, id, "R2", "R9")
    assert f"me.{of(id)}" not in shown(front, issued(front, "R9"))
    front.done(f"/signups/{signup}/join", resident(front, "R9"), person="R9")
    assert standing(front, own(front, "R9"), id)[0] == "CONFIRMED"
    front.done(f"/signups/{signup}/leave", resident(front, "R9"))
    assert standing(front, own(front, "R9"), id)[0] == "CANCELLED"
    assert standing(front, issued(front, "R2"), id)[0] == "CONFIRMED"


def test_an_address_ends_with_the_next_one_and_with_being_revoked(
    front: Gateway,
) -> None:
    first, second = issued(front, "R3"), issued(front, "R3")
    assert first != second
    assert len(first.rpartition("/")[2].removesuffix(".ics")) == 43
    front.get(second)
    assert front.get(second).status_code == 200
    front.done("/me/calendar/revoke", resident(front, "R3"))
    assert "secret" not in front.get("/me/calendar", resident(front, "R3")).get_json()
    answers = [
        front.get(address)
        for address in (first, second, "/calendars/me/nobody-has-this.ics")
    ]
    assert [answer.status_code for answer in answers] == [404, 404, 404]
    assert len({answer.data for answer in answers}) == 1
    again = front.post("/me/calendar/revoke", resident(front, "R3"))
    assert (again.status_code, again.get_json()["code"]) == (409, "cannot_revoke")


def test_only_a_person_has_a_calendar_of_their_own(front: Gateway) -> None:
    assert front.post("/me/calendar").status_code == 401
    assert front.get("/me/calendar", resident(front, "R4")).status_code == 404
    assert front.post("/me/calendar/revoke", resident(front, "R4")).status_code == 404


def test_everything_is_answered_the_same_again(front: Gateway) -> None:
    front.must_answer_the_same_again()


def test_a_persons_calendar_is_told_by_its_whole_address_and_by_none_once_it_has_ended(
    front: Gateway,
) -> None:
    front.done("/me/calendar", resident(front, "R9"))
    told = front.get("/me/calendar", resident(front, "R9")).get_json()
    assert (
        told["address"]
        == f"http://127.0.0.1:8000/api/v1/calendars/me/{told['secret']}.ics"
    )
    assert (
        front.client.get(
            told["address"].removeprefix("http://127.0.0.1:8000")
        ).status_code
        == 200
    )
    front.done("/me/calendar/revoke", resident(front, "R9"))
    assert "address" not in front.get("/me/calendar", resident(front, "R9")).get_json()
