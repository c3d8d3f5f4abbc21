"""One organisation holds a unified social credit code once, as a unit and as a partner each.

It is held from the approval on. What waits for one holds nothing, or a stranger could keep an organisation out.
"""

from collections.abc import Iterable, Iterator

from schemas.documents import Json
from services.kit.errors import Refused
from services.kit.lists.paging import every
from services.kit.views import Find, Reads


def having(
    docs: Reads, collection: str, credit_code: str, states: Iterable[str]
) -> Iterator[Json]:
    """Those that have the code, state by state; each `collection` is indexed by `credit_code, state, id`."""
    for state in states:
        where = {"credit_code": credit_code, "state": state}
        yield from every(docs, Find(collection, where, "id"))


def must_not_be_held(
    docs: Reads, collection: str, credit_code: str, states: Iterable[str]
) -> None:
    """Raises `Refused`, with the name of the one that holds it in one of the `states`."""
    for holder in having(docs, collection, credit_code, states):
        raise held_by(holder)


def held_by(holder: Json) -> Refused:
    """The refusal that names who has it."""
    return duplicate(f"已有同代码单位: {holder['name']}")


def duplicate(says: str) -> Refused:
    return Refused("duplicate_credit_code", says, path="credit_code")
