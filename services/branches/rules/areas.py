"""Courtyards and micro-grids: recorded where they lie, and ended where they are redrawn.

Nothing here reaches back before today, but for a code that was not known at all: so a past figure stays as it was.
"""

from schemas.documents import Json
from services.district import territory
from services.district.authority import must_oversee
from services.district.calendar import local_day
from services.kit.entrypoints import Asked
from services.kit.errors import Invalid, Refused, Unknown
from services.kit.log import Fact
from services.kit.views import Reads

NAMES = {"courtyard": "院落", "grid": "微网格"}


def record_courtyard(docs: Reads, command: Json, asked: Asked) -> Fact:
    return _record(docs, "courtyard", command, asked)


def record_grid(docs: Reads, command: Json, asked: Asked) -> Fact:
    if "courtyard" in command:
        _must_lie_there(docs, command)
    return _record(docs, "grid", command, asked)


def end_courtyard(docs: Reads, command: Json, asked: Asked) -> Fact:
    return _end(docs, "courtyard", command, asked)


def end_grid(docs: Reads, command: Json, asked: Asked) -> Fact:
    return _end(docs, "grid", command, asked)


def _record(docs: Reads, kind: str, command: Json, asked: Asked) -> Fact:
    must_oversee(docs, asked.actor, command["community"])
    territory.known(docs, command["community"], "community", command["valid_from"])
    if command.get("valid_to", command["valid_from"]) < command["valid_from"]:
        raise Invalid(
            "有效的最后一天不能早于第一天",
            code="ends_before_it_begins",
            path="valid_to",
        )
    before = docs.get(f"{kind}s", command[kind])
    if before is not None:
        _must_follow(
            docs,
            before["periods"][-1],
            f"{NAMES[kind]} {command[kind]} ",
            command["valid_from"],
            asked,
        )
    return Fact(f"{kind}_recorded.v1", f"{kind}/{command[kind]}", command)


def _must_follow(
    docs: Reads, last: Json, named: str, valid_from: str, asked: Asked
) -> None:
    if valid_from <= last.get("valid_to", valid_from):
        until = f"到 {last['valid_to']} " if "valid_to" in last else ""
        where = territory.called(docs, last["community"])
        says = f"{named}已登记在{where}，从 {last['valid_from']} 起{until}有效，有效期不能重叠"
        raise Refused("periods_overlap", says, path="valid_from")
    if valid_from < local_day(asked.now):
        raise Refused(
            "begins_in_the_past",
            f"{named}以前登记过，只能从今天或以后起重新登记",
            path="valid_from",
        )


def _must_lie_there(docs: Reads, command: Json) -> None:
    code, community, day = (
        command[name] for name in ("courtyard", "community", "valid_from")
    )
    courtyard = docs.get("courtyards", code)
    if courtyard is None:
        raise Refused(
            "unknown_courtyard", f"没有编码为 {code} 的院落", path="courtyard"
        )
    if not any(
        period["community"] == community and is_valid(period, day)
        for period in courtyard["periods"]
    ):
        raise Refused(
            "courtyard_elsewhere",
            f"院落 {code} 在 {day} 不在{territory.called(docs, community)}",
            path="courtyard",
        )


def _end(docs: Reads, kind: str, command: Json, asked: Asked) -> Fact:
    code, valid_to = command[kind], command["valid_to"]
    area = docs.get(f"{kind}s", code)
    if area is None:
        raise Unknown(
            f"没有编码为 {code} 的{NAMES[kind]}", code=f"unknown_{kind}", path=kind
        )
    last = area["periods"][-1]
    must_oversee(docs, asked.actor, last["community"])
    if "valid_to" in last:
        raise Refused(
            "already_ended",
            f"{NAMES[kind]} {code} 到 {last['valid_to']} 为止，已经登记过",
        )
    if valid_to < last["valid_from"]:
        raise Refused(
            "ends_before_it_begins",
            f"它从 {last['valid_from']} 起有效，不能在那以前结束",
            path="valid_to",
        )
    if valid_to < local_day(asked.now):
        raise Refused(
            "ends_in_the_past", "最早到今天为止，已经过去的日子不能改", path="valid_to"
        )
    told = {name: last[name] for name in ("community", "valid_from")}
    return Fact(f"{kind}_ended.v1", f"{kind}/{code}", {**command, **told})


def is_valid(period: Json, day: str) -> bool:
    """The last day included."""
    return bool(period["valid_from"] <= day <= period.get("valid_to", day))
