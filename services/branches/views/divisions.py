"""Divisions, with the periods in which each was valid."""

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.errors import Unknown
from services.kit.lists.paging import page
from services.kit.views import Find, Reads

AFTER_DIGITS = ":"  # Sorts after every digit: codes from `5101` to before `5101:` are those that begin with it.


def get_division(views: Reads, question: Json, asked: Asked) -> Json:
    """Raises `Unknown` for one that was never valid."""
    code = question["division"]
    division = views.get("divisions", code)
    if division is None or not _was_valid(division):
        says = f"没有区划代码为 {code} 的区、街道或社区"
        raise Unknown(says, path="division")
    return division


def list_divisions(views: Reads, question: Json, asked: Asked) -> Json:
    """Those right under the parent; with a `level`, those of that level anywhere inside it."""
    parent = question.get("parent", "")
    find = Find("divisions", {"parent": parent}, "id")
    if "level" in question:
        where = {"level": question["level"]}
        end = parent + AFTER_DIGITS
        find = Find("divisions", where, "id", since=parent, until=end)
    return page(views, question, find, sees=_was_valid)


def _was_valid(division: Json) -> bool:
    """One that was recorded by mistake never was."""
    return bool(division["periods"])
