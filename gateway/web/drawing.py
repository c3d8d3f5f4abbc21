"""A schema's fields made what a page draws, and what was filled in made readable again."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import marshmallow as ma

from gateway.web.forms import as_typed
from schemas import fields
from schemas.credit_code import CreditCode
from schemas.decisions import Staying
from schemas.documents import Json
from schemas.fields.texts import LONGEST_LINE
from schemas.opening_hours import DAYS_IN_WORDS, OpeningHours
from schemas.people.parts import Born, Mail, Phone
from schemas.recurrence import Rule

Choice = tuple[str, str]  # What is sent, and what a reader calls it.
Groups = list[tuple[str, list[Choice]]]  # Under what they stand; "" for none.
Picks = Mapping[str, Groups]  # What a field is picked from, by its name.
NO_PICKS: Picks = {}
# How a label ends that says what is sent, where it is picked by name.
PICKED = re.compile("(的人员)?(编号|代码)$")
EMPTY_ROWS, MOST_LINES = 3, 6


class PartOfAll(Groups):
    """Not all there are to pick from: others are found by what they are called."""


class ByNumber(Groups):
    """People whom the visitor finds by their whole name and their number alone."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A field as a page draws it: `hint` says what its label does not; `stays`, that what is written is kept for good.

    `kind` is the input's type, or `textarea`, or `select` of its `groups`, or `checks` for several of its `choices`, or
    `person` for somebody found by name, or `seek` for one of `groups` or of others that are found, or `spans` for times
    of the week, whose days are its `choices`, or `lines` for a few of a kind.
    """

    path: str
    kind: str
    label: str
    hint: str
    required: bool
    choices: list[Choice]
    limits: dict[str, int]
    autocomplete: str = ""
    groups: Groups = field(default_factory=list)
    stays: bool = False


def is_askable(field: Any) -> bool:
    """Whether somebody can fill it in: a list only of choices or of telephones, and nobody's id."""
    is_text = isinstance(field, fields.Text) and not isinstance(field, fields.Code)
    return is_text or isinstance(field, ASKABLE) or is_ticked(field) or is_lined(field)


def field_at(schema: ma.Schema, path: str) -> Any:
    """The field of that name, or in a part of the schema, as `consent/how`."""
    name, _, rest = path.partition("/")
    field: Any = schema.fields[name]
    return field_at(field.schema, rest) if rest else field


def rows_of(typed: Json, path: str) -> range:
    """The rows to draw of a list: those filled in, and some to fill in."""
    steps = (name.removeprefix(f"{path}/").partition("/") for name in typed)
    filled = [int(step) for step, _, rest in steps if rest and step.isdecimal()]
    return range(max(filled, default=-1) + 1 + EMPTY_ROWS)


def is_ticked(field: Any) -> bool:
    """Whether several of a few words are chosen."""
    return isinstance(field, fields.Many) and isinstance(field.inner, fields.OneOf)


def is_lined(field: Any) -> bool:
    """Whether it is a list of a few that are written, each in a line of its own."""
    if not isinstance(field, fields.Many):
        return False
    return isinstance(field.inner, Phone) or type(field.inner) is fields.Text


def ticked(typed: Json, path: str) -> set[str]:
    """What of a list of words was chosen, as it was filled in."""
    return {text for name, text in typed.items() if name.startswith(f"{path}/")}


def readable(payload: Json, schema: ma.Schema) -> list[tuple[str, str]]:
    """What was written and chosen, each with what its field is called: to be read and copied by who did."""
    known = schema.fields
    names = [name for name in payload if name in known and is_askable(known[name])]
    return [(one.label, _said(one, payload[one.path])) for one in drawn(schema, *names)]


def _said(field: Drawn, value: Any) -> str:
    if field.kind == "checkbox":
        return "是" if value is True else "否"
    if isinstance(value, list):
        return "、".join(map(str, value))
    return dict(field.choices).get(value, str(as_typed(value)))


# What a browser may fill in by itself (HTML, 4.10.18.7).
AUTOCOMPLETE = {
    "phone": "tel",
    "digits": "one-time-code",
    "password": "current-password",
    "old": "current-password",
}
PASSWORDS = ("password", "old")
ASKABLE = (
    fields.OneOf,
    fields.Truth,
    fields.Whole,
    fields.Day,
    fields.Instant,
    CreditCode,
    OpeningHours,
    Phone,
    Mail,
    Born,
)
KINDS: tuple[tuple[type, str], ...] = (
    (fields.OneOf, "select"),
    (Rule, "select"),
    (OpeningHours, "spans"),
    (fields.Truth, "checkbox"),
    (fields.Whole, "number"),
    (fields.Instant, "datetime-local"),
    (fields.Day, "date"),
)


# How often something is there, in words; a rule that says more is left to programs.
OFTEN = [
    ("FREQ=DAILY", "每天"),
    ("FREQ=WEEKLY", "每周，和首次同一个星期几"),
    ("FREQ=WEEKLY;INTERVAL=2", "每两周一次"),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "周一到周五"),
    ("FREQ=WEEKLY;BYDAY=SA,SU", "周六和周日"),
    ("FREQ=MONTHLY", "每月，和首次同一天"),
]

YES_OR_NO = [("", "请选择"), ("true", "是"), ("false", "否")]


def drawn(
    schema: ma.Schema, *names: str, under: str = "", picks: Picks = NO_PICKS
) -> list[Drawn]:
    """These fields of the schema in this order; `under` is the path they lie under, as in `party/0`."""
    return [
        _drawn(
            field_at(schema, name),
            f"{under}/{name}" if under else name,
            picks.get(name),
        )
        for name in names
    ]


def _drawn(field: Any, path: str, picked: Groups | None) -> Drawn:
    choices = _choices(field)
    is_said = bool(choices) or isinstance(field, fields.Truth)
    label, hint = _called(field, is_said or picked is not None)
    fills = AUTOCOMPLETE.get(path.rpartition("/")[2], "")
    kind = "password" if path in PASSWORDS else _kind(field)
    if picked is not None:
        kind, label, hint = _picked(field, label, picked)
        choices = [choice for _, those in picked for choice in those]
    groups = [("", choices)] if picked is None else picked
    said = (path, kind, label, hint, field.required, choices, _limits(field), fills)
    return Drawn(*said, groups, isinstance(field, Staying))


def _picked(field: Any, label: str, groups: Groups) -> tuple[str, str, str]:
    """Somebody is looked for by name before there is anybody to pick."""
    called = PICKED.sub("", label)
    if isinstance(field, fields.Many):
        return "checks", called, ""
    if isinstance(groups, ByNumber):
        return "person", called, "写全名和登录手机号，按“查找”，再从找到的人里选"
    if field.metadata.get("names_person"):
        return "person", called, "先写姓名或开头的字，按“查找”，再从找到的人里选"
    if isinstance(groups, PartOfAll):
        return "seek", called, "没有列出的，写名称里的字，按“查找”"
    return "select", called, ""


def _choices(field: Any) -> list[Choice]:
    if isinstance(field, Rule):
        return OFTEN
    if isinstance(field, OpeningHours):
        return list(DAYS_IN_WORDS.items())
    if isinstance(field, fields.Truth) and field.required:
        return YES_OR_NO
    words = field.inner if is_ticked(field) else field
    return list(words.said.items()) if isinstance(words, fields.OneOf) else []


def label_of(field: Any) -> str:
    """What a field is called; "" for one that is not described."""
    return _called(field, True)[0]


def _called(field: Any, is_chosen: bool) -> tuple[str, str]:
    """Its label, and what is said about it besides; of what is chosen the choices say the rest."""
    if isinstance(field, Rule):
        return "多久一次", ""  # How rules are written is for programs.
    description = str(field.metadata.get("description", ""))
    if is_chosen:
        description = description.partition("：")[0]
    label, hint = _spoken(description)
    if isinstance(field, fields.Division) and is_chosen:
        label = label.removesuffix("代码")
    return label, hint


def _spoken(description: str) -> tuple[str, str]:
    """What a field is called, and what is said about it besides."""
    parts = re.split("[，；。]", description, maxsplit=1)
    return parts[0], parts[1] if len(parts) > 1 else ""


def _kind(field: Any) -> str:
    if is_ticked(field):
        return "checks"
    if is_lined(field):
        return "lines"
    if isinstance(field, fields.Truth) and field.required:
        return "select"  # A box that is not ticked says nothing.
    for type_, kind in KINDS:
        if isinstance(field, type_):
            return kind
    is_long = isinstance(field, fields.Text) and field.most > LONGEST_LINE
    return "textarea" if is_long else "text"


def _limits(field: Any) -> dict[str, int]:
    if isinstance(field, fields.Whole):
        return {"min": field.least, "max": field.most}
    if is_lined(field):
        return {"rows": min(field.most, MOST_LINES), "maxlength": field.inner.most}
    return {"maxlength": field.most} if isinstance(field, fields.Text) else {}
