"""The heading of a table: where it stands, and which field each column is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schemas.exchange.cleaning import as_heading, visible
from schemas.exchange.raw import MOST_ABOVE, MOST_COLUMNS, BadSheet, Row, letters_of

MOST_NAMED = 5
LONGEST_NAMED = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """The columns there may be: each field by its heading, others a field is also called by, those only we tell.

    A file may name a field itself instead of its heading. `skips` is true where other columns are passed over.
    """

    columns: Mapping[str, str]
    required: Sequence[str] = ()
    also: Mapping[str, str] = field(default_factory=dict)
    told: Sequence[str] = ()
    skips: bool = False

    def known(self) -> dict[str, str]:
        """The field of every heading, as headings are compared; `""` for what only we tell."""
        known = dict.fromkeys(map(as_heading, self.told), "")
        for title, name in self.also.items():
            known[as_heading(title)] = name
        for name, title in self.columns.items():
            known[as_heading(title)] = name
        return known | {name: name for name in self.columns}


@dataclass(frozen=True, slots=True)
class Heading:
    """`fields` has the field of each column, `""` for one that is passed over; `passed` are the titles of those."""

    number: int
    titles: Sequence[str]
    fields: Sequence[str]
    passed: Sequence[str]

    def letters(self) -> dict[str, str]:
        """The column of each field as a spreadsheet names it."""
        return {
            name: letters_of(place)
            for place, name in enumerate(self.fields, start=1)
            if name
        }


def fit(known: Mapping[str, str], texts: Sequence[str]) -> int:
    """How many of the texts are headings."""
    return sum(as_heading(text) in known for text in texts[:MOST_COLUMNS])


def place_of(rows: Sequence[Row], known: Mapping[str, str]) -> int:
    """Where among the first rows the heading stands: the first of those with the most headings in them."""
    first = rows[: MOST_ABOVE + 1]
    fits = [fit(known, [cell.shown for cell in row.cells]) for row in first]
    return fits.index(max(fits))


def is_the_same(rows: Sequence[Row], wanted: Wanted) -> bool:
    """Whether a table that begins so is one of these columns too."""
    if not rows:
        return False
    known = wanted.known()
    heading = rows[place_of(rows, known)]
    fields = {known.get(title, "") for title in _titles(heading)} - {""}
    return len(fields) > 1 and fields.issuperset(wanted.required)


def understood(row: Row, wanted: Wanted) -> Heading:
    """Raises `BadSheet` for a row that is no heading of this table."""
    titles, known = _titles(row), wanted.known()
    _must_be_known(titles, known, wanted)
    fields = [known.get(title, "") for title in titles]
    _must_be_each_once(fields, wanted)
    _must_all_be_there(fields, wanted, row.number)
    passed = [title for title in titles if title and not known.get(title)]
    return Heading(row.number, titles, fields, passed)


def _titles(row: Row) -> list[str]:
    return [as_heading(cell.shown) for cell in row.cells]


def _must_be_known(
    titles: Sequence[str], known: Mapping[str, str], wanted: Wanted
) -> None:
    if len(titles) > MOST_COLUMNS:
        says = f"表头有 {len(titles):,} 列，最多 {MOST_COLUMNS} 列"
        raise BadSheet("too_many_columns", says)
    strange = [title for title in titles if title and title not in known]
    if strange and not wanted.skips:
        raise BadSheet("unknown_column", _unknown(strange, wanted))


def _must_be_each_once(fields: Sequence[str], wanted: Wanted) -> None:
    twice = {name for name in fields if name and fields.count(name) > 1}
    if twice:
        repeated = sorted(wanted.columns[name] for name in twice)
        raise BadSheet("repeated_column", f"重复的列：{'、'.join(repeated)}")


def _must_all_be_there(fields: Sequence[str], wanted: Wanted, number: int) -> None:
    missing = [name for name in wanted.required if name not in fields]
    if missing:
        titles = "、".join(wanted.columns[name] for name in missing)
        says = f"缺少列：{titles}；表头读的是第 {number} 行"
        raise BadSheet("missing_column", says)


def some(titles: Sequence[str]) -> str:
    """The first of them, and how many there are when they are many."""
    shown = "、".join(visible(title[:LONGEST_NAMED]) for title in titles[:MOST_NAMED])
    return f"{shown} 等 {len(titles)} 列" if len(titles) > MOST_NAMED else shown


def _unknown(strange: Sequence[str], wanted: Wanted) -> str:
    can = "、".join(wanted.columns.values())
    skipping = "要跳过多余的列，请勾选“跳过不认识的列”（接口为 extra=skip，xfh 为 --skip-extra）"
    return f"不认识的列：{some(strange)}；可用的列：{can}。{skipping}"
