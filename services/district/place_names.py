"""What the places are called that something lies in: as they are recorded, and above the district as the nation has it.

Source of the latter: GB/T 2260, as python-stdnum has it (`stdnum/cn/loc.dat`).
"""

import re
from collections.abc import Iterator
from functools import cache

from stdnum import numdb

from services.district.territory import DIVISIONS, LEVELS
from services.kit.views import Reads

OF_PROVINCE, OF_CITY = 2, 4  # Digits.
# `四川省`, or `[1988-]海口市` with the years from when and until when: one with an end is called so no more.
CALLED = re.compile(r"(\[[0-9]*-\])?(?P<name>(?P<short>\w{2,})(省|市|自治区|自治州))")


def names_around(docs: Reads, community: str) -> list[str]:
    """Of the community, its street and district, as they are recorded, and of the city and province, long and short."""
    return [*_recorded(docs, community), *_above(community[:OF_CITY])]


def _recorded(docs: Reads, community: str) -> Iterator[str]:
    for digits in LEVELS:
        if division := docs.get(DIVISIONS.name, community[:digits]):
            yield division["name"]


@cache
def _above(city: str) -> tuple[str, ...]:
    codes = (city[:digits].ljust(6, "0") for digits in (OF_PROVINCE, OF_CITY))
    return tuple(name for code in codes for name in _called(code))


def _called(code: str) -> Iterator[str]:
    for _, said in numdb.get("cn/loc").info(code):
        names = said.get("county", "").split(",")
        for called in map(CALLED.fullmatch, names):
            if called:
                yield from called.group("name", "short")
