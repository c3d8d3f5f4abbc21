"""The district's divisions: recorded from a day on, ended, and taken back when they were a mistake.

A figure of a month that is over stays as it was: what is recorded later begins today at the earliest, what ends does
not end before today, and only what was recorded this month can be taken back.
"""

from schemas.documents import Json
from services.district import territory
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Forbidden, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Find, Reads

CODE_STEP = 3  # Each level's code is its parent's with three digits more.


def record_division(docs: Reads, command: Json, asked: Asked) -> Fact:
    code, today = command["division"], local_day(asked.now)
    _must_administer(docs, code, asked)
    level = territory.LEVELS[len(code)]
    parent = "" if level == "district" else code[:-CODE_STEP]
    if parent:
        territory.known(docs, parent, "division", command.get("valid_from", today))
    begins = _begins(docs, command, today)
    said = {name: value for name, value in command.items() if name != "valid_from"}
    return Fact(
        "division_recorded.v1",
        f"division/{code}",
        {**said, **begins, "level": level, "parent": parent},
    )


def end_division(docs: Reads, command: Json, asked: Asked) -> Fact:
    division, valid_to = _open(docs, command, asked), command["valid_to"]
    if valid_to < local_day(asked.now):
        raise Refused(
            "ends_in_the_past", "最早到今天为止，已经过去的日子不能改", path="valid_to"
        )
    if valid_to < division["periods"][-1].get("valid_from", valid_to):
        since = division["periods"][-1]["valid_from"]
        raise Refused(
            "ends_before_it_begins",
            f"它从 {since} 起有效，不能在那以前结束",
            path="valid_to",
        )
    _must_be_empty(docs, division, valid_to)
    return _fact("division_ended.v1", command, asked)


def withdraw_division(docs: Reads, command: Json, asked: Asked) -> Fact:
    division, today = _open(docs, command, asked), local_day(asked.now)
    if division["recorded_on"][:7] != today[:7] or len(division["periods"]) > 1:
        says = f"它 {division['recorded_on']} 就登记了，以前月份的数字已经计入，只能从今天起结束"
        raise Refused("recorded_before", says, path="division")
    _must_be_empty(docs, division, "")
    if docs.find(Find("branches", {division["level"]: division["id"]}, "id", limit=1)):
        raise Refused(
            "division_in_use",
            f"“{division['name']}”里登记了党支部，不能撤销",
            path="division",
        )
    return _fact("division_withdrawn.v1", command, asked)


def _begins(docs: Reads, command: Json, today: str) -> dict[str, str]:
    """From which day; nothing for what a district is first set up with: that has always been there."""
    known, since = (
        docs.get("divisions", command["division"]),
        command.get("valid_from", today),
    )
    if (
        known is not None
        and known["periods"]
        and "valid_to" not in known["periods"][-1]
    ):
        if "valid_from" in command:
            raise Refused(
                "already_valid",
                f"“{known['name']}”现在有效，改名不用写从哪天起",
                path="valid_from",
            )
        return {
            name: day
            for name, day in known["periods"][-1].items()
            if name == "valid_from"
        }
    if since < today:
        raise Refused(
            "begins_in_the_past",
            "只能从今天或以后起有效，以前的数字不改",
            path="valid_from",
        )
    if (
        known is not None
        and known["periods"]
        and since <= known["periods"][-1]["valid_to"]
    ):
        until = known["periods"][-1]["valid_to"]
        raise Refused(
            "periods_overlap",
            f"它到 {until} 为止有效，新的有效期应在那以后开始",
            path="valid_from",
        )
    is_new = known is None or not known["periods"]
    first_day = (
        is_new
        and "valid_from" not in command
        and _is_set_up(docs, command["division"], today)
    )
    return {} if first_day else {"valid_from": since}


def _is_set_up(docs: Reads, code: str, today: str) -> bool:
    """True on the day on which the district is recorded."""
    district = docs.get("divisions", territory.district_of(code))
    return district is None or district["recorded_on"] == today


def _open(docs: Reads, command: Json, asked: Asked) -> Json:
    code = command["division"]
    _must_administer(docs, code, asked)
    division = docs.get("divisions", code)
    if division is None or not division["periods"]:
        raise Unknown(
            f"没有区划代码为 {code} 的街道或社区",
            code="unknown_division",
            path="division",
        )
    if "valid_to" in division["periods"][-1]:
        until = division["periods"][-1]["valid_to"]
        raise Refused(
            "already_ended",
            f"“{division['name']}”到 {until} 为止，已经登记过",
            path="division",
        )
    return division


def _must_be_empty(docs: Reads, division: Json, after: str) -> None:
    """Nothing that lies in it is valid any longer than it is."""
    inside = docs.find(Find("divisions", {"parent": division["id"]}, "id", limit=1000))
    later = next(
        (
            one
            for one in inside
            if any(period.get("valid_to", "9") > after for period in one["periods"])
        ),
        None,
    )
    if later is not None:
        raise Refused(
            "division_not_empty",
            f"“{later['name']}”还在它里面，请先结束",
            path="division",
        )


def _must_administer(docs: Reads, code: str, asked: Asked) -> None:
    if not asked.actor.covers("district_admin", code):
        raise Forbidden(
            f"{territory.called(docs, code)}不在您的管理范围内", code="out_of_scope"
        )


def _fact(type: str, command: Json, asked: Asked) -> Fact:
    return Fact(
        type, f"division/{command['division']}", {**command, "by": asked.actor.id}
    )
