"""Consents: what is withdrawn, and that of two records of one person the stricter holds until they are parted."""

import pytest

from services.activities.service import Activities
from services.district.consents import is_withdrawn
from services.kit.engine.tables import folds_of
from services.kit.log import Fact
from services.kit.views import Nothing, Overlay
from tests.examples import people as examples
from tests.given import example_of, happened

SURVIVOR, GONE, LAST = "P1", "P2", "P3"


class Said:
    """What two people said, and which of them turn out to be one."""

    def __init__(self) -> None:
        self.docs = Overlay(Nothing())
        for person in (SURVIVOR, GONE, LAST):
            self.happens(example_of(examples, "person_recorded.v1", person=person))
            self.agrees(person)

    def happens(self, fact: Fact) -> None:
        self.docs.fold(happened(fact), folds_of(Activities)["people"])

    def agrees(self, person: str) -> None:
        about = {"person": person, "purpose": "notices", "consent": f"of-{person}"}
        self.happens(example_of(examples, "consent_given.v1", **about))

    def withdraws(self, person: str) -> None:
        consent = f"of-{person}"
        self.happens(example_of(examples, "consent_withdrawn.v1", consent=consent))

    def merge(self, person: str = GONE, into: str = SURVIVOR) -> None:
        two = {"person": person, "into": into}
        self.happens(example_of(examples, "persons_merged.v1", **two))

    def part(self, person: str = GONE, into: str = SURVIVOR) -> None:
        two = {"person": person, "into": into}
        self.happens(example_of(examples, "merge_undone.v1", **two))

    def is_withdrawn(self, person: str = SURVIVOR) -> bool:
        return is_withdrawn(self.docs, person, "notices")


def test_of_two_the_stricter_holds_and_comes_back_when_they_are_parted() -> None:
    said = Said()
    said.withdraws(GONE)
    assert not said.is_withdrawn()
    said.merge()
    assert said.is_withdrawn()
    said.part()
    assert (said.is_withdrawn(), said.is_withdrawn(GONE)) == (False, True)


def test_who_stays_and_agrees_anew_agrees_for_both_until_they_are_parted() -> None:
    said = Said()
    said.withdraws(GONE)
    said.merge()
    said.agrees(SURVIVOR)
    assert not said.is_withdrawn()
    said.part()
    assert (said.is_withdrawn(), said.is_withdrawn(GONE)) == (False, True)


@pytest.mark.parametrize("agrees_too", [False, True])
def test_parted_from_a_third_they_are_what_they_were(*, agrees_too: bool) -> None:
    """That they agreed for both is theirs, whoever stood for them meanwhile."""
    said = Said()
    said.withdraws(GONE)
    said.merge()
    said.agrees(SURVIVOR)
    said.merge(SURVIVOR, LAST)
    if agrees_too:
        said.agrees(LAST)
    assert not said.is_withdrawn(LAST)
    said.part(SURVIVOR, LAST)
    assert not said.is_withdrawn()
    said.part()
    assert said.is_withdrawn(GONE)


def test_what_is_withdrawn_under_the_old_id_is_withdrawn() -> None:
    said = Said()
    said.merge()
    said.withdraws(GONE)
    assert said.is_withdrawn()
    said.agrees(SURVIVOR)
    said.withdraws(SURVIVOR)
    assert said.is_withdrawn()
    said.part()
    assert said.is_withdrawn()


def test_whom_nobody_recorded_has_withdrawn_nothing() -> None:
    assert not Said().is_withdrawn("of-before-there-were-records")
