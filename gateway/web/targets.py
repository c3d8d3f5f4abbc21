"""A target as a clerk sets it: a rate in percent, time in hours. The log has ten-thousandths and minutes."""

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal

from gateway.api.metrics import TABLE
from gateway.edge import reading
from gateway.web.commands import ROUTES, page_of
from gateway.web.measured import COUNTED, GIVEN_IN, definitions
from gateway.web.page import Visit
from schemas import fields
from schemas.documents import Json
from schemas.metrics.definition import SHARE
from schemas.metrics.targets import Aim, SetTarget
from services.kit.errors import Invalid

NUMBER = re.compile(r"([0-9]{1,13}(?:\.[0-9]{1,4})?) ?(%?)")
NO_NUMBER = "应为一个数，如 85.3"
NO_SHARE = "不是比率，不能填百分数"
NO_WHOLE = "只能填整数"
TOO_FINE = "小数太细：比率最多两位，时长应是整分钟"


class Written(Aim):
    """`value` as it was written."""

    value = fields.Text(
        20,
        required=True,
        metadata={"description": "目标值，比率填百分数，如 85.3；时长填小时，如 120.5"},
    )


def meant(visit: Visit, aim: Json) -> Json:
    """Raises `Invalid` for what is no number of such."""
    units = {one["identifier"]: one["unit"] for one in definitions(visit)}
    value = value_of(aim["value"], units.get(aim["figure"], ""))
    payload: Json = reading.load(SetTarget(), aim | {"value": value})
    return payload


def value_of(written: str, unit: str) -> int:
    narrow = unicodedata.normalize("NFKC", written).replace(",", "")
    found = NUMBER.fullmatch(narrow.strip())
    if not found:
        raise Invalid(NO_NUMBER, path="value")
    number, percent = found.groups()
    if percent and unit != SHARE:
        raise Invalid(NO_SHARE, path="value")
    _, of_one = GIVEN_IN.get(unit, COUNTED)
    value = Decimal(number) * of_one
    if value != int(value):
        raise Invalid(NO_WHOLE if of_one == 1 else TOO_FINE, path="value")
    return int(value)


PAGES = (
    replace(page_of(TABLE, replace(ROUTES["set_target"], schema=Written)), means=meant),
)
