"""What is said of a cell that cannot be taken: what should stand there instead, in the words of a table."""

from collections.abc import Callable, Sequence
from typing import Any

from marshmallow.fields import Field

from schemas import fields
from schemas.exchange.raw import MOMENT, NUMBER, TRUTH
from schemas.opening_hours import OpeningHours
from schemas.people.parts import BAD_BIRTH, Born
from schemas.recurrence import Rule

OF_TIMES = ("bad_time", "wrong_type")
OF_SPANS = ("wrong_type", "not_allowed", "missing_field", "bad_clock_time")
NIGHTS = "过了零点的写成两段：到 24:00，和从 0:00 起"
NO_SUCH = "没有"
TAKEN_FOR = {NUMBER: "数字", MOMENT: "日期或时间", TRUTH: "真假值"}
AS_TEXT = "表格把它当成了{}，前面的 0、后面的位数或横线可能已经变了；请选中整列，把单元格格式设为“文本”，再重新输入"
NO_DAY = "应为日期"
AS_A_DAY = "表格把它当成了数字，应为日期；请把单元格格式设为“日期”，再重新输入"
AS_NUMBER = "表格把它当成了日期；请选中整列，把单元格格式设为“数值”，再重新输入"
AS_SHOWN = "表格里看到的不是这个数，而是金额、科学计数、别的单位或空白；请选中整列，把格式设为“数值”，核对后再导入"
# By heading, where one has to do with another or says nothing by itself. Everybody and everything in them is invented.
EXAMPLES = {
    "单位名称": "望平示例供电所",
    "联系人职务": "联络员",
    "名称": "望平示例书屋",
    "资源名称": "用电安全讲座",
    "地点": "望平社区党群服务中心",
    "需要什么": "楼道灯坏了，晚上看不见",
    "党支部名称": "示例直播党支部",
    "所在企业": "示例文化传媒有限公司",
    "活动名称": "端午包粽子",
    "活动介绍": "一起包粽子，材料由社区准备",
    "主题活动": "我们的节日",
    "主办方": "community/510108002001",
    "参加方式": "线上和线下",
    "线上链接": "https://meeting.example.org/123",
    "书记人员编号": "P7",
    "微网格编码": "WP-01",
    "院落编码": "WP-Y1",
    "门牌": "3栋2单元501",
    "不通过的原因": "单位名称与执照不符",
    "最近决定的原因": "停业或解散",
    "撤销的原因": "企业已经迁出",
    "姓名": "王小明",
    "出生年月": "1950",
    "联系电话": "13800001234",
    "结束时间": "2026-06-13 11:00",
    "报名截止时间": "2026-06-12 18:00",
    "志愿者报名截止时间": "2026-06-12 18:00",
    "全部是志愿者岗位": "否",
}
USUAL = 30
# Of codes, the first that fits: a micro-grid, a division, a credit code, an id of ours.
CODES = (
    "510108002001",
    "510108002",
    "510108",
    "B-12",
    "91510108MA6DEM014D",
    "01K0A1B2C3D4E5F6G7H8J9K0M1",
)


def no_longer_text(is_a: str) -> fields.Complaint:
    """What is said of a text that a spreadsheet has taken for `is_a`."""
    return fields.Complaint("not_text", AS_TEXT.format(TAKEN_FOR.get(is_a, "数字")))


def no_longer_number(is_a: str) -> fields.Complaint:
    """What is said of a number that a spreadsheet has taken for a date, or shows as something else."""
    return fields.Complaint("not_a_number", AS_NUMBER if is_a == MOMENT else AS_SHOWN)


def another_unit(unit: str, own: Sequence[str]) -> fields.Complaint:
    """What is said of a number that is counted in something else than its column."""
    says = f"“{unit}”不是这一列的单位，应为整数，可以带“{'、'.join(own)}”"
    return fields.Complaint("another_unit", says)


def sentence(field: Field[Any] | None, code: str, message: str) -> str:
    """The complaint as one says it of a table, where a program would be told of JSON."""
    one = field.inner if isinstance(field, fields.Many) else field
    match field, one:
        case OpeningHours(), _ if code in OF_SPANS:
            return f"应为星期几和起止时间，下午的写成 14:00 或下午2:00；{NIGHTS}"
        case OpeningHours(), _ if code == "closes_before_opening":
            return f"{message}；{NIGHTS}"
        case _, Born() if code == "too_long":
            return BAD_BIRTH
        case _, fields.Instant() if code in OF_TIMES and not message.startswith(
            NO_SUCH
        ):
            return "应为日期和时刻"
        case _, fields.Day() if code == "bad_date" and not message.startswith(NO_SUCH):
            return NO_DAY
        case _, fields.OneOf() if code in ("not_allowed", "too_long"):
            return f"只能填 {'、'.join(one.said.values())}"
        case _, fields.Truth():
            return "应为 是 或 否"
    return message


def example(field: Field[Any] | None, heading: str = "") -> str:
    """What may stand in the column."""
    if heading in EXAMPLES:
        return EXAMPLES[heading]
    return next(
        (make(field) for kind, make in OF_FIELDS if isinstance(field, kind)), ""
    )


def _two_of(field: fields.Many) -> str:
    if isinstance(field.inner, fields.OneOf):
        return "、".join(list(field.inner.said.values())[:2])
    return example(field.inner)


def _of_codes(field: fields.Code) -> str:
    return next((one for one in CODES if field.pattern.fullmatch(one)), "")


OF_FIELDS: tuple[tuple[type[Field[Any]], Callable[[Any], str]], ...] = (
    (OpeningHours, lambda field: "周一至周五 9:00-12:00、14:00-18:00"),
    (fields.Many, _two_of),
    (fields.OneOf, lambda field: next(iter(field.said.values()))),
    (fields.Truth, lambda field: "是"),
    (fields.Whole, lambda field: str(min(max(field.least, USUAL), field.most))),
    (fields.Instant, lambda field: "2026-06-13 9:00"),
    (fields.Day, lambda field: "2026-06-13"),
    (Rule, lambda field: "FREQ=WEEKLY;BYDAY=SA"),
    (fields.Code, _of_codes),
)
