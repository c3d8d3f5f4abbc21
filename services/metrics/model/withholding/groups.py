"""What hangs together: columns of a table, joined by rows that have enough people in two of them."""

from collections import defaultdict
from collections.abc import Hashable, Iterable


def groups(cells: Iterable[tuple[str, Hashable]]) -> list[frozenset[str]]:
    """The columns of the (column, row) cells, in groups between which there is no way from cell to cell."""
    rows: dict[Hashable, set[str]] = defaultdict(set)
    for column, row in cells:
        rows[row].add(column)
    apart: list[set[str]] = []
    for columns in rows.values():
        touched = [group for group in apart if group & columns]
        others = [group for group in apart if not group & columns]
        apart = [*others, columns.union(*touched)]
    return list(map(frozenset, apart))
