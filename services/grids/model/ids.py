"""The ids by which what has none of its own is remembered."""


def sent_by(device: str, nonce: str) -> str:
    """What tells a device's record from every other, of any device."""
    return f"{device}:{nonce}"


def at_door(round: str, door: str) -> str:
    """What one door came to in one round."""
    return f"{round}:{door}"
