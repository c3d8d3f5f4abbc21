"""Passwords that are tried first: 10,000 that many people have chosen, and what hides one.

The list is sorted, in lower case, of six characters or more. Most of it is the beginning of Django's
`common-passwords.txt.gz` (BSD, see `common_passwords.LICENSE`), by Royce Williams from passwords that were published;
the rest is what is chosen here: frequent names, pinyin of love, luck and office, keys beside each other.
"""

import gzip
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("common_passwords.txt.gz")
SHORTEST = 6
MOST_AROUND = (
    4  # Characters before and after a common password do not make it a good one.
)
FOR_LETTERS = str.maketrans("@4301!$57", "aaeoiisst")


@cache
def common() -> frozenset[str]:
    return frozenset(gzip.decompress(LIST.read_bytes()).decode().splitlines())


def is_common(password: str) -> bool:
    """Also with capitals, signs for letters, something around it, or said twice."""
    plain = unicodedata.normalize("NFKC", password).casefold()
    letters = plain.translate(FOR_LETTERS)
    spellings = (plain, letters, _said_once(plain), _said_once(letters))
    return any(part in common() for text in spellings for part in _parts(text))


def _said_once(text: str) -> str:
    """`abcabc` is `abc`."""
    period = (text + text).find(text, 1)
    return text[:period] if period > 0 else text


def _parts(text: str) -> Iterator[str]:
    """All of it but a few characters."""
    fewest = max(SHORTEST, len(text) - MOST_AROUND)
    for length in range(fewest, len(text) + 1):
        for start in range(len(text) - length + 1):
            yield text[start : start + length]
