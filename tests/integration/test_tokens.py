"""Tokens over HTTP: what a program is given, for how long, and what is tried with what others were given."""

import hmac
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, KeySetSerialization, OKPKey
from werkzeug.test import TestResponse

from schemas.people.tokens import LASTS_S
from services.kit.bearers import signing_keys, tokens
from services.kit.bearers.signing_keys import ALGORITHM, Ring
from services.kit.bearers.tokens import Verifier
from services.kit.errors import Unauthenticated
from tests.integration.gateway_stage import COMMUNITY, DISTRICT, Gateway
from tests.integration.gateway_stage import gateway as gateway_over
from tests.integration.test_signing_in import (
    PASSWORD,
    PHONE,
    RECORD,
    Browser,
    accept,
    access_of,
    grant,
    invite,
)
from tests.unit.kit.test_gateway_tokens import by_hand

ELSEWHERE = "https://elsewhere.example"
STAFFS = f"/people?division={COMMUNITY}"
BY_PASSWORD = {"phone": PHONE, "password": PASSWORD}


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    with gateway_over(Path(tmp_path_factory.mktemp("tokens"))) as gateway:
        gateway.client.application.verifier.ring = Ring(gateway.settings)  # type: ignore[attr-defined]
        yield gateway


@pytest.fixture(scope="module")
def admin(gateway: Gateway) -> str:
    return gateway.token("A1", ("district_admin", DISTRICT))


@pytest.fixture(scope="module")
def person(gateway: Gateway, admin: str) -> str:
    """Somebody with an account, who works for the community."""
    id: str = gateway.done("/people", admin, **RECORD)["id"]
    grant(gateway, admin, id)
    accept(Browser(gateway), invite(gateway, admin, id))
    return id


@pytest.fixture
def browser(gateway: Gateway, person: str) -> Browser:
    gateway.client.application.extensions["throttle"].forget()
    browser = Browser(gateway)
    assert browser.sign_in("password", **BY_PASSWORD).status_code == 200
    return browser


def program(gateway: Gateway) -> Any:
    """What a program is given for a password."""
    gateway.client.application.extensions["throttle"].forget()
    answer = gateway.post("/tokens", **BY_PASSWORD)
    assert answer.status_code == 201, answer.text
    return answer.get_json()


def refresh(gateway: Gateway, given: Any) -> TestResponse:
    return gateway.post("/tokens/refresh", refresh_token=given["refresh_token"])


def must_be(answer: TestResponse, status: int, code: str) -> None:
    assert (answer.status_code, answer.get_json()["code"]) == (status, code)


def test_a_password_gives_tokens_of_minutes_with_the_roles_held_now(
    gateway: Gateway, person: str
) -> None:
    given = program(gateway)
    assert (given["person"], given["expires_in"]) == (person, LASTS_S)
    assert gateway.get(STAFFS, given["access_token"]).status_code == 200
    keys = gateway.client.get("/.well-known/jwks.json").get_json()
    ring = KeySet.import_key_set(KeySetSerialization(keys=keys["keys"]))
    read = jwt.decode(given["access_token"], ring, algorithms=[ALGORITHM])
    assert read.header["kid"] == keys["keys"][0]["kid"]
    assert read.claims["exp"] - read.claims["iat"] == LASTS_S
    assert "d" not in keys["keys"][0]


def test_who_is_signed_in_by_page_gives_tokens_to_a_program(
    gateway: Gateway, browser: Browser, person: str
) -> None:
    answer = browser.post("/api/v1/tokens")
    assert answer.status_code == 201, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    token = answer.get_json()["access_token"]
    assert gateway.get("/people/me", token).get_json()["id"] == person


def test_a_wrong_password_gives_none_and_is_told_as_on_a_page(
    gateway: Gateway, person: str
) -> None:
    said = BY_PASSWORD | {"password": "wrong password"}
    must_be(gateway.post("/tokens", **said), 401, "wrong_credentials")


def test_a_refreshed_pair_goes_on_and_the_one_before_is_good_for_nothing(
    gateway: Gateway, person: str
) -> None:
    first = program(gateway)
    second = refresh(gateway, first)
    assert second.status_code == 200
    third = refresh(gateway, second.get_json())
    assert third.get_json()["session"] == first["session"]
    assert gateway.get(STAFFS, third.get_json()["access_token"]).status_code == 200


def pass_the_while(gateway: Gateway) -> None:
    """In which a turn may be said again."""
    clock = gateway.settings.data / "clock"
    moved = float(clock.read_text()) if clock.exists() else 0
    clock.write_text(str(moved + 11))


def test_said_again_at_once_it_gives_the_same(gateway: Gateway, person: str) -> None:
    """As by the tabs of one browser, or who got no answer: under whatever key, and the next turn is as good."""
    first = program(gateway)
    answers = [refresh(gateway, first) for _ in range(8)]
    assert {answer.status_code for answer in answers} == {200}
    (following,) = {answer.get_json()["refresh_token"] for answer in answers}
    tokens = {answer.get_json()["access_token"] for answer in answers}
    assert {gateway.get(STAFFS, token).status_code for token in tokens} == {200}
    assert refresh(gateway, {"refresh_token": following}).status_code == 200


@pytest.mark.parametrize("turns", [1, 3])
def test_a_replayed_refresh_token_kills_its_family(
    gateway: Gateway, person: str, turns: int
) -> None:
    """However old it is: somebody has a copy, and nobody can tell who."""
    stolen = latest = program(gateway)
    for _ in range(turns):
        latest = refresh(gateway, latest).get_json()
    pass_the_while(gateway)
    must_be(refresh(gateway, stolen), 401, "refresh_replayed")
    must_be(refresh(gateway, latest), 401, "session_over")
    must_be(gateway.get(STAFFS, latest["access_token"]), 401, "token_outdated")


def test_a_family_dies_alone(gateway: Gateway, browser: Browser) -> None:
    stolen, other = program(gateway), program(gateway)
    refresh(gateway, stolen)
    pass_the_while(gateway)
    must_be(refresh(gateway, stolen), 401, "refresh_replayed")
    assert refresh(gateway, other).status_code == 200
    assert browser.get("/sign-in/me").get_json()["signed_in"]


def test_a_person_sees_their_programs_and_ends_one(
    gateway: Gateway, browser: Browser
) -> None:
    given = program(gateway)
    given = refresh(gateway, given).get_json()
    listed = browser.get("/api/v1/people/me/sessions").get_json()["items"]
    programs = [one["id"] for one in listed if one.get("for_program")]
    assert given["session"] in programs
    assert not {"hash", "turn", "turned_at"} & {key for one in listed for key in one}
    path = "/api/v1/people/me/sessions/end"
    ended = browser.post(path, {"session": given["session"]})
    assert ended.status_code == 200, ended.text
    must_be(refresh(gateway, given), 401, "session_over")


def test_signing_out_everywhere_ends_programs_too(
    gateway: Gateway, browser: Browser
) -> None:
    given = program(gateway)
    browser.post("/api/v1/people/me/sign-out-everywhere")
    access_of(gateway).look_again()
    must_be(gateway.get("/people/me", given["access_token"]), 401, "token_outdated")
    must_be(refresh(gateway, given), 401, "session_over")


@pytest.mark.parametrize(
    "headers",
    [{"X-CSRF-Token": ""}, {"X-CSRF-Token": "00" * 32}, {"Origin": ELSEWHERE}],
)
def test_csrf_another_s_page_gets_no_tokens_by_a_cookie(
    browser: Browser, headers: dict[str, str]
) -> None:
    must_be(browser.post("/api/v1/tokens", **headers), 403, "bad_csrf_token")


def test_csrf_a_form_gets_no_tokens_by_a_cookie(browser: Browser) -> None:
    kind = "application/x-www-form-urlencoded"
    sent = {"Origin": "http://localhost"}
    answer = browser.client.post("/api/v1/tokens", content_type=kind, headers=sent)
    must_be(answer, 403, "bad_csrf_token")


def test_scope_confusion_a_token_gives_no_other(gateway: Gateway, person: str) -> None:
    """A stolen token of minutes does not become one of days."""
    given = program(gateway)
    for token in (given["access_token"], given["refresh_token"]):
        assert gateway.post("/tokens", token).status_code == 401


def test_scope_confusion_what_a_program_keeps_is_no_cookie_nor_bearer(
    gateway: Gateway, person: str
) -> None:
    kept = program(gateway)["refresh_token"]
    must_be(gateway.get(STAFFS, kept), 401, "token_forged")
    for secret in (kept, kept.removeprefix("xfhr_").partition(".")[0]):
        browser = Browser(gateway)
        browser.client.set_cookie("xfh", secret)
        assert browser.get("/sign-in/me").get_json() == {"signed_in": False}


def test_scope_confusion_a_cookie_is_no_refresh_token(
    gateway: Gateway, browser: Browser
) -> None:
    _, turn, proof = program(gateway)["refresh_token"].split(".")
    for made in (browser.cookie, f"xfhr_{browser.cookie}.{turn}.{proof}"):
        answer = gateway.post("/tokens/refresh", refresh_token=made)
        must_be(answer, 401, "session_over")


def test_fixation_no_program_chooses_what_it_is_let_in_by(
    gateway: Gateway, person: str
) -> None:
    secret, turn, proof = program(gateway)["refresh_token"].split(".")
    other = program(gateway)["refresh_token"].split(".")
    assert (secret, proof) != (other[0], other[2])
    for made in (
        f"{secret}.{int(turn) + 1}.{proof}",
        f"{secret}.{turn}.{other[2]}",
        f"{other[0]}.{turn}.{proof}",
        f"{secret}.0.{proof}",
        secret,
    ):
        answer = gateway.post("/tokens/refresh", refresh_token=made)
        must_be(answer, 401, "session_over")


@pytest.mark.parametrize(
    "more",
    [{"roles": []}, {"person": "A1"}, {"for_program": False}, {"session": "ab" * 32}],
)
def test_mass_assignment_nothing_but_number_and_password_is_taken(
    gateway: Gateway, person: str, more: dict[str, Any]
) -> None:
    must_be(gateway.post("/tokens", **(BY_PASSWORD | more)), 422, "unknown_field")


def test_a_revoked_role_is_in_no_token_and_ends_those_that_name_it(
    gateway: Gateway, admin: str, person: str
) -> None:
    community = "510108002001"
    role = {"role": "community_worker", "scope": community, "basis": "聘用"}
    other = gateway.done("/people", admin, **RECORD)["id"]
    held = gateway.done(f"/people/{other}/roles", admin, **role)["id"]
    phone = {"phone": "13700009999", "password": PASSWORD}
    accept(Browser(gateway), invite(gateway, admin, other), phone["phone"])
    given = gateway.post("/tokens", **phone).get_json()
    assert gateway.get(STAFFS, given["access_token"]).status_code == 200
    gateway.done(f"/roles/{held}/revoke", admin, reason="离任")
    access_of(gateway).look_again()
    must_be(gateway.get(STAFFS, given["access_token"]), 401, "token_outdated")
    new = refresh(gateway, given).get_json()
    assert gateway.get(STAFFS, new["access_token"]).status_code == 403
    assert gateway.get("/people/me", new["access_token"]).status_code == 200


def claims_of(**other: Any) -> dict[str, Any]:
    now = int(time.time())
    held = [{"role": "district_admin", "scope": DISTRICT}]
    about = {"iss": "xianfenghui", "aud": "xfh", "sub": "A1", "roles": held}
    return about | {"iat": now, "exp": now + 60} | other


def test_a_token_of_a_foreign_kid_is_forged(gateway: Gateway) -> None:
    own, foreign = OKPKey.generate_key("Ed25519"), OKPKey.generate_key("Ed25519")
    ours = tokens.public_key(gateway.settings).thumbprint()
    for kid in (own.thumbprint(), foreign.thumbprint(), ours, "../token.pem"):
        header = {"alg": ALGORITHM, "kid": kid}
        made = jwt.encode(header, claims_of(), own, algorithms=[ALGORITHM])
        must_be(gateway.get(STAFFS, made), 401, "token_forged")


@pytest.mark.parametrize("alg", ["none", "HS256", "EdDSA"])
def test_a_token_of_another_algorithm_is_forged_whatever_kid_it_names(
    gateway: Gateway, alg: str
) -> None:
    """HS256 with what everybody may read as its secret."""
    public = tokens.public_key(gateway.settings)
    header = {"alg": alg, "typ": "JWT", "kid": public.thumbprint()}
    said = by_hand(header, claims_of()).rstrip(".")
    pem = public.as_pem(private=False)
    mac = hmac.digest(pem, said.encode(), "sha256") if alg != "none" else b""
    forged = f"{said}.{urlsafe_b64encode(mac).decode().rstrip('=')}"
    must_be(gateway.get(STAFFS, forged), 401, "token_forged")


def test_an_expired_token_is_told_so(gateway: Gateway) -> None:
    """Whatever key signed it: it gets no other answer by being older."""
    key = tokens.private_key(gateway.settings)
    said = claims_of(exp=int(time.time()) - 1)
    header = {"alg": ALGORITHM, "kid": key.thumbprint()}
    made = jwt.encode(header, said, key, algorithms=[ALGORITHM])
    must_be(gateway.get(STAFFS, made), 401, "token_expired")


def test_a_rotated_key_signs_and_the_one_before_is_believed_until_its_end(
    tmp_path: Path,
) -> None:
    with gateway_over(tmp_path) as gateway:
        settings, now = gateway.settings, [time.time()]
        ring = Ring(settings, now=lambda: now[0])
        verifier = Verifier(ring)
        before = gateway.token("A1", ("district_admin", DISTRICT))
        assert verifier.actor(before).id == "A1"
        kid = signing_keys.rotate(settings, keep_s=600)
        now[0] += 1
        after = gateway.token("A1", ("district_admin", DISTRICT))
        assert verifier.actor(before) == verifier.actor(after)
        assert ring.public()[0]["kid"] == kid
        assert len(ring.public()) == 2
        now[0] += 600
        with pytest.raises(Unauthenticated):
            verifier.actor(before)
        assert verifier.actor(after).id == "A1"
        signing_keys.rotate(settings, keep_s=0)
        now[0] += 1
        with pytest.raises(Unauthenticated):
            verifier.actor(after)
