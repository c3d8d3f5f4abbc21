"""One organisation is one partner: who holds a credit code.

A partner holds its code from its approval until it withdraws. Who knows of an application that waits is told of it, and
the street approves only one of them.
"""

from schemas.documents import Json
from services.district import credit_codes
from services.kit.entrypoints import Asked
from services.kit.views import Reads
from services.partners.rules.rights import PASSED, knows


def must_be_free(docs: Reads, application: Json, asked: Asked) -> None:
    """Raises `Refused` when another holds the code, or is known to have applied with it."""
    must_not_be_held(docs, application)
    if "credit_code" not in application:
        return
    code = application["credit_code"]
    for other in credit_codes.having(docs, "partners", code, ["applied"]):
        if knows(docs, other, asked):
            raise credit_codes.duplicate("已用这个代码申请过，正在等街道审核")


def must_not_be_held(docs: Reads, application: Json) -> None:
    """Raises `Refused` when a partner that stands, or is suspended, has the code of this one."""
    if "credit_code" in application:
        code = application["credit_code"]
        credit_codes.must_not_be_held(docs, "partners", code, sorted(PASSED))
