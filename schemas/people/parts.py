"""What a person's record and the consent to it are made of.

The record is one note of the person's: no event says a word of it.
"""

import re
import unicodedata

from schemas import fields
from schemas.fields.described import described

BY_GUARDIAN = "监护人代为同意"
WAYS_TO_CONSENT = ("当面", "电话", "书面", BY_GUARDIAN)
HAN = r"\u3400-\u9fff\U00020000-\U000323af\u00b7"
# Not over two lines: those are two people.
SET_WIDE = re.compile(rf"(?<=[{HAN}])[^\S\n]+(?=[{HAN}])")
MOST_CONTACTS = 3
BAD_PHONE = fields.Complaint(
    "bad_phone", "手机号应为 11 位数字，以 1 开头，例如 13800001234"
)
MAIL = r"[0-9A-Za-z._%+-]{1,64}@([0-9A-Za-z-]{1,30}\.){1,4}[A-Za-z]{2,20}"
BAD_MAIL = fields.Complaint("bad_mail", "邮箱应像 wang@example.org")
BAD_BIRTH = fields.Complaint(
    "bad_birth", "出生年月应为年份或年月，例如 1950 或 2015-03"
)
OF_A_COUNTRY = ("+86", "0086", "86")
OF_A_NUMBER = 11


class Name(fields.Text):
    """What somebody is called. Chinese names are set wide to fill a column: 王　芳 is 王芳."""

    def meant(self, sent: str) -> str:
        return SET_WIDE.sub("", super().meant(sent))


class Phone(fields.Code):
    """A mobile number of the mainland, however it is written; loads as `+86` and eleven digits."""

    def __init__(self, **kwargs: object) -> None:
        told = described(kwargs, pattern=r"^(\+86)?1[3-9][0-9]{9}$")
        super().__init__(r"\+861[3-9][0-9]{9}", BAD_PHONE, most=40, **told)

    def meant(self, sent: str) -> str:
        plain = unicodedata.normalize("NFKC", sent)
        digits = "".join(char for char in plain if char not in " -()")
        number = digits[-OF_A_NUMBER:]
        before = digits[:-OF_A_NUMBER]
        return f"+86{number}" if before in ("", *OF_A_COUNTRY) else digits


class Mail(fields.Code):
    """An address for letters, as mail servers everywhere take it."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(MAIL, BAD_MAIL, most=100, **kwargs)


class Born(fields.Code):
    """A year, or a month of one: how old somebody is, as far as anything depends on it."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(
            r"(19|20)[0-9]{2}(-(0[1-9]|1[0-2]))?", BAD_BIRTH, most=7, **kwargs
        )


def person(description: str = "人员编号") -> fields.Id:
    about = {"description": description, "names_person": True}
    return fields.Id(required=True, metadata=about)


def by() -> fields.Id:
    return fields.Id(required=True, metadata={"description": "经办人"})


def community() -> fields.Division:
    return fields.Division(
        "community",
        required=True,
        metadata={"description": "由哪个社区登记，社区代码"},
    )


def phone(description: str, **about: object) -> Phone:
    example = {"description": description, "example": "13800001234"}
    return Phone(required=True, metadata=example | about)


def mail() -> Mail:
    says = "收登录验证码的邮箱，没有可以不填"
    return Mail(
        metadata={"description": says, "example": "wang@example.org", "personal": True}
    )


class Consent(fields.Schema):
    """How somebody agreed to be recorded or acted for, and when; who wrote it down is the event's `by`."""

    how = fields.OneOf(
        WAYS_TO_CONSENT, required=True, metadata={"description": "怎样同意的"}
    )
    on = fields.Day(required=True, metadata={"description": "哪一天同意的"})


def consent() -> fields.Part:
    return fields.Part(
        Consent, required=True, metadata={"description": "本人或监护人的同意"}
    )


class Record(fields.Schema):
    """What says who somebody is. A login phone is no part of it: that belongs to the account."""

    name = Name(
        40,
        required=True,
        metadata={"description": "姓名", "example": "王小明", "personal": True},
    )
    born = Born(
        metadata={
            "description": "出生年份，未成年人写到月",
            "example": "1950",
            "personal": True,
        }
    )
    contacts = fields.Many(
        phone("联系电话"),
        0,
        MOST_CONTACTS,
        load_default=list,
        metadata={
            "description": "联系电话，可与家人共用",
            "example": [],
            "personal": True,
        },
    )
