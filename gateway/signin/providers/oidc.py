"""OpenID Connect, by the authorization code with PKCE: Authlib makes the requests and judges the claims."""

import threading
import time
from collections.abc import Mapping
from typing import Any

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from gateway.signin.providers.contract import (
    Identity,
    Journey,
    NotProven,
    code_in,
    subject_in,
)
from schemas.documents import Json
from services.kit.ways import others
from services.kit.ways.providers import OpenId
from services.kit.ways.tables import secret_in

DISCOVERY = "/.well-known/openid-configuration"
SIGNED_BY = ["RS256", "PS256", "ES256", "RS384", "ES384", "RS512", "ES512", "EdDSA"]
LEEWAY_S = 60
KNOWN_FOR_S = 3600.0
# What the libraries raise for numbers that are lists, and the like.
OF_ANOTHER_SHAPE = (ValueError, TypeError)


class OpenIdConnect:
    """Thread-safe. What the provider says of itself is asked once in a while, its keys when one is unknown."""

    def __init__(self, provider: OpenId):
        self._provider = provider
        self._asking = threading.Lock()
        self._metadata: Json = {}
        self._asked_at = float("-inf")
        self._keys: KeySet | None = None

    def begin(self, journey: Journey) -> str:
        url, _ = self._session(journey).create_authorization_url(
            self._address("authorization_endpoint"),
            state=journey.state,
            nonce=journey.nonce,
            code_verifier=journey.verifier,
        )
        return str(url)

    def finish(self, said: Mapping[str, str], journey: Journey) -> Identity:
        if said.get("iss", self._provider.issuer) != self._provider.issuer:
            raise NotProven  # RFC 9207: another provider's answer.
        token = self._token(code_in(said), journey)
        claims = self._claims(token, journey)
        subject = subject_in(claims, "sub")
        return Identity(self._provider.issuer, subject, _phone_in(claims))

    def _session(self, journey: Journey) -> OAuth2Session:
        return OAuth2Session(
            self._provider.client,
            secret_in(self._provider.secret_file),
            scope=self._provider.scope,
            redirect_uri=journey.back,
            code_challenge_method="S256",
        )

    def _token(self, code: str, journey: Journey) -> Json:
        try:
            token: Json = self._session(journey).fetch_token(
                self._address("token_endpoint"),
                code=code,
                code_verifier=journey.verifier,
                timeout=others.WITHIN_S,
                allow_redirects=False,
            )
        except AuthlibBaseError as error:
            raise NotProven from error
        except (requests.RequestException, *OF_ANOTHER_SHAPE) as error:
            raise others.NoAnswer from error
        return token

    def _claims(self, token: Json, journey: Journey) -> CodeIDToken:
        try:
            read = self._read(str(token.get("id_token", "")))
            claims = CodeIDToken(
                read.claims,
                read.header,
                options={
                    "iss": {"essential": True, "value": self._provider.issuer},
                    "aud": {"essential": True, "value": self._provider.client},
                },
                params={
                    "nonce": journey.nonce,
                    "client_id": self._provider.client,
                    "access_token": token.get("access_token"),
                },
            )
            claims.validate(now=int(time.time()), leeway=LEEWAY_S)
        except (JoseError, AuthlibBaseError, *OF_ANOTHER_SHAPE) as error:
            raise NotProven from error
        return claims

    def _read(self, token: str) -> jwt.Token:
        """Keys are asked for again where one is not known: they are changed from time to time."""
        try:
            return jwt.decode(token, self._known_keys(), algorithms=SIGNED_BY)
        except InvalidKeyIdError:
            self._keys = None
            return jwt.decode(token, self._known_keys(), algorithms=SIGNED_BY)

    def _known_keys(self) -> KeySet:
        if self._keys is None:
            self._keys = _keys_in(others.get_json(self._address("jwks_uri"), {}))
        return self._keys

    def _address(self, name: str) -> str:
        """Of one of the provider's own, as it says."""
        address = others.text_in(self._about(), name)
        if not address:
            raise others.SaysNo(f"no_{name}")
        return address

    def _about(self) -> Json:
        with self._asking:
            if time.monotonic() - self._asked_at > KNOWN_FOR_S:
                about = others.get_json(self._provider.issuer + DISCOVERY, {})
                if about.get("issuer") != self._provider.issuer:
                    raise others.SaysNo("issuer")
                self._metadata, self._asked_at = about, time.monotonic()
            return self._metadata


def _keys_in(answer: Any) -> KeySet:
    try:
        return KeySet.import_key_set(answer)
    except (JoseError, KeyError, *OF_ANOTHER_SHAPE) as error:
        raise others.SaysNo("bad_keys") from error


def _phone_in(claims: Mapping[str, Any]) -> str:
    if claims.get("phone_number_verified") is not True:
        return ""
    return str(claims.get("phone_number", ""))
