"""What goes from a cell: what nobody typed and nobody sees."""

import re
import unicodedata

from schemas.characters import has_piled_marks, with_plain_line_ends

# A zero-width joiner stays where it joins: after an emoji or a mark, not after a letter, a digit or nothing.
UNSEEN = re.compile(
    "[\u200b\u200c\u2060\ufeff\u200e\u200f\u00ad\u180e]|(?:(?<=\\w)|(?<=\\s)|^)\u200d+"
)
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # ST_Xstring, ECMA-376 part 1, 22.9.2.19.
RETURN = re.compile("_x000D_", re.IGNORECASE)
LONGEST_NARROW = 1_000
SPACES = re.compile("\\s+")
MARKED = re.compile("^\\*+|\\*+$|[(\\[【](必填|选填|可选|可不填|必填项)[)\\]】]$|:$")


def clean(text: str) -> str:
    """Trimmed, its lines ended by LF, its spaces such as a keyboard has."""
    if text.isprintable():
        return text.strip()  # The most by far: nothing that is unseen is printable.
    plain = UNSEEN.sub("", with_plain_line_ends(text)).replace("\u00a0", " ")
    return plain.strip()


def unescaped(text: str) -> str:
    """A text of a workbook as it is shown: `_x000D_` stands for the return that XML would lose."""
    return (
        ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
        if "_x" in text
        else text
    )


def without_returns(text: str) -> str:
    """A text of a CSV file, into which some programs write `_x000D_` as they found it."""
    return RETURN.sub("", text)


def narrow(text: str) -> str:
    """Digits, letters and signs as wide as those of a Latin keyboard; a text no code, day or hours have, as it is."""
    if text.isascii() or len(text) > LONGEST_NARROW or has_piled_marks(text):
        return text
    return unicodedata.normalize("NFKC", text)


def as_heading(text: str) -> str:
    """What tells one heading from another: neither its spaces and width nor that it is marked as required."""
    plain = SPACES.sub("", narrow(clean(text)))
    return MARKED.sub("", MARKED.sub("", plain))
