"""By which places a list may be asked for, and so by what its documents are found."""

# None, or one of the levels; the most telling last.
PLACES: tuple[tuple[str, ...], ...] = ((), ("district",), ("street",), ("community",))


def by_place(*rest: str) -> tuple[tuple[str, ...], ...]:
    """An index for each level, the most telling first, that goes on with `rest`."""
    return tuple((*place, *rest) for place in reversed(PLACES[1:]))
