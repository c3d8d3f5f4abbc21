"""Documents as a database holds them."""

from schemas.documents import Json

GRAMS = "_grams"
OWN = {"_id", GRAMS}


def shown(doc: Json | None) -> Json | None:
    """The document as everybody but this engine knows it."""
    return without_own(doc) if doc else None


def without_own(doc: Json) -> Json:
    """Without what only this engine knows."""
    return {name: value for name, value in doc.items() if name not in OWN}
