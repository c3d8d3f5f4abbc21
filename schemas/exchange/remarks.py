"""What to know of a table that was read: what of its file was not, and what does not show in it."""

from collections.abc import Iterator, Sequence

from schemas.exchange import headings
from schemas.exchange.headings import Heading, Wanted
from schemas.exchange.raw import RawTable, Row, letters_of, number_of

MOST_SAID = 20


def notes(
    raw: RawTable,
    wanted: Wanted,
    heading: Heading,
    taken: Sequence[Row],
    left_out: Sequence[Row],
) -> Iterator[str]:
    """`taken` are the rows of the table, `left_out` what was found to be none of it."""
    for other in raw.others:
        if headings.is_the_same(other.rows, wanted):
            yield f"工作表“{other.name}”也有同样的表头，这次没有读；请另存为单独的文件再导入"
        elif other.trouble:
            yield f"工作表“{other.name}”没有看：{other.trouble}"
    hidden = {*raw.hidden} & {row.number for row in taken}
    if hidden:
        yield f"{_numbers(sorted(hidden))}是隐藏的（也许是筛选后没有显示），也读了"
    yield from _hidden_columns(raw, wanted, heading)
    filled = [row.number for row in left_out if any(cell.shown for cell in row.cells)]
    if filled:
        yield f"{_numbers(filled)}是合计、重复的表头或表后的说明，没有当作一项导入"
    if heading.passed:
        yield f"没有导入的列：{'、'.join(heading.passed)}"
    unnamed = sorted(_without_heading(heading, taken))
    if unnamed:
        yield f"没有表头的列没有导入：{'、'.join(map(letters_of, unnamed))}"


def _without_heading(heading: Heading, taken: Sequence[Row]) -> set[int]:
    """The columns of which a row has something, and the heading nothing."""
    titles = dict(enumerate(heading.titles, start=1))
    return {
        place
        for row in taken
        for place, cell in enumerate(row.cells, start=1)
        if cell.shown and not titles.get(place)
    }


def _hidden_columns(raw: RawTable, wanted: Wanted, heading: Heading) -> Iterator[str]:
    for name, letter in heading.letters().items():
        if any(number_of(letter) in columns for columns in raw.hidden_columns):
            yield f"{letter} 列（{wanted.columns[name]}）是隐藏的，也读了"


def _numbers(rows: Sequence[int]) -> str:
    shown = "、".join(map(str, rows[:MOST_SAID]))
    if len(rows) > MOST_SAID:
        return f"第 {shown} 等 {len(rows)} 行"
    return f"第 {shown} 行"
