"""What a command is about, or that there is no such thing; who may speak for a unit, and who deals with a need."""

from services.cobuild.lifecycles import NEED
from services.kit.authority import must_oversee, oversees
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused, Unknown
from services.kit.log import Data
from services.kit.views import Doc, Overlay, Reads

NAMES = {
    "units": ("unit", "联建单位"),
    "offerings": ("offering", "资源"),
    "needs": ("need", "需求"),
    "commitments": ("commitment", "项目"),
    "meetings": ("meeting", "联席会议"),
    "resolutions": ("resolution", "决议"),
}


def the(docs: Reads, collection: str, id: str) -> Doc:
    """Raises `Unknown`, naming the field, when there is none."""
    doc = docs.get(collection, id)
    if doc is None:
        path, name = NAMES[collection]
        raise Unknown(f"没有编号为 {id} 的{name}", path=path)
    return doc


def acts_for(unit: Doc, asked: Asked) -> bool:
    """True for its liaison and for who registered it."""
    return asked.actor.covers("unit_liaison", f"unit/{unit['id']}") or unit["by"] == asked.actor.id


def speaks_for(unit: Doc, asked: Asked) -> bool:
    """The same, and who administers its street."""
    return acts_for(unit, asked) or oversees(asked.actor, unit["community"])


def own_unit(docs: Reads, id: str, asked: Asked) -> Doc:
    unit = the(docs, "units", id)
    if not speaks_for(unit, asked):
        raise Forbidden(f"您不能代表“{unit['name']}”", code="not_your_unit")
    return unit


def open_resolution(docs: Overlay, id: str, asked: Asked) -> Doc:
    """The resolution, when it is still to be carried out and the actor oversees the place of the meeting."""
    resolution = the(docs, "resolutions", id)
    meeting = docs.the("meetings", resolution["meeting"])
    must_oversee(asked.actor, meeting["division"])
    if meeting["state"] == "cancelled":
        raise Refused("meeting_cancelled", "这次会议已经取消，它的决议不能落实", path="resolution")
    if resolution["outcome"] != "open":
        raise Refused("already_carried_out", f"这项决议已经落实为需求 {resolution['need']}", path="resolution")
    return resolution


def must_be_active(unit: Doc) -> None:
    """Raises unless the unit may take on something new: approved, and not halted by a suspension."""
    if unit["state"] != "approved":
        raise Refused("unit_not_approved", f"“{unit['name']}”{unit['state_text']}，审核通过后才可以", path="unit")
    if unit["halted"]:
        raise Refused("unit_halted", f"“{unit['name']}”对应的社区合伙人已被暂停，恢复后才可以", path="unit")


def serves(asked: Asked, community: str) -> bool:
    """True for those who handle what is needed there: its community workers, its street, the district."""
    return asked.actor.covers("community_worker", community) or oversees(asked.actor, community)


def is_of(need: Doc, asked: Asked) -> bool:
    """True for who raised it and for whom it is."""
    return asked.actor.id in {need["by"], need.get("beneficiary")}


def to_handle(docs: Overlay, command: Data, asked: Asked, step: str) -> Doc:
    """The need, when its state allows the step and the actor serves its community."""
    need = the(docs, "needs", command["need"])
    if not serves(asked, need["community"]):
        raise Forbidden(f"社区 {need['community']} 不在您的工作范围内", code="out_of_scope")
    NEED.must_allow(need, step, called(need))
    return need


def of_mine(docs: Overlay, command: Data, asked: Asked, step: str) -> Doc:
    """The need, when the actor raised it, it is for the actor, or the actor serves its community."""
    need = the(docs, "needs", command["need"])
    if not is_of(need, asked) and not serves(asked, need["community"]):
        raise Forbidden("只有提出人、受益人和社区工作者可以操作", code="not_yours")
    NEED.must_allow(need, step, called(need))
    return need


def called(need: Doc) -> str:
    return str(need.get("title", need["category"]))
