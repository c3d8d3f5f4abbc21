"""Parties through HTTP: naming somebody binds nobody, a guest joins as themself, whoever is in one may leave."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas.fields import instant
from tests.clocks import wait_until
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway
from tests.integration.test_gateway_input import problem

WORDS_OF_ANOTHER_PLACE = "读书会"


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway")) as front:
        yield front


def resident(front: Gateway, person: str) -> str:
    return front.token(person, ("resident", DISTRICT))


def worker(front: Gateway) -> str:
    return front.token("W1", ("community_worker", COMMUNITY))


def opened(
    front: Gateway, starts_in: timedelta = timedelta(hours=20), **said: Any
) -> str:
    starts = datetime.now(UTC) + starts_in
    posting = {
        "title": "包粽子", "category": "邻里节庆", "community": COMMUNITY, "place": "广场", "capacity": 5,
        "starts_at": instant(starts), "ends_at": instant(starts + timedelta(hours=2)),
    }  # fmt: skip
    id = str(
        front.done(
            "/activities",
            worker(front),
            host=f"community/{COMMUNITY}",
            **{**posting, **said},
        )["id"]
    )
    for step in ("publish", "open"):
        front.done(f"/activities/{id}/{step}", worker(front))
    return id


def party(*people: str) -> list[dict[str, str]]:
    return [
        {"person": person, "relation": "family" if place else "self"}
        for place, person in enumerate(people)
    ]


def signed_up(front: Gateway, activity: str, by: str, *others: str) -> dict[str, Any]:
    said = party(by, *others)
    return dict(
        front.done(f"/activities/{activity}/signups", resident(front, by), party=said)
    )


def mine(front: Gateway, person: str) -> list[dict[str, Any]]:
    return list(front.get("/me/signups", resident(front, person)).get_json()["items"])


def told(front: Gateway, person: str, kind: str) -> list[str]:
    """The texts of a person's notices of that kind, once there are any."""
    return wait_until(lambda: told_now(front, person, kind))


def told_now(front: Gateway, person: str, kind: str) -> list[str]:
    notices = front.get("/me/notices", resident(front, person)).get_json()["items"]
    return [notice["text"] for notice in notices if notice["kind"] == kind]


def test_who_is_named_is_not_concerned(front: Gateway) -> None:
    elsewhere, here = opened(front, title=WORDS_OF_ANOTHER_PLACE), opened(front)
    signed_up(front, elsewhere, "A2")
    shown = signed_up(front, here, "A1", "A2", "A3")
    assert [member["person"] for member in shown["party"]] == ["A1", "A1~A2", "A1~A3"]
    assert told(front, "A1", "seat_confirmed")
    assert len(mine(front, "A2")) == 1
    assert mine(front, "A3") == []
    assert signed_up(front, here, "A3")["state"] == "confirmed"
    assert (
        front.get("/me/notices", resident(front, "A2"))
        .get_json()["items"][0]["text"]
        .count("包粽子")
        == 0
    )


def test_a_guest_joins_by_the_name_and_sees_what_is_theirs(front: Gateway) -> None:
    id = signed_up(front, opened(front), "B1", "grandma", "uncle")["id"]
    told_nothing = [
        front.post(f"/signups/{signup}/join", resident(front, "B2"), person="nobody")
        for signup in (id, "01K0SGN0000000000000000009")
    ]
    for answer in told_nothing:
        problem(answer, 404, "not_found", "signup")
    assert len({answer.get_json()["title"] for answer in told_nothing}) == 1
    seat = front.done(f"/signups/{id}/join", resident(front, "B2"), person="grandma")
    assert (seat["person"], seat["state"], seat["signup"]) == ("B2", "confirmed", id)
    (own,) = mine(front, "B2")
    assert (own["id"], [member["person"] for member in own["party"]], own["size"]) == (
        id,
        ["B2"],
        3,
    )
    assert "grandma" in told(front, "B1", "party_joined")[0]
    (whole,) = mine(front, "B1")
    assert [member["person"] for member in whole["party"]] == ["B1", "B2", "B1~uncle"]


def test_whoever_is_in_leaves_and_the_seat_goes_to_who_waits(front: Gateway) -> None:
    activity = opened(front, capacity=3)
    id = signed_up(front, activity, "C1", "aunt", "uncle")["id"]
    front.done(f"/signups/{id}/join", resident(front, "C2"), person="aunt")
    waits = signed_up(front, activity, "C3")["id"]
    problem(
        front.post(f"/signups/{id}/leave", resident(front, "C3")),
        404,
        "not_found",
        "signup",
    )
    assert (
        front.done(f"/signups/{id}/leave", resident(front, "C2"))["state"]
        == "cancelled"
    )
    assert (
        front.get(f"/signups/{waits}", resident(front, "C3")).get_json()["state"]
        == "confirmed"
    )
    assert "C2" in told(front, "C1", "party_left")[0]
    problem(
        front.post(f"/signups/{id}/leave", worker(front), person="C1~uncle"),
        422,
        "missing_field",
        "reason",
    )
    front.done(
        f"/signups/{id}/leave", worker(front), person="C1~uncle", reason="场地变小"
    )
    front.done(f"/signups/{id}/leave", resident(front, "C1"))
    assert mine(front, "C1")[0]["state"] == "cancelled"


def test_nobody_fills_a_session_with_people_who_do_not_exist(front: Gateway) -> None:
    activity = opened(front, capacity=30)
    signed_up(front, activity, "D1", "x1", "x2", "x3", "x4", "x5")
    again = front.post(
        f"/activities/{activity}/signups", resident(front, "D1"), party=party("y1")
    )
    problem(again, 409, "already_signed_up")
    assert front.get(f"/activities/{activity}").get_json()["taken"] == 6


def test_at_the_door_a_guest_is_called_by_name_and_on_the_roster_by_id(
    front: Gateway,
) -> None:
    activity = opened(front, timedelta(minutes=20))
    signed_up(front, activity, "E1", "child", "uncle", "aunt")
    code = front.get(f"/activities/{activity}/door-code", worker(front)).get_json()[
        "code"
    ]
    path = f"/activities/{activity}/checkins"
    assert (
        front.done(path, resident(front, "E1"), code=code, person="child")["person"]
        == "E1~child"
    )
    problem(
        front.post(path, resident(front, "E2"), code=code, person="E1~uncle"),
        409,
        "anothers_guest",
        "person",
    )
    seats = front.get(f"/activities/{activity}/seats", worker(front)).get_json()[
        "items"
    ]
    people = {seat["person"] for seat in seats}
    assert people == {"E1", "E1~child", "E1~uncle", "E1~aunt"}
    front.done(path, worker(front), person="E1~uncle")
    lines = [
        {"person": "E1~aunt", "in": instant(datetime.now(UTC) - timedelta(minutes=1))}
    ]
    key = {"Idempotency-Key": "paper"}
    rows = front.ask(
        "POST", f"{path}/paper", worker(front), json={"lines": lines}, headers=key
    ).get_json()
    assert rows["recorded"] == 1, rows
    front.done(
        f"{path}/undo", worker(front), person="E1~aunt", undone="in", reason="写错行"
    )
    assert front.get("/me/record", resident(front, "E1")).get_json()["items"] == []


def test_a_person_is_told_where_else_they_are(front: Gateway) -> None:
    signed_up(front, opened(front, title=WORDS_OF_ANOTHER_PLACE), "F1")
    own = front.post(
        f"/activities/{opened(front)}/signups", resident(front, "F1"), party=party("F1")
    )
    problem(own, 409, "overlapping", "party/0/person")
    assert WORDS_OF_ANOTHER_PLACE in own.get_json()["title"]


def test_everything_is_answered_the_same_again(front: Gateway) -> None:
    front.must_answer_the_same_again()


def test_a_reply_about_a_sign_up_says_no_title_or_time_and_who_asks_is_told_those_of_now(
    front: Gateway,
) -> None:
    activity, me = opened(front), resident(front, "R41")
    asked = {
        "json": {"party": party("R41")},
        "headers": {"Idempotency-Key": "sign-up-before-the-change"},
    }
    first = front.ask("POST", f"/activities/{activity}/signups", me, **asked).get_json()
    later = instant(datetime.now(UTC) + timedelta(hours=30))
    front.done(
        f"/activities/{activity}/change",
        worker(front),
        title="做香囊",
        starts_at=later,
        reason="改期",
    )
    again = front.ask("POST", f"/activities/{activity}/signups", me, **asked).get_json()
    signup = first["document"]["id"]
    assert again == first
    assert front.get(f"/signups/{signup}", me).get_json()["title"] == "做香囊"
    assert front.get(f"/signups/{signup}", me).get_json()["starts_at"] == later
    cancelled = front.done(f"/signups/{signup}/cancel", me)
    assert not {"title", "starts_at"} & {*first["document"], *cancelled}
