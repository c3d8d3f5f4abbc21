"""How far a list has been gone through, as events say it."""

from services.kit.views import Place


def place(after: list[str]) -> Place | None:
    """`[by, id]` of the last that was seen; None where nothing was, said as `[]`."""
    if not after:
        return None
    by, id = after
    return by, id
