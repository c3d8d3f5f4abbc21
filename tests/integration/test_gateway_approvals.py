"""Approvals: one list, each with what it says; one tap each, several at once, what became of each told."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from werkzeug.datastructures import MultiDict

from schemas.documents import Json
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)
from tests.integration.test_gateway_forms import CONTENT, Visitor

JUNE = datetime(2026, 6, 1, 1, tzinfo=UTC).timestamp()


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Gateway]:
    (tmp_path / "clock").write_text(str(JUNE - time.time()))
    with gateway(tmp_path) as front:
        yield front


@pytest.fixture
def street(front: Gateway) -> Visitor:
    return Visitor(front, "S1", ("street_admin", STREET))


def applied(front: Gateway, *names: str) -> list[str]:
    partners = []
    for number, name in enumerate(names):
        applicant = front.token(f"P{number}", ("resident", DISTRICT))
        about: Json = {"name": name, "kind": "居民骨干", "community": COMMUNITY}
        about |= {"categories": ["文化体育"], "contact_role": "队长"}
        partners.append(front.done("/partners", applicant, **about)["id"])
    return [f"partner_to_approve:{one}" for one in partners]


def send(front: Gateway, street: Visitor, **chosen: list[str]) -> str:
    """As the browser sends the form: each box that is ticked, or the button that was pressed."""
    page = street.look("/approve").text
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page)
    data = MultiDict([*hidden, *((n, v) for n, vs in chosen.items() for v in vs)])
    answer = front.client.post("/approve", data=data, headers=street._headers)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_those_of_one_kind_are_ticked_by_one_tap_and_nothing_is_approved_by_it(
    front: Gateway, street: Visitor
) -> None:
    waits = applied(front, "先锋合唱队", "巧手编织社", "夕阳红摄影队")
    page = street.look("/approve").text
    assert " checked" not in page
    [tick] = re.findall(r'href="([^"]+)">勾选 3 件：', page)
    page = street.look(tick).text
    ticked = re.findall(r'name="ticked" value="([^"]+)" checked', page)
    assert sorted(ticked) == sorted(waits)
    assert 'action="/approve"' in page  # What comes later is not ticked by itself.


def test_nothing_to_approve_is_said(street: Visitor) -> None:
    assert "现在没有等您审批的" in street.look("/approve").text


def test_one_tap_approves_one_and_leaves_the_others(
    front: Gateway, street: Visitor
) -> None:
    first, _ = applied(front, "先锋合唱队", "邻里棋社")
    told = send(front, street, item=[first])
    assert "1 件已通过" in told
    page = street.look("/approve").text
    assert "先锋合唱队" not in page
    assert "文化体育" in page


def test_those_ticked_are_approved_at_once_and_each_is_told(
    front: Gateway, street: Visitor
) -> None:
    names = [f"第{number}合唱队" for number in range(10)]
    waiting = applied(front, *names)
    admin = front.token("A1", ("district_admin", DISTRICT))
    taken = waiting[0].partition(":")[2]
    front.done(f"/partners/{taken}/reject", admin, reason="重复")
    told = send(front, street, ticked=waiting)
    assert "9 件已通过，1 件没有办成" in told
    assert all(name in told for name in names[1:])
    assert "现在没有等您审批的" in street.look("/approve").text


def test_sent_twice_each_is_done_once(front: Gateway, street: Visitor) -> None:
    [waits] = applied(front, "先锋合唱队")
    page = street.look("/approve").text
    data = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    sent = [
        front.client.post(
            "/approve", data=data | {"item": waits}, headers=street._headers
        )
        for _ in range(2)
    ]
    assert all("1 件已通过" in one.text for one in sent)


def test_what_nobody_offered_is_not_done(front: Gateway, street: Visitor) -> None:
    [waits] = applied(front, "先锋合唱队")
    id = waits.partition(":")[2]
    told = send(front, street, item=[f"suspend:{id}", f"partner_appeal:{id}", "x"])
    assert "没有勾选" in told
    assert "已通过" not in told


def test_who_may_not_decide_changes_nothing(front: Gateway, street: Visitor) -> None:
    [waits] = applied(front, "先锋合唱队")
    stranger = Visitor(front, "lin-mei")
    told = send(front, stranger, item=[waits])
    assert "没有办成" in told
    assert "先锋合唱队" in street.look("/approve").text


def test_what_was_changed_since_it_was_sent_back_is_shown_in_place(
    front: Gateway, street: Visitor
) -> None:
    bearer = front.token("S1", ("street_admin", STREET))
    front.done(f"/streets/{STREET}/review", bearer, required=True)
    worker = front.token("W1", ("community_worker", COMMUNITY))
    activity = front.done("/activities", worker, **CONTENT)["id"]
    front.done(f"/activities/{activity}/submit", worker)
    front.done(f"/activities/{activity}/return", bearer, reason="名额太少")
    revised = {k: v for k, v in CONTENT.items() if k != "host"} | {"capacity": 30}
    front.done(f"/activities/{activity}/revise", worker, **revised)
    front.done(f"/activities/{activity}/submit", worker)
    page = street.look("/approve").text
    assert re.search(r"<del>3</del>\s*<ins>30</ins>", page)
    [back] = re.findall(r'href="(/desk/activities/\w+/return\?back=/approve)"', page)
    assert street.send(back, reason="还是太少").headers["Location"] == "/approve"
