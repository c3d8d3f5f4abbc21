"""A partner's whole life over HTTP, and what it means for the activities it hosts."""

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
from tests.integration.test_gateway_input import problem

CODES = iter(
    [
        "91510108MA6DEM014D",
        "91510108MA60004970",
        "N2510108MF00000139",
        "52510108MJX0000184",
    ]
)
HOURS = [{"day": "MO", "opens": "09:00", "closes": "18:00"}]
APPLICATION: dict[str, Any] = {
    "name": "青禾书店", "kind": "社区商家", "categories": ["亲子教育"], "contact_role": "店长",
    "hours": HOURS, "community": COMMUNITY,
}  # fmt: skip


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("gateway")) as made:
        yield made


@pytest.fixture(scope="module")
def street(front: Gateway) -> str:
    return front.token("A2", ("street_admin", STREET))


@pytest.fixture(scope="module")
def owner(front: Gateway) -> str:
    return front.token("M1", ("partner_manager", "*"))


@pytest.fixture
def partner(front: Gateway, owner: str, street: str) -> str:
    """The id of one that is approved."""
    id: str = front.done("/partners", owner, **APPLICATION, credit_code=next(CODES))[
        "id"
    ]
    front.done(f"/partners/{id}/approve", street)
    return id


def test_a_suspended_partners_activity_takes_no_sign_ups_until_it_is_reinstated(
    front: Gateway, owner: str, street: str, partner: str
) -> None:
    activity = _open_activity(front, owner, host=f"partner/{partner}")
    before, after = (
        front.token("R1", ("resident", DISTRICT)),
        front.token("R2", ("resident", DISTRICT)),
    )
    front.done(f"{activity}/signups", before, party=[{"person": "R1"}])
    front.done(f"/partners/{partner}/suspend", street, reason="整改期间暂停")
    _until_paused(front, activity, True)
    problem(
        front.post(f"{activity}/signups", after, party=[{"person": "R2"}]),
        409,
        "host_suspended",
    )
    assert (
        front.get("/activities")
        .get_json()["items"][0]["paused_text"]
        .startswith("主办方已被暂停")
    )
    front.done(f"/partners/{partner}/reinstate", street)
    assert (
        front.done(f"{activity}/signups", after, party=[{"person": "R2"}])["state"]
        == "confirmed"
    )
    _until_paused(front, activity, False)
    front.done(f"{activity}/start", owner)
    front.done(f"/partners/{partner}/withdraw", owner, reason="停业或解散")
    _until_paused(front, activity, True)
    assert front.done(f"{activity}/checkins", owner, person="R1")["attended"] is True


def _open_activity(front: Gateway, keeper: str, host: str) -> str:
    starts = datetime.now(UTC) + timedelta(minutes=30)
    posting = {
        "host": host, "title": "读书会", "category": "亲子阅读", "community": COMMUNITY, "place": "书店",
        "starts_at": instant(starts), "ends_at": instant(starts + timedelta(hours=2)), "capacity": 5,
    }  # fmt: skip
    one = f"/activities/{front.done('/activities', keeper, **posting)['id']}"
    front.done(f"{one}/publish", keeper)
    front.done(f"{one}/open", keeper)
    return one


def _until_paused(front: Gateway, activity: str, paused: bool) -> None:
    """Waits until `activities` has heard of it, and the gateway's memory of answers has passed."""
    wait_until(lambda: front.get(activity).get_json()["paused"] is paused)


def test_a_partner_joins_the_alliance_and_is_listed_as_a_member(
    front: Gateway, owner: str, street: str, partner: str
) -> None:
    stay = front.done(f"/partners/{partner}/alliance/join", owner, since="2026-01-01")[
        "alliance"
    ]
    assert stay == [{"since": "2026-01-01"}]
    members = front.get(
        f"/alliance/members?division={STREET}&on=2026-01-01", owner
    ).get_json()["items"]
    assert [(member["partner"], member["since"]) for member in members] == [
        (partner, "2026-01-01")
    ]
    front.done(
        f"/partners/{partner}/alliance/leave",
        owner,
        until="2026-01-31",
        reason="人手不足",
    )
    assert (
        front.get(f"/alliance/members?division={STREET}", owner).get_json()["items"]
        == []
    )
    found = front.get(
        "/partners?category=亲子教育&kind=社区商家&state=approved", street
    ).get_json()["items"]
    assert partner in [item["id"] for item in found]


def test_a_similar_name_is_told_in_the_answer_and_to_who_decides_on_the_page(
    front: Gateway, owner: str, street: str, partner: str
) -> None:
    kinds = {"kind": "居民骨干", "name": "成都青禾书店"}
    answer = front.done("/partners", owner, **{**APPLICATION, **kinds})
    assert partner in [other["partner"] for other in answer["similar"]]
    waiting = {"partner": answer["id"], "name": "成都青禾书店", "state": "applied"}
    assert waiting in front.get(f"/partners/{partner}", street).get_json()["similar"]
    assert waiting not in front.get(f"/partners/{partner}", owner).get_json()["similar"]


def test_an_application_is_read_by_who_made_it_and_who_decides_and_deleted_when_it_was_rejected(
    front: Gateway, street: str
) -> None:
    resident, other = (
        front.token("R7", ("resident", DISTRICT)),
        front.token("R8", ("resident", DISTRICT)),
    )
    said = {**APPLICATION, "kind": "居民骨干", "name": "夜跑队"}
    one = f"/partners/{front.done('/partners', resident, **said)['id']}"
    assert [
        front.get(one, who).get_json().get("name") for who in (resident, street)
    ] == ["夜跑队"] * 2
    problem(front.get(one, other), 404, "not_found", "partner")
    problem(
        front.post(f"{one}/approve", front.token("A9", ("street_admin", "510108016"))),
        404,
        "not_found",
        "partner",
    )
    front.done(f"{one}/reject", street, reason="请补充材料")
    problem(front.post(f"{one}/words/erase", other), 404, "not_found", "partner")
    front.done(f"{one}/words/erase", resident)
    shown = front.get(one, resident).get_json()
    assert "name" not in shown
    assert shown["decisions"][0]["reason"] == "请补充材料"


def test_who_applied_for_a_partner_has_no_say_in_it_once_it_is_approved(
    front: Gateway, street: str
) -> None:
    resident = front.token("R9", ("resident", DISTRICT))
    choir = {**APPLICATION, "kind": "居民骨干", "name": "合唱队"}
    one = f"/partners/{front.done('/partners', resident, **choir)['id']}"
    assert front.done(f"{one}/approve", street)["name"] == "合唱队"
    problem(
        front.post(f"{one}/withdraw", resident, reason="停业或解散"),
        403,
        "not_your_partner",
    )
    manager = front.token(
        "M9", ("partner_manager", one.removeprefix("/").replace("partners", "partner"))
    )
    front.done(f"{one}/withdraw", manager, reason="停业或解散")


@pytest.mark.parametrize(
    ("path", "said", "status", "code", "where"),
    [
        ("suspend", {}, 422, "missing_field", "reason"),
        ("suspend", {"reason": "a\0b"}, 422, "control_character", "reason"),
        ("withdraw", {"reason": "家里的事"}, 422, "not_allowed", "reason"),
        ("withdraw", {"reason": 7}, 422, "wrong_type", "reason"),
        ("reinstate", {"reason": "好了"}, 422, "unknown_field", "reason"),
        ("reinstate", {}, 409, "cannot_reinstate", "state"),
        ("alliance/join", {}, 422, "missing_field", "since"),
        ("alliance/join", {"since": "2026-02-30"}, 422, "bad_date", "since"),
        ("alliance/join", {"since": "9999-12-31"}, 422, "in_the_future", "since"),
        ("alliance/leave", {"until": "2026-01-31"}, 422, "missing_field", "reason"),
        ("alliance/leave", {"until": "2026-01-31", "reason": "其他"}, 409, "not_a_member", None),
        ("profile", {"hours": "周末"}, 422, "wrong_type", "hours"),
        ("profile", {"hours": [{**HOURS[0], "closes": "08:00"}]}, 422, "closes_before_opening", "hours/0/closes"),
        ("profile", {"hours": HOURS * 2}, 422, "hours_overlap", "hours/1/opens"),
        ("profile", {"hours": HOURS * 22}, 422, "list_length", "hours"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_by_its_path(
    front: Gateway,
    owner: str,
    street: str,
    path: str,
    said: dict[str, Any],
    status: int,
    code: str,
    where: str | None,
) -> None:
    whole = (
        {name: APPLICATION[name] for name in ("name", "categories", "contact_role")}
        if path == "profile"
        else {}
    )
    one = _known(front, owner, street)
    problem(front.post(f"{one}/{path}", street, **whole, **said), status, code, where)


def _known(front: Gateway, owner: str, street: str) -> str:
    """An approved partner of residents, made once."""
    found = front.get("/partners?kind=居民骨干&state=approved", owner).get_json()[
        "items"
    ]
    if not found:
        made = front.done(
            "/partners",
            owner,
            **{**APPLICATION, "kind": "居民骨干", "name": "邻里乐队"},
        )
        found = [front.done(f"/partners/{made['id']}/approve", street)]
    return f"/partners/{found[0]['id']}"


@pytest.mark.parametrize(
    ("query", "code", "path"),
    [
        ("", "missing_field", "division"),
        ("?division=510108&on=yesterday", "bad_date", "on"),
        ("?division=510108&after=W10", "bad_cursor", "after"),
        ("?division=51", "bad_division", "division"),
    ],
)
def test_a_bad_question_about_members_is_refused(
    front: Gateway, owner: str, query: str, code: str, path: str
) -> None:
    problem(front.get(f"/alliance/members{query}", owner), 422, code, path)
