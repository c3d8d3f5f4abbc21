"""What goes from a cell: what nobody typed and nobody sees; and what in it is no value."""

import re
import unicodedata

from schemas.characters import has_piled_marks, with_plain_line_ends

# A zero-width joiner stays where it joins: after an emoji or a mark, not after a letter, a digit or nothing.
UNSEEN = re.compile(
    "[\u200b\u200c\u2060\ufeff\u200e\u200f\u00ad\u180e]|(?:(?<=\\w)|(?<=\\s)|^)\u200d+"
)
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")  # ST_Xstring, ECMA-376 part 1, 22.9.2.19.
HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
RETURN = re.compile("_x000D_", re.IGNORECASE)
LONGEST_NARROW = 1_000
# What programs and Chinese keyboards write for the sign between two numbers.
DASHES = str.maketrans(
    dict.fromkeys("\u2010\u2012\u2013\u2014\u2015\u2212\u2500\u2501", "-")
)
# What clerks put where there is nothing to fill in.
NOTHING = re.compile(r"[-\u2010-\u2015\u2212\u2500\u2501－_/／\\]{1,6}")
# What a spreadsheet shows where it could not reckon, and where a column is too narrow: CSV has it as a text.
NOT_RECKONED = re.compile(
    r"#(?:(?i:N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)|GETTING_DATA|[A-Z]{2,9}[!?]"
    r"|(?:名称|值|数字?|引用|空)[!?！？]|#+)|(?:Err|错误)[:：][0-9]{3}"
)
# What may follow a number of people, places or minutes: `50人`.
COUNTS = re.compile("[人名位个次家户场]|分钟")
SPACES = re.compile("\\s+")
MARKED = re.compile("^\\*+|\\*+$|[(\\[【](必填|选填|可选|可不填|必填项)[)\\]】]$|:$")


def clean(text: str) -> str:
    """Trimmed, its lines ended by LF, its spaces such as a keyboard has."""
    if text.isprintable():
        return text.strip()  # The most by far: nothing that is unseen is printable.
    plain = UNSEEN.sub("", with_plain_line_ends(text)).replace("\u00a0", " ")
    return plain.strip()


def visible(text: str) -> str:
    """As it may be repeated to a reader: with a box for what does not show or misleads."""
    return "".join(char if char.isprintable() else "□" for char in text)


def unescaped(text: str) -> str:
    """A text of a workbook as it is shown: `_x000D_` stands for the return that XML would lose.

    What stands for half a character is made one with its other half.
    """
    if "_x" not in text:
        return text
    said = ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return HALVES.sub(_whole, said)


def _whole(halves: re.Match[str]) -> str:
    return halves[0].encode("utf-16", "surrogatepass").decode("utf-16")


def without_returns(text: str) -> str:
    """A text of a CSV file, into which some programs write `_x000D_` as they found it."""
    return RETURN.sub("", text)


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing, as an empty one does."""
    return not text or NOTHING.fullmatch(text) is not None


def is_not_reckoned(text: str) -> bool:
    """Whether it is what stands where a value would be."""
    return NOT_RECKONED.fullmatch(text) is not None


def narrow(text: str) -> str:
    """Digits, letters and signs as wide as those of a Latin keyboard; a text no code, day or hours have, as it is.

    So is one with the mark of a footnote: 50① are not 501.
    """
    if text.isascii() or len(text) > LONGEST_NARROW or has_piled_marks(text):
        return text
    if any(map(_is_marked_number, text)):
        return text
    return unicodedata.normalize("NFKC", text).translate(DASHES)


def _is_marked_number(char: str) -> bool:
    """A digit that is small, in a circle or a part: it would become a digit as others are."""
    if char.isdecimal() or not char.isnumeric():
        return False
    return any(one.isdecimal() for one in unicodedata.normalize("NFKC", char))


def as_heading(text: str) -> str:
    """What tells one heading from another: neither its spaces and width nor that it is marked as required."""
    plain = SPACES.sub("", narrow(clean(text)))
    return MARKED.sub("", MARKED.sub("", plain))
