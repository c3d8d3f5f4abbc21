"""A host at work: who is expected, a tap for each who comes, one to take it back, and closing what is over."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest

from schemas.documents import Json
from tests.examples.people import CONSENT, RECORD
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway
from tests.integration.test_gateway_forms import CONTENT, Visitor

SATURDAY = datetime(2026, 6, 13, 0, 30, tzinfo=UTC)  # Half an hour before.
WORKER = ("community_worker", COMMUNITY)
TIMES: Json = {"starts_at": "2026-06-13T01:00:00Z", "ends_at": "2026-06-13T03:00:00Z"}
ACTION = r'action="(/desk/activities/[^"]+/here)"'


@pytest.fixture
def clock(tmp_path: Path) -> Path:
    clock = tmp_path / "clock"
    stand_at(clock, SATURDAY - timedelta(days=3))
    return clock


def stand_at(clock: Path, moment: datetime) -> None:
    clock.write_text(str(moment.timestamp() - time.time()))


@pytest.fixture
def front(tmp_path: Path, clock: Path) -> Iterator[Gateway]:
    with gateway(tmp_path) as front:
        yield front


@pytest.fixture
def worker(front: Gateway) -> Visitor:
    return Visitor(front, "W1", WORKER)


@pytest.fixture
def door(front: Gateway, clock: Path) -> str:
    """Where the host of a session with one family works, half an hour before it begins."""
    token = front.token("W1", WORKER)
    one = front.done("/activities", token, **CONTENT | TIMES)["id"]
    for step in ("publish", "open"):
        front.done(f"/activities/{one}/{step}", token)
    party = [{"person": "lin-mei"}, {"person": "child-1", "relation": "family"}]
    resident = front.token("lin-mei", ("resident", DISTRICT))
    front.done(f"/activities/{one}/signups", resident, party=party)
    stand_at(clock, SATURDAY)
    [door] = re.findall(
        f'href="(/desk/activities/{one}/sessions/[^"]+)"',
        Visitor(front, "W1", WORKER).look("/desk").text,
    )
    return str(door)


def of_many(front: Gateway) -> tuple[str, str]:
    """An activity with many seats, and where its host works."""
    token = front.token("W1", WORKER)
    one = front.done("/activities", token, **CONTENT | TIMES | {"capacity": 60})["id"]
    for step in ("publish", "open"):
        front.done(f"/activities/{one}/{step}", token)
    session = front.get(f"/activities/{one}/session").get_json()["id"]
    return one, f"/desk/activities/{one}/sessions/{session}"


def tap(visitor: Visitor, door: str, number: int = 0) -> str:
    """Sends one of the forms of the page as it is. Where that leads."""
    forms = re.findall(r"<form.*?</form>", visitor.look(door).text, re.DOTALL)
    form = forms[number]
    [to] = re.findall(r'action="([^"]+)"', form)
    data = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form))
    answer = visitor._client.post(to, data=data, headers=visitor._headers)
    assert answer.status_code == 303, answer.text
    return answer.headers["Location"]


def test_who_comes_is_there_with_a_tap_and_not_with_another(
    worker: Visitor, door: str
) -> None:
    page = worker.look(door)
    assert page.headers["Cache-Control"] == "no-store"
    assert "到了 0 人，报名 2 人" in page.text
    assert len(re.findall(ACTION, page.text)) == 2
    assert tap(worker, door).startswith(f"{door}#")
    page = worker.look(door)
    assert "到了 1 人，报名 2 人" in page.text
    assert len(re.findall(ACTION, page.text)) == 1
    tap(worker, door)
    assert "到了 0 人，报名 2 人" in worker.look(door).text


def test_a_worker_reads_who_it_is_by_what_the_records_show(
    front: Gateway, worker: Visitor, door: str
) -> None:
    assert "第 1 组，2 人" in worker.look(door).text
    record = RECORD | {"community": COMMUNITY, "consent": CONSENT}
    token = front.token("W1", WORKER)
    person = front.done("/people", token, **record)["id"]
    activity = door.split("/")[3]
    resident = front.token(person, ("resident", DISTRICT))
    party = [{"person": person}]
    front.done(f"/activities/{activity}/signups", resident, party=party)
    page = worker.look(door).text
    assert "王*（尾号 5678），1 人" in page
    assert RECORD["name"] not in page


def test_those_of_a_party_are_told_apart_wherever_the_door_reads_them(
    front: Gateway, worker: Visitor
) -> None:
    activity, door = of_many(front)
    names = {"child-1": "child", "child-2": "child", "dad": "family", "mum": "family"}
    party = [{"person": name, "relation": kind} for name, kind in names.items()]
    token = front.token("zhao-qing", ("resident", DISTRICT))
    front.done(f"/activities/{activity}/signups", token, party=party)
    token = front.token("lin-mei", ("resident", DISTRICT))
    front.done(f"/activities/{activity}/signups", token, party=party[:1])
    told_apart = {"孩子", "第二个孩子", "家人（1）", "家人（2）"}
    listed = worker.look(f"{door}/scan/list").get_json()["items"]
    assert {one["companion"] for one in listed} == told_apart
    for page in (worker.look(door).text, worker.look(f"{door}/paper").text):
        assert {*re.findall("第 1 组的([^<]+?)(?: *<|来的|走的)", page)} == told_apart


def test_a_group_has_its_number_on_every_page_of_the_list_and_on_paper(
    front: Gateway, worker: Visitor
) -> None:
    activity, door = of_many(front)
    for number in range(10):
        signer = f"S{number}"
        guests = [{"person": f"guest-{guest}", "relation": "family"} for guest in range(5)]  # fmt: skip
        token = front.token(signer, ("resident", DISTRICT))
        party = [{"person": signer}, *guests]
        front.done(f"/activities/{activity}/signups", token, party=party)
    for address in (door, f"{door}/paper"):
        first = worker.look(address).text
        [more] = re.findall(r'href="([^"]*after=[^"]*)"', first)
        pages = (first, worker.look(unescape(more)).text)
        [before, after] = ({*re.findall("第 ([0-9]+) 组", page)} for page in pages)
        assert before | after == {str(number) for number in range(1, 11)}
        assert before & after <= {"9"}  # The one that the end of the page parts.


def test_a_session_is_closed_with_the_report_that_is_known(
    front: Gateway, worker: Visitor, door: str, clock: Path
) -> None:
    assert "结束活动…" not in worker.look(door).text
    tap(worker, door)
    stand_at(clock, SATURDAY + timedelta(hours=3))
    assert f'href="{door}/close">结束活动…' in worker.look(door).text
    form = worker.look(f"{door}/close").text
    [report] = re.findall(r"<textarea[^>]*>(.*?)</textarea>", form, re.DOTALL)
    assert "报名 2 人，到场 1 人" in report
    filled = {"report": report, "without_checkout__count": "session"}
    closed = worker.send(f"{door}/close", **filled)
    assert (closed.status_code, closed.headers["Location"]) == (303, door)
    assert "已结束" in worker.look(door).text
    again = worker.send(f"{door}/close", report="再写一遍")
    assert again.status_code == 409
    assert "再写一遍</textarea>" in again.text


def test_what_the_host_wants_next_is_the_one_main_act(
    worker: Visitor, door: str, clock: Path
) -> None:
    assert main_acts(worker, door) == [f"{door}/scan"]
    stand_at(clock, SATURDAY + timedelta(hours=1))
    assert main_acts(worker, door) == [f"{door}/scan"]
    assert f'class="second" href="{door}/close"' in worker.look(door).text
    stand_at(clock, SATURDAY + timedelta(hours=3))
    assert main_acts(worker, door) == [f"{door}/close"]
    assert f'class="second" href="{door}/scan"' in worker.look(door).text
    worker.send(f"{door}/close", report="大家包了五十个粽子")
    assert main_acts(worker, door) == []
    assert "大家包了五十个粽子" in worker.look(door).text


def main_acts(visitor: Visitor, page: str) -> list[str]:
    return re.findall(r'<a class="go" href="([^"]+)"', visitor.look(page).text)


def test_whoever_has_been_there_is_asked_how_it_was(
    front: Gateway, worker: Visitor, door: str, clock: Path
) -> None:
    resident = Visitor(front, "lin-mei")
    [signup] = re.findall(r'href="(/signups/\w+)"', resident.look("/me").text)
    assert main_acts(resident, signup) == [f"{signup}/code"]
    stand_at(clock, SATURDAY + timedelta(hours=1))
    assert main_acts(resident, signup) == [f"{signup}/code"]
    tap(worker, door)
    stand_at(clock, SATURDAY + timedelta(hours=3))
    assert main_acts(resident, signup) == [f"{signup}/rate"]


def test_what_is_closed_comes_after_what_is_to_be_held(
    front: Gateway, worker: Visitor, door: str, clock: Path
) -> None:
    token = front.token("W1", WORKER)
    later = {"starts_at": "2026-06-13T08:00:00Z", "ends_at": "2026-06-13T09:00:00Z"}
    one = front.done("/activities", token, **CONTENT | later)["id"]
    front.done(f"/activities/{one}/publish", token)
    stand_at(clock, SATURDAY + timedelta(hours=3))
    assert at_hand(worker) == [door.split("/")[3], one]
    worker.send(f"{door}/close", report="大家包了五十个粽子")
    assert at_hand(worker) == [one, door.split("/")[3]]


def at_hand(worker: Visitor) -> list[str]:
    pages = r'<h3><a href="/desk/activities/([^"/]+)/sessions/'
    return re.findall(pages, worker.look("/desk").text)


def test_only_who_keeps_it_sees_who_is_expected(front: Gateway, door: str) -> None:
    elsewhere = Visitor(front, "W2", ("community_worker", "510108002099"))
    for other in (elsewhere, Visitor(front, "wang-er")):
        for address in (door, f"{door}/close"):
            answer = other.look(address)
            assert answer.status_code == 403
            assert "lin-mei" not in answer.text
    assert front.client.get(door).status_code == 303


def test_what_is_at_hand_is_today_and_tomorrow_of_ones_own_hosts(
    front: Gateway, worker: Visitor, door: str, clock: Path
) -> None:
    elsewhere = Visitor(front, "W2", ("community_worker", "510108002099"))
    assert "今天和明天" not in elsewhere.look("/desk").text
    stand_at(clock, SATURDAY - timedelta(days=1))
    assert door in worker.look("/desk").text
    stand_at(clock, SATURDAY - timedelta(days=2))
    assert door not in worker.look("/desk").text


def test_a_paper_list_is_typed_in_and_each_row_answered(
    worker: Visitor, door: str, clock: Path
) -> None:
    stand_at(clock, SATURDAY + timedelta(hours=3))
    page = worker.look(f"{door}/paper").text
    assert page.count('value="09:00"') == page.count('value="11:00"') == 2
    said = {"row": "1.1", "1.1__in": "09:05", "1.1__out": "10:30"}
    done = worker.send(f"{door}/paper", **said)
    assert "记下 1 人" in done.text
    assert "到了 1 人，报名 2 人" in worker.look(door).text
    wrong = worker.send(
        f"{door}/paper",
        **said | {"row": "1.2", "1.2__in": "09:00", "1.2__out": "08:00"},
    )
    assert "1 人没有记上" in wrong.text
    assert "走的时间早于来的时间" in wrong.text


def test_who_just_came_is_found_by_name_and_let_in(
    front: Gateway, worker: Visitor, door: str
) -> None:
    token = front.token("W1", WORKER)
    front.done(
        "/people", token, **RECORD | {"community": COMMUNITY, "consent": CONSENT}
    )
    found = worker.send(f"{door}/walk-in", name=RECORD["name"][0])
    [to] = re.findall(r'action="([^"]+/came)"', found.text)
    data = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', found.text))
    answer = worker._client.post(to, data=data, headers=worker._headers)
    assert (answer.status_code, answer.location) == (303, door)
    assert "到了 1 人（其中现场参加 1 人），报名 2 人" in worker.look(door).text


def test_one_tap_at_the_door_says_that_the_family_is_there(
    front: Gateway, worker: Visitor, door: str
) -> None:
    one, session = door.split("/")[3::2]
    path = f"/activities/{one}/door-code?session={session}"
    code = front.get(path, front.token("W1", WORKER)).get_json()["code"]
    here = f"/activities/{one}/here?" + urlencode({"session": session, "code": code})
    mother = Visitor(front, "lin-mei")
    page = mother.look(here).text
    assert page.count("checked><label") == 2
    persons = dict(re.findall(r'name="(persons/[0-9])" value="([^"]*)"', page))
    said = {"code": code, "session": session, "key": "here-1"}
    child_first = {"persons/1": persons["persons/1"]}
    answer = mother.post(f"/activities/{one}/here", said | child_first)
    assert answer.text.count("已签到") == 1
    again = mother.post(f"/activities/{one}/here", said | persons | {"key": "here-2"})
    assert again.text.count("✓</span> 已签到") == 1
    assert again.text.count("没有签上") == 1
    assert "到了 2 人" in worker.look(door).text
