"""CSV in the encodings Excel and WPS write."""

import csv
from collections.abc import Iterator
from io import StringIO

from schemas.exchange.tables import BadSheet, Raw

ENCODINGS = ("utf-8-sig", "gb18030")


def rows(content: bytes) -> Iterator[Raw]:
    """Every row by the number of its first line: a quoted cell may hold several. Raises `BadSheet`."""
    reader = csv.reader(StringIO(_decoded(content), newline=""), strict=True)
    number = 1
    try:
        for row in reader:
            yield number, [cell.strip() for cell in row]
            number = reader.line_num + 1
    except csv.Error as error:
        raise BadSheet("broken_csv", f"第 {number} 行不是完整的 CSV，请检查引号是否成对、有没有过长的格") from error


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadSheet("unknown_encoding", "文件既不是 UTF-8 也不是 GB18030 编码的文字；如果是 Excel 文件，请另存为 .xlsx")
