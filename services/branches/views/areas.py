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
    codes = _codes(views, kind, question, asked)
    on_page = codes[: question["limit"]]
    items = _present(views, f"{kind}s", on_page)
    if len(codes) == len(on_page):
        return {"items": items, "next": None}
    last = on_page[-1]
    return {"items": items, "next": [last, last]}


def _codes(views: Reads, kind: str, question: Json, asked: Asked) -> list[str]:
    """Those valid on the day asked for, from where the page begins."""
    day = question.get("on") or local_day(asked.now)
    roll = views.get(f"{kind}_rolls", question["community"])
    codes = territory.valid_codes(roll, day, day)
    if not question["after"]:
        return codes
    _, after = question["after"]
    return [code for code in codes if code > after]


def _present(views: Reads, collection: str, codes: Sequence[str]) -> list[Json]:
    """Those of them that are there."""
    areas = (views.get(collection, code) for code in codes)
    return [area for area in areas if area]
