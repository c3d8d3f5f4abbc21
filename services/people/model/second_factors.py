"""Digits that change every half minute (RFC 6238), and what is kept of the codes on paper."""

import json
from datetime import datetime
from hmac import compare_digest

from pyotp import TOTP, random_base32

from schemas.documents import Json

STEP_S = 30
OFFERED, ON, OFF = "offered", "on", "off"
ISSUER = "先锋荟"
# Clocks differ by some seconds, and so do people: the digits of just before and just after are good too.
NEAR = 1


def with_secret(payload: Json) -> Json:
    """The payload with a new secret of 160 bits."""
    return payload | {"secret": random_base32()}


def uri(secret: str, name: str) -> str:
    return TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER)


def step_of(secret: str, digits: str, now: datetime) -> int | None:
    """The half minute whose digits these are, among those near now; None when they are of none."""
    present = int(now.timestamp()) // STEP_S
    for step in range(present - NEAR, present + NEAR + 1):
        if compare_digest(TOTP(secret).at(step * STEP_S), digits):
            return step
    return None


def written(hashes: list[str]) -> str:
    return json.dumps(hashes)


def read(note: str) -> list[str]:
    hashes: list[str] = json.loads(note) if note else []
    return hashes
