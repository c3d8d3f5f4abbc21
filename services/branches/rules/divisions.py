"""The district's divisions: recorded from a day on, ended, and taken back when they were a mistake.

A figure of a month that is over stays as it was: what is recorded later begins today at the earliest, what ends does
not end before today, and only what was recorded this month can be taken back.
"""

from schemas.documents import Json, pick_present, without
from services.district import territory
from services.district.calendar import day_in_words, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Find, Reads

CODE_STEP = 3  # Each level's code is its parent's with three digits more.
MOST_INSIDE = 1000


def record_division(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Its parent, by its code, must be valid on the day it begins: raises `Refused` otherwise."""
    code = command["division"]
    today = local_day(asked.now)
    level = territory.LEVELS[len(code)]
    parent = "" if level == "district" else code[:-CODE_STEP]
    if parent:
        territory.known(docs, parent, "division", command.get("valid_from", today))
    begins = _begins(docs, command, today)
    content = without(command, "valid_from") | begins
    content |= {"level": level, "parent": parent}
    return _fact("division_recorded.v1", content)


def end_division(docs: Reads, command: Json, asked: Asked) -> Fact:
    """With a day from today on. Raises `Refused` while there is anything in it after that."""
    division = _open(docs, command)
    valid_to = command["valid_to"]
    if valid_to < local_day(asked.now):
        says = "最早到今天为止，已经过去的日子不能改"
        raise Refused("ends_in_the_past", says, path="valid_to")
    since = division["periods"][-1].get("valid_from", valid_to)
    if valid_to < since:
        says = f"它从 {day_in_words(since)} 起有效，不能在那以前结束"
        raise Refused("ends_before_it_begins", says, path="valid_to")
    _must_be_empty(docs, division, valid_to)
    return _fact("division_ended.v1", command | {"by": asked.actor.id})


def withdraw_division(docs: Reads, command: Json, asked: Asked) -> Fact:
    """It was a mistake of this month, and nothing is in it: raises `Refused` otherwise."""
    division = _open(docs, command)
    _must_be_of_this_month(division, asked)
    _must_be_empty(docs, division, "")
    where = {division["level"]: division["id"]}
    if docs.find(Find("branches", where, "id", limit=1)):
        says = f"“{division['name']}”里登记了党支部，不能撤销"
        raise Refused("division_in_use", says, path="division")
    return _fact("division_withdrawn.v1", command | {"by": asked.actor.id})


def _must_be_of_this_month(division: Json, asked: Asked) -> None:
    """Raises when figures may have counted it: it was recorded before this month, or more than once."""
    recorded_on = division["recorded_on"]
    today = local_day(asked.now)
    is_of_this_month = recorded_on[:7] == today[:7]
    if not is_of_this_month or len(division["periods"]) > 1:
        counted = "以前月份的数字已经计入，只能从今天起结束"
        says = f"它 {day_in_words(recorded_on)} 就登记了，{counted}"
        raise Refused("recorded_before", says, path="division")


def _begins(docs: Reads, command: Json, today: str) -> Json:
    """`{valid_from}`; nothing for what a district is first set up with: that has always been there."""
    division = docs.get("divisions", command["division"])
    if division is not None and division["periods"]:
        return _begins_anew(division, command, today)
    since = _not_before(today, command)
    if "valid_from" not in command and _is_set_up(docs, command["division"], today):
        return {}
    return {"valid_from": since}


def _begins_anew(division: Json, command: Json, today: str) -> Json:
    """Of one that was recorded before: it goes on under another name, or begins again after it had ended."""
    last = division["periods"][-1]
    if "valid_to" not in last:
        if "valid_from" in command:
            says = f"“{division['name']}”现在有效，改名不用写从哪天起"
            raise Refused("already_valid", says, path="valid_from")
        return pick_present(last, "valid_from")
    since = _not_before(today, command)
    until = last["valid_to"]
    if since <= until:
        says = f"它到 {day_in_words(until)} 为止有效，新的有效期应在那以后开始"
        raise Refused("periods_overlap", says, path="valid_from")
    return {"valid_from": since}


def _not_before(today: str, command: Json) -> str:
    """The first day asked for, today unless one is named."""
    since = str(command.get("valid_from", today))
    if since < today:
        says = "只能从今天或以后起有效，以前的数字不改"
        raise Refused("begins_in_the_past", says, path="valid_from")
    return since


def _is_set_up(docs: Reads, code: str, today: str) -> bool:
    """True on the day on which the district is recorded."""
    district = docs.get("divisions", territory.district_of(code))
    return district is None or district["recorded_on"] == today


def _open(docs: Reads, command: Json) -> Json:
    """The division, when it has not ended."""
    code = command["division"]
    division = docs.get("divisions", code)
    if division is None or not division["periods"]:
        says = f"没有区划代码为 {code} 的街道或社区"
        raise Unknown(says, code="unknown_division", path="division")
    last = division["periods"][-1]
    if "valid_to" in last:
        says = (
            f"“{division['name']}”到 {day_in_words(last['valid_to'])} 为止，已经登记过"
        )
        raise Refused("already_ended", says, path="division")
    return division


def _must_be_empty(docs: Reads, division: Json, after: str) -> None:
    """Nothing that lies in it is valid any longer than it is."""
    where = {"parent": division["id"]}
    for inside in docs.find(Find("divisions", where, "id", limit=MOST_INSIDE)):
        for period in inside["periods"]:
            if period.get("valid_to", "9") > after:
                says = f"“{inside['name']}”还在它里面，请先结束"
                raise Refused("division_not_empty", says, path="division")


def _fact(type: str, content: Json) -> Fact:
    return Fact(type, f"division/{content['division']}", content)
