"""A recurrence rule (RFC 5545) as the fields HSDS takes apart: https://docs.openreferral.org, `schedule`."""

import re

from schemas.documents import Json

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


def schedule_of(rule: str) -> Json:
    """The rule's fields, and the rule itself as description. One that HSDS cannot express has the description only."""
    described = {"timezone": HOURS_EAST, "description": rule or "时间另行约定"}
    parts = _parts(rule)
    frequency = parts.pop("FREQ", None)
    if frequency not in FREQUENCIES:
        return described
    fields = {name.lower(): _field(name, text) for name, text in parts.items()}
    if None in fields.values():
        return described
    return described | {"freq": frequency} | fields


def _parts(rule: str) -> dict[str, str]:
    parts = filter(None, rule.removeprefix("RRULE:").upper().split(";"))
    return dict(part.partition("=")[::2] for part in parts)


def _field(name: str, text: str) -> str | int | None:
    """The value of one part, None for one HSDS does not have or that is not well formed."""
    if name in NUMBERS:
        return int(text) if re.fullmatch(r"[1-9]\d{0,4}", text) else None
    if name == "UNTIL":
        until = UNTIL.fullmatch(text)
        return "-".join(until.groups()) if until else None
    form = TEXTS.get(name)
    return text if form and re.fullmatch(form, text) else None
