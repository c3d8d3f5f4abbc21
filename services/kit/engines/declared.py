"""The collections an engine keeps, as a service declares them."""

from collections.abc import Mapping, Sequence

from services.kit.views import Collection


def by_name(collections: Sequence[Collection]) -> dict[str, Collection]:
    """Each collection under its own name."""
    return {collection.name: collection for collection in collections}


def searched(collections: Mapping[str, Collection], name: str) -> Collection:
    """The collection. Raises `LookupError` when it is not searched."""
    if not collections[name].searched:
        raise LookupError(f"{name} are not searched")
    return collections[name]
