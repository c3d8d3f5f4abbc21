"""The partner a request is about, who sees it, and who may act for it or decide on it."""

from schemas.documents import Json
from services.district.authority import oversees
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.kit.lookup import kind_of
from services.kit.views import Reads
from services.partners.model.life import LIFE

PARTNERS = kind_of(LIFE, "partners")
PASSED = {
    "approved",
    "suspended",
    "reinstated",
}  # Decisions on a partner that was approved.


def was_approved(partner: Json) -> bool:
    """Since its application last came to wait: an approval may have been taken back."""
    states = [told["state"] for told in partner["decisions"]]
    waited = max(
        (place for place, state in enumerate(states) if state == "applied"), default=-1
    )
    return any(state in PASSED for state in states[waited + 1 :])


def decides(docs: Reads, partner: Json, asked: Asked) -> bool:
    return oversees(asked.actor, partner["community"])


def acts_for(docs: Reads, partner: Json, asked: Asked) -> bool:
    """Who applied, until it is approved; from then on who manages it. The street always."""
    if decides(docs, partner, asked):
        return True
    return (
        _manages(partner, asked) if was_approved(partner) else _applied(partner, asked)
    )


def knows(docs: Reads, partner: Json, asked: Asked) -> bool:
    """Who may know who applied, with what words, and what was said to it."""
    return (
        decides(docs, partner, asked)
        or _applied(partner, asked)
        or _manages(partner, asked)
    )


def sees(docs: Reads, partner: Json, asked: Asked) -> bool:
    return was_approved(partner) or knows(docs, partner, asked)


def own(docs: Reads, command: Json, asked: Asked) -> Json:
    """The partner, when the actor acts for it."""
    says = "您不能代表这个社区合伙人"
    return PARTNERS.admitted(
        docs,
        command["partner"],
        asked,
        may=acts_for,
        sees=sees,
        code="not_your_partner",
        says=says,
    )


def decided(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The partner, when the actor administers its street and its state allows the step."""
    says = "这个社区合伙人不在您的管理范围内"
    partner = PARTNERS.admitted(
        docs,
        command["partner"],
        asked,
        may=decides,
        sees=sees,
        code="out_of_scope",
        says=says,
    )
    must_allow(partner, step)
    return partner


def rejection(partner: Json) -> Json:
    """Who rejected it last and when, and whether and by whom that was appealed."""
    told: Json = next(
        (one for one in reversed(partner["decisions"]) if one["state"] == "rejected"),
        {},
    )
    known: Json = {
        name: partner[name] for name in ("appealed", "appealed_by") if name in partner
    }
    return {"rejected_by": told.get("by"), "rejected_at": told.get("at"), **known}


def must_allow(partner: Json, step: str) -> None:
    LIFE.must_allow(partner, step, called(partner))


def called(partner: Json) -> str:
    """What it is called, as far as that was released."""
    return str(partner.get("name", "这份申请"))


def fact(type: str, partner: str, data: Json) -> Fact:
    return Fact(type, f"partner/{partner}", {**data, "partner": partner})


def _applied(partner: Json, asked: Asked) -> bool:
    return bool(partner["by"] == asked.actor.id)


def _manages(partner: Json, asked: Asked) -> bool:
    return asked.actor.covers("partner_manager", f"partner/{partner['id']}")
