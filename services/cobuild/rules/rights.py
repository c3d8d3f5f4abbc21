"""What a command is about, found for who asks; who may speak for a unit, and who deals with a need.

Rights come from roles, and from being whom a need is for. Who registered a unit acts for it until it is approved; who
raised a need for somebody else, as a worker there, does so as long as they are one.
"""

from schemas.documents import Json
from services.cobuild.model.lifecycles import (
    COMMITMENT,
    EVER_APPROVED,
    LISTED,
    MEETING,
    NEED,
    OFFERING,
    UNIT,
)
from services.district import own
from services.district.authority import oversees
from services.kit.entrypoints import Asked
from services.kit.errors import Refused
from services.kit.lookup import Kind, kind_of
from services.kit.views import Reads

UNITS = kind_of(UNIT, "units")
OFFERINGS = kind_of(OFFERING, "offerings")
NEEDS = kind_of(NEED, "needs")
COMMITMENTS = Kind("commitments", COMMITMENT.subject, "项目")
MEETINGS = kind_of(MEETING, "meetings")
RESOLUTIONS = Kind("resolutions", "resolution", "决议")


# Units


def acts_for(docs: Reads, unit: Json, asked: Asked) -> bool:
    """True for its liaison and, until it is approved, for who registered it."""
    if asked.actor.covers("unit_liaison", f"unit/{unit['id']}"):
        return True
    if unit["state"] in EVER_APPROVED:
        return False
    return asked.is_me(unit["by"])


def decides_on(docs: Reads, unit: Json, asked: Asked) -> bool:
    """Who oversees the community the unit is in."""
    return oversees(asked.actor, unit["community"])


def speaks_for(docs: Reads, unit: Json, asked: Asked) -> bool:
    """Who acts for the unit, or decides on it."""
    return acts_for(docs, unit, asked) or decides_on(docs, unit, asked)


def sees_unit(docs: Reads, unit: Json, asked: Asked) -> bool:
    """An application is nobody's concern but of who applied and who decides, also when it was rejected."""
    return unit["state"] in EVER_APPROVED or speaks_for(docs, unit, asked)


def own_unit(docs: Reads, id: str, asked: Asked) -> Json:
    """The unit, when the actor speaks for it."""
    return UNITS.admitted(
        docs,
        id,
        asked,
        may=speaks_for,
        sees=sees_unit,
        code="not_your_unit",
        says="您不能代表这个单位",
    )


def unit_to_decide(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The unit, when the actor administers its street, is no liaison of it, and its state allows the step."""
    unit = UNITS.admitted(
        docs,
        command["unit"],
        asked,
        may=decides_on,
        sees=sees_unit,
        code="out_of_scope",
        says="这个单位不在您的管理范围内",
    )
    own.must_not_keep(f"unit/{unit['id']}", asked)
    UNIT.must_allow(unit, step, unit["name"])
    return unit


def is_active(unit: Json) -> bool:
    """Whether it may take on or offer anything: approved, and not halted for the partner it is."""
    return unit["state"] == "approved" and not unit["halted"]


def must_be_active(unit: Json) -> None:
    """Raises unless the unit may take on something new: approved, and not halted by a suspension."""
    name = unit["name"]
    state = unit["state"]
    is_now = f"“{name}”{unit['state_text']}"
    if state in EVER_APPROVED - {"approved"}:
        says = f"{is_now}，不能再承接新的事"
        raise Refused(f"unit_{state}", says, path="unit")
    if state != "approved":
        says = f"{is_now}，审核通过后才可以"
        raise Refused("unit_not_approved", says, path="unit")
    if unit["halted"]:
        says = f"“{name}”对应的社区合伙人已被暂停，恢复后才可以"
        raise Refused("unit_halted", says, path="unit")


def of_own_unit(docs: Reads, doc: Json, asked: Asked) -> bool:
    """True when the actor speaks for the unit the document belongs to."""
    return speaks_for(docs, docs.the("units", doc["unit"]), asked)


def works_on(docs: Reads, doc: Json, asked: Asked) -> bool:
    """True when the actor acts for the unit that has taken the need on, or that the commitment is of."""
    if "unit" not in doc:
        return False
    return acts_for(docs, docs.the("units", doc["unit"]), asked)


# Needs


def serves(asked: Asked, community: str) -> bool:
    """True for those who handle what is needed there: its community workers, its street, the district."""
    if asked.actor.covers("community_worker", community):
        return True
    return oversees(asked.actor, community)


def handles(docs: Reads, need: Json, asked: Asked) -> bool:
    """Who serves the need's community."""
    return serves(asked, need["community"])


def is_of(need: Json, asked: Asked) -> bool:
    """True for whose need it is: whoever raised it for themself, or for whom a worker raised it."""
    return asked.is_me(need.get("beneficiary"))


def answers_for(docs: Reads, need: Json, asked: Asked) -> bool:
    """Whose need it is, and who serves its community."""
    return is_of(need, asked) or handles(docs, need, asked)


def takes_part(docs: Reads, need: Json, asked: Asked) -> bool:
    """Who answers for the need, and who works on it."""
    return answers_for(docs, need, asked) or works_on(docs, need, asked)


def sees_need(docs: Reads, need: Json, asked: Asked) -> bool:
    """Everybody once it is listed; before that who takes part."""
    return need["state"] in LISTED or takes_part(docs, need, asked)


def to_handle(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The need, when the actor serves its community, it is not theirs, and its state allows the step."""
    need = NEEDS.admitted(
        docs,
        command["need"],
        asked,
        may=handles,
        sees=sees_need,
        code="out_of_scope",
        says="这项需求所在的社区不在您的工作范围内",
    )
    own.must_be_another(need.get("beneficiary"), asked, path="need")
    NEED.must_allow(need, step, called(need))
    return need


def of_mine(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The need, when it is the actor's or the actor serves its community, and its state allows the step."""
    need = NEEDS.admitted(
        docs,
        command["need"],
        asked,
        may=answers_for,
        sees=sees_need,
        says="只有提出人、受益人和社区工作者可以操作",
    )
    NEED.must_allow(need, step, called(need))
    return need


def called(need: Json) -> str:
    """Its title, which it has once it is verified; until then its category."""
    return str(need.get("title", need["category"]))


# Meetings


def convenes(docs: Reads, meeting: Json, asked: Asked) -> bool:
    """True for who oversees the place, and who is the liaison of the unit in the chair."""
    if asked.actor.covers("unit_liaison", f"unit/{meeting['chair']}"):
        return True
    return oversees(asked.actor, meeting["division"])


def _carries_out(docs: Reads, resolution: Json, asked: Asked) -> bool:
    meeting = docs.the("meetings", resolution["meeting"])
    return oversees(asked.actor, meeting["division"])


def open_resolution(docs: Reads, id: str, asked: Asked) -> Json:
    """The resolution, when the actor oversees the place of the meeting and it is still to be carried out."""
    resolution = RESOLUTIONS.admitted(
        docs,
        id,
        asked,
        may=_carries_out,
        code="out_of_scope",
        says="这次会议所在的地方不在您的管理范围内",
    )
    if docs.the("meetings", resolution["meeting"])["state"] == "cancelled":
        says = "这次会议已经取消，它的决议不能落实"
        raise Refused("meeting_cancelled", says, path="resolution")
    if resolution["outcome"] != "open":
        need = docs.the("needs", resolution["need"])
        says = f"这项决议已经落实为“{called(need)}”"
        raise Refused("already_carried_out", says, path="resolution")
    return resolution
