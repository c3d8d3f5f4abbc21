"""Tokens: what was signed here is believed for as long as it says, everything else is not."""

import base64
import hmac
import json
import time
from pathlib import Path
from typing import Any

import marshmallow as ma
import pytest
from hypothesis import given
from hypothesis import strategies as st
from joserfc import jws, jwt
from joserfc.jwk import OKPKey

from schemas.token import AUDIENCE, ISSUER, RESERVED
from services.kit.actor import Actor, Role
from services.kit.bearers import tokens
from services.kit.config import Settings
from services.kit.errors import Unauthenticated

KEY = OKPKey.generate_key("Ed25519")
VERIFIER = tokens.Verifier(KEY)


def claims(**other: Any) -> dict[str, Any]:
    now = int(time.time())
    held = [{"role": "resident", "scope": "510108"}]
    given = {
        "iss": ISSUER,
        "aud": AUDIENCE,
        "sub": "P1",
        "iat": now,
        "exp": now + 60,
        "roles": held,
        **other,
    }
    return {name: value for name, value in given.items() if value is not ...}


def signed(said: dict[str, Any], key: OKPKey = KEY) -> str:
    return jwt.encode(
        {"alg": tokens.ALGORITHM}, said, key, algorithms=[tokens.ALGORITHM]
    )


def by_hand(
    header: dict[str, Any], said: dict[str, Any], signature: bytes = b""
) -> str:
    parts = [json.dumps(part).encode() for part in (header, said)] + [signature]
    return ".".join(
        base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts
    )


def refusal(token: str, verifier: tokens.Verifier = VERIFIER) -> str:
    with pytest.raises(Unauthenticated) as refused:
        verifier.actor(token)
    return refused.value.code


def test_an_issued_token_tells_who_holds_it_and_in_which_roles(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    roles = [
        Role("street_admin", "510108002"),
        Role("unit_liaison", "unit/U1"),
        Role("district_analyst", "*"),
    ]
    token = tokens.issue(settings, "P1", roles, hours=1)
    assert tokens.Verifier(tokens.public_key(settings)).actor(token) == Actor(
        "P1", tuple(roles)
    )


def test_a_token_may_hold_a_role_without_a_scope(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    token = tokens.issue(settings, "P1", [Role("street_admin", "")], hours=1)
    assert tokens.Verifier(tokens.public_key(settings)).actor(token) == Actor(
        "P1", (Role("street_admin", ""),)
    )
    assert VERIFIER.actor(signed(claims(roles=[{"role": "resident"}]))) == Actor(
        "P1", (Role("resident", ""),)
    )
    assert (
        refusal(signed(claims(roles=[{"role": "street_admin", "scope": ""}])))
        == "token_forged"
    )


def test_keys_are_made_once_and_only_their_owner_reads_them(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    assert (
        tokens.public_key(settings).as_dict() == tokens.public_key(settings).as_dict()
    )
    assert (
        tokens.private_key(settings).thumbprint()
        == tokens.public_key(settings).thumbprint()
    )
    assert (settings.keys / "token.pem").stat().st_mode & 0o077 == 0


def test_where_only_the_public_key_is_kept_no_other_is_made(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    settings.keys.mkdir()
    (settings.keys / "token.pub.pem").write_bytes(KEY.as_pem(private=False))
    assert (
        tokens.Verifier(tokens.public_key(settings)).actor(signed(claims())).id == "P1"
    )
    assert not (settings.keys / "token.pem").exists()


@pytest.mark.parametrize(
    ("sub", "role", "scope"),
    [("13800138000", "resident", "*"), ("P1", "king", "*"), ("P1", "resident", "moon")],
)
def test_a_token_nobody_could_use_is_not_issued(
    tmp_path: Path, sub: str, role: str, scope: str
) -> None:
    with pytest.raises(ma.ValidationError):
        tokens.issue(Settings(data=tmp_path), sub, [Role(role, scope)], hours=1)


def test_a_token_ends_at_its_time_even_when_it_was_believed_before() -> None:
    now = time.time()
    verifier = tokens.Verifier(KEY, lambda: now)
    token = signed(claims())
    assert verifier.actor(token).id == "P1"
    now += 61
    assert refusal(token, verifier) == "token_expired"


def test_a_token_of_another_key_is_forged() -> None:
    assert refusal(signed(claims(), OKPKey.generate_key("Ed25519"))) == "token_forged"


def test_a_changed_token_is_forged() -> None:
    head, body, signature = signed(claims()).split(".")
    other = signed(claims(sub="P2")).split(".")[1]
    assert refusal(f"{head}.{other}.{signature}") == "token_forged"
    assert refusal(f"{head}.{body}.{signature[:-4]}AAAA") == "token_forged"


@pytest.mark.parametrize(
    "alg", ["none", "None", "", "HS256", "EdDSA", "RS256", None, 1]
)
def test_a_token_cannot_choose_another_algorithm(alg: Any) -> None:
    assert refusal(by_hand({"alg": alg, "typ": "JWT"}, claims())) == "token_forged"


def test_the_public_key_is_no_shared_secret() -> None:
    unsigned = by_hand({"alg": "HS256", "typ": "JWT"}, claims()).rstrip(".")
    mac = hmac.digest(KEY.as_pem(private=False), unsigned.encode(), "sha256")
    assert (
        refusal(f"{unsigned}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}")
        == "token_forged"
    )


@pytest.mark.parametrize(
    "other",
    [
        {"iss": "somebody"},
        {"aud": "another"},
        {"aud": ...},
        {"exp": ...},
        {"exp": "tomorrow"},
        {"exp": 1e400},
        {"iat": 4_000_000_000},
        {"sub": ...},
        {"sub": "13800138000"},
        {"sub": "a b"},
        {"sub": " P1"},
        {"sub": "P1\n"},
        {"sub": ["P1"]},
        {"iss": f" {ISSUER}"},
        {"aud": f"{AUDIENCE}\t"},
        {"aud": [AUDIENCE]},
        {"nbf": "now"},
        {"nbf": 1.5},
        {"nbf": True},
        {"roles": ...},
        {"roles": "district_admin"},
        {"roles": [["district_admin", "*"]]},
        {"roles": [{"role": "district_admin", "scope": None}]},
        {"roles": [{"role": "system", "scope": "*"}]},
        {"roles": [{"role": "operator", "scope": "*"}]},
        {"roles": [{"role": "district_admin", "scope": "everywhere"}]},
        {"roles": [{"role": "district_admin", "scope": "51"}]},
        {"roles": [{"role": "district_admin", "scope": " 510108"}]},
        {"roles": [{"role": "district_admin", "scope": "* "}]},
        {"roles": [{"role": "district_admin ", "scope": "*"}]},
        {"roles": [{"role": "district_admin", "scope": "５１０１０８"}]},
        {"roles": [{"role": "unit_liaison", "scope": "unit/U1\n"}]},
        {"roles": [{"role": 7, "scope": "*"}]},
        {"roles": [{"role": "King", "scope": "*"}]},
        {"roles": ["king"]},
        {"roles": [{"role": "king", "scope": "*"}] * 51},
        {"roles": [{"role": "resident", "scope": "*"}] * 51},
        *({"sub": reserved} for reserved in RESERVED),
    ],
    ids=str,
)
def test_claims_that_make_no_sense_are_forged(other: dict[str, Any]) -> None:
    assert refusal(signed(claims(**other))) == "token_forged"


def test_a_role_that_is_not_known_here_yet_gives_nothing_and_breaks_nothing() -> None:
    known = {"role": "resident", "scope": "510108"}
    to_come = [
        {"role": "expert", "scope": "panel/P1", "since": "2027-01-01"},
        {"role": "king"},
    ]
    assert VERIFIER.actor(signed(claims(roles=[*to_come, known]))) == Actor(
        "P1", (Role("resident", "510108"),)
    )


def test_a_token_is_not_believed_before_its_time() -> None:
    now = time.time()
    verifier = tokens.Verifier(KEY, lambda: now)
    token = signed(claims(nbf=int(now) + 600, exp=int(now) + 3600))
    assert refusal(token, verifier) == "token_not_yet_valid"
    now += 601
    assert verifier.actor(token).id == "P1"


@pytest.mark.parametrize(
    "twice",
    [
        '"sub":"P1","sub":"P2"',
        '"sub":"P2","sub":"P1"',
        '"roles":[],"roles":[{"role":"district_admin","scope":"*"}]',
    ],
)
def test_a_claim_said_twice_is_none(twice: str) -> None:
    said = json.dumps(claims(sub=..., roles=...))
    rest = '"roles":[]' if "sub" in twice else '"sub":"P1"'
    payload = f"{said[:-1]},{rest},{twice}}}".encode()
    token = jws.serialize_compact(
        {"alg": tokens.ALGORITHM}, payload, KEY, algorithms=[tokens.ALGORITHM]
    )
    assert refusal(token) == "token_forged"


def test_no_roles_at_all_are_a_token_too() -> None:
    assert VERIFIER.actor(signed(claims(roles=[]))) == Actor("P1")


@given(st.text() | st.binary().map(lambda raw: base64.urlsafe_b64encode(raw).decode()))
def test_no_text_is_mistaken_for_a_token(text: str) -> None:
    assert refusal(text) == "token_forged"
    assert refusal(f"{text}.{text}.{text}") == "token_forged"


@given(
    st.dictionaries(
        st.text(), st.none() | st.integers() | st.text() | st.lists(st.text())
    )
)
def test_no_header_is_mistaken_for_ours(header: dict[str, Any]) -> None:
    assert refusal(by_hand(header, claims(), b"x" * 64)) == "token_forged"
