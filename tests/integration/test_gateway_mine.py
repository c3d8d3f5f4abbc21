"""What a resident keeps track of by page: hours, looks, calendar, notices; and changes of a party that is going."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway
from tests.integration.test_gateway_forms import CONTENT, Visitor

JUNE = datetime(2026, 6, 1, 1, tzinfo=UTC).timestamp()
SATURDAY = datetime(2026, 6, 14, 2, tzinfo=UTC).timestamp()


def set_clock(folder: Path, moment: float) -> None:
    (folder / "clock").write_text(str(moment - time.time()))


@pytest.fixture
def front(tmp_path: Path) -> Iterator[Gateway]:
    set_clock(tmp_path, JUNE)
    with gateway(tmp_path) as front:
        yield front


@pytest.fixture
def lin(front: Gateway) -> Visitor:
    return Visitor(front, "lin-mei")


@pytest.fixture
def activity(front: Gateway) -> str:
    worker = front.token("W1", ("community_worker", COMMUNITY))
    one: str = front.done("/activities", worker, **CONTENT)["id"]
    for step in ("publish", "open"):
        front.done(f"/activities/{one}/{step}", worker)
    return one


def signed_up(lin: Visitor, activity: str) -> str:
    page = f"/activities/{activity}/sign-up"
    family = {"party__0__person": "lin-mei", "party__1__person": "child-1"}
    signup: str = lin.send(page, **family).headers["Location"]
    return signup


def test_a_message_about_a_sign_up_leads_to_it(
    front: Gateway, lin: Visitor, activity: str
) -> None:
    signup = signed_up(lin, activity)
    front.bus.hosts["notices"].followers["activities"].catch_up()
    assert f'<a href="{signup}">报名成功</a>' in lin.look("/inbox").text


def test_who_has_nothing_yet_is_told_how_it_begins(lin: Visitor) -> None:
    assert "还没有服务时长" in lin.look("/me/record").text
    assert "还没有人看过" in lin.look("/me/looks").text


def test_a_calendar_is_subscribed_to_and_its_address_taken_back(lin: Visitor) -> None:
    page = lin.look("/me/calendar").text
    assert "取得日历地址" in page
    lin.send("/me/calendar", to="/me/calendar/issue")
    [address] = re.findall(r'readonly value="([^"]+)"', lin.look("/me/calendar").text)
    assert address.endswith(".ics")
    lin.send("/me/calendar", to="/me/calendar/revoke")
    assert "取得日历地址" in lin.look("/me/calendar").text


def test_what_was_chosen_of_notices_is_shown_and_a_refusal_keeps_what_was_typed(
    lin: Visitor,
) -> None:
    said = {"language": "zh", "digest": "false", "quiet_from": "22:00"}
    refused = lin.send("/me/notices", **said)
    assert refused.status_code == 422
    assert 'value="22:00"' in refused.text
    assert lin.send("/me/notices", **said, quiet_until="07:00").status_code == 303
    page = lin.look("/me/notices").text
    assert 'value="07:00"' in page
    assert re.search(r'id="digest-no"[^>]* checked', page)


def test_a_cancelled_party_is_taken_back_by_one_tap(
    lin: Visitor, activity: str
) -> None:
    signup = signed_up(lin, activity)
    lin.send(signup, to=f"{signup}/cancel")
    assert "撤销取消" in lin.look(signup).text
    again = lin.send(signup, to=f"/activities/{activity}/sign-up")
    page = lin.look(again.headers["Location"]).text
    assert "已确认" in page
    assert "同去：我、孩子" in page


def test_one_is_taken_out_and_the_others_go(lin: Visitor, activity: str) -> None:
    signup = signed_up(lin, activity)
    left = lin.send(signup, to=f"{signup}/leave")
    assert left.headers["Location"] == signup
    assert "一行 1 人" in lin.look(signup).text


def test_somebody_else_of_the_family_comes_instead(
    front: Gateway, lin: Visitor, activity: str
) -> None:
    signup = signed_up(lin, activity)
    sent = lin.send(f"{signup}/pass-on", person="child-1", to__person="elder-1")
    assert sent.status_code == 303, sent.text
    assert "同去：我、老人" in lin.look(signup).text
    token = front.token("lin-mei", ("resident", DISTRICT))
    party = front.get(signup, token).get_json()["party"]
    assert party[1]["relation"] == "elder"


def test_who_was_there_rates_it_and_takes_the_words_back(
    front: Gateway, lin: Visitor, activity: str, tmp_path: Path
) -> None:
    signup = signed_up(lin, activity)
    assert "/rate" not in lin.look(signup).text
    set_clock(tmp_path, SATURDAY)
    refused = lin.send(f"{signup}/rate", words="很开心")
    assert refused.status_code == 422
    assert "很开心" in refused.text
    assert "/rate" not in lin.look(signup).text
    assert "删除我写的话" not in refused.text
    worker = front.token("W1", ("community_worker", COMMUNITY))
    front.done(f"/activities/{activity}/checkins", worker, person="lin-mei")
    assert f"{signup}/rate" in lin.look(signup).text
    rated = lin.send(f"{signup}/rate", score="5", words="很开心")
    assert rated.status_code == 303, rated.text
    seen = front.get(f"/activities/{activity}/ratings", worker).get_json()
    assert seen["items"][0]["words"] == "很开心"
    taken = lin.send(f"{signup}/rate", to=f"{signup}/rating/delete")
    assert taken.status_code == 303, taken.text
    assert "您评了 5 分" in lin.look(signup).text
    assert "删除我写的话" not in lin.look(f"{signup}/rate").text
    seen = front.get(f"/activities/{activity}/ratings", worker).get_json()
    assert "words" not in seen["items"][0]
