"""Somebody a table names, as people know them: by whole name and sign-in number, so that nobody types an id."""

import re

from schemas.documents import Json

NAME_AND_NUMBER = re.compile(
    r"(?P<name>\S.{0,39}?)[\s,，、]*(?P<phone>(\+?86)?1[3-9][0-9]{9})"
)
BY_NAME = "也可以写姓名和登录手机号，例如 王小明 13800001234"
NOBODY = "没有找到姓名和登录手机号都对得上的人，请核对，或先请其注册"


def name_and_number(text: str) -> Json | None:
    """`{name, phone}` of `王小明 13800001234`; None of what is otherwise written, an id for one."""
    said = NAME_AND_NUMBER.fullmatch(text.strip())
    return said.groupdict() if said else None
