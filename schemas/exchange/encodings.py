"""The text of a CSV file in the encodings that Excel and WPS write; of others it is said which they are."""

from collections.abc import Callable

from schemas import characters
from schemas.exchange.raw import BadSheet

MARKS = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
ENCODINGS = ("utf-8", "gb18030")
MANY = 20  # One byte in so many.
LONGEST_LOOK = 64 * 1024
# Files of Unicode by its numbers, with a mark or without.
OF_FOUR_BYTES = ("utf-32", "utf-32-le", "utf-32-be")
# Of signs of a Latin keyboard alone: each is a text as it is too, in which other headings are found.
OF_SEVEN_BITS = {"hz": "HZ", "utf-7": "UTF-7"}
SHIFTED = b"\x1b$"  # ISO/IEC 2022: what follows is Chinese, Japanese or Korean.
ANOTHER = "文件是 {} 编码，这里读不了；请在保存它的程序里另存为 .xlsx，或者另存为 UTF-8 编码的 CSV"
BROKEN = (
    "第 {} 行有的字读不出来：别处是 {} 编码，这里不是，也许文件被截断过，或由两种编码的内容拼成；"
    "请用 Excel 另存为 .xlsx"
)
NAMES = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030",
    **dict.fromkeys(("utf-16", "utf-16-le", "utf-16-be"), "UTF-16"),
}
UNKNOWN = (
    "文件里的文字既不是 UTF-8、UTF-16，也不是 GB18030 编码；请用 Excel 另存为 .xlsx"
)


def text_of(content: bytes, headings: Callable[[str], int]) -> str:
    """`headings` tells how many are found where a text begins. Raises `BadSheet`."""
    if another := _another(content, headings):
        raise BadSheet("unknown_encoding", ANOTHER.format(another))
    encodings = _encodings(content)
    for encoding in encodings:
        text = _decoded(content, encoding)
        if text is not None and (encoding in ENCODINGS or "\0" not in text):
            return text
    for encoding in encodings:
        _must_not_begin_well(content, encoding, headings)
    raise BadSheet("unknown_encoding", UNKNOWN)


def _must_not_begin_well(
    content: bytes, encoding: str, headings: Callable[[str], int]
) -> None:
    """Raises for a table of this encoding in which some letters are of none: it was cut, or put together of two."""
    text = content.decode(encoding, "replace")
    if headings(text):
        before = text.partition(characters.LOST)[0]
        number = characters.with_plain_line_ends(before).count("\n") + 1
        raise BadSheet("unknown_encoding", BROKEN.format(number, NAMES[encoding]))


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _encodings(content: bytes) -> tuple[str, ...]:
    """What the file says of itself; unsaid it is UTF-16 where many bytes are nothing, as in each of its plain signs."""
    for mark, encoding in MARKS.items():
        if content.startswith(mark):
            return (encoding,)
    first = content[::2].count(0)
    second = content[1::2].count(0)
    if MANY * (first + second) <= len(content):
        return ENCODINGS
    return ("utf-16-le",) if second > first else ("utf-16-be",)


def _another(content: bytes, headings: Callable[[str], int]) -> str:
    """The name of an encoding that is none of ours, `""` where nothing speaks for one."""
    if any(_is_text(_decoded(content, one)) for one in OF_FOUR_BYTES):
        return "UTF-32"
    begins = content[:LONGEST_LOOK]
    if SHIFTED in begins:
        return "ISO-2022"
    if not begins.isascii():
        return ""
    plain = begins.decode()
    texts = {name: begins.decode(one, "replace") for one, name in OF_SEVEN_BITS.items()}
    others = [name for name, text in texts.items() if text != plain]
    return next(
        (name for name in others if headings(texts[name]) > headings(plain)), ""
    )


def _is_text(text: str | None) -> bool:
    return text is not None and "\0" not in text
