"""What micro-grids are called, for who speaks of them to readers: codes say nothing."""

from schemas.documents import Json
from services.kit.log import Event
from services.kit.views import Collection, Folds, Overlay, Reads

GRID_NAMES = Collection("grid_names")


def fold_named(docs: Overlay, event: Event) -> None:
    """As it was named last; one that has ended keeps its name."""
    docs.put(GRID_NAMES.name, {"id": event.data["grid"], "name": event.data["name"]})


def called(docs: Reads, code: str) -> str:
    """Its name; its code where nobody has recorded it."""
    grid = docs.get(GRID_NAMES.name, code)
    return grid["name"] if grid else code


def named(docs: Reads, doc: Json) -> Json:
    """The document, with what its grid is called."""
    return doc | {"grid_name": called(docs, doc["grid"])}


FOLDS: Folds = {"grid_recorded.v1": fold_named}
