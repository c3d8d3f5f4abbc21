"""Codes on paper, which nobody can guess or recall: made again from the key when wanted, kept nowhere."""

import base64
import hmac

BITS_OF_A_LETTER = 5  # A-Z and 2-7.


def printed(kind: str, id: str, letters: int, key: bytes) -> str:
    """Of one thing of a kind, good for nothing else. At most 51 letters."""
    digest = hmac.digest(key, f"{kind}:{id}".encode(), "sha256")
    return base64.b32encode(digest).decode()[:letters]
