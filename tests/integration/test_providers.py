"""WeChat, WeCom and DingTalk as servers on this machine that answer as theirs do, with their errors of status 200."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from gateway.signin.providers.contract import Adapter, Identity, Journey, NotProven
from gateway.signin.providers.known import adapters
from services.kit.config.values import BadSetting
from services.kit.ways.configured import ways_in
from services.kit.ways.others import NoAnswer, NotReached
from tests.integration.gateway_stage import DISTRICT, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_sent_codes import RECORD
from tests.integration.test_signing_in import Browser, accept, invite
from tests.others import Other, Request, other
from tests.servers import free_address

WAYS = """
[providers.wechat]
by = "wechat"
client = "wx1"
api = "{url}"
secret_file = "{secret}"
[providers.mini]
by = "wechat-mini"
client = "wx2"
api = "{url}"
secret_file = "{secret}"
[providers.wecom]
by = "wecom"
client = "ww1"
agent = "1000002"
api = "{url}"
secret_file = "{secret}"
[providers.dingtalk]
by = "dingtalk"
client = "ding1"
api = "{url}"
secret_file = "{secret}"
"""
GONE = """
[providers.gone]
by = "oidc"
issuer = "{url}"
client = "c1"
secret_file = "{secret}"
"""
SECRET = "s3cr3t"
JOURNEY = Journey("a secret", "https://xfh.example/sign-in/with/x/back")
SAID = {"code": "C1", "state": JOURNEY.state}


def access_token(asked: Request) -> Any:
    """WeChat's: one code is good once, and its errors have status 200."""
    if asked.query != {
        "appid": "wx1",
        "secret": SECRET,
        "code": "C1",
        "grant_type": "authorization_code",
    }:
        return {"errcode": 40029, "errmsg": "invalid code"}
    return {"access_token": "A1", "expires_in": 7200, "openid": "O1", "unionid": "U1"}


def jscode2session(asked: Request) -> Any:
    if asked.query.get("js_code") != "C1":
        return {"errcode": 40163, "errmsg": "code been used"}
    return {"openid": "O2", "session_key": "k", "unionid": "U1"}


def user_access_token(asked: Request) -> Any:
    if asked.json.get("code") != "C1" or asked.json.get("clientSecret") != SECRET:
        return 400, b'{"code": "invalidParameter.authCode", "message": "no"}'
    return {"accessToken": "D1", "expireIn": 7200}


def contact_me(asked: Request) -> Any:
    headers = {name.lower(): said for name, said in asked.headers.items()}
    if headers.get("x-acs-dingtalk-access-token") != "D1":
        return {"errcode": 40014, "errmsg": "invalid token"}
    return {"unionId": "DU1", "mobile": "13800001234", "stateCode": "86"}


@pytest.fixture
def theirs() -> Iterator[Other]:
    with other(
        sns__jscode2session=jscode2session,
        cgi_bin__gettoken=lambda _: {"access_token": "T1", "expires_in": 7200},
        cgi_bin__auth__getuserinfo=lambda _: {"errcode": 0, "userid": "wang"},
    ) as server:
        server.answers["/sns/oauth2/access_token"] = access_token
        server.answers["/v1.0/oauth2/userAccessToken"] = user_access_token
        server.answers["/v1.0/contact/users/me"] = contact_me
        yield server


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    file = tmp_path / "secret"
    file.write_text(SECRET)
    return file


@pytest.fixture
def of(theirs: Other, secret: Path) -> Callable[[str], Adapter]:
    ways = ways_in(WAYS.format(url=theirs.url, secret=secret))
    return adapters(ways.providers).__getitem__


WHO = {
    "wechat": Identity("wechat", "union/U1"),
    "mini": Identity("wechat", "union/U1"),
    "wecom": Identity("wecom/ww1", "wang"),
    "dingtalk": Identity("dingtalk", "DU1", "+8613800001234"),
}
Of = Callable[[str], Adapter]


@pytest.mark.parametrize("name", WHO)
def test_each_says_who_somebody_is_and_no_log_says_a_secret(
    of: Of, name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """The website and the mini-program know the same person, by the `unionid`."""
    caplog.set_level(logging.DEBUG)
    assert of(name).finish(SAID, JOURNEY) == WHO[name]
    assert SECRET not in caplog.text


@pytest.mark.parametrize("name", WHO)
@pytest.mark.parametrize("said", [{}, {"code": ""}, {"error": "access_denied"}])
def test_without_a_code_nobody_is_proven(
    of: Of, name: str, said: dict[str, str]
) -> None:
    with pytest.raises(NotProven):
        of(name).finish(said, JOURNEY)


@pytest.mark.parametrize("name", ["wechat", "mini", "dingtalk"])
def test_a_code_that_is_wrong_or_used_proves_nobody(of: Of, name: str) -> None:
    with pytest.raises(NotProven):
        of(name).finish({"code": "C2"}, JOURNEY)


@pytest.mark.parametrize(
    ("name", "path", "answer"),
    [
        ("wechat", "/sns/oauth2/access_token", {"errcode": 40163}),
        ("wechat", "/sns/oauth2/access_token", (500, b"{}")),
        ("wechat", "/sns/oauth2/access_token", (200, b"<html>")),
        ("wechat", "/sns/oauth2/access_token", (200, b"[]")),
        ("mini", "/sns/jscode2session", {"errcode": -1}),
        ("mini", "/sns/jscode2session", {"session_key": "k"}),
        ("wecom", "/cgi-bin/gettoken", {"errcode": 40013}),
        ("wecom", "/cgi-bin/auth/getuserinfo", {"errcode": 40029}),
        ("wecom", "/cgi-bin/auth/getuserinfo", {"errcode": 0, "openid": "outsider"}),
        ("dingtalk", "/v1.0/oauth2/userAccessToken", {"errcode": 40078}),
        ("dingtalk", "/v1.0/oauth2/userAccessToken", {}),
        ("dingtalk", "/v1.0/contact/users/me", {"nick": "nobody"}),
    ],
)
def test_an_error_of_whatever_kind_proves_nobody(
    of: Of, theirs: Other, name: str, path: str, answer: Any
) -> None:
    theirs.answers[path] = lambda _: answer
    with pytest.raises(NotProven):
        of(name).finish(SAID, JOURNEY)


def test_without_a_unionid_somebody_is_of_one_application(
    of: Of, theirs: Other
) -> None:
    def userinfo(asked: Request) -> Any:
        assert asked.query == {"access_token": "A1", "openid": "O1"}
        return {"openid": "O1"} | union

    union: dict[str, str] = {}
    token = {"access_token": "A1", "openid": "O1"}
    theirs.answers["/sns/oauth2/access_token"] = lambda _: token
    theirs.answers["/sns/jscode2session"] = lambda _: {"openid": "O1"}
    theirs.answers["/sns/userinfo"] = userinfo
    assert of("wechat").finish(SAID, JOURNEY) == Identity("wechat", "wx1/O1")
    assert of("mini").finish(SAID, JOURNEY) == Identity("wechat", "wx2/O1")
    union["unionid"] = "U1"
    assert of("wechat").finish(SAID, JOURNEY) == WHO["wechat"]


def test_the_corporation_s_token_is_got_once(of: Of, theirs: Other) -> None:
    wecom = of("wecom")
    for _ in range(3):
        wecom.finish(SAID, JOURNEY)
    assert theirs.paths().count("/cgi-bin/gettoken") == 1


def test_a_phone_from_elsewhere_is_none_of_the_mainland(of: Of, theirs: Other) -> None:
    abroad = {"unionId": "DU1", "mobile": "5550100", "stateCode": "1"}
    theirs.answers["/v1.0/contact/users/me"] = lambda _: abroad
    assert of("dingtalk").finish(SAID, JOURNEY) == Identity("dingtalk", "DU1")


@pytest.mark.parametrize(
    ("name", "host", "says"),
    [
        ("wechat", "open.weixin.qq.com", {"appid": ["wx1"], "scope": ["snsapi_login"]}),
        (
            "wecom",
            "login.work.weixin.qq.com",
            {"appid": ["ww1"], "agentid": ["1000002"]},
        ),
        (
            "dingtalk",
            "login.dingtalk.com",
            {"client_id": ["ding1"], "scope": ["openid"]},
        ),
    ],
)
def test_people_are_led_to_the_provider_with_our_state(
    of: Of, name: str, host: str, says: dict[str, list[str]]
) -> None:
    at = urlsplit(of(name).begin(JOURNEY))
    query = parse_qs(at.query)
    assert (at.scheme, at.hostname) == ("https", host)
    assert query["state"] == [JOURNEY.state]
    assert query["redirect_uri"] == [JOURNEY.back]
    assert says.items() <= query.items()
    assert SECRET not in at.query


def test_a_provider_that_is_away_proves_nobody_and_refuses_nobody(
    secret: Path, theirs: Other
) -> None:
    gone = f"http://127.0.0.1:{free_address()[1]}"
    ways = ways_in(WAYS.format(url=gone, secret=secret))
    with pytest.raises((NotReached, NoAnswer)):
        adapters(ways.providers)["wechat"].finish(SAID, JOURNEY)


def test_a_secret_that_is_not_there_stops_the_start(tmp_path: Path) -> None:
    ways = ways_in(WAYS.format(url="http://127.0.0.1", secret=tmp_path / "none"))
    with pytest.raises(BadSetting, match="wechat"):
        adapters(ways.providers)


@pytest.fixture
def gateway(tmp_path: Path, theirs: Other, secret: Path) -> Iterator[Gateway]:
    gone = f"http://127.0.0.1:{free_address()[1]}"
    ways = ways_in(
        WAYS.format(url=theirs.url, secret=secret)
        + GONE.format(url=gone, secret=secret)
    )
    with gateway_over(tmp_path, ways=ways) as gateway:
        yield gateway


def test_a_mini_program_links_and_comes_in_and_the_website_knows_who_it_is(
    gateway: Gateway, theirs: Other
) -> None:
    admin = gateway.token("A1", ("district_admin", DISTRICT))
    person = gateway.done("/people", admin, **RECORD)["id"]
    mini = gateway.client.application.test_client()
    said = {"code": "C1"}
    unknown = mini.post("/sign-in/with/mini/code", json=said)
    assert (unknown.status_code, unknown.get_json()["code"]) == (401, "not_linked")
    browser = Browser(gateway)
    accept(browser, invite(gateway, admin, person))
    linked = browser.post("/sign-in/with/mini/code", said)
    assert linked.get_json() == {"linked": True}
    entered = mini.post("/sign-in/with/mini/code", json=said)
    assert entered.get_json()["person"] == person
    web = Browser(gateway)
    state = parse_qs(
        urlsplit(web.get("/sign-in/with/wechat").headers["Location"]).query
    )["state"][0]
    web.get(f"/sign-in/with/wechat/back?code=C1&state={state}")
    assert web.get("/sign-in/me").get_json()["person"] == person
    assert gateway.client.get("/sign-in/with/mini").status_code == 404


def test_no_page_of_somebody_else_s_sends_a_code(gateway: Gateway) -> None:
    """It would sign its visitors in as somebody else."""
    browser = gateway.client.application.test_client()
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "none"}):
        answer = browser.post(
            "/sign-in/with/mini/code", json={"code": "C1"}, headers=headers
        )
        assert answer.get_json()["code"] == "bad_csrf_token"


def test_what_a_provider_does_not_say_is_told_alike_and_one_that_is_away_too(
    gateway: Gateway, theirs: Other
) -> None:
    theirs.answers["/sns/jscode2session"] = lambda _: (503, b"")
    answer = gateway.client.post("/sign-in/with/mini/code", json={"code": "C1"})
    assert (answer.status_code, answer.get_json()["code"]) == (401, "wrong_credentials")
    away = gateway.client.get("/sign-in/with/gone")
    assert (away.status_code, away.get_json()["code"]) == (503, "provider_away")
