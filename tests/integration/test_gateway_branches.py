"""Party branches through HTTP: many parents, terms, what is reported, the chart of any day, and how a branch ends."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from services.district.calendar import LOCAL
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)

COMPANY = {
    "name": "星河直播党支部",
    "company": "星河传媒",
    "community": COMMUNITY,
    "since": "2020-01-01",
}


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Gateway]:
    with gateway(tmp_path) as made:
        yield made


@pytest.fixture
def street(front: Gateway) -> str:
    return front.token("A2", ("district_admin", DISTRICT))


def day(days: int) -> str:
    return (datetime.now(LOCAL) + timedelta(days=days)).date().isoformat()


def chart(front: Gateway, street: str, on: str) -> Any:
    found = front.get(f"/branches/chart?division={DISTRICT}&on={on}", street).get_json()
    return {
        entry["parent"]: [branch["branch"] for branch in entry["branches"]]
        for entry in found["parents"]
    }


def test_a_branch_stands_under_each_of_its_parents_on_the_days_they_are(
    front: Gateway, street: str
) -> None:
    branch = front.done("/branches", street, **COMPANY)["id"]
    committee = front.done(
        "/committees",
        street,
        name="直播行业综合党委",
        industry="网络直播",
        division=DISTRICT,
    )["id"]
    for kind, parent, since in (
        ("industry", committee, "2020-06-01"),
        ("territorial", STREET, "2021-06-01"),
    ):
        linked = front.done(
            f"/branches/{branch}/oversight",
            street,
            kind=kind,
            parent=parent,
            since=since,
        )
    link = linked["links"][1]["link"]
    front.done(f"/branches/{branch}/oversight/{link}/end", street, until="2022-06-01")
    assert chart(front, street, "2019-12-31") == {}
    assert chart(front, street, "2020-01-01") == {"": [branch]}
    assert chart(front, street, "2020-06-01") == {committee: [branch]}
    assert chart(front, street, "2022-06-01") == {committee: [branch], STREET: [branch]}
    assert chart(front, street, "2022-06-02") == {committee: [branch]}
    of_community = front.get(f"/committees?division={COMMUNITY}", street).get_json()[
        "items"
    ]
    assert of_community == []


def test_what_a_branch_held_is_transferred_when_it_is_dissolved(
    front: Gateway, street: str
) -> None:
    old, new = (
        front.done("/branches", street, **{**COMPANY, "name": name})["id"]
        for name in ("甲支部", "乙支部")
    )
    site = front.done(
        "/sites", street, name="红色驿站", community=COMMUNITY, address="一号"
    )["id"]
    front.done(f"/branches/{old}/site", street, site=site, since="2021-01-01")
    term = {"since": day(-400), "until": day(30)}
    front.done(f"/branches/{old}/secretary", street, person="S1", **term)
    secretary = front.token("S1", ("branch_secretary", f"branch/{old}"))
    front.done(
        f"/branches/{old}/counts", secretary, on=day(-1), members=9, streamers=40
    )
    home = front.done(
        "/homes",
        street,
        name="营销师之家",
        community=COMMUNITY,
        branch=old,
        services=["培训"],
    )["id"]
    report = front.done(
        f"/branches/{old}/reports/member",
        secretary,
        community=COMMUNITY,
        on=day(-9),
        person="P" * 64,
    )
    shown = front.get(f"/branches/{old}", street).get_json()
    assert [warning["code"] for warning in shown["warnings"]] == [
        "term_expiring",
        "vacant",
    ]
    assert (shown["counts"]["by"], shown["counts"]["members"]) == ("S1", 9)

    ending = {"on": day(0), "reason": "企业迁出"}
    assert (
        front.post(f"/branches/{old}/dissolve", street, **ending).get_json()["code"]
        == "runs_homes"
    )
    front.done(f"/branches/{old}/dissolve", street, **ending, to=new)
    homes = front.get("/homes", street).get_json()["items"]
    assert [(each["id"], each["branch"]) for each in homes] == [(home, new)]
    reported = front.get(f"/branches/{new}/reports", street).get_json()["items"]
    assert [each["id"] for each in reported] == [report["id"]]
    assert front.get(f"/sites/{site}", street).get_json()["branches"] == []
    assert (
        front.post(
            f"/branches/{old}/counts", secretary, on=day(0), members=1, streamers=1
        ).status_code
        == 409
    )
    assert chart(front, street, day(-1))[""] == sorted([old, new])
    assert chart(front, street, day(0))[""] == [new]
    front.must_answer_the_same_again()


def test_who_was_secretary_until_yesterday_is_told_so(
    front: Gateway, street: str
) -> None:
    branch = front.done("/branches", street, **COMPANY)["id"]
    front.done(
        f"/branches/{branch}/secretary",
        street,
        person="S1",
        since=day(-300),
        until=day(-1),
    )
    secretary = front.token("S1", ("branch_secretary", f"branch/{branch}"))
    answer = front.post(
        f"/branches/{branch}/counts", secretary, on=day(-1), members=9, streamers=40
    )
    assert (answer.status_code, answer.get_json()["code"]) == (403, "term_expired")


def test_a_member_confirms_what_a_branch_has_said_of_them(
    front: Gateway, street: str
) -> None:
    branch = front.done("/branches", street, **COMPANY)["id"]
    said = {"community": COMMUNITY, "on": day(-1), "person": "M1"}
    report = front.done(f"/branches/{branch}/reports/member", street, **said)
    assert report["state_text"] == "待本人确认"
    member, stranger = (front.token(id, ("resident", "*")) for id in ("M1", "M2"))
    assert [
        one["id"] for one in front.get("/member-reports", member).get_json()["items"]
    ] == [report["id"]]
    assert front.get("/member-reports", stranger).get_json()["items"] == []
    for id in (report["id"], "R-none"):
        hidden = front.post(f"/member-reports/{id}/confirm", stranger)
        assert (hidden.status_code, hidden.get_json()["title"]) == (
            404,
            "没有这个报到",
        )
    assert (
        front.done(f"/member-reports/{report['id']}/confirm", member)["state"]
        == "current"
    )
    listed = front.get(f"/branches/{branch}/reports", street).get_json()["items"]
    assert [one["state_text"] for one in listed] == ["已报到"]
