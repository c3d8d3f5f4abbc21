"""Appeals against a rejection: one, within a month, decided by another person than who rejected."""

from datetime import datetime, timedelta

from schemas.documents import Json
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused
from services.kit.log import Event

WITHIN = timedelta(days=30)


def rejected_by(event: Event) -> Json:
    """What is to be remembered of a rejection. Older events do not say who it was by."""
    by = event.data.get("by") or event.actor
    return {"rejected_at": event.time, **({"rejected_by": by} if by else {})}


def must_be_first_and_in_time(doc: Json, name: str, asked: Asked) -> None:
    """Raises `Refused` for a second appeal, and for one later than `WITHIN` after the rejection."""
    if doc.get("appealed"):
        raise Refused(
            "already_appealed", f"“{name}”已经申诉过一次，复核的决定是最后的决定"
        )
    if asked.now > datetime.fromisoformat(doc["rejected_at"]) + WITHIN:
        raise Refused(
            "too_late_to_appeal", f"不通过 {WITHIN.days} 天内可以申诉，现在请重新提出"
        )


def must_be_another(doc: Json, asked: Asked) -> None:
    """Raises for who rejected it, and for who appeals."""
    if not is_another(doc, asked):
        raise Forbidden(
            "原来的决定是您作的，或申诉是您提的，要由别人复核", code="own_decision"
        )


def is_another(doc: Json, asked: Asked) -> bool:
    """True for neither who rejected it nor who appeals."""
    decided_or_appealed = (doc.get("rejected_by"), doc.get("appealed_by"))
    return not any(map(asked.is_oneself, decided_or_appealed))


def step_of(decision: Json) -> str:
    """The step that ends the appeal."""
    return "uphold_appeal" if decision["upheld"] else "dismiss_appeal"


def appealed_by(event: Event) -> Json:
    """What is to be remembered of an appeal."""
    by = {"appealed": True, "appealed_by": event.data["by"]}
    return by | {"waits_since": event.time}
