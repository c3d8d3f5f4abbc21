"""The ids by which what has none of its own is remembered."""


def sent_by(device: str, nonce: str) -> str:
    """What tells a device's record from every other, of any device."""
    return f"{device}:{nonce}"


def asked_in(round: str, place: str) -> str:
    """What one door, or one grid, came to in one round."""
    return f"{round}:{place}"
