"""What a notice is about as people call it: a micro-grid by its name, by its code where nobody has recorded it."""

from schemas.documents import Json
from services.district.territory import GRID_NAMES
from services.kit.views import Reads


def named(views: Reads, notice: Json) -> Json:
    """The notice with names in the place of codes; what it remembers stays as it is."""
    words = notice["words"]
    grid = views.get(GRID_NAMES.name, words["grid"]) if "grid" in words else None
    return notice | {"words": words | {"grid": grid["name"]}} if grid else notice
