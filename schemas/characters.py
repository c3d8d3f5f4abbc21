"""Which characters a text may have: what shows, and what nobody can be misled by.

Characters that Python's own tables do not know yet are taken: a name may have one, and Unicode only ever adds some.
"""

import re
import unicodedata

LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
OF_A_TEXT = "\n\t"
LOST = "\ufffd"  # What a program writes for a character it could not read.
# UAX #9: all but the marks.
TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LAST_OF_A_PLANE = 0xFFFE
BLOCK_OF_NONE = range(0xFDD0, 0xFDF0)
# Letters and marks that show nothing: those of Default_Ignorable_Code_Point (DerivedCoreProperties.txt) that are not
# formats (Cf), the blank of Braille, the note without a head and the filler of Khitan.
BLANK = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0\ufff0-\ufff8"
    "\U0001d159\U00016fe4\U000e0000-\U000e0fff]"
)
UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}
SURE_SIGNS = {"Cc": "控制字符", "Cs": "半个字符", "Co": "私用区字符，别的电脑上看不到"}

# In a row, as the Stream-Safe Text Format has it (UAX #15, section 13).
MOST_MARKS = 30
HIDDEN_MARKS = "\u0f73\u0f75\u0f81"  # Taken apart they are marks, though Unicode gives them no combining class.
# Older logs have texts that break them.
RULES_OF_LATER = {
    "direction_override",
    "line_break",
    "lost_character",
    "names_somebody",
    "shows_nothing",
}

Refusal = tuple[str, str]


def with_plain_line_ends(text: str) -> str:
    """Forms of web pages and Windows end lines with CR LF, old programs with CR, some with a separator."""
    return LINE_ENDS.sub("\n", text)


def complaint(text: str, *, is_one_line: bool) -> Refusal | None:
    """The code and sentence by which a text is refused, naming the character; None for one that may be kept."""
    if text.isprintable() and not BLANK.search(text):
        return None  # The most by far. Printable is what is none of the refused, by Python's tables.
    for char in text:
        if refusal := _of(char):
            return refusal
    if is_one_line and "\n" in text:
        return "line_break", "只能写一行，请去掉换行"
    if all(_shows_nothing(char) for char in text):
        return "shows_nothing", f"看不到内容，里面只有看不见的字符 {named(text[0])}"
    return None


def has_piled_marks(text: str) -> bool:
    """True when more marks follow one another than any script needs: to put them in order costs their square.

    (CPython #149079.) This looks at each character once.
    """
    if text.isascii():
        return False
    marks = bytes(
        unicodedata.combining(char) > 0 or char in HIDDEN_MARKS for char in text
    )
    return b"\1" * (MOST_MARKS + 1) in marks


def named(char: str) -> str:
    """`U+202E`"""
    return f"U+{ord(char):04X}"


def _of(char: str) -> Refusal | None:
    if char in TURNS:
        return "direction_override", f"含有改变文字方向的字符 {named(char)}，请去掉"
    if _is_no_character(ord(char)):
        return (
            "control_character",
            f"含有不能使用的字符 {named(char)}（不是字符的编码），请去掉",
        )
    sign = None if char in OF_A_TEXT else SURE_SIGNS.get(unicodedata.category(char))
    return (
        ("control_character", f"含有不能使用的字符 {named(char)}（{sign}），请去掉")
        if sign
        else None
    )


def _is_no_character(code: int) -> bool:
    """The 66 noncharacters, of which Unicode promises that they will never be characters."""
    return code in BLOCK_OF_NONE or code & LAST_OF_A_PLANE == LAST_OF_A_PLANE


def _shows_nothing(char: str) -> bool:
    return unicodedata.category(char) in UNSEEN or BLANK.match(char) is not None
