"""When an offering takes place: which rules are understood, and what is promised stays."""

import pytest

import schemas.cobuild as schemas
from services.cobuild.rules import offerings
from services.kit.errors import Invalid, Refused
from tests.examples import cobuild as examples
from tests.given import refused
from tests.unit.cobuild.needs import COMMANDS, complaint
from tests.unit.cobuild.stage import (
    CLAIMED,
    LIAISON,
    OFFERED,
    RAISED,
    UNIT,
    VERIFIED,
    stage,
    take,
)

SUNDAY = "2026-06-14T01:00:00.000Z"


def test_a_revision_keeps_what_was_promised() -> None:
    docs = stage(*UNIT, OFFERED, RAISED, VERIFIED, CLAIMED)
    revision = COMMANDS["revise_offering"]
    for changes, path in (
        ({"per": "month"}, "per"),
        ({"valid_until": "2026-06-12"}, "valid_until"),
        (
            {"repeats": "FREQ=WEEKLY;BYDAY=SU", "starts_at": SUNDAY, "except_on": []},
            "starts_at",
        ),
    ):
        with pytest.raises(Refused) as caught:
            offerings.revise_offering(docs, {**revision, **changes}, LIAISON)
        assert caught.value.errors[0]["path"] == path
    take(docs, offerings.revise_offering(docs, revision, LIAISON))
    assert docs.the("offerings", "F1")["version"] == 2


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY", "BYDAY=SA", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYMONTHDAY=31", "FREQ=WEEKLY;FREQ=DAILY",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=DAILY;UNTIL=20261399", "FREQ=MONTHLY;BYSETPOS=1", "每周六",
        "FREQ=DAILY;INTERVAL=0", "FREQ=WEEKLY;BYHOUR=9", "FREQ=MONTHLY;BYDAY=+MO", "FREQ=MONTHLY;BYDAY=4MO;BYSETPOS=4",
        "FREQ=MONTHLY;BYDAY=4MO;BYMONTHDAY=1", "FREQ=DAILY\nEXDATE:20260101",
    ],
)  # fmt: skip
def test_a_rule_that_is_none_or_never_comes_round_is_refused(rule: str) -> None:
    payload = {**COMMANDS["publish_offering"], "repeats": rule}
    assert complaint(schemas.offerings.PublishOffering, payload) == (
        "repeats",
        "bad_rule",
    )


@pytest.mark.parametrize(
    ("rule", "first"),
    [
        ("FREQ=DAILY", "2026-06-13"),
        ("FREQ=WEEKLY;BYDAY=SA,SU;INTERVAL=2", "2026-06-14"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "2026-06-26"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-07-31"),
        ("FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1", "2026-06-30"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2028-02-29"),
        ("RRULE:FREQ=DAILY;COUNT=5", "2026-06-13"),
        ("FREQ=WEEKLY;UNTIL=20261231", "2026-06-13"),
    ],
)
def test_the_usual_rules_are_understood(rule: str, first: str) -> None:
    times = {"starts_at": f"{first}T09:00:00+08:00", "minutes": 120, "repeats": rule}
    payload = {**examples.ABOUT, "unit": "U1", **times, "valid_until": "2029-12-31"}
    loaded = schemas.offerings.PublishOffering().load(payload)
    assert (
        offerings.publish_offering(stage(*UNIT), loaded, LIAISON).type
        == "offering_published.v2"
    )


def test_an_offering_begins_on_a_day_of_its_rule() -> None:
    command = {**COMMANDS["publish_offering"], "repeats": "FREQ=WEEKLY;BYDAY=SU"}
    with refused("first_not_on_rule", Invalid):
        offerings.publish_offering(stage(*UNIT), command, LIAISON)
