"""What people are found by and let in by, made from keys: nothing of it can be reckoned from a log or a backup."""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from services.kit.config import Settings

PHONE_BYTES = 16
DIGITS = 6
INDEX = "phone."


@dataclass(frozen=True, slots=True)
class Keys:
    """`phone` finds accounts by number, `door` makes invitations and desk codes.

    There are only some 10¹⁰ numbers: whoever has `phone` and the notes' ids can try them all, so it is as secret as
    the numbers are.
    """

    phone: bytes
    door: bytes

    def phone_note(self, number: str) -> str:
        """The id of the note in which the account of a number is found."""
        mac = hmac.digest(self.phone, number.encode(), "sha256")
        return f"{INDEX}{mac[:PHONE_BYTES].hex()}"

    def invitation(self, id: str) -> str:
        """256 bits that nobody can tell from the invitation's id without the key."""
        mac = self._of_the_door("invitation", id)
        return urlsafe_b64encode(mac).rstrip(b"=").decode()

    def digits(self, code: str) -> str:
        """The six digits of a desk code."""
        return self._digits("desk", code)

    def sent_digits(self, code: str) -> str:
        """The six digits of a code that is sent: kept nowhere, they follow from its id."""
        return self._digits("sent", code)

    def asked_number(self, number: str) -> str:
        """By what it is counted how often a code was asked for to a number; leads to nobody's account."""
        return hmac.digest(self.phone, f"asked/{number}".encode(), "sha256").hex()

    def _digits(self, kind: str, id: str) -> str:
        number = int.from_bytes(self._of_the_door(kind, id))
        return f"{number % 10**DIGITS:0{DIGITS}}"

    def turn(self, hash: str, turn: int) -> str:
        """The proof that a program was given this turn of the session with that hash."""
        mac = self._of_the_door("turn", f"{hash}/{turn}")
        return urlsafe_b64encode(mac).rstrip(b"=").decode()

    def _of_the_door(self, kind: str, id: str) -> bytes:
        return hmac.digest(self.door, f"{kind}/{id}".encode(), "sha256")


def is_index(note: str) -> bool:
    """Whether it is the id of a note by which an account is found."""
    return note.startswith(INDEX)


def keys_of(settings: Settings) -> Keys:
    return Keys(settings.phone_key(), settings.way_key())
