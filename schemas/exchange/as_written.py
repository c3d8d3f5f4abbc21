"""What lists that were there before ours call otherwise: nobody is told these words, tables may have them."""

from schemas.people.parts import BY_GUARDIAN

NO_PHONE = {"无", "没有", "暂无", "-", "—"}
TRUTHS = {
    "是": True,
    "true": True,
    "真": True,
    "否": False,
    "false": False,
    "假": False,
}
# How somebody agreed, where the word leaves no doubt.
AGREED = {
    "当面同意": "当面",
    "电话同意": "电话",
    **dict.fromkeys(("书面同意", "签字", "签名"), "书面"),
    **dict.fromkeys(("监护人", "监护人同意", "监护人代签"), BY_GUARDIAN),
}
OF_PEOPLE = ("人", "名", "位", "个")
# By heading, what may follow its number; of another unit it would be another number.
COUNTED_IN = {
    **dict.fromkeys(("职工人数", "名额", "志愿者岗位数"), OF_PEOPLE),
    "每次分钟数": ("分钟",),
    "每周期次数": ("次", "场", "个"),
    "走访顺序": ("户",),
}
COLUMNS_OF_PEOPLE = {
    **dict.fromkeys(("出生日期", "出生年月日", "出生年份"), "born"),
    **dict.fromkeys(("电话", "电话号码", "手机", "手机号", "联系方式"), "contacts"),
    **dict.fromkeys(("同意方式", "怎样同意"), "consent_how"),
    "同意时间": "consent_on",
}
