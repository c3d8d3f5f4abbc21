"""One organisation is one unit: who holds a credit code.

A unit holds its code from its approval. Who sees a registration that waits is told of it, and the street approves only
one of them.
"""

from schemas.documents import Json
from services.cobuild.model.lifecycles import HOLDS_ITS_CODE
from services.cobuild.rules.rights import sees_unit
from services.district import credit_codes
from services.kit.entrypoints import Asked
from services.kit.views import Reads

WAITS = ("registered",)


def must_be_free(docs: Reads, credit_code: str, asked: Asked) -> None:
    """Raises `Refused` when another unit holds the code, or is seen to have registered with it."""
    must_not_be_held(docs, credit_code)
    for unit in credit_codes.having(docs, "units", credit_code, WAITS):
        if sees_unit(docs, unit, asked):
            raise credit_codes.held_by(unit)


def must_not_be_held(docs: Reads, credit_code: str) -> None:
    """Raises `Refused` when a unit that is approved or suspended has the code."""
    credit_codes.must_not_be_held(docs, "units", credit_code, HOLDS_ITS_CODE)


def first_with(docs: Reads, credit_code: str) -> Json | None:
    """The unit that holds the code, or the first that waits for it."""
    states = (*HOLDS_ITS_CODE, *WAITS)
    return next(credit_codes.having(docs, "units", credit_code, states), None)
