"""Search by page, and the role in use: what is found leads to its page; what is chosen narrows, and gives nothing."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from services.xfh.demo.plan import credit_code
from tests.examples import people as examples
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)
from tests.integration.test_gateway_forms import CONTENT, Visitor
from tests.integration.test_sent_codes import RECORD
from tests.integration.test_signing_in import HERE, Browser, accept, invite

JUNE = datetime(2026, 6, 1, 1, tzinfo=UTC).timestamp()
UNIT = {"name": "锦江供电所", "industry": "电力", "members": 60}
UNIT |= {"contact_role": "联络员", "community": COMMUNITY}


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = Path(tmp_path_factory.mktemp("search"))
    (folder / "clock").write_text(str(JUNE - time.time()))
    with gateway(folder) as front:
        worker = front.token("W1", ("community_worker", COMMUNITY))
        one = front.done("/activities", worker, **CONTENT)["id"]
        front.done(f"/activities/{one}/publish", worker)
        front.done(f"/activities/{one}/open", worker)
        street = front.token("S1", ("street_admin", STREET))
        unit = front.done("/units", street, credit_code=credit_code(1), **UNIT)["id"]
        front.done(f"/units/{unit}/approve", street)
        yield front


def test_everybody_finds_activities_and_is_told_what_signing_in_adds(
    front: Gateway,
) -> None:
    page = front.client.get("/search?q=粽子").text
    assert '<h3><a href="/activities/' in page
    assert "登录</a>以后还能找到" in page
    assert "没有找到" in front.client.get("/search?q=锦江").text


def test_who_has_signed_in_finds_parties_as_well(front: Gateway) -> None:
    found = Visitor(front, "lin-mei").look("/search?q=锦江")
    assert '<h3><a href="/units/' in found.text
    assert found.headers["Cache-Control"] == "no-store"


def test_the_form_finds_for_who_has_a_cookie_and_is_sent_by_nobody_else(
    front: Gateway,
) -> None:
    browser = Browser(front)
    admin = front.token("A1", ("district_admin", DISTRICT))
    person = front.done("/people", admin, **RECORD)["id"]
    browser.csrf = accept(browser, invite(front, admin, person)).get_json()[
        "csrf_token"
    ]
    for csrf, status in ((browser.csrf, 200), ("", 403)):
        said = {"q": "锦江", "csrf": csrf}
        answer = browser.client.post("/search", data=said, headers=HERE)
        assert answer.status_code == status, answer.text


def test_what_was_wanted_stays_in_the_field(front: Gateway) -> None:
    page = front.client.get("/search?q=<没有>").text
    assert 'value="&lt;没有&gt;"' in page
    assert "少写几个字" in page


BOTH = (("street_admin", STREET), ("community_worker", COMMUNITY))


def test_who_holds_two_roles_works_in_the_one_they_chose(front: Gateway) -> None:
    both = Visitor(front, "B1", *BOTH)
    page = both.look("/role").text
    assert "街道管理员（猛追湾街道）" in page
    assert "审批" in both.look("/desk").text
    chosen = both.send("/role", role=f"community_worker~{COMMUNITY}")
    assert chosen.headers["Location"] == "/desk"
    page = both.look("/desk").text
    assert "审批" not in page
    assert "发起活动" in page
    assert both.send("/role", role="").headers["Location"] == "/desk"
    assert "审批" in both.look("/desk").text


def test_a_role_nobody_gave_is_none(front: Gateway) -> None:
    resident = Visitor(front, "lin-mei")
    resident.send("/role", role=f"district_admin~{DISTRICT}")
    assert "审批" not in resident.look("/me").text
    assert "没有工作身份" in resident.look("/role").text


def test_a_role_for_what_is_not_there_keeps_nobody_from_choosing(
    front: Gateway,
) -> None:
    liaison = Visitor(front, "L9", ("unit_liaison", "unit/U404"), *BOTH)
    page = liaison.look("/role")
    assert page.status_code == 200
    assert "联建单位联络员" in page.text


def test_who_keeps_records_finds_people_and_no_address_says_whom(
    front: Gateway,
) -> None:
    worker = Visitor(front, "W1", ("community_worker", COMMUNITY))
    record = examples.RECORD | {"community": COMMUNITY, "consent": examples.CONSENT}
    token = front.token("W1", ("community_worker", COMMUNITY))
    person = front.done("/people", token, **record)
    assert 'method="post"' in worker.look("/search").text
    found = worker.send("/search", q=record["name"][0])
    assert f"/desk/for/{person['id']}" in found.text
    assert record["name"] not in found.text  # Masked.
    for other in (("unit_liaison", "unit/U1"), ("community_worker", "510108003001")):
        visitor = Visitor(front, "W2", other)
        assert person["id"] not in visitor.send("/search", q=record["name"]).text
