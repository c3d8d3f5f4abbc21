"""An application waits for the street that decides on it, and for nobody once it is decided."""

import pytest

from services.kit.entrypoints import Asked
from services.kit.log import Fact
from services.partners.service import Partners
from tests.given import asked
from tests.unit.partners.stage import (
    APPLICANT,
    APPLIED,
    APPROVED,
    DISTRICT,
    MANAGER,
    OTHER_STREET,
    REAPPLIED,
    REJECTED,
    STRANGER,
    STREET,
    WITHDRAWN,
    after,
)
from tests.waiting_for import items, kinds

NOWHERE = asked(("street_admin", ""), id="P8")


@pytest.mark.parametrize("who", [STREET, DISTRICT])
def test_an_application_waits_for_the_street_with_what_it_is_called(who: Asked) -> None:
    (item,) = items(after(APPLIED), Partners, who)
    assert (item["kind"], item["title"], item["names"]) == (
        "partner_to_approve",
        "青禾社区书店",
        {"partner": "N1"},
    )
    assert "due" not in item


@pytest.mark.parametrize("done", [APPROVED, REJECTED, WITHDRAWN])
def test_it_waits_no_more_whatever_was_decided(done: Fact) -> None:
    assert kinds(after(APPLIED, done), Partners, STREET) == []


def test_one_that_is_made_again_waits_again() -> None:
    assert kinds(after(APPLIED, REJECTED, REAPPLIED), Partners, STREET) == [
        "partner_to_approve"
    ]


@pytest.mark.parametrize("who", [APPLICANT, MANAGER, OTHER_STREET, STRANGER, NOWHERE])
def test_it_waits_for_nobody_else(who: Asked) -> None:
    assert kinds(after(APPLIED), Partners, who) == []
