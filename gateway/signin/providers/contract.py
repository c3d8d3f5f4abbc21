"""What every provider does: leads somebody away, and says who came back."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Protocol

from services.kit.ways import others

MOST_OF_A_NAME = 255  # OpenID Connect Core 1.0, section 2, of `sub`.


class NotProven(Exception):
    """The provider does not say who somebody is, or what it says does not hold. What was wrong is told to nobody."""


@dataclass(frozen=True, slots=True)
class Identity:
    """`issuer` and `subject` together are one person's for ever. A phone is one the provider has verified, or ""."""

    issuer: str
    subject: str
    verified_phone: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """One way there and back. All of it follows from a secret that the browser keeps meanwhile, and nobody else has."""

    secret: str
    back: str
    """Where the provider sends people back to: an address of the gateway's, in full."""

    @property
    def state(self) -> str:
        return self._of("state")

    @property
    def nonce(self) -> str:
        return self._of("nonce")

    @property
    def verifier(self) -> str:
        """PKCE's (RFC 7636): 64 characters."""
        return self._of("verifier")

    def _of(self, what: str) -> str:
        return sha256(f"{what}.{self.secret}".encode()).hexdigest()


class Adapter(Protocol):
    def begin(self, journey: Journey) -> str:
        """Where to lead somebody to. Asks the provider at most for what it says of itself."""
        ...

    def finish(self, said: Mapping[str, str], journey: Journey) -> Identity:
        """Who somebody is, by what they came back with. `state` was looked at.

        Raises `NotProven`, or what `services.kit.ways.others` raises.
        """
        ...


def named_in(answer: Mapping[str, Any], name: str) -> str:
    """How the provider calls somebody or lends a token; "" where it says none. Raises `NotProven` for no such name."""
    try:
        said = others.text_in(answer, name)
    except others.SaysNo as refusal:
        raise NotProven from refusal
    return said


def subject_in(answer: Mapping[str, Any], name: str) -> str:
    """Who somebody is there. Raises `NotProven` where that is not said, or is too long to be a name."""
    subject = named_in(answer, name)
    if not 0 < len(subject) <= MOST_OF_A_NAME:
        raise NotProven
    return subject


def code_in(said: Mapping[str, str]) -> str:
    """Raises `NotProven` when there is none, as when somebody said no over there."""
    code = said.get("code", "")
    if not code:
        raise NotProven
    return code
