"""Posting by page: a new activity, or last time's again, on one screen and open for sign-up with one tap."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.integration.gateway_stage import COMMUNITY, STREET, Gateway, gateway
from tests.integration.test_gateway_forms import CONTENT, Visitor

MONDAY = datetime(2026, 6, 1, 1, tzinfo=UTC).timestamp()
SAID = {
    "host": f"community/{COMMUNITY}",
    "title": "包粽子",
    "category": "邻里节庆",
    "community": COMMUNITY,
    "place": "党群服务中心",
    "capacity": "3",
    "starts_at": "2026-06-14T09:00",
    "ends_at": "2026-06-14T11:00",
}


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Gateway]:
    (tmp_path / "clock").write_text(str(MONDAY - time.time()))
    with gateway(tmp_path) as front:
        yield front


@pytest.fixture
def worker(front: Gateway) -> Visitor:
    return Visitor(front, "W1", ("community_worker", COMMUNITY))


def test_a_new_activity_is_open_for_sign_up_with_one_tap(
    front: Gateway, worker: Visitor
) -> None:
    assert "还没有办过活动" in worker.look("/desk/activities").text
    sent = worker.send("/desk/activities/new", **SAID, also="yes")
    assert sent.status_code == 303, sent.text
    page = worker.look(sent.headers["Location"]).text
    assert "报名中" in page
    assert "包粽子" in front.client.get("/").text
    assert "包粽子" in worker.look("/desk/activities").text


def test_where_the_host_is_at_home_need_not_be_said(front: Gateway) -> None:
    """Another community stands before it in the list."""
    home = f"{STREET}009"
    admin = front.token("A9", ("district_admin", STREET[:6]))
    about = {"division": home, "name": "新鸿社区", "status": "demo"}
    front.done("/divisions", admin, **about)
    worker = Visitor(front, "W9", ("community_worker", home))
    form = worker.look("/desk/activities/new").text
    assert f'<option value="{home}" selected>新鸿社区' in form
    assert f'<option value="{COMMUNITY}">' in form
    record = worker.look("/desk/people/new").text.partition("<select")[2]
    assert re.findall(r'<option value="([0-9]+)', record)[0] == home


def test_a_draft_is_kept_and_goes_on_where_it_stands(
    front: Gateway, worker: Visitor
) -> None:
    sent = worker.send("/desk/activities/new", **SAID)
    one = sent.headers["Location"]
    assert "还没有发布" in worker.look(one).text
    assert "包粽子" not in front.client.get("/").text
    worker.send(one, to=f"{one}/publish")
    worker.send(one, to=f"{one}/open")
    assert "报名中" in worker.look(one).text


def test_what_was_written_comes_back_when_it_is_refused(worker: Visitor) -> None:
    said = SAID | {"ends_at": "2026-06-14T08:00", "summary": "自带围裙"}
    refused = worker.send("/desk/activities/new", **said, also="yes")
    assert refused.status_code == 422
    assert "应晚于开始时间" in refused.text
    assert "自带围裙" in refused.text
    assert 'value="2026-06-14T09:00"' in refused.text


def test_last_times_begins_with_what_it_was_on_the_next_same_weekday(
    front: Gateway, worker: Visitor
) -> None:
    bearer = front.token("W1", ("community_worker", COMMUNITY))
    terms = {"least_age": 6, "approval": True}
    past = {"starts_at": "2026-06-02T01:00:00Z", "ends_at": "2026-06-02T03:00:00Z"}
    last = front.done("/activities", bearer, **CONTENT | past, terms=terms)["id"]
    page = worker.look(f"/desk/activities/{last}/again").text
    for words in ('value="包粽子"', 'value="2026-06-02T09:00"', "上次是"):
        assert words in page, words
    assert "terms/least_age" in page
    again = {"starts_at": "2026-06-16T09:00", "ends_at": "2026-06-16T11:00"}
    sent = worker.send(f"/desk/activities/{last}/again", **SAID | again)
    assert sent.status_code == 303, sent.text
    one = sent.headers["Location"].rpartition("/")[2]
    copy = front.get(f"/activities/{one}", bearer).get_json()
    assert copy["terms"] == terms
    assert copy["starts_at"] == "2026-06-16T01:00:00.000Z"


def test_where_the_street_reviews_it_stays_a_draft_and_says_so(
    front: Gateway, worker: Visitor
) -> None:
    street = front.token("S1", ("street_admin", STREET))
    front.done(f"/streets/{STREET}/review", street, required=True)
    sent = worker.send("/desk/activities/new", **SAID, also="yes")
    page = worker.look(sent.headers["Location"]).text
    assert "提交审核" in page
    assert "包粽子" not in front.client.get("/").text


def test_who_hosts_nothing_is_told_so(front: Gateway) -> None:
    assert Visitor(front, "lin-mei").look("/desk/activities").status_code == 403
