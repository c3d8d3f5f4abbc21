"""Mediation, to who mediates and who works there."""

from schemas.documents import Json, if_any
from services.district import grid_names, territory
from services.grids.rules.mediations import concerns
from services.grids.rules.rights import MEDIATIONS, must_work_in
from services.grids.views.kept import counted, words_of
from services.kit.entrypoints import Asked
from services.kit.lists.paging import each, page
from services.kit.lists.shown import shown
from services.kit.views import Find, Reads


def list_mediations(views: Reads, question: Json, asked: Asked) -> Json:
    must_work_in(views, question["division"], asked)
    here = territory.within(question)
    finds = (
        Find("mediations", here | state, "opened_at", newest_first=True)
        for state in each(question, "state")
    )
    return shown(views, page(views, question, *finds), asked, _mediation)


def get_mediation(views: Reads, question: Json, asked: Asked) -> Json:
    mediation = MEDIATIONS.found(views, question["mediation"], asked, sees=concerns)
    return _mediation(views, mediation, asked)


count_kept = counted("mediations")


def _mediation(views: Reads, mediation: Json, asked: Asked) -> Json:
    words = if_any(words=words_of(mediation, asked))
    return grid_names.named(views, mediation) | words
