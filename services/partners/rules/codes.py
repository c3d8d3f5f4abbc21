"""One organisation is one partner: who holds a credit code.

A partner holds its code from its approval until it withdraws. Applications that wait hold nothing, or a stranger could
keep an organisation out, and learn who has applied; who knows of one is told, and the street approves only one of them.
"""

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.lists.paging import every
from services.kit.views import Find, Reads
from services.partners.rules.rights import PASSED, knows


def must_be_free(docs: Reads, application: Json, asked: Asked) -> None:
    must_not_be_held(docs, application)
    if any(
        knows(docs, other, asked) for other in _with_code(docs, application, "applied")
    ):
        raise _held("已用这个代码申请过，正在等街道审核")


def must_not_be_held(docs: Reads, application: Json) -> None:
    for state in sorted(PASSED):
        for holder in _with_code(docs, application, state):
            raise _held(f"已有同代码单位: {holder['name']}")


def _with_code(docs: Reads, application: Json, state: str) -> list[Json]:
    code = application.get("credit_code")
    return (
        list(every(docs, Find("partners", {"credit_code": code, "state": state}, "id")))
        if code
        else []
    )


def _held(says: str) -> Refused:
    return Refused("duplicate_credit_code", says, path="credit_code")
