"""Where things are, and where to look for them."""

from typing import Any

from schemas import fields


def community(of: str = "") -> fields.Division:
    """The community in which what is said `of` lies."""
    says = {"description": f"{of}所在社区代码"}
    return fields.Division("community", required=True, metadata=says)


def division(**kwargs: Any) -> fields.Division:
    """The district, street or community a question is about."""
    return fields.Division(metadata={"description": "区、街道或社区代码"}, **kwargs)
