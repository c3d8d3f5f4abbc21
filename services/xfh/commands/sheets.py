"""Tables as files on this machine: CSV in the encodings Excel writes, and XLSX."""

from pathlib import Path

from schemas.exchange import openings, tables
from schemas.exchange.tables import BadSheet, Line, Table, Wanted

__all__ = ["MOST_ROWS", "BadSheet", "Line", "Table", "Wanted", "read"]

MOST_ROWS = 10_000
MOST_BYTES = 20 * 1024 * 1024


def read(path: Path, wanted: Wanted) -> Table:
    """The rows below the heading. Raises `BadSheet`, also for more than `MOST_ROWS`."""
    if path.stat().st_size > MOST_BYTES:
        most_mb = MOST_BYTES // 1024**2
        says = f"文件太大，最多 {most_mb} MB，请分成几个文件"
        raise BadSheet("file_too_large", says)
    return tables.read(path.read_bytes(), openings.rows, wanted, most=MOST_ROWS)
