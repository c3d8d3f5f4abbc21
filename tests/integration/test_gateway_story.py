"""The main job through HTTP, and what HTTP adds to it: keys, pages, ETags, tokens."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from schemas.fields import instant
from tests.clocks import wait_until
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)

SECRETARY = "S1"
HOST = f"community/{COMMUNITY}"


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway")) as made:
        yield made


@pytest.fixture(scope="module")
def activity(front: Gateway) -> str:
    return open_activity(front, capacity=3)


def open_activity(front: Gateway, capacity: int) -> str:
    keeper = front.token("W1", ("community_worker", COMMUNITY))
    id = str(front.done("/activities", keeper, host=HOST, **posting(capacity))["id"])
    for step in ("publish", "open"):
        front.done(f"/activities/{id}/{step}", keeper)
    return id


def posting(capacity: int) -> dict[str, Any]:
    starts = datetime.now(UTC) + timedelta(minutes=10)
    return {
        "title": "包粽子", "category": "邻里节庆", "community": COMMUNITY,
        "place": "广场", "starts_at": instant(starts), "ends_at": instant(starts + timedelta(hours=2)),
        "capacity": capacity,
    }  # fmt: skip


def person_times(front: Gateway, token: str, path: str, expected: int) -> int:
    """The figure once it is as expected."""

    def figure() -> int:
        return int(front.get(path, token).get_json()["figures"]["person_times"])

    wait_until(lambda: figure() == expected, figure)
    return figure()


def test_a_unit_offers_and_an_anonymous_reader_sees_only_what_is_published(
    front: Gateway,
) -> None:
    liaison, street = (
        front.token("L1", ("unit_liaison", DISTRICT)),
        front.token("A2", ("street_admin", STREET)),
    )
    unit = front.done(
        "/units", liaison, name="电力服务队", industry="电力", members=20, contact_role="队长",
        credit_code="91510108MA6TE5T178", community=COMMUNITY,
    )["id"]  # fmt: skip
    front.done(f"/units/{unit}/approve", street)
    offering = front.post(
        f"/units/{unit}/offerings", front.token("L1", ("unit_liaison", f"unit/{unit}")), title="线路检查",
        category="零距离安全", audience=["老人"], place="社区", community=COMMUNITY, capacity=2, per="week",
        valid_until="2099-12-31",
    )  # fmt: skip
    assert offering.status_code == 201
    id = offering.get_json()["document"]["id"]
    assert offering.headers["Location"] == f"/api/v1/offerings/{id}"
    assert [item["id"] for item in front.get("/offerings").get_json()["items"]] == [id]
    assert front.get(f"/offerings/{id}").get_json()["unit_name"] == "电力服务队"
    refused = front.get("/units")
    assert (refused.status_code, refused.get_json()["code"]) == (401, "unauthenticated")
    assert refused.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_branch_gets_its_parents_and_its_secretary(front: Gateway) -> None:
    admin = front.token("A1", ("district_admin", DISTRICT))
    committee = front.done(
        "/committees",
        admin,
        name="直播行业综合党委",
        industry="直播",
        division=DISTRICT,
    )["id"]
    site = front.done(
        "/sites", admin, name="红色驿站", community=COMMUNITY, address="一号"
    )["id"]
    body = {
        "name": "星河支部",
        "company": "星河直播",
        "community": COMMUNITY,
        "site": site,
    }
    branch = front.done("/branches", admin, **body)["id"]
    link = {"kind": "industry", "parent": committee, "since": "2026-01-01"}
    front.done(f"/branches/{branch}/oversight", admin, **link)
    term = {"person": SECRETARY, "since": "2026-01-01", "until": "2028-12-31"}
    front.done(f"/branches/{branch}/secretary", admin, **term)
    shown = front.get(f"/branches/{branch}?on=2026-06-01", admin).get_json()
    assert (shown["secretary"], [parent["name"] for parent in shown["parents"]]) == (
        SECRETARY,
        ["直播行业综合党委"],
    )


def test_a_partner_applies_is_rejected_and_applies_again(front: Gateway) -> None:
    owner, street = (
        front.token("M1", ("partner_manager", DISTRICT)),
        front.token("A2", ("street_admin", STREET)),
    )
    application = {
        "name": "邻里乐队",
        "kind": "居民骨干",
        "categories": ["文化体育"],
        "contact_role": "队长",
    }
    partner = front.done("/partners", owner, **application, community=COMMUNITY)["id"]
    front.done(f"/partners/{partner}/reject", street, reason="请写明活动时间")
    front.done(
        f"/partners/{partner}/reapply",
        owner,
        **application,
        hours=[{"day": "SU", "opens": "09:00", "closes": "18:00"}],
    )
    assert front.done(f"/partners/{partner}/approve", street)["state"] == "approved"
    assert (
        front.get(f"/partners/{partner}", owner).get_json()["hours_text"]
        == "周日 09:00–18:00"
    )


def test_residents_sign_up_check_in_and_rate_and_the_district_sees_it(
    front: Gateway,
) -> None:
    id = open_activity(front, capacity=2)
    keeper = front.token("W1", ("community_worker", COMMUNITY))
    signups = {}
    for person in ("R1", "R2", "R3"):
        resident = front.token(person, ("resident", DISTRICT))
        signups[person] = front.done(
            f"/activities/{id}/signups", resident, party=[{"person": person}]
        )
    assert signups["R3"]["state_text"] == "候补第 1 位"
    front.done(
        f"/signups/{signups['R1']['id']}/cancel",
        front.token("R1", ("resident", DISTRICT)),
    )
    assert front.get(
        "/me/signups", front.token("R3", ("resident", DISTRICT))
    ).get_json()["items"][0]["state"] == ("confirmed")
    front.done(f"/activities/{id}/start", keeper)
    code = front.get(f"/activities/{id}/door-code", keeper).get_json()["code"]
    front.done(
        f"/activities/{id}/checkins",
        front.token("R2", ("resident", DISTRICT)),
        code=code,
    )
    seat = front.done(f"/activities/{id}/checkins", keeper, person="R3")
    assert seat["attended"] is True
    front.done(f"/activities/{id}/checkouts", keeper, person="R3")
    assert {
        seat["person"]
        for seat in front.get(f"/activities/{id}/seats", keeper).get_json()["items"]
    } >= {"R2", "R3"}
    front.done(
        f"/activities/{id}/ratings",
        front.token("R2", ("resident", DISTRICT)),
        score=5,
        words="好",
    )
    analyst = front.token("D1", ("district_analyst", DISTRICT))
    day = (datetime.now(UTC) + timedelta(minutes=10, hours=8)).date()
    assert (
        person_times(
            front,
            keeper,
            f"/metrics/figures?scope={COMMUNITY}&period={day}",
            expected=2,
        )
        == 2
    )
    seen = front.get(
        f"/metrics/figures?scope={DISTRICT}&period={day}", analyst
    ).get_json()
    assert (seen["figures"]["person_times"], "person_times" in seen["withheld"]) == (
        None,
        True,
    )
    for by in ("division", "category", "host", "time"):
        assert (
            front.get(
                f"/metrics/breakdown?scope={DISTRICT}&period={day}&by={by}", analyst
            ).status_code
            == 200
        )
    assert front.get("/metrics/definitions").status_code == 200


def test_a_created_document_is_where_its_location_says(
    front: Gateway, activity: str
) -> None:
    resident = front.token("R10", ("resident", DISTRICT))
    answer = front.post(
        f"/activities/{activity}/signups", resident, party=[{"person": "R10"}]
    )
    assert answer.status_code == 201
    shown = front.get(answer.headers["Location"].removeprefix("/api/v1"), resident)
    assert shown.get_json()["id"] == answer.get_json()["document"]["id"]


def test_i5_the_same_key_and_body_give_the_same_status_and_body(
    front: Gateway, activity: str
) -> None:
    resident = front.token("R11", ("resident", DISTRICT))
    key = {"Idempotency-Key": "again"}
    ask = {"json": {"party": [{"person": "R11"}]}, "headers": key}
    first, second = (
        front.ask("POST", f"/activities/{activity}/signups", resident, **dict(ask))
        for _ in range(2)
    )
    assert (first.status_code, first.data) == (second.status_code, second.data)
    assert (
        first.headers["Idempotency-Key"] == second.headers["Idempotency-Key"] == "again"
    )
    other = front.ask(
        "POST",
        f"/activities/{activity}/signups",
        resident,
        json={"party": [{"person": "R12"}]},
        headers=key,
    )
    assert (other.status_code, other.get_json()["code"]) == (
        422,
        "idempotency_key_reused",
    )


def test_a_request_without_a_key_is_given_one_even_when_it_is_refused(
    front: Gateway, activity: str
) -> None:
    resident = front.token("R13", ("resident", DISTRICT))
    path, body = f"/activities/{activity}/signups", {"party": [{"person": "R13"}]}
    done, refused = (front.ask("POST", path, resident, json=body) for _ in range(2))
    assert refused.status_code == 409
    keys = {done.headers["Idempotency-Key"], refused.headers["Idempotency-Key"]}
    assert len(keys) == 2
    assert all(len(key) == 26 for key in keys)


def test_pages_follow_one_another_by_cursor_and_a_cursor_fits_only_its_question(
    front: Gateway,
) -> None:
    pages, after = [], ""
    while True:
        page = front.get(f"/divisions?level=community&limit=1{after}").get_json()
        pages += [item["id"] for item in page["items"]]
        if page["next"] is None:
            break
        after = f"&after={page['next']}"
    assert pages == [COMMUNITY]
    admin = front.token("A1", ("district_admin", DISTRICT))
    front.done(
        "/divisions", admin, division="510108003", name="建设路街道", status="demo"
    )
    first = front.get(f"/divisions?parent={DISTRICT}&limit=1").get_json()
    second = front.get(
        f"/divisions?parent={DISTRICT}&limit=1&after={first['next']}"
    ).get_json()
    assert [first["items"][0]["id"], second["items"][0]["id"]] == [STREET, "510108003"]
    foreign = front.get(f"/activities?after={first['next']}")
    assert (foreign.status_code, foreign.get_json()["code"]) == (422, "bad_cursor")


def test_a_document_not_changed_is_not_sent_again(
    front: Gateway, activity: str
) -> None:
    first = front.get(f"/activities/{activity}")
    known = {"If-None-Match": first.headers["ETag"]}
    again = front.get(f"/activities/{activity}", headers=known)
    assert (again.status_code, again.data) == (304, b"")
    front.done(
        f"/activities/{activity}/start",
        front.token("W1", ("community_worker", COMMUNITY)),
    )
    assert front.get(f"/activities/{activity}", headers=known).status_code == 200


def test_where_the_street_wants_it_an_activity_is_reviewed_first(
    front: Gateway,
) -> None:
    keeper, street = (
        front.token("W1", ("community_worker", COMMUNITY)),
        front.token("A2", ("street_admin", STREET)),
    )
    assert (
        front.done(f"/streets/{STREET}/review", street, required=True)["required"]
        is True
    )
    id = front.done("/activities", keeper, host=HOST, **posting(capacity=1))["id"]
    front.done(f"/activities/{id}/submit", keeper)
    assert (
        front.done(f"/activities/{id}/return", street, reason="请写明集合地点")[
            "reason"
        ]
        == "请写明集合地点"
    )
    front.done(f"/activities/{id}/revise", keeper, **posting(capacity=2))
    front.done(f"/activities/{id}/submit", keeper)
    assert front.done(f"/activities/{id}/publish", street)["capacity"] == 2
    front.done(f"/streets/{STREET}/review", street, required=False)


def test_a_draft_is_as_if_it_were_not_there_for_an_anonymous_reader(
    front: Gateway,
) -> None:
    keeper = front.token("W1", ("community_worker", COMMUNITY))
    draft = front.done("/activities", keeper, host=HOST, **posting(capacity=1))["id"]
    assert front.get(f"/activities/{draft}", keeper).status_code == 200
    hidden = front.get(f"/activities/{draft}")
    assert (hidden.status_code, hidden.get_json()["code"]) == (404, "not_found")
    assert draft not in {
        item["id"] for item in front.get("/activities?limit=100").get_json()["items"]
    }


def test_the_callers_trace_is_kept_and_a_false_one_replaced(front: Gateway) -> None:
    trace = f"00-{'ab' * 16}-{'cd' * 8}-01"
    assert (
        front.get("/activities", headers={"traceparent": trace}).headers["Traceparent"]
        == trace
    )
    assert (
        front.get("/activities", headers={"traceparent": "x"}).headers["Traceparent"]
        != "x"
    )


def test_i5_whatever_has_happened_since_the_same_key_is_answered_the_same(
    front: Gateway,
) -> None:
    front.must_answer_the_same_again()


def test_a_draft_shows_the_sessions_it_would_have_to_who_writes_and_who_reviews_it(
    front: Gateway,
) -> None:
    worker = front.token("W1", ("community_worker", COMMUNITY))
    repeated = {
        **posting(5),
        "host": f"community/{COMMUNITY}",
        "repeats": "FREQ=WEEKLY;COUNT=4",
    }
    id = front.done("/activities", worker, **repeated)["id"]
    for reader in (worker, front.token("A2", ("street_admin", STREET))):
        first = front.get(f"/sessions?activity={id}&limit=3", reader).get_json()
        assert [
            (each["state"], each["capacity"], each["taken"]) for each in first["items"]
        ] == [("planned", 5, 0)] * 3
        rest = front.get(
            f"/sessions?activity={id}&limit=3&after={first['next']}", reader
        ).get_json()
        assert [each["id"] for each in rest["items"]] == [f"{id}.4"]
    assert front.get(f"/sessions?activity={id}").status_code == 404


def test_who_signed_up_for_what_is_cancelled_is_not_told_of_a_seat(
    front: Gateway,
) -> None:
    worker = front.token("W1", ("community_worker", COMMUNITY))
    activity = open_activity(front, capacity=1)
    for person in ("Q1", "Q2"):
        front.done(
            f"/activities/{activity}/signups",
            front.token(person, ("resident", DISTRICT)),
            party=[{"person": person}],
        )
    front.done(f"/activities/{activity}/cancel", worker, reason="暴雨预警")
    for person in ("Q1", "Q2"):
        (shown,) = front.get(
            "/me/signups", front.token(person, ("resident", DISTRICT))
        ).get_json()["items"]
        assert (shown["state_text"], shown["reason"], shown["position"]) == (
            "本场已取消",
            "暴雨预警",
            0,
        )


def test_a_host_sees_who_waits_and_who_has_a_seat_apart_and_together(
    front: Gateway,
) -> None:
    worker = front.token("W1", ("community_worker", COMMUNITY))
    one = f"/activities/{open_activity(front, capacity=1)}/signups"
    for person in ("Q1", "Q2", "Q3"):
        front.done(
            one, front.token(person, ("resident", DISTRICT)), party=[{"person": person}]
        )

    def who(query: str) -> list[str]:
        return [
            signup["by"]
            for signup in front.get(f"{one}?{query}", worker).get_json()["items"]
        ]

    assert who("state=waiting") == ["Q2", "Q3"]
    assert who("state=waiting,confirmed") == who("") == ["Q1", "Q2", "Q3"]
    assert who("state=requested") == []
    first = front.get(f"{one}?state=waiting,confirmed&limit=2", worker).get_json()
    assert who(f"state=waiting,confirmed&after={first['next']}") == ["Q3"]
    assert front.get(f"{one}?state=asleep", worker).get_json()["code"] == "not_allowed"
