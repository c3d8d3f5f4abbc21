"""Tables as files on this machine: CSV in the encodings Excel writes, and XLSX."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from schemas.exchange import separated, tables, workbooks
from schemas.exchange.tables import BadSheet, Line

__all__ = ["MOST_ROWS", "BadSheet", "Line", "read"]

MOST_ROWS = 10_000
MOST_BYTES = 20 * 1024 * 1024


def read(path: Path, columns: Mapping[str, str], required: Sequence[str] = ()) -> list[Line]:
    """The rows below the heading; `columns` maps each field to its heading, and a file may use either name.

    Raises `BadSheet`, also for more than `MOST_ROWS`.
    """
    if path.stat().st_size > MOST_BYTES:
        raise BadSheet("file_too_large", f"文件太大，最多 {MOST_BYTES // 1024**2} MB，请分成几个文件")
    reader = workbooks.rows if path.suffix.lower() == ".xlsx" else separated.rows
    return tables.read(path.read_bytes(), reader, columns, required, most=MOST_ROWS)
