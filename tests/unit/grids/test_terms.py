"""Whose visit counts: a member relieved twice and named again was there in each term, and in no gap between."""

from datetime import timedelta

import pytest

from schemas.fields import instant
from services.grids.rules import members, visits
from services.kit.log import Fact
from services.kit.views import Overlay
from tests.examples import grids as examples
from tests.given import NOW, asked, refused
from tests.unit.grids.stage import COMMANDS, WORKER, late, member, stage, take

MINUTE = timedelta(minutes=1)
SENT = NOW + 2000 * MINUTE
OF_THE_COMMUNITY = ("community_worker", examples.COMMUNITY)


def lived() -> Overlay:
    """In office until 120, from 240 to 360, and from 480 on."""
    docs = stage()
    _relieve(docs, "M1", 120)
    _appoint(docs, "M2", 240)
    _relieve(docs, "M2", 360)
    _appoint(docs, "M3", 480)
    return docs


def _relieve(docs: Overlay, id: str, minute: int) -> None:
    fact = members.relieve(docs, {"member": id}, WORKER)
    take(docs, fact, now=NOW + minute * MINUTE)


def _appoint(docs: Overlay, id: str, minute: int) -> None:
    by = asked(OF_THE_COMMUNITY, id="P6", new_id=id)
    fact = members.appoint(docs, COMMANDS["appoint_member"], by)
    take(docs, fact, now=NOW + minute * MINUTE)


def queued(minute: int) -> Fact:
    """Made then and sent when all is over."""
    about = {"device_now": instant(SENT)}
    said = late(NOW + minute * MINUTE, "n-1", **about)
    return visits.record_late(lived(), said, member(now=SENT))


@pytest.mark.parametrize("minute", [0, 60, 119, 240, 359, 480, 600])
def test_what_was_queued_in_a_term_counts_whenever_it_is_sent(minute: int) -> None:
    assert queued(minute).data["at"] == instant(NOW + minute * MINUTE)


@pytest.mark.parametrize("minute", [120, 180, 239, 360, 479])
def test_what_was_queued_between_two_terms_does_not(minute: int) -> None:
    with refused("relieved_before"):
        queued(minute)
