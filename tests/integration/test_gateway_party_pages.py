"""The pages of units, partners and branches: read by who has signed in, reached from what they hold."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from schemas.fields import instant
from services.xfh.demo.plan import credit_code
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway

UNIT = {"name": "锦江<电力>班", "industry": "电力", "members": 9}
UNIT |= {"contact_role": "联络员", "community": COMMUNITY}
DAY = datetime.now(UTC) + timedelta(days=9)


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway(tmp_path_factory.mktemp("parties")) as made:
        yield made


@pytest.fixture(scope="module")
def admin(front: Gateway) -> str:
    return front.token("A2", ("district_admin", DISTRICT))


@pytest.fixture(scope="module")
def unit(front: Gateway, admin: str) -> str:
    liaison = front.token("L1", ("unit_liaison", DISTRICT))
    code = credit_code(1)
    one: str = front.done("/units", liaison, credit_code=code, **UNIT)["id"]
    front.done(f"/units/{one}/approve", admin)
    return one


def looked(front: Gateway, address: str, *role: tuple[str, str]) -> str:
    token = front.token("R1", *(role or [("resident", COMMUNITY)]))
    answer = front.client.get(address, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.text


def hosted(front: Gateway, host: str, keeper: str) -> str:
    times = {"starts_at": instant(DAY), "ends_at": instant(DAY + timedelta(hours=2))}
    about = {"host": host, "title": "查线路", "category": "安全排查", "capacity": 5}
    about |= {"community": COMMUNITY, "place": "二楼"} | times
    one: str = front.done("/activities", keeper, **about)["id"]
    for step in ("publish", "open"):
        front.done(f"/activities/{one}/{step}", keeper)
    return one


def test_a_unit_is_found_by_name_and_tells_what_it_holds(
    front: Gateway, admin: str, unit: str
) -> None:
    keeper = front.token("L1", ("unit_liaison", f"unit/{unit}"))
    activity = hosted(front, f"unit/{unit}", keeper)
    listed = looked(front, "/units?text=电力&division=")
    assert re.findall(r'<h2><a href="(/units/\w+)">', listed) == [f"/units/{unit}"]
    page = looked(front, f"/units/{unit}")
    for words in ("锦江&lt;电力&gt;班", "望平社区", "9 人", "已通过", "查线路"):
        assert words in page, words
    shown = front.client.get(f"/activities/{activity}").text
    assert f'<a href="/units/{unit}">锦江&lt;电力&gt;班</a>' in shown


def test_where_no_unit_is_found_it_says_what_to_do(front: Gateway) -> None:
    assert "换一个社区或别的字" in looked(front, "/units?text=没有这样的")


def test_who_has_not_signed_in_is_led_to_do_so(front: Gateway, unit: str) -> None:
    for address in ("/units", f"/units/{unit}"):
        assert front.client.get(address).status_code == 303


def test_what_is_not_approved_is_there_for_nobody_else(front: Gateway) -> None:
    liaison = front.token("L2", ("unit_liaison", DISTRICT))
    about = UNIT | {"name": "待审的", "credit_code": credit_code(2)}
    waits = front.done("/units", liaison, **about)["id"]
    token = front.token("R1", ("resident", COMMUNITY))
    bearer = {"Authorization": f"Bearer {token}"}
    answer = front.client.get(f"/units/{waits}", headers=bearer)
    assert answer.status_code == 404
    assert "待审的" not in answer.text


def test_a_partner_tells_when_it_is_open(front: Gateway, admin: str) -> None:
    applicant = front.token("R9", ("resident", COMMUNITY))
    about = {"name": "青禾书店", "categories": ["亲子教育"], "contact_role": "店长"}
    about |= {"kind": "社区商家", "credit_code": credit_code(3)}
    hours = [{"day": "TU", "opens": "10:00", "closes": "12:00"}]
    body = about | {"hours": hours, "community": COMMUNITY}
    partner = front.done("/partners", applicant, **body)["id"]
    front.done(f"/partners/{partner}/approve", admin)
    page = looked(front, f"/partners/{partner}")
    for words in ("青禾书店", "亲子教育", "周二", "店长", "近期没有活动"):
        assert words in page, words


def test_a_branch_names_no_person(front: Gateway, admin: str) -> None:
    company = {"name": "星河直播党支部", "company": "星河传媒"}
    body = company | {"community": COMMUNITY, "since": "2020-01-01"}
    branch = front.done("/branches", admin, **body)["id"]
    term = {"since": "2026-01-01", "until": "2028-12-31", "person": "P77"}
    front.done(f"/branches/{branch}/secretary", admin, **term)
    page = looked(front, f"/branches/{branch}")
    for words in ("星河直播党支部", "星河传媒", "2020年1月1日", "在任"):
        assert words in page, words
    assert "P77" not in page
