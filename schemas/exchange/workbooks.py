"""XLSX as text: the first sheet that is shown; nothing in it is executed, evaluated or believed about its size."""

import zipfile
import zlib
from collections.abc import Sequence
from xml.parsers import expat

from schemas.exchange import markup
from schemas.exchange.archives import Archive, unreadable
from schemas.exchange.markup import MOST_TAGS, Tags
from schemas.exchange.parts import (
    Named,
    Relation,
    Relations,
    SharedStrings,
    SheetNames,
    Styles,
)
from schemas.exchange.raw import MOST_ABOVE, BadSheet, Fit, Other, RawTable
from schemas.exchange.sheets import Sheet

BROKEN = (
    expat.ExpatError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    LookupError,
    OSError,
    ValueError,
    RuntimeError,
)
MOST_OTHERS = 50


def rows(content: bytes, fit: Fit, most_tags: int = MOST_TAGS) -> RawTable:
    """The first visible sheet, and how the other visible ones begin. Raises `BadSheet`."""
    try:
        return _Workbook(content, most_tags).table()
    except BROKEN as error:
        raise unreadable() from error


class _Workbook:
    """Its parts lie where relations say: of what kind each is, and by which id others mean it."""

    def __init__(self, content: bytes, most_tags: int):
        self._archive, self._tags, self._of_others = (
            Archive(content),
            Tags(most_tags),
            Tags(most_tags),
        )
        self._path = self._of_kind("officeDocument", self._relations(""))[0].path
        self._related = self._relations(self._path)
        self._names, self._strings, self._styles = (
            SheetNames(),
            SharedStrings(),
            Styles(),
        )

    def table(self) -> RawTable:
        self._read(self._path, self._names)
        for kind, reader in (
            ("sharedStrings", self._strings),
            ("styles", self._styles),
        ):
            for part in self._of_kind(kind, self._related):
                self._read(part.path, reader)
        shown = self._visible()
        if not shown:
            raise BadSheet(
                "no_visible_sheet", "文件里没有显示出来的工作表，请取消隐藏后再导入"
            )
        (first, path), *others = shown
        sheet = self._new_sheet()
        self._read(path, sheet)
        begun = [self._begun(named, where) for named, where in others[:MOST_OTHERS]]
        return RawTable(
            sheet.done(),
            first.name,
            sheet.hidden,
            sheet.hidden_columns,
            sheet.merged,
            [*begun, *_unseen(others[MOST_OTHERS:])],
        )

    def _visible(self) -> list[tuple[Named, str]]:
        """The sheets that are shown, and where each lies; a chart is none."""
        paths = {
            part.id: part.path for part in self._of_kind("worksheet", self._related)
        }
        return [
            (one, paths[one.id])
            for one in self._names.sheets
            if one.is_visible and one.id in paths
        ]

    def _begun(self, named: Named, path: str) -> Other:
        """As far as a heading may stand. What is wrong with it does not matter to the sheet that is read."""
        sheet = self._new_sheet()
        try:
            markup.read(
                self._archive.pieces(path),
                sheet,
                self._of_others,
                lambda: sheet.filled() > MOST_ABOVE,
            )
        except BadSheet as error:
            return Other(named.name, [], str(error))
        return Other(named.name, sheet.done()[: MOST_ABOVE + 1])

    def _new_sheet(self) -> Sheet:
        return Sheet(
            self._strings.texts,
            self._styles.forms(),
            self._names.day_zero,
        )

    def _relations(self, path: str) -> list[Relation]:
        reader = Relations(path)
        self._read(reader.path, reader)
        return reader.found

    def _of_kind(self, kind: str, relations: list[Relation]) -> list[Relation]:
        return [one for one in relations if one.kind == kind]

    def _read(self, path: str, reader: markup.Reader) -> None:
        markup.read(self._archive.pieces(path), reader, self._tags)


def _unseen(others: Sequence[tuple[Named, str]]) -> list[Other]:
    return [
        Other(named.name, [], f"工作表太多，只看前 {MOST_OTHERS + 1} 张")
        for named, _ in others
    ]
