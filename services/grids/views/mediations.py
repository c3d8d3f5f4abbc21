"""Mediation, to who mediates and who works there."""

from dataclasses import replace

from schemas.documents import Json, if_any
from schemas.fields import instant
from schemas.grids.mediations import MOST_KEPT
from services.district import grid_names, territory
from services.grids.rules.mediations import concerns
from services.grids.rules.rights import MEDIATIONS, must_work_in
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


def count_kept(views: Reads, question: Json, asked: Asked) -> Json:
    """How many have their words still, and how many of those should not: a figure that is to be nought."""
    must_work_in(views, question["division"], asked)
    where = territory.within(question) | {"words_are": "kept"}
    kept = Find("mediations", where, "keep_until", limit=MOST_KEPT)
    overdue = replace(kept, until=instant(asked.now))
    return {"kept": views.count(kept), "overdue": views.count(overdue)}


def _mediation(views: Reads, mediation: Json, asked: Asked) -> Json:
    """Without words that should be gone, however soon they go."""
    is_over = mediation.get("keep_until", "~") <= instant(asked.now)
    words = "" if is_over else asked.note(mediation["note"])
    return grid_names.named(views, mediation) | if_any(words=words)
