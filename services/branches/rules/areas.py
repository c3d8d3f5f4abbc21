"""Courtyards and micro-grids: recorded where they lie, and ended where they are redrawn.

Nothing here reaches back before today, but for a code that was not known at all: so a past figure stays as it was.
"""

from schemas.documents import Json, pick
from services.district import territory
from services.district.authority import must_oversee
from services.district.calendar import day_in_words, local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Reads

NAMES = {"courtyard": "院落", "grid": "微网格"}


def record_courtyard(docs: Reads, command: Json, asked: Asked) -> Fact:
    return _record(docs, "courtyard", command, asked)


def record_grid(docs: Reads, command: Json, asked: Asked) -> Fact:
    """Raises `Refused` when its periods would overlap, or its courtyard lies elsewhere."""
    if "courtyard" in command:
        _must_lie_there(docs, command)
    return _record(docs, "grid", command, asked)


def end_courtyard(docs: Reads, command: Json, asked: Asked) -> Fact:
    return _end(docs, "courtyard", command, asked)


def end_grid(docs: Reads, command: Json, asked: Asked) -> Fact:
    return _end(docs, "grid", command, asked)


def _record(docs: Reads, kind: str, command: Json, asked: Asked) -> Fact:
    community = command["community"]
    valid_from = command["valid_from"]
    territory.known(docs, community, "community", valid_from)
    if command.get("valid_to", valid_from) < valid_from:
        says = "有效的最后一天不能早于第一天"
        raise Invalid(says, code="ends_before_it_begins", path="valid_to")
    code = command[kind]
    area = docs.get(f"{kind}s", code)
    if area is not None:
        named = f"{NAMES[kind]} {code} "
        _must_follow(docs, area["periods"][-1], named, valid_from, asked)
    return Fact(f"{kind}_recorded.v1", f"{kind}/{code}", command)


def _must_follow(
    docs: Reads, last: Json, named: str, valid_from: str, asked: Asked
) -> None:
    """Raises unless the new period begins after the `last` one, and not before today."""
    if valid_from <= last.get("valid_to", valid_from):
        where = territory.called(docs, last["community"])
        says = f"{named}已登记在{where}，{_valid(last)}，有效期不能重叠"
        raise Refused("periods_overlap", says, path="valid_from")
    if valid_from < local_day(asked.now):
        says = f"{named}以前登记过，只能从今天或以后起重新登记"
        raise Refused("begins_in_the_past", says, path="valid_from")


def _valid(period: Json) -> str:
    until = f"到 {day_in_words(period['valid_to'])} " if "valid_to" in period else ""
    return f"从 {day_in_words(period['valid_from'])} 起{until}有效"


def _must_lie_there(docs: Reads, command: Json) -> None:
    """Raises unless the courtyard that is named lies in the community on the first day."""
    code = command["courtyard"]
    community = command["community"]
    courtyard = docs.get("courtyards", code)
    if courtyard is None:
        says = f"没有编码为 {code} 的院落"
        raise Refused("unknown_courtyard", says, path="courtyard")
    day = command["valid_from"]
    for period in courtyard["periods"]:
        if period["community"] == community and is_valid(period, day):
            return
    says = f"院落 {code} 在 {day_in_words(day)} 不在{territory.called(docs, community)}"
    raise Refused("courtyard_elsewhere", says, path="courtyard")


def _end(docs: Reads, kind: str, command: Json, asked: Asked) -> Fact:
    code = command[kind]
    last = _last_period(docs, kind, code)
    must_oversee(docs, asked.actor, last["community"])
    if "valid_to" in last:
        says = (
            f"{NAMES[kind]} {code} 到 {day_in_words(last['valid_to'])} 为止，已经登记过"
        )
        raise Refused("already_ended", says)
    _must_end_later(last, command["valid_to"], asked)
    content = command | pick(last, "community", "valid_from")
    return Fact(f"{kind}_ended.v1", f"{kind}/{code}", content)


def _last_period(docs: Reads, kind: str, code: str) -> Json:
    """The latest period of an area. Raises `Unknown` when nobody has recorded it."""
    area = docs.get(f"{kind}s", code)
    if area is None:
        says = f"没有编码为 {code} 的{NAMES[kind]}"
        raise Unknown(says, code=f"unknown_{kind}", path=kind)
    last: Json = area["periods"][-1]
    return last


def _must_end_later(period: Json, valid_to: str, asked: Asked) -> None:
    """Raises when the last day lies before the first one, or before today."""
    if valid_to < period["valid_from"]:
        says = f"它从 {day_in_words(period['valid_from'])} 起有效，不能在那以前结束"
        raise Refused("ends_before_it_begins", says, path="valid_to")
    if valid_to < local_day(asked.now):
        says = "最早到今天为止，已经过去的日子不能改"
        raise Refused("ends_in_the_past", says, path="valid_to")


def is_valid(period: Json, day: str) -> bool:
    """The last day included."""
    return bool(period["valid_from"] <= day <= period.get("valid_to", day))
