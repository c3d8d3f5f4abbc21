"""A program: reads a table somebody has sent, and writes its lines as JSON, or why it is none.

It knows nothing of the platform, so that it starts at once and has nothing to lose.
"""

import json
import sys
from functools import partial

from gateway.apart import confine
from schemas.exchange import separated, tables, workbooks

CPU_S = 5  # The largest table there may be takes two.
MOST_TAGS = 200_000  # A second; 1,000 full rows of the widest table have 73,000.
READERS: dict[str, tables.Reader] = {
    "xlsx": partial(workbooks.rows, most_tags=MOST_TAGS),
    "csv": separated.rows,
}


def main(format: str, table: str) -> None:
    """`table` is what `tables.read` has to know of it, as JSON."""
    confine(CPU_S)
    try:
        lines = tables.read(sys.stdin.buffer.read(), READERS[format], **json.loads(table))
    except tables.BadSheet as error:
        print(json.dumps({"code": error.code, "message": str(error)}))
    else:
        for line in lines:
            print(json.dumps([line.number, line.cells]))


if __name__ == "__main__":
    main(*sys.argv[1:])
