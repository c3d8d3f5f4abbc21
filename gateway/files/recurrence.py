"""A recurrence rule (RFC 5545) as the fields HSDS takes apart: https://docs.openreferral.org, `schedule`."""

import re
from typing import Any

FREQUENCIES = ("WEEKLY", "MONTHLY")  # The only ones HSDS 3 knows.
HOURS_EAST = 8
TEXTS = {
    "WKST": r"MO|TU|WE|TH|FR|SA|SU",
    "BYDAY": r"[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU)(?:,[+-]?\d{0,2}(?:MO|TU|WE|TH|FR|SA|SU))*",
    "BYWEEKNO": r"-?\d{1,2}(?:,-?\d{1,2})*",
    "BYMONTHDAY": r"-?\d{1,2}(?:,-?\d{1,2})*",
}
NUMBERS = ("INTERVAL", "COUNT")
UNTIL = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T\d{6}Z?)?")


def schedule_of(rule: str) -> dict[str, Any]:
    """The rule's fields, and the rule itself as description. One that HSDS cannot express has the description only."""
    said = {"timezone": HOURS_EAST, "description": rule or "时间另行约定"}
    parts = dict(
        part.partition("=")[::2]
        for part in rule.removeprefix("RRULE:").upper().split(";")
        if part
    )
    if parts.get("FREQ") not in FREQUENCIES:
        return said
    fields = {
        name.lower(): _field(name, text)
        for name, text in parts.items()
        if name != "FREQ"
    }
    if None in fields.values():
        return said
    return {**said, "freq": parts["FREQ"], **fields}


def _field(name: str, text: str) -> str | int | None:
    """The value of one part, None for one HSDS does not have or that is not well formed."""
    if name in NUMBERS:
        return int(text) if re.fullmatch(r"[1-9]\d{0,4}", text) else None
    if name == "UNTIL":
        until = UNTIL.fullmatch(text)
        return "-".join(until.groups()) if until else None
    return text if name in TEXTS and re.fullmatch(TEXTS[name], text) else None
