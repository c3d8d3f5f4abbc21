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
    worker = front.token("W1", ("community_worker", COMMUNITY))
    content: dict[str, Any] = dict(CONTENT)
    one: str = front.done("/activities", worker, **content)["id"]
    for step in ("publish", "open"):
        front.done(f"/activities/{one}/{step}", worker)
    return one


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
