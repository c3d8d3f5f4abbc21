"""One organisation is one unit: who holds a credit code.

A unit holds its code from its approval. Registrations that wait hold nothing, or a stranger could keep an organisation
out, and learn who has registered; who sees one is told of it, and the street approves only one of them.
"""

from collections.abc import Iterator

from schemas.documents import Json
from services.cobuild.model.lifecycles import HOLDS_ITS_CODE
from services.cobuild.rules.rights import sees_unit
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.lists.paging import every
from services.kit.views import Find, Reads


def must_be_free(docs: Reads, credit_code: str, asked: Asked) -> None:
    must_not_be_held(docs, credit_code)
    for unit in _with_code(docs, credit_code, "registered"):
        if sees_unit(docs, unit, asked):
            raise _held(unit)


def must_not_be_held(docs: Reads, credit_code: str) -> None:
    for state in HOLDS_ITS_CODE:
        for unit in _with_code(docs, credit_code, state):
            raise _held(unit)


def first_with(docs: Reads, credit_code: str) -> Json | None:
    """The unit that holds the code, or the first that waits for it."""
    found = (
        unit
        for state in (*HOLDS_ITS_CODE, "registered")
        for unit in _with_code(docs, credit_code, state)
    )
    return next(found, None)


def _with_code(docs: Reads, credit_code: str, state: str) -> Iterator[Json]:
    return every(
        docs, Find("units", {"credit_code": credit_code, "state": state}, "id")
    )


def _held(unit: Json) -> Refused:
    return Refused(
        "duplicate_credit_code", f"已有同代码单位: {unit['name']}", path="credit_code"
    )
