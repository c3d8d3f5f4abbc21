"""By what a document is found in a place."""

PLACES: tuple[tuple[str, ...], ...] = (("community",), ("street",), ("district",))


def by_place(*rest: str) -> tuple[tuple[str, ...], ...]:
    """An index for each kind of place, that goes on with `rest`."""
    return tuple((*place, *rest) for place in PLACES)
