"""Answers at the door: texts, each checked by the kind of its item. Not to answer is always allowed."""

import re
from collections.abc import Iterable
from datetime import date

from schemas.documents import Json

YES_OR_NO = ("yes", "no")
LARGEST = 6  # Digits of a number: what is counted at a door.
# An item that asks for what nobody may write down at a door: who it is, how to call them, a reading.
SENSITIVE = re.compile(
    "身份证|证件号|手机|电话号|联系电话|姓名|银行卡|密码|出生年月|出生日期|生日|"
    "血压值|血糖值|读数|体温|病史"
)
# What may be asked only as done or not.
MEASURED = re.compile(
    "血压|血糖|血氧|血脂|心率|脉搏|体重|收缩压|舒张压|[高低]压(?!锅|电|线)"
)


def is_sensitive(item: Json) -> bool:
    texts = [item["title"], *item.get("options", [])]
    is_measured = item["kind"] != "yes_no" and any(map(MEASURED.search, texts))
    return is_measured or any(map(SENSITIVE.search, texts))


def is_possible(item: Json, value: str) -> bool:
    """Whether the value answers the item."""
    kind = item["kind"]
    if kind == "yes_no":
        return value in YES_OR_NO
    if kind == "choice":
        return value in item["options"]
    if kind == "number":
        return value.isascii() and value.isdigit() and len(value) <= LARGEST
    return _is_day(value)


def _is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def latest(visits: Iterable[Json]) -> list[Json]:
    """The answers, by item: of all that were given to one, that which was given last, by true time."""
    answers: dict[str, Json] = {}
    for visit in sorted(visits, key=lambda visit: (visit["at"], visit["id"])):
        answers |= {answer["item"]: answer for answer in visit["answers"]}
    return [answers[item] for item in sorted(answers)]
