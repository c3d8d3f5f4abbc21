"""What a clerk keeps at the desk: papers, figures, meetings and records, begun and ended without typing an id."""

import re
import time
from collections import deque
from collections.abc import Callable, Iterator
from functools import cache, partial
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter
from werkzeug.test import TestResponse

from gateway.web.page import Button, Form
from gateway.web.serve import PAGES
from services.xfh.demo.plan import credit_code
from tests.browser.district import COMMUNITY, DISTRICT, STREET, furnish
from tests.integration.gateway_stage import Gateway, gateway
from tests.integration.test_english_pages import JUNE, Walk
from tests.integration.test_gateway_forms import Visitor
from tests.integration.test_gateway_people_pages import option, recorded

LINK = re.compile(r'(?:href|action)="(/[^"]*)"')
MANY = 101  # More than a page lists.
# Where somebody stands after coming in.
# What is not there may be so in this world alone: nobody in it has an account.
REFUSED = (403, 422, 500)
BEGINNINGS = ("/desk", "/district", "/me", "/unit", "/branch", "/partner")
# What is to be reached from there, by whom.
REACHED = {
    "worker": {
        *("issue_certificate", "commend", "verify_need", "save_template"),
        *("cancel_sessions", "tell_signed_up", "request_offering", "propose_time"),
        "make_api_key",
    },
    "street": {
        *("set_target", "freeze_report", "call_meeting", "declare_campaign"),
        *("establish_branch", "establish_committee", "establish_home", "record_site"),
        *("record_grid", "record_courtyard", "end_grid", "require_review"),
        *("suspend_unit", "suspend", "register_unit", "apply", "dispatch_need"),
        "cancel_activity",
    }
    - {"set_target"},
    "district": {"set_target", "freeze_report", "record_division", "end_division"},
    "liaison": {"register_unit", "issue_certificate", "say_on_commitment"},
    "manager": {"issue_certificate", "withdraw", "join_alliance"},
    "secretary": {"issue_certificate", "report_counts", "report_in_branch"},
    "resident": {"apply", "add_to_party", "join_party"},
}


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    folder = Path(tmp_path_factory.mktemp("lists"))
    (folder / "clock").write_text(str(JUNE - time.time()))
    with gateway(folder) as front:
        walk = Walk(front=front)
        furnish(walk)
        yield walk


@pytest.fixture
def front(walk: Walk) -> Gateway:
    return walk.front


@pytest.fixture
def worker(front: Gateway) -> Visitor:
    return Visitor(front, "worker-1", ("community_worker", COMMUNITY))


@pytest.fixture
def street(front: Gateway) -> Visitor:
    return Visitor(front, "street-1", ("street_admin", STREET))


@pytest.fixture
def district(front: Gateway) -> Visitor:
    return Visitor(front, "district-1", ("district_admin", DISTRICT))


class Followed(NamedTuple):
    """The rules of all that pages lead to, one of each rule being opened; and what was led to and is refused."""

    known: set[str]
    refused: set[str]


@pytest.fixture(scope="module")
def followed(walk: Walk) -> Callable[[str], Followed]:
    """By the role of who follows the links, each once."""
    return cache(partial(_followed, walk))


@pytest.mark.parametrize("role", REACHED)
def test_what_somebody_does_is_reached_by_links_from_where_they_stand(
    followed: Callable[[str], Followed], role: str
) -> None:
    commands = {
        row.path: row.command for row in PAGES if isinstance(row, Form | Button)
    }
    reached = {commands.get(rule) for rule in followed(role).known}
    assert REACHED[role] - reached == set()


def test_who_has_an_account_is_led_to_where_they_are_signed_in(
    front: Gateway, worker: Visitor
) -> None:
    """Nobody else of this world has one."""
    one = recorded(worker, "公羊远", "13900005672")
    assert worker.send(f"{one}/account", phone="13812340091").status_code == 303
    own = Visitor(front, one.rpartition("/")[2], ("resident", DISTRICT))
    assert 'href="/me/signed-in"' in own.look("/me").text
    (everywhere,) = [
        row.path
        for row in PAGES
        if isinstance(row, Button) and row.command == "sign_out_everywhere"
    ]
    assert f'action="{everywhere}"' in own.look("/me/signed-in").text


@pytest.mark.parametrize("role", [*REACHED, "member"])
def test_no_link_leads_to_what_is_refused(
    followed: Callable[[str], Followed], role: str
) -> None:
    assert followed(role).refused == set()


def _followed(walk: Walk, role: str) -> Followed:
    addresses = walk.front.client.application.url_map.bind("localhost")
    opened: set[str] = set()
    known: set[str] = set()
    refused: set[str] = set()
    led_to: set[str] = set()
    waiting = deque(BEGINNINGS)
    while waiting:
        address = waiting.popleft()
        path = address.partition("?")[0]
        rules = set(_rules(addresses, path))
        known |= rules
        if rules <= opened:
            continue
        opened |= rules
        if path.startswith(("/static/", "/web/", "/api/")):
            continue
        page = walk.look(address, role)
        if page.status_code == 200 and page.mimetype == "text/html":
            links = list(map(unescape, LINK.findall(page.text)))
            waiting += links
            led_to.update(links)
        elif page.status_code in REFUSED:
            refused.add(address)
    return Followed(known, refused & led_to)


def _rules(addresses: MapAdapter, path: str) -> Iterator[str]:
    for method in ("GET", "POST"):
        try:
            rule, _ = addresses.match(path, method, return_rule=True)
        except HTTPException:
            continue
        yield rule.rule


def test_a_certificate_is_issued_from_the_record_of_a_person_and_revoked_from_the_list(
    walk: Walk, worker: Visitor
) -> None:
    one = recorded(worker, "百里奚", "13900005671")
    person = one.rpartition("/")[2]
    page = f"/desk/certificates/new?person={person}"
    assert page in worker.look(one).text
    form = worker.look(page).text
    assert "百*（尾号 5671）" in form
    issuer = option(form, "望平社区")
    days = {"since": "2026-01-01", "until": "2026-06-01"}
    refused = worker.send(page, person=person, issuer=issuer, **days)
    assert refused.status_code == 409
    assert "这位居民在这段时间没有可以证明的服务" in refused.text
    assert person not in refused.text.partition("<main")[2].partition("<form")[0]
    assert "百*（尾号 5671）" in refused.text


def test_who_is_picked_stays_picked_when_something_else_was_wrong(
    worker: Visitor,
) -> None:
    person = recorded(worker, "公冶长", "13900005672").rpartition("/")[2]
    page = "/desk/commendations/new"
    found = worker.send(page, sought__person="公冶", seeking="person")
    assert option(found.text, "公*") == person
    said = {"title": "优秀志愿者", "on": "2026-06-01"}
    refused = worker.send(page, person=person, issuer=f"community/{COMMUNITY}", **said)
    assert (refused.status_code, "这位居民在这里没有服务记录" in refused.text) == (
        409,
        True,
    )
    assert option(refused.text, "公*") == person


def test_a_target_is_set_by_the_names_of_figure_place_and_period(
    district: Visitor,
) -> None:
    page = "/desk/metrics/targets/new"
    begins = district.look("/desk/metrics/targets").text
    [led] = re.findall(rf'href="({page}\?from=[^"]+)"', begins)
    form = district.look(led).text
    assert re.search(r'href="/desk/metrics/targets\??">返回<', form)
    said = {
        "scope": option(form, "猛追湾街道"),
        "figure": option(form, "人次"),
        "period": option(form, "2026年第三季度"),
    }
    sent = district.send(page, value="1200", **said)
    assert sent.status_code == 303, sent.text
    listed = district.look(sent.headers["Location"]).text
    assert "2026年第三季度，人次：1,200" in listed
    assert "回到数字" in listed
    assert "person_times" not in listed


def aimed(district: Visitor, figure: str, written: str, period: str) -> TestResponse:
    """A target of the whole district, as written in the form."""
    page = "/desk/metrics/targets/new"
    form = district.look(page).text
    said = {
        "scope": option(form, "成华区"),
        "figure": option(form, figure),
        "period": option(form, period),
    }
    return district.send(page, value=written, **said)


@pytest.mark.parametrize(
    ("figure", "written", "says"),
    [
        ("办结率", "85.3", "办结率：85.3%"),
        ("办结率", "９０%", "办结率：90.0%"),
        ("服务时长（扫码）", "1,200.5", "服务时长（扫码）：1,200 小时 30 分"),
        ("人次", "３,０００", "人次：3,000 人次"),
    ],
)
def test_a_target_is_written_as_the_figure_is_read(
    district: Visitor, figure: str, written: str, says: str
) -> None:
    sent = aimed(district, figure, written, "2026年7月")
    assert sent.status_code == 303, sent.text
    listed = district.look(sent.headers["Location"]).text
    assert f"2026年7月，{says}<" in listed, re.findall("<h2>.*?<", listed)


@pytest.mark.parametrize(
    ("figure", "written", "says"),
    [
        ("办结率", "8530", "目标最多 100%"),
        ("办结率", "很多", "应为一个数，如 85.3"),
        ("办结率", "-1", "应为一个数，如 85.3"),
        ("人次", "12.5", "只能填整数"),
        ("办结率", "85.333", "小数太细"),
        ("服务时长（扫码）", "1.33", "小数太细"),
        ("人次", "50%", "不是比率，不能填百分数"),
        ("人次", "9" * 13, "应在 0 到"),
    ],
)
def test_a_target_that_cannot_be_meant_stays_as_it_was_written(
    district: Visitor, figure: str, written: str, says: str
) -> None:
    refused = aimed(district, figure, written, "2026年8月")
    assert refused.status_code == 422
    assert says in refused.text
    assert f'value="{written}"' in refused.text


def test_a_report_of_a_month_that_is_over_is_published_by_who_administers_the_place(
    street: Visitor, worker: Visitor
) -> None:
    page = "/desk/metrics/reports/new"
    form = street.look(page).text
    assert "2026年5月" in form
    assert "2026年6月" not in form
    scope = option(form, "猛追湾街道")
    refused = street.send(page, scope=scope, month=option(form, "2026年5月"))
    assert (refused.status_code, "没有任何数字" in refused.text) == (409, True)
    assert worker.send(page, scope=STREET, month="2026-05").status_code == 403


def test_a_meeting_is_called_held_and_resolves(walk: Walk, street: Visitor) -> None:
    said = {"held_at": "2026-06-08T08:00", "place": "三楼", "agenda": "夏季用电"}
    called = street.send("/desk/meetings/new", division=COMMUNITY, **said)
    assert called.status_code == 303, called.text
    meeting = called.headers["Location"]
    page = street.look(meeting).text
    assert "轮值单位" in page
    assert f"{meeting}/attendance" in page
    form = street.look(f"{meeting}/attendance").text
    [(name, unit)] = re.findall(r'name="(units/0)" value="([^"]+)"', form)
    assert (
        street.post(f"{meeting}/attendance", {"key": "a1", name: unit}).headers[
            "Location"
        ]
        == meeting
    )
    assert "checked" in street.look(f"{meeting}/attendance").text
    assert street.send(f"{meeting}/minutes", minutes="议定巡检").status_code == 303
    assert street.send(f"{meeting}/resolutions", text="每月巡检").status_code == 303
    page = street.look(meeting).text
    assert all(words in page for words in ("到会", "锦江供电所", "每月巡检"))
    [undertake] = re.findall(r'href="(/desk/resolutions/[^"?]+/undertake)', page)
    assert "锦江供电所" in street.look(undertake).text
    assert street.send(f"{meeting}/conclude").status_code == 303
    assert f"{meeting}/attendance" not in street.look(meeting).text


def test_whether_a_street_reviews_activities_is_said_with_yes_and_with_no(
    street: Visitor,
) -> None:
    [page] = re.findall(
        r'href="(/desk/streets/[^"]+/review)"', street.look("/desk").text
    )
    assert street.send(page).status_code == 422
    for said in ("true", "false"):
        assert street.send(page, required=said).status_code == 303


def test_what_is_not_among_the_first_is_found_by_a_part_of_its_name(
    front: Gateway, street: Visitor, worker: Visitor
) -> None:
    """Branches are searched by the service, sites page by page."""
    admin = front.token("A1", ("district_admin", DISTRICT))
    for number in range(MANY):
        about = {"community": COMMUNITY, "since": "2026-01-01"}
        name = f"第{number:03}直播党支部"
        front.done("/branches", admin, name=name, company="星河", **about)
        where = {"community": COMMUNITY, "address": f"{number}号"}
        front.done("/sites", admin, name=f"第{number:03}驿站", **where)
    [branch] = front.get("/branches?text=第050", admin).get_json()["items"]
    for page, field, last in (
        (f"/desk/branches/{branch['id']}/site", "site", "驿站"),
        (f"/desk/branches/{branch['id']}/merge", "into", "直播党支部"),
    ):
        form = street.look(page).text
        listed = set(re.findall(rf"第(\d+){last}</option>", form))
        missing = sorted({f"{number:03}" for number in range(MANY)} - listed)
        assert missing, "all of them are listed"
        wanted = f"第{missing[0]}{last}"
        sought = {f"sought__{field}": f"第{missing[0]}", "seeking": field}
        found = street.send(page, on="2026-06-01", since="2026-06-01", **sought)
        chosen = option(found.text, wanted)
        assert len(re.findall(r"<option", found.text)) == 1
        days = {"on": "2026-06-01", "since": "2026-06-01"}
        known = {name: day for name, day in days.items() if f'name="{name}"' in form}
        sent = street.send(page, **{field: chosen}, **known)
        assert sent.status_code == 303, sent.text
        nothing = street.send(page, **{**sought, f"sought__{field}": "没有这样的"})
        assert "没有找到" in nothing.text


def test_two_records_that_are_alike_are_held_side_by_side_and_merged(
    worker: Visitor,
) -> None:
    for name in ("澹台明", "澹台明明"):
        recorded(worker, name, "13900005673")
    pairs = worker.look("/desk/people/alike").text
    assert "电话相同" in pairs
    [merge] = re.findall(r'href="(/desk/people/[^"]+/merge\?person=[^"]+)"', pairs)[-1:]
    form = worker.look(unescape(merge)).text
    assert "保留的：" in form
    assert "13900005673" not in form
    sent = worker.send(unescape(merge), person=option(form, "澹*"), basis="登记重复")
    assert sent.status_code == 303, sent.text


def test_a_unit_is_registered_and_a_partner_applied_for_on_a_page(
    front: Gateway, district: Visitor, street: Visitor
) -> None:
    liaison = Visitor(front, "L7", ("unit_liaison", DISTRICT))
    about = {"name": "望江水务站", "members": "12", "contact_role": "站长"}
    form = liaison.look("/desk/units/new").text
    about |= {"industry": option(form, "物业"), "community": COMMUNITY}
    sent = liaison.send("/desk/units/new", credit_code=credit_code(7), **about)
    assert sent.status_code == 303, sent.text
    assert "望江水务站" in liaison.look(sent.headers["Location"]).text
    resident = Visitor(front, "R77", ("resident", COMMUNITY))
    said = {"name": "望平棋社", "kind": "居民骨干", "contact_role": "社长"}
    said |= {"community": COMMUNITY, "categories__0": "文化体育"}
    applied = resident.send("/desk/partners/new", **said)
    assert applied.status_code == 303, applied.text
    page = resident.look(applied.headers["Location"]).text
    assert "望平棋社" in page
    assert "/withdraw?" in page


def test_what_an_activity_uses_is_told_by_name_and_can_be_given_back(
    walk: Walk, worker: Visitor
) -> None:
    desk = f"/desk/activities/{walk.activity}"
    asking = f"{desk}/offering-requests"
    [offering] = walk.told("/offerings", "liaison-1", "liaison")["items"]
    sent = worker.send(asking, offering=offering["id"])
    assert sent.status_code == 303, sent.text
    page = worker.look(desk).text
    assert offering["title"] in page
    assert "等单位答复" in page
    assert f"：{offering['title']}</span>" in page
    assert f"{asking}/{offering['id']}/withdraw" in page
