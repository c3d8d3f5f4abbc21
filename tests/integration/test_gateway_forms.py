"""What a resident does through pages: signs up, cancels, says what is needed; all of it in forms, without scripts."""

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway, gateway

JUNE = datetime(2026, 6, 1, 1, tzinfo=UTC).timestamp()
CONTENT = {
    "host": f"community/{COMMUNITY}",
    "title": "包粽子",
    "category": "邻里节庆",
    "community": COMMUNITY,
    "place": "党群服务中心",
    "capacity": 3,
    "starts_at": "2026-06-14T01:00:00Z",
    "ends_at": "2026-06-14T03:00:00Z",
}


class Visitor:
    """A browser that says who it is; what is hidden in a form goes along with what is filled in."""

    def __init__(self, front: Gateway, name: str, *roles: tuple[str, str]):
        self._client = front.client
        token = front.token(name, *(roles or [("resident", DISTRICT)]))
        self._headers = {"Authorization": f"Bearer {token}"}

    def look(self, address: str) -> TestResponse:
        return self._client.get(address, headers=self._headers)

    def post(self, address: str, data: Any) -> TestResponse:
        """What is filled in there, as it is."""
        return self._client.post(address, data=data, headers=self._headers)

    def send(self, address: str, to: str = "", **filled: str) -> TestResponse:
        form = form_of(self.look(address).text, to)
        hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
        data = dict(hidden) | {k.replace("__", "/"): v for k, v in filled.items()}
        return self.post(to or address, data)


def form_of(page: str, to: str) -> str:
    """The form that is sent there, which of several is the only one that goes; all of the page where none says so."""
    forms = re.findall(
        rf'<form[^>]* action="{re.escape(to)}">.*?</form>', page, re.DOTALL
    )
    return forms[0] if to and forms else page


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    folder = Path(tmp_path_factory.mktemp("forms"))
    (folder / "clock").write_text(str(JUNE - time.time()))
    with gateway(folder) as front:
        yield front


@pytest.fixture
def activity(front: Gateway) -> str:
    return posted(front)


def posted(front: Gateway, **more: Any) -> str:
    worker = front.token("W1", ("community_worker", COMMUNITY))
    content: dict[str, Any] = CONTENT | more
    one: str = front.done("/activities", worker, **content)["id"]
    for step in ("publish", "open"):
        front.done(f"/activities/{one}/{step}", worker)
    return one


def on(day: int) -> dict[str, str]:
    """That nobody is at two places at once."""
    times = {"starts_at": f"2026-06-{day}T01:00:00Z"}
    return times | {"ends_at": f"2026-06-{day}T03:00:00Z"}


def test_a_mother_signs_up_with_her_child_sees_it_and_cancels(
    front: Gateway, activity: str
) -> None:
    lin = Visitor(front, "lin-mei")
    sent = lin.send(
        f"/activities/{activity}/sign-up",
        party__0__person="lin-mei",
        party__1__person="child-1",
    )
    assert sent.status_code == 303, sent.text
    signup = sent.headers["Location"]
    assert re.fullmatch("/signups/[0-9A-Z]{26}", signup)
    page = lin.look(signup)
    assert "已确认" in page.text
    assert "一行 2 人" in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert "包粽子" in lin.look("/me").text
    cancelled = lin.send(signup, to=f"{signup}/cancel")
    assert cancelled.headers["Location"] == signup
    assert "已取消" in lin.look(signup).text


def test_what_is_wrong_is_listed_by_what_its_fields_are_called(front: Gateway) -> None:
    told = Visitor(front, "lin-mei").send("/needs/new", urgency="routine").text
    summary = told.partition('id="wrong"')[2].partition("</div>")[0]
    assert "处要改" in summary
    assert "需求所在社区：必须填写" in summary
    assert "代码" not in summary
    assert re.findall('href="#([^"]+)"', summary) == ["words", "category", "audience", "community"]  # fmt: skip


def test_who_comes_along_takes_the_seat_with_their_own_account(
    front: Gateway, activity: str
) -> None:
    lin, son = Visitor(front, "lin-mei"), Visitor(front, "lin-jun")
    party = {"party__0__person": "lin-mei", "party__1__person": "family-1"}
    signup = lin.send(f"/activities/{activity}/sign-up", **party).headers["Location"]
    page = lin.look(signup).text
    assert f'href="{signup}/join"' in page
    assert "<svg" in page
    assert son.look(signup).status_code == 404
    join = f"{signup}/join"
    assert "家人" in son.look(join).text
    wrong = son.send(join, person="elder-1")
    assert wrong.status_code == 404
    assert "没有这样称呼的人" in wrong.text
    assert son.send(join, person="family-1").headers["Location"] == signup
    assert son.look(signup).status_code == 200
    assert "包粽子" in son.look("/me").text
    assert Visitor(front, "wang-er").send(join, person="family-1").status_code == 404


def test_where_ages_matter_each_who_is_ticked_says_when_they_were_born(
    front: Gateway,
) -> None:
    one = posted(front, **on(15), terms={"least_age": 6, "most_age": 12})
    lin, address = Visitor(front, "lin-mei"), f"/activities/{one}/sign-up"
    for page in ("/", f"/activities/{one}", address):
        assert "活动当天 6 到 12 周岁" in lin.look(page).text, page
    second = {"party__2__person": "child-2", "party__1__born": "2019-03-02"}
    refused = lin.send(address, **second)
    assert refused.status_code == 422
    assert re.findall(r'value="([a-z0-9-]+)" checked', refused.text) == ["child-2"]
    assert 'href="#party/0/born"' in refused.text
    [row] = re.findall(r'id="party/0/born" name="([^"]+)"', refused.text)
    assert row == "party/2/born"
    second = {"party__2__person": "child-2", "party__2__born": "2019-03-02"}
    assert lin.send(address, **second).status_code == 303
    me = {"party__0__person": "wang-er", "party__0__born": "1990-01-01"}
    wang = Visitor(front, "wang-er").send(address, **me)
    assert 'id="party/0/born" name="party/0/born" value="1990-01-01"' in wang.text


def test_where_home_matters_it_is_known_and_a_household_is_who_is_ticked(
    front: Gateway,
) -> None:
    terms = {"communities": [COMMUNITY], "one_per_household": True}
    one = posted(front, **on(16), terms=terms)
    lin = Visitor(front, "lin-mei", ("resident", COMMUNITY))
    address = f"/activities/{one}/sign-up"
    assert f'<option value="{COMMUNITY}" selected>望平社区' in lin.look(address).text
    family = {"party__0__person": "lin-mei", "party__1__person": "child-1"}
    nowhere = lin.send(address, **family, community="")
    assert nowhere.status_code == 422
    assert 'id="party/0/community"' in nowhere.text
    sent = lin.send(address, **family, community=COMMUNITY)
    assert sent.status_code == 303, sent.text
    signup = sent.headers["Location"]
    to, elder = f"{signup}/add", "elder-1"
    added = lin.send(signup, to=to, member__person=elder, member__relation="elder")
    assert added.status_code == 303, added.text
    assert "同去：我、孩子、老人" in lin.look(signup).text


def test_whoever_wants_to_help_says_so(front: Gateway) -> None:
    one = posted(front, **on(17), helpers=2)
    lin, address = Visitor(front, "lin-mei"), f"/activities/{one}/sign-up"
    assert "当志愿者（还有 2 个岗位）" in lin.look(address).text
    sent = lin.send(address, party__0__person="lin-mei", role="helper")
    assert "志愿者" in lin.look(sent.headers["Location"]).text


def test_before_and_after_the_tap_it_is_said_that_one_waits_and_behind_how_many(
    front: Gateway,
) -> None:
    one = posted(front, **on(18), capacity=1)
    address = f"/activities/{one}/sign-up"
    words = ("还有 1 个名额", "已满，可候补", "已满，1 组候补")
    after = ("已确认", "下一个就轮到", "前面还有 1 组")
    for who, left, then in zip(
        ("zhou-1", "wu-2", "zheng-3"), words, after, strict=True
    ):
        visitor = Visitor(front, who)
        page = visitor.look(address).text
        assert left in page
        waits = '<button class="go">报名候补</button>' in page
        assert waits == ("已满" in left)
        sent = visitor.send(address, party__0__person=who)
        assert then in visitor.look(sent.headers["Location"]).text


def test_the_form_of_a_session_is_of_that_alone_however_many_came_before(
    front: Gateway,
) -> None:
    one = posted(front, repeats="FREQ=DAILY;COUNT=30")
    path = f"/activities/{one}/sign-up"
    lin = Visitor(front, "lin-mei")
    assert lin.look(path).text.count('type="radio" id="session') == 30
    only = lin.look(f"{path}?session={one}.30").text
    assert f'type="hidden" name="session" value="{one}.30"' in only
    assert "哪一场" not in only


def test_where_nobody_can_sign_up_it_is_shown_where_to_go(front: Gateway) -> None:
    worker = front.token("W1", ("community_worker", COMMUNITY))
    one = front.done("/activities", worker, **CONTENT | on(19))["id"]
    front.done(f"/activities/{one}/publish", worker)
    page = Visitor(front, "lin-mei").look(f"/activities/{one}/sign-up").text
    assert "现在不能报名" in page
    assert f'href="/activities/{one}"' in page


def test_where_one_lives_is_known(front: Gateway) -> None:
    home = f'<option value="{COMMUNITY}" selected>'
    lin = Visitor(front, "lin-mei", ("resident", COMMUNITY))
    assert home in lin.look("/needs/new").text
    assert f'href="/?division={COMMUNITY}">望平社区近期的活动' in lin.look("/me").text
    assert home not in Visitor(front, "wang-er").look("/needs/new").text


def test_a_form_sent_twice_is_done_once(front: Gateway, activity: str) -> None:
    wang = Visitor(front, "wang-er")
    address = f"/activities/{activity}/sign-up"
    page = wang.look(address).text
    data = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page))
    data["party/0/person"] = "wang-er"
    twice = [
        wang._client.post(address, data=data, headers=wang._headers).headers["Location"]
        for _ in range(2)
    ]
    assert twice[0] == twice[1]


def test_a_refusal_stands_beside_what_was_filled_in(
    front: Gateway, activity: str
) -> None:
    zhao = Visitor(front, "zhao-san")
    address = f"/activities/{activity}/sign-up"
    full = {f"party__{n}__person": f"child-{n}" for n in (1, 2)}
    full |= {f"party__{n}__person": f"elder-{n - 2}" for n in (3, 4)}
    refused = zhao.send(address, **full)
    assert refused.status_code in (409, 422)
    assert 'role="alert"' in refused.text
    checked = re.findall(r'value="((?:child|elder)-\d)" checked', refused.text)
    assert checked == ["child-1", "child-2", "elder-1", "elder-2"]


def test_what_somebody_needs_is_said_in_one_screen_and_followed(front: Gateway) -> None:
    lin = Visitor(front, "lin-mei")
    wrong = lin.send("/needs/new", words="楼道灯不亮", category="零距离便民")
    assert wrong.status_code == 422
    assert "楼道灯不亮</textarea>" in wrong.text
    assert re.search('id="community-error"|class="error">必须填写', wrong.text)
    right = {"words": "楼道灯不亮", "category": "零距离便民", "audience": "一老一小"}
    sent = lin.send("/needs/new", urgency="routine", community=COMMUNITY, **right)
    assert sent.status_code == 303, sent.text
    need = sent.headers["Location"]
    assert "楼道灯不亮" in lin.look(need).text
    assert "零距离便民" in lin.look("/me").text
    assert "楼道灯不亮" not in Visitor(front, "wang-er").look(need).text


@pytest.mark.parametrize(
    "address", ["/me", "/inbox", "/signups/01JXA3V9Q2M8T6K4R7W5N1B0CD"]
)
def test_who_is_nobody_in_particular_signs_in_first_and_is_led_back(
    front: Gateway, address: str
) -> None:
    answer = front.client.get(address)
    assert answer.status_code == 303
    back = address.replace("/", "%2F")
    assert answer.headers["Location"] == f"/sign-in?back={back}"
    assert answer.headers["Cache-Control"] == "no-store"


def test_what_a_form_may_not_say_is_refused_as_in_the_api(
    front: Gateway, activity: str
) -> None:
    lin = Visitor(front, "lin-mei")
    more = {"party__0__person": "lin-mei", "state": "confirmed"}
    refused = lin.send(f"/activities/{activity}/sign-up", **more)
    assert refused.status_code == 422
    assert "没有这个字段" in refused.text


def test_a_form_changed_after_it_was_sent_says_so_in_plain_words(
    front: Gateway,
) -> None:
    lin = Visitor(front, "lin-mei")
    right = {"words": "路灯不亮", "category": "零距离便民", "audience": "一老一小"}
    right |= {"urgency": "routine", "community": COMMUNITY, "key": "sent-once"}
    assert lin.send("/needs/new", **right).status_code == 303
    refused = lin.send("/needs/new", **(right | {"words": "路灯还是不亮"}))
    assert refused.status_code == 422
    assert "已经提交过" in refused.text
    assert "Idempotency" not in refused.text
    again = dict(re.findall(r'name="(key)" value="([^"]*)"', refused.text))
    assert again["key"] != "sent-once"
