"""The small parts of a workbook: what belongs to it, its sheets by name, its texts, and the forms of numbers."""

from datetime import datetime
from posixpath import join, normpath, split
from typing import NamedTuple

from schemas.exchange.cleaning import visible
from schemas.exchange.forms import BUILT_IN, GENERAL, Form, form_of
from schemas.exchange.markup import Attributes
from schemas.exchange.raw import LONGEST_CELL

LONGEST_NAME = 31  # Of a sheet, as spreadsheets have it.
LISTS = OWN_FORMS, OF_CELLS = "numFmts", "cellXfs"


class Relation(NamedTuple):
    """`kind` is the last word of its type, `path` the part it leads to."""

    id: str
    kind: str
    path: str


class Relations:
    """What the part at `of` has: `""` for the archive as a whole."""

    def __init__(self, of: str):
        self._folder, name = split(of)
        self.path = join(self._folder, "_rels", f"{name}.rels")
        self.found: list[Relation] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "Relationship":
            path = normpath(join("/", self._folder, attributes["Target"])).lstrip("/")
            self.found.append(
                Relation(attributes["Id"], attributes["Type"].rpartition("/")[2], path)
            )

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


class Named(NamedTuple):
    """A sheet by the id others mean it by, its name, and whether it is shown."""

    id: str
    name: str
    is_visible: bool


class SheetNames:
    """The sheets in their order, and the day before the first that is counted."""

    def __init__(self) -> None:
        self.sheets: list[Named] = []
        self.day_zero = datetime(1899, 12, 30)  # noqa: DTZ001  A spreadsheet's times have no zone.

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "sheet":
            is_visible = attributes.get("state", "visible") == "visible"
            self.sheets.append(
                Named(
                    attributes["id"],
                    visible(attributes.get("name", "")[:LONGEST_NAME]),
                    is_visible,
                )
            )
        elif name == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
            self.day_zero = datetime(1904, 1, 1)  # noqa: DTZ001

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


class SharedStrings:
    """Every text by its number; of one longer than a cell may be, just enough to tell."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._pieces: list[str] = []
        self._length = 0
        self._is_text = self._is_sound = False

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "si":
            self._pieces, self._length = [], 0
        elif name == "rPh":  # How the text is said.
            self._is_sound = True
        elif name == "t":
            self._is_text = not self._is_sound

    def end(self, name: str) -> None:
        self._is_text = False
        if name == "rPh":
            self._is_sound = False
        elif name == "si":
            self.texts.append("".join(self._pieces))

    def text(self, text: str) -> None:
        if self._is_text and self._length <= LONGEST_CELL:
            self._pieces.append(text)
            self._length += len(text)


class Styles:
    """The forms of numbers, by the number of the style that has them."""

    def __init__(self) -> None:
        self._own: dict[str, str] = {}
        self._used: list[str] = []
        self._inside = ""

    def start(self, name: str, attributes: Attributes) -> None:
        """What a condition changes (`dxfs`) has forms that are no cell's, under the same numbers."""
        if name in LISTS:
            self._inside = name
        elif name == "numFmt" and self._inside == OWN_FORMS:
            self._own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "xf" and self._inside == OF_CELLS:
            self._used.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name in LISTS:
            self._inside = ""

    def text(self, text: str) -> None:
        pass

    def forms(self) -> dict[str, Form]:
        built_in = {str(id): text for id, text in BUILT_IN.items()}
        texts = built_in | self._own
        forms = {id: form_of(texts.get(id, GENERAL)) for id in {*self._used}}
        return {str(number): forms[id] for number, id in enumerate(self._used)}
