"""A sheet, read cell by cell: what each shows, as it would be typed."""

import re
from collections.abc import Collection, Sequence
from datetime import datetime, time, timedelta

from schemas.exchange.archives import unreadable
from schemas.exchange.markup import Attributes
from schemas.exchange.tables import LONGEST_CELL, MOST_COLUMNS, MOST_LINES, MOST_TEXT, BadSheet, Raw, cell_too_long

PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
LONGEST_PLACE = 40
LONGEST_NUMBER = 64
WHOLE = re.compile(r"-?[0-9]+")
DAY_S = 24 * 60 * 60
LAST_DAY = 2_958_465  # 9999-12-31.
SHOWN = {"v", "t"}  # What holds a cell's value: a number or a reference, and text that stands in the cell itself.


class Sheet:
    """Reads the markup of a sheet. `of_moments` are the styles in which numbers are shown as days or times."""

    def __init__(self, texts: Sequence[str], of_moments: Collection[str], day_zero: datetime):
        self._texts, self._of_moments, self._day_zero = texts, of_moments, day_zero
        self._rows: dict[int, list[str]] = {}
        self._number = self._column = self._length = self._left = 0
        self._type = self._style = ""
        self._pieces: list[str] = []
        self._is_shown = self._is_sound = False
        self._left = MOST_TEXT

    def done(self) -> list[Raw]:
        """The rows with something in them, each as long as its last filled cell."""
        return sorted(self._rows.items())

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._begin(attributes)
        elif name in SHOWN:
            self._is_shown = not self._is_sound
        elif name == "row":
            self._number = int(attributes.get("r", self._number + 1))
            self._column = 0
        elif name == "f":
            raise BadSheet("formula_in_cell", f"第 {self._number} 行有公式，请改为数值后再导入")
        elif name == "rPh":  # How the text is said.
            self._is_sound = True
        elif name == "mergeCell":
            where = attributes.get("ref", "")[:LONGEST_PLACE]
            raise BadSheet("merged_cells", f"有合并的单元格（{where}），请取消合并、逐格填写后再导入")

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

    def _begin(self, attributes: Attributes) -> None:
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._pieces, self._length = [], 0
        if "r" not in attributes:
            self._column += 1
            return
        place = PLACE.fullmatch(attributes["r"])
        if place is None:
            raise unreadable()
        self._column = _number_of(place[1])
        self._number = int(place[2])

    def _finish(self) -> None:
        shown = self._shown("".join(self._pieces)).strip()
        if not shown:
            return
        if self._number > MOST_LINES:
            raise BadSheet("too_many_lines", f"第 {MOST_LINES:,} 行以下还有内容，请删去中间的空行")
        if self._column > MOST_COLUMNS:
            raise BadSheet("too_many_columns", f"第 {self._number} 行有 {self._column:,} 列，最多 {MOST_COLUMNS} 列")
        self._left -= len(shown)
        if self._left < 0:
            raise BadSheet("too_much_text", f"文件里的文字太多，最多 {MOST_TEXT:,} 个字，请分成几个文件")
        cells = self._rows.setdefault(self._number, [])
        cells.extend([""] * (self._column - len(cells)))
        cells[self._column - 1] = shown

    def _shown(self, value: str) -> str:
        match self._type:
            case "inlineStr" | "str":
                return value
            case "s" if value:
                return self._shared(int(value))
            case "b" if value:
                return "true" if value.strip() == "1" else "false"
            case "e":
                raise BadSheet("error_in_cell", f"第 {self._number} 行有错误值 {value[:20]}，请改正后再导入")
            case "d":
                return value.replace("T", " ").removesuffix(" 00:00:00")
            case _:
                return self._number_shown(value.strip()) if value.strip() else ""

    def _shared(self, number: int) -> str:
        if number < 0:
            raise unreadable()
        text = self._texts[number]
        if len(text) > LONGEST_CELL:
            raise cell_too_long(self._number)
        return text

    def _number_shown(self, value: str) -> str:
        """Whole numbers without a point, moments in ISO form."""
        if len(value) > LONGEST_NUMBER:
            raise unreadable()
        amount = float(value)
        if self._style in self._of_moments and 0 <= amount < LAST_DAY + 1:
            return self._moment(amount)
        if WHOLE.fullmatch(value):
            return value
        return str(int(amount)) if amount.is_integer() else str(amount)

    def _moment(self, days: float) -> str:
        """To the second: a spreadsheet keeps times as fractions of a day, which are rarely exact."""
        moment = self._day_zero + timedelta(seconds=round(days * DAY_S))
        if days < 1:
            return moment.time().isoformat()
        return moment.date().isoformat() if moment.time() == time() else moment.isoformat(sep=" ")


def _number_of(letters: str) -> int:
    """`A` is 1, `XFD` 16,384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
