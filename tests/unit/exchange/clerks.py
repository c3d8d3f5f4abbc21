"""Workbooks as clerks' programs write them, made part by part: what no library would write for us."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

PLAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PLAIN_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_RELATIONS = "http://purl.oclc.org/ooxml/officeDocument/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"

STYLES = (
    '<fills count="1"><fill></fill></fills><cellXfs count="{count}">{xfs}</cellXfs>'
)


class Number(NamedTuple):
    """A cell that is a number, shown in the built-in or own form `form`."""

    value: str
    form: int = 0


class Markup(NamedTuple):
    """A cell as it is written: its attributes and what is in it."""

    attributes: str
    inside: str


Cell = str | Number | Markup | None


class Leaf(NamedTuple):
    """A sheet; `more` follows its rows, `hidden` are the numbers of rows that are not shown."""

    name: str
    rows: Sequence[Sequence[Cell]]
    state: str = "visible"
    more: str = ""
    hidden: Sequence[int] = ()


def workbook(
    *leaves: Leaf, forms: dict[int, str] | None = None, strict: bool = False
) -> bytes:
    """`forms` are own forms of numbers, by a number from 164 on."""
    main, relations = (STRICT, STRICT_RELATIONS) if strict else (PLAIN, PLAIN_RELATIONS)
    own = forms or {}
    ids = [*range(70), *own]
    parts = {
        "_rels/.rels": _relations(
            [f'Type="{relations}/officeDocument" Target="xl/workbook.xml"']
        ),
        "xl/_rels/workbook.xml.rels": _relations(
            [
                *(
                    f'Type="{relations}/worksheet" Target="worksheets/sheet{n}.xml"'
                    for n, _ in _numbered(leaves)
                ),
                f'Type="{relations}/styles" Target="/xl/styles.xml"',
            ]
        ),
        "xl/workbook.xml": (
            f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
            + "".join(
                f'<sheet name={quoteattr(leaf.name)} sheetId="{n}" state="{leaf.state}" r:id="rId{n}"/>'
                for n, leaf in _numbered(leaves)
            )
            + "</sheets></workbook>"
        ),
        "xl/styles.xml": f'<styleSheet xmlns="{main}">{_forms(own)}{_styles(ids)}</styleSheet>',
        **{
            f"xl/worksheets/sheet{n}.xml": _sheet(leaf, main, ids)
            for n, leaf in _numbered(leaves)
        },
    }
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, inside in parts.items():
            made.writestr(name, inside)
    return file.getvalue()


def _numbered(leaves: Sequence[Leaf]) -> list[tuple[int, Leaf]]:
    return list(enumerate(leaves, start=1))


def _relations(found: Sequence[str]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{n}" {one}/>' for n, one in enumerate(found, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}">{inside}</Relationships>'


def _forms(own: dict[int, str]) -> str:
    inside = "".join(
        f'<numFmt numFmtId="{id}" formatCode={quoteattr(form)}/>'
        for id, form in own.items()
    )
    return f"<numFmts>{inside}</numFmts>" if own else ""


def _styles(ids: Sequence[int]) -> str:
    return STYLES.format(
        count=len(ids), xfs="".join(f'<xf numFmtId="{id}"/>' for id in ids)
    )


def _sheet(leaf: Leaf, main: str, ids: Sequence[int]) -> str:
    rows = "".join(
        f'<row r="{n}"{_hidden(n, leaf)}>{"".join(_cell(cell, ids) for cell in row)}</row>'
        for n, row in enumerate(leaf.rows, start=1)
    )
    return f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData>{leaf.more}</worksheet>'


def _hidden(number: int, leaf: Leaf) -> str:
    return ' hidden="1"' if number in leaf.hidden else ""


def _cell(cell: Cell, ids: Sequence[int]) -> str:
    match cell:
        case Number(value, form):
            return f'<c s="{ids.index(form)}"><v>{value}</v></c>'
        case Markup(attributes, inside):
            return f"<c {attributes}>{inside}</c>"
        case str():
            return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'
    return "<c/>"
