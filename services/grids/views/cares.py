"""Care, to who goes to the door and who works there."""

from schemas.documents import Json, if_any
from services.district import territory
from services.grids.rules.rights import CARES, must_work_in, walks
from services.grids.views.doors import at_its_door
from services.kit.entrypoints import Asked
from services.kit.lists.paging import each, page
from services.kit.lists.shown import shown
from services.kit.views import Find, Reads


def list_cares(views: Reads, question: Json, asked: Asked) -> Json:
    """By when each is due."""
    must_work_in(views, question["division"], asked)
    here = territory.within(question)
    finds = (
        Find("cares", here | state, "next_at") for state in each(question, "state")
    )
    return shown(views, page(views, question, *finds), asked, _care)


def get_care(views: Reads, question: Json, asked: Asked) -> Json:
    return _care(views, CARES.found(views, question["care"], asked, sees=walks), asked)


def _care(views: Reads, care: Json, asked: Asked) -> Json:
    words = if_any(words=asked.note(care["note"]))
    return at_its_door(views, care, asked) | words
