"""What an approval rests on, and what is struck only when that is known."""

import pytest

from services.district import standing
from services.kit.log import Event
from services.kit.views import Nothing, Overlay
from tests.given import refused

NOON = "2026-06-01T04:00:00.000Z"


@pytest.mark.parametrize("type", standing.HOST_FOLDS)
def test_who_has_drafted_an_activity_has_hosted(type: str) -> None:
    docs = Overlay(Nothing())
    drafted = Event(1, "E1", type, "activity/A1", NOON, {"host": "unit/U1"}, "trace")
    docs.fold(drafted, standing.HOST_FOLDS)
    assert standing.has_hosted(docs, "unit/U1")
    assert not standing.has_hosted(docs, "partner/U1")


def test_what_strikes_others_is_done_when_that_is_confirmed() -> None:
    standing.must_be_confirmed({"confirm": True}, "还会影响别人")
    for command in ({}, {"confirm": False}):
        with refused("strikes_others", says="还会影响别人"):
            standing.must_be_confirmed(command, "还会影响别人")
