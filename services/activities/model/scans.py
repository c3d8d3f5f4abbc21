"""The ids by which the use of an own code, a scan of a device and a mark undone are remembered."""

from schemas.documents import Json


def use_id(code_hash: str) -> str:
    """What the use of an own code is remembered by. No device has such a name."""
    return f"own/{code_hash}"


def scan_id(scan: Json) -> str:
    """What tells a device's scan from every other of the session. What others call theirs is no concern of it."""
    return ":".join((scan["session"], scan["device"], scan["nonce"]))


def undone_id(command: Json, direction: str) -> str:
    """What a mark that was undone is remembered by: the paper it stood on may come again."""
    return ":".join((command["session"], command["person"], direction, command["at"]))
