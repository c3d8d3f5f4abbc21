"""A program: reads a table somebody has sent, and writes what it is and its lines as JSON, or why it is none.

It knows nothing of the platform, so that it starts at once and has nothing to lose.
"""

import json
import sys
from functools import partial

from gateway.files.programs import confine
from schemas.exchange import openings, tables

CPU_S = 5  # The largest table there may be takes two.
MOST_TAGS = 200_000  # A second; 1,000 full rows of the widest table have 73,000.


def main(asked: str) -> None:
    """`asked` is how many lines there may be, and what is wanted, as JSON."""
    confine(CPU_S)
    most, wanted = json.loads(asked)
    reader = partial(openings.rows, most_tags=MOST_TAGS)
    try:
        table = tables.read(
            sys.stdin.buffer.read(), reader, tables.Wanted(**wanted), most=most
        )
    except tables.BadSheet as error:
        print(json.dumps({"code": error.code, "message": str(error)}))
    else:
        print(json.dumps([table.sheet, table.letters, table.notes]))
        for line in table.lines:
            print(json.dumps([line.number, line.cells, line.kinds]))


if __name__ == "__main__":
    main(*sys.argv[1:])
