"""What a field tells of its values, for the description of the API."""

from schemas.documents import Json


def described(options: Json, **own: object) -> Json:
    """A field's options, its metadata with what its type knows; what whoever declares it says goes first."""
    return options | {"metadata": own | options.get("metadata", {})}
