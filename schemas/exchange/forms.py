"""What a number is shown as: the forms that spreadsheets keep of their cells (ECMA-376 part 1, 18.8.30 and 18.8.31)."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from schemas.exchange.cleaning import COUNTS

GENERAL, LONGEST = "General", 255
# Those that have a number and no text of their own; what Chinese, Japanese and Korean have besides are days and times.
MONEY = {*range(5, 9), 42, 44, *range(63, 67)}
DAYS = {*range(14, 18), 27, 28, 29, 30, 31, 36, *range(50, 55), 57, 58}
TIMES = {*range(18, 23), *range(32, 36), *range(45, 48), 55, 56}
BUILT_IN = {
    **dict.fromkeys(MONEY, "¥0"),
    **dict.fromkeys(DAYS, "yyyy-mm-dd"),
    **dict.fromkeys(TIMES, "hh:mm"),
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    48: "##0.0E+0",
}
# Letters in a form that stand for themselves, or for a colour.
SAID = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
# `aaaa` is the weekday in Chinese.
OF_MOMENTS = re.compile("[dmyhs]|aaa", re.IGNORECASE)
OF_TIMES = re.compile("[hs]", re.IGNORECASE)
OF_RATES = re.compile("%")

QUOTED = re.compile('"[^"]*"')
CONDITION = re.compile(r"\[[<>=]")
# Room, filling, colours, conditions and languages; not a currency, nor hours beyond a day.
UNSEEN = re.compile(r"_.|\*.|\[(?!\$[^-\]]|[hms]+\])[^\]]*\]", re.IGNORECASE)
LITERAL = re.compile(r'"([^"]*)"|[\\!](.)')
DIGITS = re.compile("[0#?.,@]")
THE_NUMBER = re.compile(
    r"[-(\s]*(General|G/通用格式|@|[#0?]+(,[#0?]+)*(\.[#0?]*)?)[)\s]*"
    rf"(?P<unit>{COUNTS.pattern})?\s*",
    re.IGNORECASE,
)
NO_ZERO = re.compile(r"[^0@a-z]*", re.IGNORECASE)
NO_NUMBER = re.compile(r"\s*-\s*")  # As accountants write it.


class Form(NamedTuple):
    """Whether a number above nothing, below, and nothing itself is seen as what it is."""

    is_moment: bool
    shows_times: bool
    is_rate: bool
    above: bool
    below: bool
    at_nothing: bool
    unit: str  # That is shown behind it.

    def shows_the_number(self, amount: float) -> bool:
        """False where one sees an amount of money, thousands or hours, or nothing: of a count that is another."""
        if amount == 0:
            return self.at_nothing
        return self.above if amount > 0 else self.below


def form_of(text: str) -> Form:
    """What the first of its parts shows decides whether a number is a moment or a rate."""
    if len(text) > LONGEST:
        return Form(False, False, False, False, False, False, "")
    parts = QUOTED.sub(_without_ends, text).split(";")
    letters = SAID.sub("", parts[0])
    return Form(
        bool(OF_MOMENTS.search(letters)),
        bool(OF_TIMES.search(letters)),
        bool(OF_RATES.search(letters)),
        *_shown(list(map(_as_seen, parts)), parts),
        _unit(_as_seen(parts[0])),
    )


def _unit(seen: str) -> str:
    found = THE_NUMBER.fullmatch(seen)
    return (found["unit"] or "") if found else ""


def _shown(seen: Sequence[str], parts: Sequence[str]) -> tuple[bool, bool, bool]:
    """The second part is for what is below nothing, the third for nothing; the first for whatever has none."""
    are_numbers = [THE_NUMBER.fullmatch(part) is not None for part in seen]
    if any(map(CONDITION.search, parts)):
        return (all(are_numbers),) * 3
    below = are_numbers[1] if len(parts) > 1 else are_numbers[0]
    if len(parts) > 2:
        is_dash = NO_NUMBER.fullmatch(seen[2]) is not None
        at_nothing = is_dash or (are_numbers[2] and _has_a_zero(seen[2]))
    else:
        at_nothing = are_numbers[0] and _has_a_zero(seen[0])
    return are_numbers[0], below, at_nothing


def _has_a_zero(seen: str) -> bool:
    """Where all digits may be left out, nothing itself shows as nothing."""
    return not NO_ZERO.fullmatch(seen)


def _without_ends(found: re.Match[str]) -> str:
    """No semicolon in what stands for itself ends a part."""
    return found[0].replace(";", " ")


def _as_seen(part: str) -> str:
    """The part without what nobody sees; a digit's sign that stands for itself is none."""
    return LITERAL.sub(_itself, UNSEEN.sub("", part))


def _itself(found: re.Match[str]) -> str:
    return DIGITS.sub("x", found[1] or found[2] or "")


PLAIN = form_of(GENERAL)
