"""As what somebody comes to a session: to take part, or to help. Who helps serves, and only that is service."""

from typing import Any

from schemas import fields

PARTICIPANT, HELPER = "participant", "helper"
ROLES = (PARTICIPANT, HELPER)
ROLE_TEXTS = {PARTICIPANT: "参与者", HELPER: "志愿者"}


def role(says: str, **kwargs: Any) -> fields.OneOf:
    """In commands and answers: `says` of whom, and what it is when left out."""
    return fields.OneOf(
        ROLES,
        ROLE_TEXTS,
        metadata={"description": f"{says}：participant 参与者，helper 志愿者"},
        **kwargs,
    )


def helped() -> fields.OneOf:
    """In events: said of who helps. Whoever came in logs of before there were helpers took part."""
    return fields.OneOf(ROLES)
