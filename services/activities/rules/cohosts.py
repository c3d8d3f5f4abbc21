"""Who shares the credit: others than the host, each once, each known."""

from collections.abc import Sequence

from services.activities.rules.authority import EVER_APPROVED, ended
from services.district.calendar import day_in_words
from services.district.hosts import KEPT_IN, TOLD_BY, called
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused
from services.kit.views import Reads


def must_be_known(docs: Reads, host: str, cohosts: Sequence[str], asked: Asked) -> None:
    """Raises for the first that is the host itself, there twice, not known or no more."""
    for place, cohost in enumerate(cohosts):
        path = f"cohosts/{place}"
        if cohost == host or cohost in cohosts[:place]:
            says = f"{_called(docs, cohost)}已在主办方和协办方中"
            raise Invalid(says, code="cohost_twice", path=path)
        _must_be_one(docs, cohost, path)
        _must_not_have_ended(docs, cohost, path, asked)


def _must_be_one(docs: Reads, cohost: str, path: str) -> None:
    if not _is_known(docs, cohost):
        source = TOLD_BY[cohost.partition("/")[0]]
        says = "这个协办方还没有登记或没有通过审核"
        raise Refused("unknown_cohost", says, path=path, source=source)


def _must_not_have_ended(docs: Reads, cohost: str, path: str, asked: Asked) -> None:
    if ended_on := ended(docs, cohost, asked):
        name = called(docs, cohost)
        says = f"协办支部{name}已从 {day_in_words(ended_on)} 起并入其他支部或撤销"
        raise Refused("cohost_ended", says, path=path)


def _called(docs: Reads, cohost: str) -> str:
    """By its name, where that is known to all."""
    return called(docs, cohost) if _is_known(docs, cohost) else "这个协办方"


def _is_known(docs: Reads, cohost: str) -> bool:
    kind, _, id = cohost.partition("/")
    doc = docs.get(KEPT_IN[kind], id)
    return doc is not None and doc.get("state", "approved") in EVER_APPROVED
