"""What people come to do, with every tap counted: by finger on a phone, by keyboard alone at a desk, without scripts.

The most taps are those of the table of jobs; choosing a date or writing a sentence is no tap.
"""

import itertools
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from ulid import ULID

from schemas.documents import Json
from schemas.fields import instant
from services.xfh.commands.network import store_of
from tests.browser.district import COMMUNITY
from tests.browser.stage import DESK, PHONE, Stage

MOST_TABS = 200
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


def begins(words: str) -> re.Pattern[str]:
    """A name that begins so. What is only heard of it stands apart."""
    parts = (re.escape(part) for part in words.split("："))
    return re.compile(r"^\s*" + r"\s*：\s*".join(parts))


class Hand:
    """Somebody at a page: by finger, or by keys alone. `taps` are those so far."""

    def __init__(self, page: Page, by_keys: bool):
        self.page, self.by_keys, self.taps = page, by_keys, 0

    def tap(self, words: str, role: Any = "link") -> None:
        """Presses the link or button whose name begins so."""
        target = self.page.get_by_role(role, name=begins(words)).first
        self.press(target, "Enter")

    def open(self, words: str) -> None:
        """Unfolds what a summary hides."""
        self.press(self.page.locator("summary", has_text=words).first, "Enter")

    def tick(self, words: str) -> None:
        self.press(self.page.get_by_label(words, exact=True).first, " ")

    def press(self, target: Locator, key: str) -> None:
        self.taps += 1
        if self.by_keys:
            self._reach(target)
            self.page.keyboard.press(key)
        else:
            target.click()

    def write(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label).first
        if self.by_keys:
            self._reach(field)
            self.page.keyboard.insert_text(text)
        else:
            field.fill(text)

    def _reach(self, target: Locator) -> None:
        """By the tabulator, as who has no mouse."""
        for _ in range(MOST_TABS):
            if target.evaluate("one => one === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no key leads to {target}")


class Way(NamedTuple):
    name: str
    size: tuple[int, int]
    by_keys: bool = False
    scripts: bool = True


WAYS = (
    Way("finger", PHONE),
    Way("keys", DESK, by_keys=True),
    Way("no scripts", PHONE, scripts=False),
)
Opened = Callable[..., Hand]


@pytest.fixture(params=WAYS, ids=lambda way: way.name)
def opened(
    request: pytest.FixtureRequest, browser: Browser, stage: Stage
) -> Iterator[Opened]:
    """Opens a page for somebody; closed at the end."""
    way: Way = request.param
    visits: list[Any] = []

    def open_page(who: str, address: str, id: str = "") -> Hand:
        visit = stage.visit(browser, who, id=id, size=way.size, scripts=way.scripts)
        visits.append(visit)
        page = visit.__enter__()
        page.goto(stage.address(address))
        return Hand(page, way.by_keys)

    yield open_page
    for visit in visits:
        visit.__exit__(None, None, None)


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


def test_near_me_the_first_activity_is_in_view_and_opens_with_a_tap(
    opened: Opened,
) -> None:
    hand = opened("", "/")
    first = hand.page.locator(".card h3 a").first
    box = first.bounding_box()
    size = hand.page.viewport_size
    assert box is not None
    assert size is not None
    assert box["y"] + box["height"] <= size["height"]
    hand.press(first, "Enter")
    expect(hand.page.locator("h1")).to_be_visible()
    assert hand.taps <= 1


def test_signing_up_oneself_takes_two_taps(opened: Opened, stage: Stage) -> None:
    hand = opened("resident", f"/activities/{activity(stage, tomorrow(stage))}")
    hand.tap("报名：")
    hand.tap("报名", "button")
    expect(hand.page.get_by_text("已确认")).to_be_visible()
    assert hand.taps <= 2


def test_signing_up_with_a_child_takes_three(opened: Opened, stage: Stage) -> None:
    hand = opened("resident", f"/activities/{activity(stage, tomorrow(stage))}")
    hand.tap("报名：")
    hand.tick("孩子")
    hand.tap("报名", "button")
    expect(hand.page.get_by_text("同去：我、孩子")).to_be_visible()
    assert hand.taps <= 3


def test_a_seat_is_shown_by_one_tap_cancelled_by_two_and_taken_back_by_one(
    opened: Opened, stage: Stage
) -> None:
    signup = signed_up(stage, activity(stage, tomorrow(stage)))
    hand = opened("resident", f"/signups/{signup['id']}")
    expect(hand.page.get_by_role("link", name="出示座位码")).to_be_visible()
    hand.open("取消报名")
    hand.tap("确定取消", "button")
    expect(hand.page.get_by_text("已取消")).to_be_visible()
    assert hand.taps <= 2
    hand.tap("撤销取消", "button")
    expect(hand.page.get_by_text("已确认")).to_be_visible()
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
    expect(hand.page.get_by_text("到了 1 人")).to_be_visible()
    assert hand.taps <= 1


def test_the_code_on_the_wall_opens_a_page_where_one_tap_says_i_am_here(
    opened: Opened, stage: Stage
) -> None:
    one = activity(stage, now_of(stage) + timedelta(minutes=20))
    guest = f"guest-{next(NUMBERS)}"
    session = signed_up(stage, one, guest)["session"]
    wall = opened("worker", f"/desk/activities/{one}/sessions/{session}/door")
    expect(wall.page.get_by_role("img", name="现场二维码")).to_be_visible()
    path = f"/activities/{one}/door-code?session={session}"
    code = stage.told(path, "worker-1", "worker")["code"]
    scanned = urlencode({"session": session, "code": code})
    hand = opened("resident", f"/activities/{one}/here?{scanned}", guest)
    hand.tap("我到了", "button")
    expect(hand.page.get_by_text("已签到")).to_be_visible()
    assert hand.taps <= 1


def test_a_session_is_closed_with_two_taps(opened: Opened, stage: Stage) -> None:
    hand = opened("worker", door_that_opens_soon(stage))
    link = hand.page.get_by_role("link", name="结束活动")
    while not link.count():  # It has not begun.
        hand.page.reload()
    hand.tap("结束活动")
    hand.tap("结束活动", "button")
    expect(hand.page.get_by_role("heading", name="等我办的事")).to_be_visible()
    assert hand.taps <= 2


def test_last_times_activity_is_held_again_in_four_taps(
    opened: Opened, stage: Stage
) -> None:
    activity(stage, tomorrow(stage))
    hand = opened("worker", "/desk")
    hand.tap("我们的活动")
    hand.tap("再办一次：")
    hand.tap("发布并开放报名", "button")
    expect(hand.page.get_by_text("报名中").first).to_be_visible()
    assert hand.taps <= 4


def test_a_need_is_recorded_with_a_sentence_and_three_taps(
    opened: Opened, stage: Stage
) -> None:
    hand = opened("resident", "/needs/new")
    hand.write("需要什么", "楼道的灯不亮")
    hand.page.get_by_label("哪个社区").select_option(COMMUNITY)
    hand.taps += 1
    hand.tap("提交", "button")
    expect(hand.page.get_by_text("楼道的灯不亮")).to_be_visible()
    assert hand.taps <= 3


def test_a_worker_takes_the_next_need_with_two_taps_and_a_title(
    opened: Opened, stage: Stage
) -> None:
    need = raised(stage)
    hand = opened("worker", "/desk")
    # The next is whichever has waited longest; here it is told by its address.
    hand.press(hand.page.locator(f"a[href*='/desk/needs/{need}/verify']"), "Enter")
    expect(hand.page.get_by_text("楼道的灯不亮").first).to_be_visible()
    hand.write("列入需求清单的标题", "楼道照明")
    hand.tap("核实需求", "button")
    expect(hand.page.get_by_role("heading", name="等我办的事")).to_be_visible()
    assert hand.taps <= 2


def test_a_unit_claims_what_fits_with_two_taps_seeing_why(
    opened: Opened, stage: Stage
) -> None:
    title = f"修水管{next(NUMBERS)}"
    verified(stage, title)
    hand = opened("liaison", "/unit/matches")
    expect(hand.page.get_by_text("类别相同").first).to_be_visible()
    hand.open(f"认领：{title}")
    hand.tap(f"确定认领：{title}", "button")
    expect(hand.page.get_by_role("heading", name=title)).to_be_visible()
    assert hand.page.url.endswith("/unit/commitments")
    assert hand.taps <= 2


def test_one_tap_approves_seeing_what_is_approved(opened: Opened, stage: Stage) -> None:
    name = f"望平棋社{next(NUMBERS)}"
    applied(stage, name)
    hand = opened("street", "/approve")
    hand.tap(f"通过：{name}", "button")
    expect(hand.page.get_by_role("heading", name="1 件已通过")).to_be_visible()
    assert hand.taps <= 1


def test_two_taps_and_a_reason_reject(opened: Opened, stage: Stage) -> None:
    name = f"望平舞队{next(NUMBERS)}"
    applied(stage, name)
    hand = opened("street", "/approve")
    hand.press(hand.page.locator("li.task", has_text=name).get_by_role("link"), "Enter")
    hand.write("不通过的原因", "材料不全")
    hand.tap("不通过申请", "button")
    expect(hand.page.get_by_role("heading", name="等我审批的")).to_be_visible()
    expect(hand.page.get_by_text(name)).to_have_count(0)
    assert hand.taps <= 2


def test_a_figure_opens_its_facts_with_one_tap(opened: Opened) -> None:
    hand = opened("district", "/district?period=2026-06")
    hand.press(hand.page.locator(".figure h2 a").first, "Enter")
    expect(hand.page.get_by_role("heading", name=OPENED)).to_be_visible()
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
    number = f"{broken_event(stage):,}"
    hand = opened("district", "/ops")
    card = hand.page.locator("li.task", has_text=f"第 {number} 号")
    while not card.count():  # The figures have not come to it.
        hand.page.reload()
    expect(card).to_contain_text("unheard_of")
    attempts = card.get_by_text("试过").inner_text()
    hand.press(card.get_by_role("button", name=begins("重试")), "Enter")
    expect(card.get_by_text(attempts)).to_have_count(0)
    assert hand.taps <= 1
    hand.press(card.get_by_role("link", name=begins("搁置")), "Enter")
    hand.write("为什么搁置", "演练")
    hand.tap("搁置", "button")
    expect(hand.page.get_by_role("heading", name="运行情况")).to_be_visible()
    expect(card).to_have_count(0)
    assert hand.taps <= 3
