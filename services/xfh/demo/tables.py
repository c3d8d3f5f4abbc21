"""Tables as clerks upload them."""

import csv
from io import StringIO

from schemas.documents import Json


def table_of(rows: list[Json]) -> str:
    """CSV, its heading the fields of the first row."""
    file = StringIO(newline="")
    writer = csv.DictWriter(file, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()
