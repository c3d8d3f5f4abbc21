"""Courtyards and micro-grids of a community on a day."""

from collections.abc import Sequence

from schemas.documents import Json
from services.district import territory
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.views import Reads


def list_courtyards(views: Reads, question: Json, asked: Asked) -> Json:
    return _areas(views, "courtyard", question, asked)


def list_grids(views: Reads, question: Json, asked: Asked) -> Json:
    return _areas(views, "grid", question, asked)


def _areas(views: Reads, kind: str, question: Json, asked: Asked) -> Json:
    """`{items, next}`: a page of a list that is short as a whole."""
    day = question.get("on") or local_day(asked.now)
    roll = views.get(f"{kind}_rolls", question["community"])
    codes = territory.valid_codes(roll, day, day)
    if question["after"]:
        codes = [code for code in codes if code > question["after"][1]]
    on_page = codes[: question["limit"]]
    more = len(codes) > len(on_page)
    next = [on_page[-1], on_page[-1]] if more else None
    return {"items": _present(views, f"{kind}s", on_page), "next": next}


def _present(views: Reads, collection: str, codes: Sequence[str]) -> list[Json]:
    """Those of them that are there."""
    areas = (views.get(collection, code) for code in codes)
    return [area for area in areas if area]
