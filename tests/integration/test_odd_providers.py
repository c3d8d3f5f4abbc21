"""Those who say who somebody is, answering in another shape: that proves nobody, and is no defect of ours."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from gateway.signin.providers.contract import Adapter, NotProven
from gateway.signin.providers.known import adapters
from schemas.documents import Json, without
from services.kit.ways import others
from services.kit.ways.configured import ways_in
from tests.integration.test_providers import (
    GONE,
    JOURNEY,
    SAID,
    WAYS,
    access_token,
    contact_me,
    jscode2session,
    user_access_token,
)
from tests.others import Other, other

KEY = RSAKey.generate_key(2048, parameters={"kid": "k1"})
ODD: tuple[Any, ...] = (
    *(None, 0, -1, True, 1e308, "", "x", "令", "\n", "a" * 9_000),
    *([], ["x"], [[]], {}, {"a": 1}),
)
SAYS_SO = (NotProven, others.NoAnswer, others.SaysNo)


def claims(url: str) -> Json:
    now = int(time.time())
    who = {"iss": url, "sub": "u1", "aud": "c1", "nonce": JOURNEY.nonce}
    return who | {"iat": now, "exp": now + 300, "at_hash": "x"}


def signed(said: Json) -> str:
    return jwt.encode({"alg": "RS256", "kid": "k1"}, said, KEY)


@pytest.fixture
def theirs() -> Iterator[Other]:
    with other(
        sns__jscode2session=jscode2session,
        cgi_bin__gettoken=lambda _: {"access_token": "T1", "expires_in": 7200},
        cgi_bin__auth__getuserinfo=lambda _: {"errcode": 0, "userid": "wang"},
        sns__userinfo=lambda _: {"openid": "O1"},
    ) as server:
        server.answers["/sns/oauth2/access_token"] = access_token
        server.answers["/v1.0/oauth2/userAccessToken"] = user_access_token
        server.answers["/v1.0/contact/users/me"] = contact_me
        server.answers["/.well-known/openid-configuration"] = lambda _: {
            "issuer": server.url,
            "authorization_endpoint": f"{server.url}/authorize",
            "token_endpoint": f"{server.url}/token",
            "jwks_uri": f"{server.url}/keys",
        }
        server.answers["/keys"] = lambda _: {"keys": [KEY.as_dict(private=False)]}
        token = signed(without(claims(server.url), "at_hash"))
        server.answers["/token"] = lambda _: {
            "access_token": "a",
            "token_type": "Bearer",
            "expires_in": 300,
            "id_token": token,
        }
        yield server


def adapter(name: str, theirs: Other, folder: Path) -> Adapter:
    """A new one, who knows nothing yet."""
    secret = folder / "secret"
    secret.write_text("s3cr3t")
    text = (WAYS + GONE).format(url=theirs.url, secret=secret)
    return adapters(ways_in(text).providers)[name]


def with_one_odd(answer: Json) -> Iterator[Json]:
    """The answer with each part, and with nothing, in turn of another shape or left out."""
    for name in (*answer, "errcode", "error", "unionid"):
        yield without(answer, name)
        yield from (answer | {name: odd} for odd in ODD)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("wechat", "/sns/oauth2/access_token"),
        ("wechat", "/sns/userinfo"),
        ("mini", "/sns/jscode2session"),
        ("wecom", "/cgi-bin/gettoken"),
        ("wecom", "/cgi-bin/auth/getuserinfo"),
        ("dingtalk", "/v1.0/oauth2/userAccessToken"),
        ("dingtalk", "/v1.0/contact/users/me"),
        ("gone", "/.well-known/openid-configuration"),
        ("gone", "/keys"),
        ("gone", "/token"),
    ],
)
def test_an_answer_of_another_shape_is_no_defect(
    theirs: Other, tmp_path: Path, name: str, path: str
) -> None:
    answers: list[Any] = []
    right = theirs.answers[path]

    def asked(request: Any) -> Any:
        answers[:] = [right(request)]
        return answers[0]

    theirs.answers[path] = asked
    if path == "/sns/userinfo":
        token = {"access_token": "A1", "openid": "O1"}
        theirs.answers["/sns/oauth2/access_token"] = lambda _: token
    adapter(name, theirs, tmp_path).finish(SAID, JOURNEY)
    [answer] = answers
    for odd in (*ODD, *with_one_odd(answer)):
        must_be_somebody_or_nobody(adapter(name, theirs, tmp_path), theirs, path, odd)


def must_be_somebody_or_nobody(
    one: Adapter, theirs: Other, path: str, odd: Any
) -> None:
    theirs.answers[path] = lambda _: odd
    try:
        identity = one.finish(SAID, JOURNEY)
    except SAYS_SO:
        return
    subject = identity.subject.rpartition("/")[2]
    assert subject in {"O1", "O2", "U1", "wang", "DU1", "u1", "x"}, odd
    assert subject != "x" or "x" in odd.values(), odd


def test_a_claim_of_another_shape_is_no_defect(theirs: Other, tmp_path: Path) -> None:
    right = claims(theirs.url)
    for name in right:
        for odd in ODD:
            token = signed(right | {"at_hash": None} | {name: odd})
            answer = {"access_token": "a", "id_token": token}
            one = adapter("gone", theirs, tmp_path)
            must_be_somebody_or_nobody(one, theirs, "/token", answer | {"said": odd})


def test_a_key_of_another_shape_is_no_defect(theirs: Other, tmp_path: Path) -> None:
    right = KEY.as_dict(private=False)
    for odd in (*ODD, *with_one_odd(dict(right))):
        one = adapter("gone", theirs, tmp_path)
        must_be_somebody_or_nobody(one, theirs, "/keys", {"keys": [odd]})


@pytest.mark.parametrize("odd", [None, 0, [], "令", "\n"])
def test_whoever_does_not_say_where_to_go_leads_nobody(
    theirs: Other, tmp_path: Path, odd: Any
) -> None:
    about = {"issuer": theirs.url, "authorization_endpoint": odd}
    theirs.answers["/.well-known/openid-configuration"] = lambda _: about
    with pytest.raises(others.SaysNo):
        adapter("gone", theirs, tmp_path).begin(JOURNEY)
