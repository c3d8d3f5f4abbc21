"""How much still has its words, and how much of that should not: figures of which one is to be nought."""

from schemas import fields
from schemas.places import division

MOST_KEPT = 10_000_000


def _kept(says: str) -> fields.Whole:
    about = {"description": says}
    return fields.Whole(0, MOST_KEPT, required=True, metadata=about)


class AskKept(fields.Schema):
    division = division(required=True)


class Kept(fields.Schema):
    overdue = _kept("内容超过保存期还没有删除的，应当为 0")
    kept = _kept("还保存着内容的")
