"""What a target is called in the list of them: by period, figure and value, in either language."""

import pytest

from gateway.web.english.catalogue import CHINESE
from gateway.web.english.saying import said
from gateway.web.registers import which_target
from schemas.metrics.definition import Definition
from schemas.metrics.definitions import BY_IDENTIFIER, DEFINITIONS
from tests.unit.gateway.web.test_whose_figures import visit


def called(of: Definition, value: int) -> str:
    target = {"period": "2026-06", "name": of.name, "unit": of.unit, "value": value}
    return which_target(visit(), [target])(target)


def test_a_target_is_called_by_its_number_with_its_unit() -> None:
    assert (
        called(BY_IDENTIFIER["person_times"], 12_000) == "2026年6月，人次：12,000 人次"
    )
    assert called(BY_IDENTIFIER["closure_rate"], 9_000) == "2026年6月，办结率：90.0%"


@pytest.mark.parametrize("of", DEFINITIONS, ids=lambda one: one.identifier)
def test_every_target_has_its_english(of: Definition) -> None:
    assert not CHINESE.search(said(called(of, 12_000)))
