"""The parts of an XLSX, which is a ZIP: found harmless before any is read, and read piece by piece."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from schemas.exchange.raw import BadSheet

MOST_UNPACKED = 20 * 1024 * 1024
MOST_PARTS = 1_000
LEAVE_OUT = "请删去表格下面的空行、图片和别的工作表，另存后再导入"
PIECE = 64 * 1024
# What spreadsheets use; others take as much memory as they say.
METHODS = {
    zipfile.ZIP_STORED,
    zipfile.ZIP_DEFLATED,
}
ENCRYPTED = 0x1
DOCTYPE = b"<!DOCTYPE"
OTHERS = {  # What is a ZIP too, by a part that only it has.
    "mimetype": "OpenDocument（.ods）文件",
    "content.xml": "OpenDocument（.ods）文件",
    "xl/workbook.bin": "二进制工作簿（.xlsb）",
    "word/document.xml": "Word 文档",
    "ppt/presentation.xml": "演示文稿",
    "ofd.xml": "OFD 版式文件",
    "index/document.iwa": "Numbers 表格",
}
CONTENTS = "[content_types].xml"  # Every workbook has it (ECMA-376 part 2, 6.2.3.2).
TABLES = (".xlsx", ".xls", ".et", ".csv")


class Archive:
    """The parts by their names. Raises `BadSheet` for an archive that is too large, or holds what no table needs."""

    def __init__(self, content: bytes):
        try:
            self._zip = zipfile.ZipFile(BytesIO(content))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise unreadable() from error
        self._parts = {_plain(part.filename): part for part in self._zip.infolist()}
        self._must_be_small(len(content))
        self._must_be_harmless()
        self._must_be_no_parcel()

    def pieces(self, name: str) -> Iterator[bytes]:
        """The part's bytes. Raises `KeyError` when there is no such part."""
        with self._zip.open(self._parts[_plain(name)]) as part:
            while piece := part.read(PIECE):
                yield piece

    def _must_be_small(self, size: int) -> None:
        """By what the archive says of itself: a part that holds more than that ends where it should."""
        parts = self._zip.infolist()
        if (
            len(parts) > MOST_PARTS
            or sum(part.file_size for part in parts) > MOST_UNPACKED
        ):
            raise BadSheet(
                "unpacked_too_large",
                f"文件展开后太大，最多 {MOST_UNPACKED // 1024**2} MB；{LEAVE_OUT}",
            )
        share_bytes = sum(part.compress_size for part in parts) > size
        share_names = len(self._parts) < len(parts)
        if share_bytes or share_names:
            raise unreadable()

    def _must_be_harmless(self) -> None:
        for name, part in self._parts.items():
            if part.compress_type not in METHODS or part.flag_bits & ENCRYPTED:
                raise unreadable()
            if name in OTHERS:
                raise BadSheet("not_a_workbook", f"这是{OTHERS[name]}，请另存为 .xlsx")
            if name.lower().endswith("vbaproject.bin"):
                raise BadSheet("macros", "文件里有宏，请另存为不带宏的 .xlsx")
            if self._has_doctype(name):
                raise has_doctype()

    def _must_be_no_parcel(self) -> None:
        if CONTENTS not in self._parts and any(map(_is_a_table, self._parts)):
            says = "这是压缩包，请解压后导入里面的表格"
            raise BadSheet("not_a_workbook", says)

    def _has_doctype(self, name: str) -> bool:
        """In any encoding of Unicode: without its zeros each has the letters of ASCII as they are."""
        before = b""
        for piece in self.pieces(name):
            letters = before + piece.replace(b"\0", b"")
            if DOCTYPE in letters:
                return True
            before = letters[-len(DOCTYPE) :]
        return False


def _is_a_table(name: str) -> bool:
    return name.endswith(TABLES)


def _plain(name: str) -> str:
    """Names of parts are the same in capitals (ECMA-376 part 2, 6.2.2.3); some programs turn their slashes."""
    return name.replace("\\", "/").lower()


def unreadable() -> BadSheet:
    """What is said of any file that is broken, whatever is broken in it."""
    return BadSheet(
        "not_a_workbook",
        "不是可以打开的 XLSX 文件：也许不完整或已损坏，请用 Excel 或 WPS 另存为 .xlsx",
    )


def has_doctype() -> BadSheet:
    return BadSheet(
        "document_type",
        "文件里有表格用不到的定义（DTD），请用 Excel 或 WPS 另存为 .xlsx",
    )
