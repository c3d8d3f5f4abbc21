"""What people come to do, with every tap counted: by finger, by keyboard alone, without scripts on a bad network.

The most taps are those of the table of jobs; choosing a date or writing a sentence is no tap.
"""

import itertools
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, expect
from ulid import ULID

from schemas.documents import Json
from schemas.fields import instant
from services.xfh.commands.network import store_of
from tests.browser.accounts import PASSWORD, invited
from tests.browser.by_forms import Plain
from tests.browser.by_hand import Hand
from tests.browser.conftest import in_june
from tests.browser.district import COMMUNITY
from tests.browser.stage import DESK, PHONE, Stage

OPENED = "人次由哪些事实构成"
LEADS_S = (4, 8, 16, 32, 64)
NUMBERS = itertools.count(1)
NEED: Json = {"category": "零距离便民", "audience": "一老一小", "urgency": "routine"}
NEED |= {"community": COMMUNITY, "words": "楼道的灯不亮"}

# Of a check-out: activities folds it, the figures cannot.
UNHEARD_OF: Json = {
    "way": "backfilled",
    "minutes": 5,
    "hours": "unheard_of",
    "role": "helper",
}


class Way(NamedTuple):
    """How somebody goes about it. Without a size nothing is drawn: there are links and forms alone."""

    name: str
    size: tuple[int, int] | None = None
    by_keys: bool = False


WAYS = (
    Way("finger", PHONE),
    Way("keys", DESK, by_keys=True),
    Way("no scripts, and no answer at first"),
)
Somebody = Hand | Plain
Opened = Callable[..., Somebody]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory, rabbitmq: str) -> Iterator[Stage]:
    """The platform with a process a service."""
    folder = Path(tmp_path_factory.mktemp("jobs"))
    with in_june(folder, rabbitmq) as stage:
        yield stage


@pytest.fixture(params=WAYS, ids=lambda way: way.name)
def opened(
    request: pytest.FixtureRequest, browser: Browser, stage: Stage
) -> Iterator[Opened]:
    """Opens a page for somebody; closed at the end."""
    way: Way = request.param
    with ExitStack() as visits:

        def open_page(who: str, address: str, id: str = "") -> Somebody:
            at = stage.address(address)
            if way.size is None:
                return Plain(stage.token(id or f"{who}-1", who) if who else "", at)
            visit = stage.visit(browser, who, id=id, size=way.size)
            page = visits.enter_context(visit)
            page.goto(at)
            return Hand(page, way.by_keys)

        yield open_page


def now_of(stage: Stage) -> datetime:
    clock = stage.platform.settings.clock_file
    assert clock is not None
    offset = float(Path(clock).read_text())
    return datetime.fromtimestamp(time.time() + offset, UTC)


def activity(stage: Stage, starts: datetime, **more: Any) -> str:
    """One that is open for sign-up."""
    about: Json = {
        "host": f"community/{COMMUNITY}",
        "title": f"清洗油烟机{next(NUMBERS)}",
        "category": "邻里节庆",
        "community": COMMUNITY,
        "place": "望平社区党群服务中心",
        "starts_at": instant(starts),
        "ends_at": instant(starts + timedelta(hours=1)),
        "capacity": 20,
    }
    one: str = stage.done("/activities", "worker-1", "worker", **about | more)["id"]
    for step in ("publish", "open"):
        stage.done(f"/activities/{one}/{step}", "worker-1", "worker")
    return one


def tomorrow(stage: Stage) -> datetime:
    return now_of(stage) + timedelta(days=1, minutes=next(NUMBERS) * 61)


def signed_up(stage: Stage, one: str, who: str = "resident-1") -> Json:
    path = f"/activities/{one}/signups"
    return stage.done(path, who, "resident", party=[{"person": who}])


def raised(stage: Stage) -> str:
    who = f"neighbour-{next(NUMBERS)}"
    need: str = stage.done("/needs", who, "resident", **NEED)["id"]
    return need


def verified(stage: Stage, title: str) -> str:
    need = raised(stage)
    said = {"title": title, "urgency": "routine"}
    stage.done(f"/needs/{need}/verify", "worker-1", "worker", **said)
    return need


def applied(stage: Stage, name: str) -> None:
    about: Json = {"name": name, "kind": "居民骨干", "community": COMMUNITY}
    about |= {"categories": ["文化体育"], "contact_role": "队长"}
    who = f"applicant-{next(NUMBERS)}"
    stage.done("/partners", who, "resident", **about)


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_near_me_the_first_activity_is_in_view(
    browser: Browser, stage: Stage, size: tuple[int, int]
) -> None:
    with stage.visit(browser, size=size) as page:
        page.goto(stage.address("/"))
        box = page.locator(".card").first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= size[1]


def test_near_me_an_activity_opens_with_a_tap(opened: Opened) -> None:
    hand = opened("", "/")
    hand.follow("/activities/")
    hand.sees_heading("时间和名额")
    assert hand.taps <= 1


def test_signing_up_oneself_takes_two_taps(opened: Opened, stage: Stage) -> None:
    hand = opened("resident", f"/activities/{activity(stage, tomorrow(stage))}")
    hand.tap("报名：")
    hand.tap("报名", "button")
    hand.sees("已确认")
    assert hand.taps <= 2


def test_signing_up_with_a_child_takes_three(opened: Opened, stage: Stage) -> None:
    hand = opened("resident", f"/activities/{activity(stage, tomorrow(stage))}")
    hand.tap("报名：")
    hand.tick("孩子")
    hand.tap("报名", "button")
    hand.sees("同去：我、孩子")
    assert hand.taps <= 3


def test_what_was_refused_has_the_focus_and_a_key_leads_to_its_field(
    browser: Browser, stage: Stage
) -> None:
    one = activity(stage, tomorrow(stage), terms={"least_age": 6, "most_age": 12})
    with stage.visit(browser, "resident", size=DESK) as page:
        page.goto(stage.address(f"/activities/{one}/sign-up"))
        hand = Hand(page, by_keys=True)
        hand.tick("我")
        hand.tick("孩子")
        hand.tap("报名", "button")
        expect(page.locator("#wrong")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        born = page.get_by_label("孩子的出生日期", exact=True)
        expect(born).to_be_focused()
        born.fill("2019-03-02")
        hand.tap("报名", "button")
        hand.sees("已确认")


def test_a_seat_is_shown_by_one_tap_cancelled_by_two_and_taken_back_by_one(
    opened: Opened, stage: Stage
) -> None:
    signup = signed_up(stage, activity(stage, tomorrow(stage)))
    hand = opened("resident", f"/signups/{signup['id']}")
    hand.sees("出示座位码")
    hand.open("取消报名")
    hand.tap("确定取消", "button")
    hand.sees("已取消")
    assert hand.taps <= 2
    hand.tap("撤销取消", "button")
    hand.sees("已确认")
    assert hand.taps <= 3


def door(stage: Stage, starts: datetime) -> str:
    """The page of a session to which one is expected."""
    one = activity(stage, starts)
    session = signed_up(stage, one, f"guest-{next(NUMBERS)}")["session"]
    return f"/desk/activities/{one}/sessions/{session}"


def door_that_opens_soon(stage: Stage) -> str:
    """In as many seconds as it takes here to sign somebody up before that."""
    for seconds in LEADS_S:
        try:
            return door(stage, now_of(stage) + timedelta(seconds=seconds))
        except HTTPError:  # It had begun by then.
            continue
    raise AssertionError("nobody can be signed up in good time")


def test_who_comes_is_ticked_with_one_tap(opened: Opened, stage: Stage) -> None:
    hand = opened("worker", door(stage, now_of(stage) + timedelta(minutes=20)))
    hand.tap("到了：", "button")
    hand.sees("到了 1 人")
    assert hand.taps <= 1


def test_the_code_on_the_wall_opens_a_page_where_one_tap_says_i_am_here(
    opened: Opened, stage: Stage
) -> None:
    one = activity(stage, now_of(stage) + timedelta(minutes=20))
    guest = f"guest-{next(NUMBERS)}"
    session = signed_up(stage, one, guest)["session"]
    wall = opened("worker", f"/desk/activities/{one}/sessions/{session}/door")
    wall.sees("用微信扫一扫")
    path = f"/activities/{one}/door-code?session={session}"
    code = stage.told(path, "worker-1", "worker")["code"]
    scanned = urlencode({"session": session, "code": code})
    hand = opened("resident", f"/activities/{one}/here?{scanned}", guest)
    hand.tap("我到了", "button")
    hand.sees("已签到")
    assert hand.taps <= 1


def test_who_has_not_signed_in_is_there_with_two_taps_more(stage: Stage) -> None:
    one = activity(stage, now_of(stage) + timedelta(minutes=20))
    guest = invited(stage, "何小满", "13700137077")
    session = signed_up(stage, one, guest.person)["session"]
    path = f"/activities/{one}/door-code?session={session}"
    code = stage.told(path, "worker-1", "worker")["code"]
    scanned = urlencode({"session": session, "code": code})
    hand = Plain("", stage.address(f"/activities/{one}/here?{scanned}"))
    hand.turn_to("密码")
    hand.write("手机号", guest.phone)
    hand.write("密码", PASSWORD)
    hand.tap("登录", "button")
    hand.tap("我到了", "button")
    hand.sees("已签到")
    assert hand.taps <= 3


def test_a_session_is_closed_with_two_taps(opened: Opened, stage: Stage) -> None:
    hand = opened("worker", door_that_opens_soon(stage))
    while not hand.has("结束活动…"):  # It has not begun.
        hand.again()
    hand.tap("结束活动")
    hand.tap("结束活动", "button")
    hand.sees("已结束")
    hand.sees("活动小结")
    assert hand.taps <= 2


def test_last_times_activity_is_held_again_in_four_taps(
    opened: Opened, stage: Stage
) -> None:
    activity(stage, tomorrow(stage))
    hand = opened("worker", "/desk")
    hand.tap("我们的活动")
    hand.tap("再办一次：")
    hand.tap("发布并开放报名", "button")
    hand.sees("报名中")
    assert hand.taps <= 4


def test_a_need_is_recorded_with_a_sentence_and_three_taps(opened: Opened) -> None:
    hand = opened("resident", "/needs/new")
    hand.write("需要什么", "楼道的灯不亮")
    hand.choose("哪个社区", COMMUNITY)
    hand.tap("提交", "button")
    hand.sees("楼道的灯不亮")
    assert hand.taps <= 3


def test_a_worker_takes_the_next_need_with_two_taps_and_a_title(
    opened: Opened, stage: Stage
) -> None:
    need = raised(stage)
    hand = opened("worker", "/desk")
    # The next is whichever has waited longest; here it is told by its address.
    hand.follow(f"/desk/needs/{need}/verify")
    hand.sees("楼道的灯不亮")
    hand.write("列入需求清单的标题", "楼道照明")
    hand.tap("核实需求", "button")
    hand.sees_heading("等我办的事")
    assert hand.taps <= 2


def test_a_unit_claims_what_fits_with_two_taps_seeing_why(
    opened: Opened, stage: Stage
) -> None:
    title = f"修水管{next(NUMBERS)}"
    verified(stage, title)
    hand = opened("liaison", "/unit/matches")
    hand.sees("类别相同")
    hand.open(f"认领：{title}")
    hand.tap(f"确定认领：{title}", "button")
    hand.sees_heading(title)
    assert hand.address.endswith("/unit/commitments")
    assert hand.taps <= 2


def test_one_tap_approves_seeing_what_is_approved(opened: Opened, stage: Stage) -> None:
    name = f"望平棋社{next(NUMBERS)}"
    applied(stage, name)
    hand = opened("street", "/approve")
    hand.tap(f"通过：{name}", "button")
    hand.sees_heading("1 件已通过")
    assert hand.taps <= 1


def test_two_taps_and_a_reason_reject(opened: Opened, stage: Stage) -> None:
    name = f"望平舞队{next(NUMBERS)}"
    applied(stage, name)
    hand = opened("street", "/approve")
    hand.tap("", on=name)
    hand.write("不通过的原因", "材料不全")
    hand.tap("不通过申请", "button")
    hand.sees_heading("等我审批的")
    hand.misses(name)
    assert hand.taps <= 2


def test_a_figure_opens_its_facts_with_one_tap(opened: Opened) -> None:
    hand = opened("district", "/district?period=2026-06")
    hand.follow("/district/facts")
    hand.sees_heading(OPENED)
    assert hand.taps <= 1


def broken_event(stage: Stage) -> int:
    """Of the activities, one of a class of hours that the figures have never heard of; its number in the log."""
    one = activity(stage, now_of(stage) + timedelta(minutes=20))
    guest = f"guest-{next(NUMBERS)}"
    session = signed_up(stage, one, guest)["session"]
    came = {"session": session, "person": guest}
    stage.done(f"/activities/{one}/checkins", "worker-1", "worker", **came)
    with store_of(stage.platform.settings, "activities") as store:
        log = store.log
        seat = log.read(0, 1000, ["checked_in.v1"])[-1]
        while True:
            number, id = log.head() + 1, str(ULID())
            event = replace(
                seat,
                seq=number,
                id=id,
                key=id,
                type="checked_out.v1",
                data=seat.data | UNHEARD_OF,
                version=log.version(seat.stream) + 1,
            )
            if log.append([event]):
                return event.seq


def test_a_parked_event_is_tried_again_with_one_tap_and_set_aside_with_a_reason(
    opened: Opened, stage: Stage
) -> None:
    parked = f"第 {broken_event(stage):,} 号"
    hand = opened("district", "/ops")
    while not hand.has(parked):  # The figures have not come to it.
        hand.again()
    hand.sees("unheard_of")
    attempts = hand.reads("试过", on=parked)
    hand.tap("重试", "button", on=parked)
    hand.misses(attempts, on=parked)
    assert hand.taps <= 1
    hand.tap("搁置", on=parked)
    hand.write("为什么搁置", "演练")
    hand.tap("搁置", "button")
    hand.sees_heading("运行情况")
    hand.misses(parked)
    assert hand.taps <= 3
