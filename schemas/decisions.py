"""Decisions about others: the reason they are told, and that what a decision strikes besides is known."""

from schemas import fields

STRIKES_OTHERS = "知道还会影响什么仍要办：先不填，会说明影响什么；知道了填 true"


def reason(says: str) -> fields.Text:
    """`says` to whoever decides what the reason is of, and who will see it."""
    return fields.Text(200, required=True, metadata={"description": says})


def confirm(says: str = STRIKES_OTHERS) -> fields.Truth:
    """Left out, whoever decides is told first what else it strikes."""
    return fields.Truth(metadata={"description": says})
