"""How a need comes to its end: confirmed, rated, disputed, sent back, settled, raised again."""

from schemas import fields
from schemas.acting import OnBehalf
from schemas.cobuild.needs import OfNeed, words
from schemas.decisions import reason


class ConfirmNeed(OfNeed, OnBehalf):
    score = fields.Whole(1, 5, metadata={"description": "满意程度 1–5"})
    words = fields.Text(500, metadata={"description": "评价"})


class RateNeed(OfNeed, OnBehalf):
    score = fields.Whole(1, 5, required=True, metadata={"description": "满意程度 1–5"})
    words = fields.Text(500, metadata={"description": "评价"})


class DisputeNeed(OfNeed, OnBehalf):
    words = words("哪里没有做到")


class ReopenNeed(OfNeed, OnBehalf):
    words = words("为什么重新提出")


class SendBackNeed(OfNeed):
    due = fields.Day(required=True, metadata={"description": "重新做好的期限"})
    reason = reason("为什么要重做，单位会看到")


class SettleNeed(OfNeed):
    reason = reason("处理结果")
