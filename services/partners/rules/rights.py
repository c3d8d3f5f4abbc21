"""The partner a request is about, who sees it, and who may act for it or decide on it."""

from schemas.documents import Json, pick_present
from services.district import own as own_things
from services.district.authority import oversees
from services.kit.entrypoints import Asked
from services.kit.lookup import kind_of
from services.kit.views import Reads
from services.partners.model.lifecycles import PARTNER

PARTNERS = kind_of(PARTNER, "partners")
# Decisions on a partner that was approved.
PASSED = {"approved", "suspended", "reinstated"}


def was_approved(partner: Json) -> bool:
    """Since its application last came to wait: an approval may have been taken back."""
    for decision in reversed(partner["decisions"]):
        if decision["state"] == "applied":
            return False
        if decision["state"] in PASSED:
            return True
    return False


def decides(docs: Reads, partner: Json, asked: Asked) -> bool:
    """Who oversees the community it is in."""
    return oversees(asked.actor, partner["community"])


def acts_for(docs: Reads, partner: Json, asked: Asked) -> bool:
    """Who applied, until it is approved; from then on who manages it. The street always."""
    if decides(docs, partner, asked):
        return True
    if was_approved(partner):
        return _manages(partner, asked)
    return _applied(partner, asked)


def knows(docs: Reads, partner: Json, asked: Asked) -> bool:
    """Who may know who applied, with what words, and what was said to it."""
    if decides(docs, partner, asked):
        return True
    return _applied(partner, asked) or _manages(partner, asked)


def sees(docs: Reads, partner: Json, asked: Asked) -> bool:
    """Everybody once it was approved; before that who knows of it."""
    return was_approved(partner) or knows(docs, partner, asked)


def own(docs: Reads, command: Json, asked: Asked) -> Json:
    """The partner, when the actor acts for it."""
    return PARTNERS.admitted(
        docs,
        command["partner"],
        asked,
        may=acts_for,
        sees=sees,
        code="not_your_partner",
        says="您不能代表这个社区合伙人",
    )


def own_at(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The partner, when the actor acts for it and its state allows the step."""
    partner = own(docs, command, asked)
    must_allow(partner, step)
    return partner


def decided(docs: Reads, command: Json, asked: Asked, step: str) -> Json:
    """The partner, when the actor administers its street, does not manage it, and its state allows the step."""
    partner = PARTNERS.admitted(
        docs,
        command["partner"],
        asked,
        may=decides,
        sees=sees,
        code="out_of_scope",
        says="这个社区合伙人不在您的管理范围内",
    )
    own_things.must_not_keep(f"partner/{partner['id']}", asked)
    must_allow(partner, step)
    return partner


def rejection(partner: Json) -> Json:
    """`{rejected_by, rejected_at, appealed?, appealed_by?}` of the last one; None where it is not told."""
    last: Json = {}
    for decision in partner["decisions"]:
        if decision["state"] == "rejected":
            last = decision
    appeal = pick_present(partner, "appealed", "appealed_by")
    return appeal | {"rejected_by": last.get("by"), "rejected_at": last.get("at")}


def must_allow(partner: Json, step: str) -> None:
    """Raises `Refused` when its state does not allow the step."""
    PARTNER.must_allow(partner, step, called(partner))


def called(partner: Json) -> str:
    """What it is called, as far as that was released."""
    return str(partner.get("name", "这份申请"))


def _applied(partner: Json, asked: Asked) -> bool:
    return asked.is_me(partner["by"])


def _manages(partner: Json, asked: Asked) -> bool:
    return asked.actor.covers("partner_manager", f"partner/{partner['id']}")
