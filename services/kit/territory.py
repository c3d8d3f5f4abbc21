"""The district's divisions as `branches` records them, for every service that must know a place is real."""

from services.kit.errors import Refused
from services.kit.log import Data, Event
from services.kit.views import Collection, Doc, Folds, Overlay

SOURCE = "branches"
DIVISIONS = Collection("divisions", (("parent", "id"), ("level", "id")))
LEVELS = {6: "district", 9: "street", 12: "community"}


def fold_division_recorded(docs: Overlay, event: Event) -> None:
    docs.put("divisions", {"id": event.data["division"], **event.data})


DIVISION_FOLDS: Folds = {"division_recorded.v1": fold_division_recorded}


def known(docs: Overlay, code: str, path: str) -> Doc:
    """The division `code`. Raises `Refused`, naming `path`, when nobody has recorded it."""
    division = docs.get("divisions", code)
    if division is None:
        raise Refused("unknown_division", f"没有区划代码为 {code} 的街道或社区", path=path, source=SOURCE)
    return division


def street_of(code: str) -> str:
    return code[:9]


def district_of(code: str) -> str:
    return code[:6]


def placed(community: str) -> Doc:
    """The fields by which a document of the community is found in its street and district."""
    return {"street": street_of(community), "district": district_of(community)}


def within(question: Data) -> dict[str, str]:
    """What documents in the question's `division` have in common; nothing when it names none."""
    code = question.get("division")
    return {LEVELS[len(code)]: code} if code else {}


def scopes_of(community: str) -> tuple[str, str, str]:
    """The community itself, its street and its district."""
    return community, street_of(community), district_of(community)
