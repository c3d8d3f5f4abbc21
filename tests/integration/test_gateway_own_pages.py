"""The own pages of a unit, a partner and a branch, for who speaks for them: what they offer, promise and did."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from schemas.documents import Json
from schemas.token import ROLES
from services.xfh.demo.plan import credit_code
from tests.integration.gateway_stage import (
    COMMUNITY,
    DISTRICT,
    STREET,
    Gateway,
    gateway,
)
from tests.integration.test_api_keys import Official
from tests.integration.test_gateway_forms import Visitor

OWN = (
    *("/me", "/me/record", "/me/looks", "/me/data", "/me/signed-in", "/me/notices"),
    *(
        "/me/calendar",
        "/me/reports",
        "/me/contests",
        "/me/api-keys",
        "/me/team",
        "/inbox",
    ),
)
MONDAY = datetime(2026, 6, 1, 1, tzinfo=UTC).timestamp()
UNIT = {"name": "锦江供电所", "industry": "电力", "members": 60}
UNIT |= {"contact_role": "联络员", "community": COMMUNITY}
OFFERING = {
    "title": "上门检修",
    "category": "零距离便民",
    "audience__0": "一老一小",
    "audience__1": "老人",
    "place": "供电所",
    "community": COMMUNITY,
    "capacity": "3",
    "per": "week",
    "valid_until": "2026-12-31",
}
WEEKLY = {"starts_at": "2026-06-02T14:00", "minutes": "60", "repeats": "FREQ=WEEKLY"}
NEED = {"category": "零距离便民", "audience": "一老一小", "urgency": "routine"}


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Gateway]:
    (tmp_path / "clock").write_text(str(MONDAY - time.time()))
    with gateway(tmp_path) as front:
        yield front


@pytest.fixture
def unit(front: Gateway) -> str:
    street = front.token("S1", ("street_admin", STREET))
    one: str = front.done("/units", street, credit_code=credit_code(1), **UNIT)["id"]
    front.done(f"/units/{one}/approve", street)
    return one


def liaison_of(front: Gateway, unit: str) -> Visitor:
    return Visitor(front, "L1", ("unit_liaison", f"unit/{unit}"))


def published(liaison: Visitor, unit: str) -> None:
    page = f"/desk/units/{unit}/offerings?back=/unit"
    sent = liaison.send(page, **OFFERING, **WEEKLY)
    assert (sent.status_code, sent.headers["Location"]) == (303, "/unit"), sent.text


def wanted(front: Gateway) -> str:
    resident = front.token("lin-mei", ("resident", DISTRICT))
    words = {"community": COMMUNITY, "words": "楼道的灯不亮"}
    need: str = front.done("/needs", resident, **words, **NEED)["id"]
    worker = front.token("W1", ("community_worker", COMMUNITY))
    verified = {"title": "楼道照明", "urgency": "routine"}
    front.done(f"/needs/{need}/verify", worker, **verified)
    return need


def test_a_unit_without_offerings_is_told_what_to_do(front: Gateway, unit: str) -> None:
    liaison = liaison_of(front, unit)
    assert "还没有发布资源" in liaison.look("/unit").text
    assert "先发布一项资源" in liaison.look("/unit/matches").text
    assert "没有欠着的事" in liaison.look("/unit/commitments").text
    assert "还没有完成的项目" in liaison.look("/unit/year/2026").text


def test_an_offering_is_published_once_a_week_and_stands_in_the_week(
    front: Gateway, unit: str
) -> None:
    liaison = liaison_of(front, unit)
    published(liaison, unit)
    page = liaison.look("/unit").text
    assert "14:00" in page
    assert "余 3" in page
    assert "一老一小、老人" in page


def test_what_was_ticked_and_picked_comes_back_when_it_is_refused(
    front: Gateway, unit: str
) -> None:
    liaison = liaison_of(front, unit)
    page = f"/desk/units/{unit}/offerings"
    said = OFFERING | WEEKLY | {"valid_until": ""}
    refused = liaison.send(page, **said)
    assert refused.status_code == 422
    assert refused.text.count(" checked") == 2
    assert f'value="{COMMUNITY}" selected' in refused.text
    assert 'value="FREQ=WEEKLY" selected' in refused.text
    assert "必须填写" in refused.text


def test_an_offering_is_paused_with_a_reason_and_resumed_with_one_tap(
    front: Gateway, unit: str
) -> None:
    liaison = liaison_of(front, unit)
    published(liaison, unit)
    page = liaison.look("/unit").text
    [pause] = re.findall(r'href="(/desk/offerings/\w+/pause\?back=/unit)"', page)
    assert "上门检修" in liaison.look(pause).text
    sent = liaison.send(pause, reason="设备检修")
    assert sent.headers["Location"] == "/unit"
    page = liaison.look("/unit").text
    assert "已暂停" in page
    [resume] = re.findall(r'action="(/desk/offerings/\w+/resume)"', page)
    assert liaison.send("/unit", to=resume).headers["Location"] == "/unit"
    assert "/pause?back" in liaison.look("/unit").text


def test_revising_begins_with_what_is_offered_now(front: Gateway, unit: str) -> None:
    liaison = liaison_of(front, unit)
    published(liaison, unit)
    page = liaison.look("/unit").text
    [revise] = re.findall(r'href="(/desk/offerings/\w+/revise)\?', page)
    form = liaison.look(revise).text
    assert 'value="2026-06-02T14:00"' in form
    assert 'value="FREQ=WEEKLY" selected' in form
    assert form.count(" checked") == 2


def test_a_need_that_fits_is_claimed_in_two_taps_and_done(
    front: Gateway, unit: str
) -> None:
    liaison = liaison_of(front, unit)
    published(liaison, unit)
    need = wanted(front)
    page = liaison.look("/unit/matches").text
    assert "楼道照明" in page
    assert "类别相同" in page
    [due] = re.findall(r'name="due" value="([-0-9]+)"', page)
    claim = f"/desk/needs/{need}/claim"
    sent = liaison.send("/unit/matches", to=claim, due=due, back="/unit/commitments")
    assert sent.headers["Location"] == "/unit/commitments", sent.text
    page = liaison.look("/unit/commitments").text
    assert "楼道照明" in page
    [begin] = re.findall(r'action="(/desk/commitments/\w+/begin)"', page)
    liaison.send("/unit/commitments", to=begin)
    page = liaison.look("/unit/commitments").text
    [fulfil] = re.findall(r'href="(/desk/commitments/\w+/fulfil)\?', page)
    assert "楼道照明" in liaison.look(fulfil).text
    assert liaison.send(fulfil, words="换了灯", served="12").status_code == 303
    assert "没有欠着的事" in liaison.look("/unit/commitments").text
    assert "12 人" in liaison.look("/unit/year/2026").text


def test_whose_need_it_is_follows_it_and_acts_from_its_page(
    front: Gateway, unit: str
) -> None:
    lin = Visitor(front, "lin-mei")
    need = wanted(front)
    page = lin.look(f"/needs/{need}").text
    assert '<li aria-current="step">核实</li>' in page
    withdraw = f"/desk/needs/{need}/withdraw?back=/needs/{need}"
    assert withdraw in page
    assert "withdraw" not in liaison_of(front, unit).look(f"/needs/{need}").text
    sent = lin.send(withdraw, reason="已经解决")
    assert sent.headers["Location"] == f"/needs/{need}"
    page = lin.look(f"/needs/{need}").text
    assert "已撤回" in page
    assert "withdraw" not in page


@pytest.mark.parametrize("page", ["/unit", "/unit/matches", "/partner", "/branch"])
def test_who_speaks_for_none_is_told_how_to(front: Gateway, page: str) -> None:
    told = Visitor(front, "lin-mei").look(page)
    assert told.status_code == 403
    assert "邀请您" in told.text


@pytest.mark.parametrize("year", ["26", "20266", "abcd", "²⁰²⁶"])
def test_a_year_that_is_none_is_not_found(front: Gateway, unit: str, year: str) -> None:
    liaison = liaison_of(front, unit)
    assert liaison.look(f"/unit/year/{year}").status_code == 404


def test_a_partner_keeps_its_hours_when_something_else_is_changed(
    front: Gateway,
) -> None:
    applicant = front.token("lin-mei", ("resident", DISTRICT))
    about: Json = {"name": "青禾书店", "contact_role": "店长"}
    about |= {"categories": ["亲子教育"]}
    about |= {"kind": "社区商家", "credit_code": credit_code(3)}
    about |= {"hours": [{"day": "TU", "opens": "10:00", "closes": "12:00"}]}
    body = about | {"community": COMMUNITY}
    partner = front.done("/partners", applicant, **body)["id"]
    street = front.token("S1", ("street_admin", STREET))
    front.done(f"/partners/{partner}/approve", street)
    manager = Visitor(front, "M1", ("partner_manager", f"partner/{partner}"))
    assert "还没有加入" in manager.look("/partner").text
    page = f"/desk/partners/{partner}/profile"
    assert 'value="10:00"' in manager.look(page).text
    hours = {"hours__0__day": "TU", "hours__0__opens": "10:00"}
    hours |= {"hours__0__closes": "12:00", "hours__1__day": "MO"}
    said = {"name": "青禾书店", "categories__0": "亲子教育", "contact_role": "主任"}
    sent = manager.send(f"{page}?back=/partner", **said, **hours)
    assert sent.headers["Location"] == "/partner", sent.text
    page = manager.look("/partner").text
    assert "主任" in page
    assert "周二 10:00–12:00" in page


def test_a_secretary_sees_the_branch_and_its_year(front: Gateway) -> None:
    admin = front.token("A1", ("district_admin", DISTRICT))
    body = {"name": "星河直播党支部", "company": "星河传媒", "since": "2020-01-01"}
    branch = front.done("/branches", admin, community=COMMUNITY, **body)["id"]
    term = {"since": "2026-01-01", "until": "2028-12-31", "person": "S9"}
    front.done(f"/branches/{branch}/secretary", admin, **term)
    secretary = Visitor(front, "S9", ("branch_secretary", f"branch/{branch}"))
    page = secretary.look("/branch").text
    for words in ("星河直播党支部", "还没有上报", "这一年没有活动", "没有开办"):
        assert words in page, words
    counts = f"/desk/branches/{branch}/counts?back=/branch"
    sent = secretary.send(counts, on="2026-05-31", members="12", streamers="5")
    assert sent.headers["Location"] == "/branch", sent.text
    assert "党员 12 人，主播 5 人" in secretary.look("/branch").text


def led_to(page: str) -> list[str]:
    """Where the last part of `/me` leads."""
    return re.findall(r'href="([^"]+)"', page.partition('id="rest"')[2].partition("</section>")[0])  # fmt: skip


def test_who_has_no_account_is_offered_nothing_of_one(front: Gateway) -> None:
    own = Visitor(front, "lin-mei")
    offered = led_to(own.look("/me").text)
    assert "/me/record" in offered
    assert [page for page in offered if own.look(page).status_code != 200] == []
    assert {"/me/password", "/me/signed-in"} & {*offered} == set()


def test_who_has_an_account_is_offered_all_of_it(front: Gateway) -> None:
    admin = front.token("A1", ("district_admin", DISTRICT))
    worker = Official(front, admin, "13700000001", "community_worker", COMMUNITY)
    client = worker.browser.client
    offered = led_to(client.get("/me").text)
    assert {"/me/password", "/me/second-factor", f"/desk/people/{worker.id}"} < {*offered}  # fmt: skip
    assert [page for page in offered if client.get(page).status_code != 200] == []


@pytest.mark.parametrize("role", ROLES)
def test_whoever_works_somewhere_has_what_everybody_has(
    front: Gateway, role: str
) -> None:
    """Signed in, each is a person as well: with sign-ups, hours, notices and sessions of their own."""
    own = Visitor(front, f"only-{role.replace('_', '-')}", (role, DISTRICT))
    pages = [page for page in OWN if own.look(page).status_code != 200]
    assert pages == []
