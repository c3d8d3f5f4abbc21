"""Codes on paper, for who has lost their telephone: made here, shown once, and kept by nobody."""

import secrets
from base64 import b32encode

from schemas.people.second_factors import RECOVERY_CODES

BYTES, GROUP, LONG = 8, 4, 12


def new_codes() -> list[str]:
    return [_new_code() for _ in range(RECOVERY_CODES)]


def _new_code() -> str:
    """60 bits, as somebody writes them down: `k3fq-9x2m-7tpa`."""
    text = b32encode(secrets.token_bytes(BYTES)).decode().lower()[:LONG]
    groups = [text[at : at + GROUP] for at in range(0, LONG, GROUP)]
    return "-".join(groups)
