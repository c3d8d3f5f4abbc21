"""Codes on paper stay good for ever: what was printed before must be made again."""

import pytest

from services.activities.rules.codes import certificate_code
from services.grids.model.slips import code_of
from services.kit.codes import printed

KEY = b"k" * 32


def test_what_was_printed_before_is_good() -> None:
    assert certificate_code("C1", KEY) == "XK5DNPVUBZ4JLRBZGBNH6TPWSS"
    assert code_of("V1", KEY) == "OWR7P6MDYZZD5QI6"


@pytest.mark.parametrize("other", [("visit", "V2"), ("visitor", "V1"), ("visit", "")])
def test_a_code_is_good_for_one_thing(other: tuple[str, str]) -> None:
    kind, id = other
    assert printed("visit", "V1", 16, KEY) != printed(kind, id, 16, KEY)
