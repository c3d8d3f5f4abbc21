"""By which places a list may be asked for."""

# None, or one of the levels; the most telling last.
PLACES: tuple[tuple[str, ...], ...] = ((), ("district",), ("street",), ("community",))
