"""What a rule is told where nobody knows better: as if nothing had been noted, nobody merged, and no key made."""

from collections.abc import Sequence


def nothing_noted(id: str) -> str:
    """As if every note had been erased."""
    return ""


def nobody() -> Sequence[str]:
    """As if no one had ever been merged into the actor."""
    return ()


def alone(id: str) -> Sequence[str]:
    """As if nobody had ever made a key or been merged."""
    return (id,)


def itself(id: str) -> str:
    """As if nobody had ever made a key or been merged."""
    return id
