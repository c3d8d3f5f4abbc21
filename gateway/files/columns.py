"""Columns of a table: which field stands under a heading, and what kind of cell it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.district.calendar import LOCAL

Cell = str | int | float | date | datetime | None
Show = Callable[[Any], Cell]
Document = Mapping[str, Any]

DAY_FORM = "yyyy-mm-dd"
RATE_FORM = "0.00%"  # The only numbers that are not whole are rates.


@dataclass(frozen=True, slots=True)
class Column:
    """`field` is a name in the document, or a way into it: `decisions/-1/at` is the `at` of the last decision.

    `form` is the number format of the cells, `width` in characters. Where there is a `register`, the cell is what that
    calls the code found.
    """

    heading: str
    field: str
    show: Show
    form: str = "General"
    width: int = 16
    register: str = ""

    def of(self, document: Document) -> Cell:
        """The cell of one document, None where it has no such thing."""
        value: Any = document
        for step in self.field.split("/"):
            if not value:
                return None
            value = value[int(step)] if isinstance(value, list) else value.get(step)
        return None if value is None else self.show(value)


def text(heading: str, field: str) -> Column:
    return Column(heading, field, str, "@", 24)


def code(heading: str, field: str) -> Column:
    """Text even where it is all digits: a spreadsheet must not calculate with it, nor shorten it."""
    return Column(heading, field, str, "@", 28)


def place(heading: str, field: str) -> Column:
    """The name of a division, beside its code."""
    return Column(heading, field, str, "@", 16, "divisions")


def yes(heading: str, field: str) -> Column:
    """A word where it is so, nothing where it is not."""
    return Column(heading, field, lambda value: "是" if value else "", "@", 8)


def truth(heading: str, field: str) -> Column:
    """Nothing where it is not said."""
    return Column(heading, field, lambda value: "是" if value else "否", "@", 8)


def site(heading: str, field: str) -> Column:
    """The name of a site instead of its code."""
    return Column(heading, field, str, "@", 16, "sites")


def words(
    heading: str, field: str, meanings: Mapping[str, str] | None = None
) -> Column:
    """Several, as a reader would say each."""
    known = meanings or {}

    def show(values: list[str]) -> str:
        return "、".join(known.get(value, value) for value in values)

    return Column(heading, field, show, "@", 24)


def word(heading: str, field: str, meanings: Mapping[str, str]) -> Column:
    """One of a few words, as a reader would say it."""
    return Column(heading, field, lambda value: meanings.get(value, value), "@", 12)


def whole(heading: str, field: str) -> Column:
    return Column(heading, field, int, "0", 12)


def rate(heading: str, field: str) -> Column:
    """A fraction of one, shown as a percentage."""
    return Column(heading, field, float, RATE_FORM, 12)


def day(heading: str, field: str) -> Column:
    """A calendar day; the document has it as `2026-06-13`."""
    return Column(heading, field, date.fromisoformat, DAY_FORM, 12)


def instant(heading: str, field: str) -> Column:
    """In the district's own time, to the second; a spreadsheet's times have no zone."""
    return Column(heading, field, _local, "yyyy-mm-dd hh:mm:ss", 20)


def _local(moment: str) -> datetime:
    local = datetime.fromisoformat(moment).astimezone(LOCAL)
    return local.replace(microsecond=0, tzinfo=None)
