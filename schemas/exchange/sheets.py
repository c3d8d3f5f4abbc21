"""A sheet, read cell by cell: what each shows, as it would be typed, and what the spreadsheet takes it for."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from schemas.exchange.archives import unreadable
from schemas.exchange.cleaning import clean, unescaped
from schemas.exchange.forms import PLAIN, Form
from schemas.exchange.markup import Attributes
from schemas.exchange.raw import (
    DRESSED,
    EMPTY,
    ERROR,
    FORMULA,
    LONGEST_CELL,
    MOMENT,
    MOST_COLUMNS,
    MOST_LINES,
    MOST_MERGED,
    MOST_TEXT,
    NUMBER,
    TRUTH,
    BadSheet,
    Cell,
    Merged,
    Row,
    cell_too_long,
    letters_of,
    number_of,
    strange_cell,
    written_twice,
)

PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
AREA = re.compile(r"\$?[A-Z]{1,3}\$?([0-9]{1,7})(?::\$?[A-Z]{1,3}\$?([0-9]{1,7}))?")
LONGEST_PLACE = 40
TRUE = {"1", "true"}
NO_SIZE = re.compile(r"0+(\.0*)?")
# A spreadsheet keeps fifteen digits; what it shows of more is none of what was typed.
DIGITS = 15
MOST_EXACT = 10**DIGITS
LONGEST_NUMBER = 64
WHOLE = re.compile(r"-?[0-9]+")
WRITTEN = re.compile(r"[-+]?([0-9]+\.?[0-9]*|\.[0-9]+)(E[-+]?[0-9]+)?", re.IGNORECASE)
DAY_S = 24 * 60 * 60
YEAR_1900, FIRST_SURE = 1900, 61  # March 1.
LAST_DAY = 2_958_465  # 9999-12-31.
# What holds a cell's value: a number or a reference, and text that stands in the cell itself.
SHOWN = {"v", "t"}


class Sheet:
    """Reads the markup of a sheet. `forms` are how numbers are shown, by the style of a cell."""

    def __init__(
        self,
        texts: Sequence[str],
        forms: Mapping[str, Form],
        day_zero: datetime,
    ):
        self._texts, self._forms, self._day_zero = texts, forms, day_zero
        self._rows: dict[int, list[Cell]] = {}
        self._number = self._column = self._length = 0
        self._type = self._style = ""
        self._pieces: list[str] = []
        self._is_shown = self._is_sound = self._is_formula = False
        self._left = MOST_TEXT
        self.merged: list[Merged] = []
        self.hidden: list[int] = []
        self.hidden_columns: list[range] = []

    def done(self) -> list[Row]:
        """The rows with something in them, each as long as its last filled cell."""
        return [Row(*row) for row in sorted(self._rows.items())]

    def filled(self) -> int:
        """How many rows have something in them so far."""
        return len(self._rows)

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._begin(attributes)
        elif name in SHOWN:
            self._is_shown = not self._is_sound
        elif name == "row":
            self._begin_row(attributes)
        elif name == "f":
            self._is_formula = True
        elif name == "rPh":  # How the text is said.
            self._is_sound = True
        elif name == "col" and _is_hidden(attributes, "width"):
            first, last = int(attributes["min"]), int(attributes["max"])
            self.hidden_columns.append(range(first, last + 1))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", "")[:LONGEST_PLACE])

    def end(self, name: str) -> None:
        self._is_shown = False
        if name == "c":
            self._finish()
        elif name == "rPh":
            self._is_sound = False

    def text(self, text: str) -> None:
        if not self._is_shown:
            return
        self._length += len(text)
        if self._length > LONGEST_CELL:
            raise cell_too_long(self._number)
        self._pieces.append(text)

    def _begin_row(self, attributes: Attributes) -> None:
        self._number = int(attributes.get("r", self._number + 1))
        self._column = 0
        if self._number in self._rows:
            raise written_twice(f"第 {self._number} 行")
        if _is_hidden(attributes, "ht"):
            self.hidden.append(self._number)

    def _merge(self, place: str) -> None:
        area = AREA.fullmatch(place)
        if area is None:
            says = f"有合并的单元格（{place}），请取消合并、逐格填写后再导入"
            raise BadSheet("merged_cells", says)
        if len(self.merged) == MOST_MERGED:
            says = f"合并的单元格太多（{place}），请取消合并、逐格填写后再导入"
            raise BadSheet("merged_cells", says)
        first, last = area[1], area[2] or area[1]
        self.merged.append(Merged(int(first), int(last), place))

    def _begin(self, attributes: Attributes) -> None:
        self._type = attributes.get("t", "n")
        self._style = attributes.get("s", "0")
        self._pieces, self._length, self._is_formula = [], 0, False
        if "r" not in attributes:
            self._column += 1
            return
        place = PLACE.fullmatch(attributes["r"])
        if place is None:
            raise unreadable()
        self._column = number_of(place[1])
        self._number = int(place[2])

    def _finish(self) -> None:
        value = "".join(self._pieces)
        try:
            cell = self._cell(value)
        except (ValueError, LookupError) as error:
            raise strange_cell(self._column, self._number, value) from error
        if not cell.shown and cell.is_a != FORMULA:
            return
        self._left -= len(cell.shown)
        self._must_have_room()
        cells = self._rows.setdefault(self._number, [])
        cells.extend([EMPTY] * (self._column - len(cells)))
        if cells[self._column - 1] != EMPTY:
            raise written_twice(f"{letters_of(self._column)}{self._number} ")
        cells[self._column - 1] = cell

    def _must_have_room(self) -> None:
        if self._number > MOST_LINES:
            says = f"第 {MOST_LINES:,} 行以下还有内容，请删去中间的空行"
            raise BadSheet("too_many_lines", says)
        if self._column > MOST_COLUMNS:
            says = f"第 {self._number} 行有 {self._column:,} 列，最多 {MOST_COLUMNS} 列"
            raise BadSheet("too_many_columns", says)
        if self._left < 0:
            says = f"文件里的文字太多，最多 {MOST_TEXT:,} 个字，请分成几个文件"
            raise BadSheet("too_much_text", says)

    def _cell(self, value: str) -> Cell:
        shown = self._shown(value)
        return Cell(shown.shown.strip(), FORMULA) if self._is_formula else shown

    def _shown(self, value: str) -> Cell:
        if self._type in ("inlineStr", "str"):
            return Cell(clean(unescaped(value)))
        plain = value.strip()
        if not plain:
            return EMPTY
        match self._type:
            case "s":
                return Cell(clean(unescaped(self._shared(int(plain)))))
            case "b":
                return Cell("TRUE" if plain in TRUE else "FALSE", TRUTH)
            case "e":
                return Cell(plain, ERROR)
            case "d":
                days = self._of_iso(plain) if "-" in plain else None
                return Cell(plain, MOMENT) if days is None else self._moment(days)
            case _:
                return self._number_shown(plain)

    def _of_iso(self, said: str) -> float | None:
        """A day or moment of a strict workbook, as days; None where there is no such day."""
        try:
            moment = datetime.fromisoformat(said).replace(tzinfo=None)
        except ValueError:
            return None
        return (moment - self._day_zero).total_seconds() / DAY_S

    def _shared(self, number: int) -> str:
        if number < 0:
            raise unreadable()
        text = self._texts[number]
        if len(text) > LONGEST_CELL:
            raise cell_too_long(self._number)
        return text

    def _number_shown(self, value: str) -> Cell:
        """Whole numbers without a point while all their digits are kept, moments in ISO form.

        Of others as many digits as a spreadsheet shows: what it has reckoned is off by less. What it is shown to
        count follows.
        """
        if len(value) > LONGEST_NUMBER or not WRITTEN.fullmatch(value):
            raise ValueError("no number")
        amount = float(value)
        form = self._forms.get(self._style, PLAIN)
        if form.is_moment and self._is_sure(amount):
            return self._moment(amount)
        if form.is_rate:
            return Cell(f"{amount * 100:.{DIGITS}g}%", NUMBER)
        is_a = NUMBER if form.shows_the_number(amount) else DRESSED
        if WHOLE.fullmatch(value) or abs(amount) >= MOST_EXACT:
            return Cell(f"{value}{form.unit}", is_a)
        return Cell(f"{amount:.{DIGITS}g}{form.unit}", is_a)

    def _is_sure(self, days: float) -> bool:
        """Whether all programs show the same moment. Of the first days of 1900 Excel shows each as the one after."""
        is_of_1900 = 1 <= days < FIRST_SURE and self._day_zero.year < YEAR_1900
        return 0 <= days < LAST_DAY + 1 and not is_of_1900

    def _moment(self, days: float) -> Cell:
        """To the second: a spreadsheet keeps times as fractions of a day, which are rarely exact."""
        moment = self._day_zero + timedelta(seconds=round(days * DAY_S))
        if 0 <= days < 1:
            return Cell(moment.time().isoformat(), MOMENT)
        form = self._forms.get(self._style, PLAIN)
        if moment.time() == time() and not form.shows_times:
            return Cell(moment.date().isoformat(), MOMENT)
        return Cell(moment.isoformat(sep=" "), MOMENT)


def _is_hidden(attributes: Attributes, size: str) -> bool:
    """Also a row or column that was drawn together until nothing of it is seen."""
    is_nothing = NO_SIZE.fullmatch(attributes.get(size, "")) is not None
    return is_nothing or attributes.get("hidden") in TRUE
