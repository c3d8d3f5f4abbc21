"""A partner's life: applied for, decided on, suspended and reinstated, withdrawn."""

from schemas.partners.partners import STATES_IN_WORDS
from services.kit.lifecycle import LifeCycle, Step

ACTIVE = ("approved", "reinstated")

PARTNER = LifeCycle(
    "partner",
    "社区合伙人",
    STATES_IN_WORDS,
    {
        "approve": Step("通过申请", ("applied",), "approved"),
        "reject": Step("不通过申请", ("applied",), "rejected"),
        "reapply": Step("重新申请", ("rejected", "appealed"), "applied"),
        "appeal": Step("申诉", ("rejected",), "appealed"),
        "uphold_appeal": Step("申诉成立", ("appealed",), "applied"),
        "dismiss_appeal": Step("维持不通过", ("appealed",), "rejected"),
        "unapprove": Step("撤销通过", ACTIVE, "applied"),
        "suspend": Step("暂停资格", ACTIVE, "suspended"),
        "reinstate": Step("恢复资格", ("suspended",), "reinstated"),
        "withdraw": Step("退出", ("applied", *ACTIVE, "suspended"), "withdrawn"),
        "erase_words": Step("删除申请内容", ("rejected",)),
        "update_profile": Step("更新资料", ("applied", *ACTIVE, "suspended")),
        "join_alliance": Step("加入益·社联盟", ACTIVE),
    },
)
