"""What is still kept of words that are to go one day, to who works there."""

from dataclasses import replace

from schemas.documents import Json
from schemas.fields import instant
from schemas.grids.kept import MOST_KEPT
from services.district import territory
from services.grids.rules.rights import must_work_in
from services.kit.entrypoints import Answer, Asked
from services.kit.views import Find, Reads


def counted(collection: str) -> Answer[Json]:
    """`{kept, overdue}` of the documents of a place."""

    def count_kept(views: Reads, question: Json, asked: Asked) -> Json:
        must_work_in(views, question["division"], asked)
        where = territory.within(question) | {"words_are": "kept"}
        kept = Find(collection, where, "keep_until", limit=MOST_KEPT)
        overdue = replace(kept, until=instant(asked.now))
        return {"kept": views.count(kept), "overdue": views.count(overdue)}

    return count_kept


def words_of(doc: Json, asked: Asked) -> str:
    """Not those that should be gone, however soon they go; "" where there are none."""
    is_over = doc.get("keep_until", "~") <= instant(asked.now)
    return "" if is_over or "note" not in doc else asked.note(doc["note"])
