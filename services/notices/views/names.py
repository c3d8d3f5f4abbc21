"""What a notice speaks of by a code, by its name: as it is called when the notice is read."""

from schemas.documents import Json
from services.district import grid_names
from services.kit.views import Reads


def by_name(views: Reads, notice: Json) -> Json:
    words = notice["words"]
    if "grid" not in words:
        return notice
    named = {"grid": grid_names.called(views, words["grid"])}
    return notice | {"words": words | named}
