"""What a command is about, or that there is no such thing; and who may speak for a unit."""

from services.kit.authority import oversees
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused, Unknown
from services.kit.views import Doc, Reads

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


def speaks_for(unit: Doc, asked: Asked) -> bool:
    """True for its liaison, who registered it, and who administers its street."""
    is_liaison = asked.actor.covers("unit_liaison", f"unit/{unit['id']}")
    return is_liaison or unit["by"] == asked.actor.id or oversees(asked.actor, unit["community"])


def own_unit(docs: Reads, id: str, asked: Asked) -> Doc:
    unit = the(docs, "units", id)
    if not speaks_for(unit, asked):
        raise Forbidden(f"您不能代表“{unit['name']}”", code="not_your_unit")
    return unit


def must_be_active(unit: Doc) -> None:
    """Raises unless the unit may take on something new: approved, and not halted by a suspension."""
    if unit["state"] != "approved":
        raise Refused("unit_not_approved", f"“{unit['name']}”{unit['state_text']}，审核通过后才可以", path="unit")
    if unit["halted"]:
        raise Refused("unit_halted", f"“{unit['name']}”对应的社区合伙人已被暂停，恢复后才可以", path="unit")
