"""Partners."""

from gateway.files.columns import code, day, instant, place, text, words
from gateway.files.listed.export import Export
from schemas.partners.partners import STATES_IN_WORDS as PARTNERS_IN_WORDS

PARTNERS = Export(
    "partners",
    "社区合伙人名单",
    "partners",
    "list_partners",
    (
        code("合伙人编号", "id"),
        text("名称", "name"),
        text("合伙人类型", "kind"),
        code("统一社会信用代码", "credit_code"),
        place("社区", "community"),
        code("社区代码", "community"),
        place("街道", "street"),
        code("街道代码", "street"),
        words("服务类别", "categories"),
        text("服务时间", "hours_text"),
        text("联系人职务", "contact_role"),
        text("审核状态", "state_text"),
        instant("最近审核时间", "decisions/-1/at"),
        text("最近决定的原因", "decisions/-1/reason"),
        day("加入联盟日期", "alliance/-1/since"),
    ),
    PARTNERS_IN_WORDS,
)
