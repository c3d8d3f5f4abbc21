"""XLSX as text: the first sheet, row by row; nothing in it is executed, evaluated or believed about its size."""

import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from schemas.exchange import markup
from schemas.exchange.archives import Archive, unreadable
from schemas.exchange.markup import MOST_TAGS, Tags
from schemas.exchange.parts import Relation, Relations, SharedStrings, SheetNames, Styles
from schemas.exchange.sheets import Sheet
from schemas.exchange.tables import Raw

BROKEN = (expat.ExpatError, zipfile.BadZipFile, zlib.error, EOFError, LookupError, OSError, ValueError, RuntimeError)


def rows(content: bytes, most_tags: int = MOST_TAGS) -> Iterator[Raw]:
    """Every row with something in it, with its number. Raises `BadSheet`."""
    try:
        read = _Workbook(content, most_tags).rows()
    except BROKEN as error:
        raise unreadable() from error
    yield from read


class _Workbook:
    """Its parts lie where relations say: of what kind each is, and by which id others mean it."""

    def __init__(self, content: bytes, most_tags: int):
        self._archive, self._tags = Archive(content), Tags(most_tags)
        self._path = self._of_kind("officeDocument", self._relations(""))[0].path
        self._related = self._relations(self._path)

    def rows(self) -> list[Raw]:
        names, strings, styles = SheetNames(), SharedStrings(), Styles()
        self._read(self._path, names)
        for kind, reader in (("sharedStrings", strings), ("styles", styles)):
            for part in self._of_kind(kind, self._related):
                self._read(part.path, reader)
        sheet = Sheet(strings.texts, styles.of_moments(), names.day_zero)
        self._read(self._first(names.ids), sheet)
        return sheet.done()

    def _first(self, ids: list[str]) -> str:
        sheets = {part.id: part.path for part in self._of_kind("worksheet", self._related)}
        there = [sheets[id] for id in ids if id in sheets]
        return there[0]

    def _relations(self, path: str) -> list[Relation]:
        reader = Relations(path)
        self._read(reader.path, reader)
        return reader.found

    def _of_kind(self, kind: str, relations: list[Relation]) -> list[Relation]:
        return [one for one in relations if one.kind == kind]

    def _read(self, path: str, reader: markup.Reader) -> None:
        markup.read(self._archive.pieces(path), reader, self._tags)
