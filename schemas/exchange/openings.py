"""What a file is, told by its first bytes: neither its name nor what its sender says of it counts."""

import re

from schemas.exchange import separated, workbooks
from schemas.exchange.markup import MOST_TAGS
from schemas.exchange.raw import BadSheet, Fit, RawTable

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Excel to 2003, WPS .et, and what is locked by a password.
LOCKED = "EncryptedPackage".encode("utf-16-le")
OTHERS = {
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"Rar!": "压缩包",
    b"7z\xbc\xaf": "压缩包",
    b"\x1f\x8b": "压缩包",
    b"{\\rtf": "写字板文件",
    b"RIFF": "图片或录音",
    b"MIME-Version:": "网页",
    b"ID;P": "SYLK（.slk）文件",
}
OF_PHONES = b"ftyp"  # After four bytes: HEIC and MP4 (ISO/IEC 14496-12).
# Without zeros it begins alike in every encoding of Unicode.
MARKUP = re.compile(rb"(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<")
FIRST = 512


def rows(content: bytes, fit: Fit, most_tags: int = MOST_TAGS) -> RawTable:
    """Raises `BadSheet`, with what the file is where it is no table."""
    if not content.strip():
        raise BadSheet("empty_sheet", "文件是空的")
    if content.startswith(ZIP):
        return workbooks.rows(content, fit, most_tags)
    if what := _what_else(content):
        raise BadSheet("not_a_workbook", f"这是{what}")
    return separated.rows(content, fit)


def _what_else(content: bytes) -> str | None:
    if content.startswith(COMPOUND):
        if LOCKED in content:
            return "加了密码的工作簿，请取消密码后再导入"
        return "旧格式的 .xls 或 .et 文件，请用 Excel 或 WPS 另存为 .xlsx"
    if MARKUP.match(content[:FIRST].replace(b"\0", b"")):
        return "网页或 XML 存成的表格，请用 Excel 或 WPS 打开后另存为 .xlsx"
    if content[4:8] == OF_PHONES:
        return "手机拍的照片或录像，不是表格；请导入 .xlsx 或 .csv"
    named = next(
        (what for mark, what in OTHERS.items() if content.startswith(mark)), None
    )
    return f"{named}，不是表格；请导入 .xlsx 或 .csv" if named else None
