"""From a door and back to it, by page."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from schemas.documents import Json
from tests.browser.by_hand import Hand
from tests.browser.district import COMMUNITY, GRID, door_of
from tests.browser.stage import Stage
from tests.browser.walks import WALKS, WORKER, Member, found_at
from tests.clocks import wait_until

LIAISON = ("liaison-1", "liaison")


@pytest.mark.parametrize("by_keys", [False, True], ids=["finger", "keys"])
def test_nobody_in_takes_three_taps_and_a_visit_no_more_than_twelve_without_scripts(
    browser: Browser, stage: Stage, by_keys: bool
) -> None:
    doors = [(walk, door_of(stage, walk)) for walk in (next(WALKS), next(WALKS))]
    (away, _), (home, at_home) = doors
    with stage.visit(browser, "member", scripts=False) as page:
        page.goto(stage.address("/desk"))
        hand = Hand(page, by_keys)
        hand.tap("走访")
        hand.tap(f"第 {away} 户")
        hand.tap("家中无人", "button")
        assert hand.taps == 3
        expect(page.get_by_text("入户查燃气：上次没人").last).to_be_visible()

        hand.taps = 0
        hand.tap(f"第 {home} 户")
        hand.tick("是")
        hand.tick("老化")
        hand.write("报警器有几个", "2")
        hand.tap("见到了，记下", "button")
        hand.tap(f"第 {home} 户")
        hand.tap("记一项发现")
        page.get_by_label("类别").select_option(label="燃气")
        page.get_by_label("紧急程度").select_option(label="紧急")
        hand.taps += 4
        hand.tap("记下", "button")
        assert hand.taps <= 12
        expect(page.get_by_text("上次发现的")).to_be_visible()
    path = f"/doors/{at_home}/visits"
    (visit,) = stage.told(path, *WORKER)["items"]
    said = {answer["item"]: answer["value"] for answer in visit["answers"]}
    assert said == {"gas": "yes", "hose": "老化", "alarms": "2"}


def test_a_team_and_a_day_are_asked_only_where_a_team_is_sent(
    browser: Browser, stage: Stage
) -> None:
    with stage.visit(browser, "member", scripts=False) as page:
        page.goto(stage.address("/desk/doorstep/doors/{door}/finding"))
        page.get_by_label("类别").select_option(label="燃气")
        day = page.get_by_label("队伍最晚哪天办完")
        expect(day).to_be_hidden()
        page.get_by_label("怎么办").select_option(label="派队伍办理")
        expect(day).to_be_visible()
        page.get_by_role("button", name="记下").click()
        expect(page.locator("#wrong")).to_be_visible()
        expect(day).to_be_visible()


def called_on(page: Page, stage: Stage, door: str) -> None:
    page.goto(stage.address(f"/desk/doorstep/doors/{door}"))


def test_what_is_found_at_a_door_is_repaired_and_told_at_the_same_door(
    phone: Page, member: Member
) -> None:
    stage, door = member.stage, member.doors[0]
    called_on(phone, stage, door)
    phone.get_by_role("link", name="记一项发现").click()
    phone.get_by_label("类别").select_option(label="水电线路")
    phone.get_by_label("看到了什么").fill("楼道的开关打火")
    phone.get_by_role("button", name="记下").click()
    expect(phone.get_by_text("楼道的开关打火")).to_be_visible()

    finding = found_at(stage, door)
    need = wait_until(lambda: found_at(stage, door).get("need"))
    repaired(stage, str(need))
    wait_until(lambda: shown(stage, finding["id"])["state"] == "resolved")

    phone.goto(stage.address(f"/desk/doorstep/{COMMUNITY}/{GRID}"))
    expect(phone.locator(f"[id='{door}']")).to_contain_text("办好了，请告诉这家")
    called_on(phone, stage, door)
    phone.get_by_label(re.compile("当面说了：水电线路")).check()
    phone.get_by_role("button", name="见到了，记下").click()
    expect(phone.locator(f"[id='{door}']")).not_to_contain_text("请告诉这家")
    assert shown(stage, finding["id"])["told_at"]
    told = [visit for visit in member.visits(door) if visit["outcome"] == "met"]
    assert len(told) == 1


def shown(stage: Stage, finding: str) -> Json:
    return stage.told(f"/findings/{finding}", *WORKER)


def repaired(stage: Stage, need: str) -> None:
    """Verified, claimed and done as any need; the worker has seen that it is."""
    about = {"title": "楼道开关", "urgency": "urgent"}
    stage.done(f"/needs/{need}/verify", *WORKER, **about)
    taken = {"unit": stage.unit, "due": "2026-06-20"}
    one = stage.done(f"/needs/{need}/claim", *LIAISON, **taken)["id"]
    stage.done(f"/commitments/{one}/begin", *LIAISON)
    stage.done(f"/commitments/{one}/fulfil", *LIAISON, words="换了开关", served=1)
    stage.done(f"/needs/{need}/confirm", *WORKER, score=5)
