"""What answers an item: one of two words, one of its options, a plain number, a day there is."""

import pytest

from schemas.documents import Json
from services.grids.model.answers import LARGEST, is_possible

CHOICE: Json = {"kind": "choice", "options": ["有", "没有"]}


@pytest.mark.parametrize(
    ("item", "value", "fits"),
    [
        ({"kind": "yes_no"}, "yes", True),
        ({"kind": "yes_no"}, "perhaps", False),
        (CHOICE, "没有", True),
        (CHOICE, "不知道", False),
        ({"kind": "number"}, "0", True),
        ({"kind": "number"}, "9" * LARGEST, True),
        ({"kind": "number"}, "9" * (LARGEST + 1), False),
        ({"kind": "number"}, "-1", False),
        ({"kind": "number"}, "１", False),
        ({"kind": "date"}, "2026-06-01", True),
        ({"kind": "date"}, "2028-02-29", True),
        ({"kind": "date"}, "2026-02-29", False),
        ({"kind": "date"}, "20260601", False),
        ({"kind": "date"}, "2026-W23-1", False),
        ({"kind": "date"}, "明天", False),
    ],
)
def test_an_item_is_answered_by_what_it_asks_for(
    item: Json, value: str, fits: bool
) -> None:
    assert is_possible(item, value) is fits
