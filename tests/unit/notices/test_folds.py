"""Who is told what: every event that concerns somebody becomes a notice to just those."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from services.district import consents
from services.notices.folds import FOLDS
from tests.unit.notices.stage import after, begun, fact, news_of, told
from tests.unit.notices.told import CASES, OFFICE, UNIT

SILENT = {
    "seats_merged.v1",
    "seats_parted.v1",
    "member_reported_in.v1",
    "activity_drafted.v1", "activity_drafted.v2", "activity_revised.v1", "activity_revised.v2",
    "activity_changed.v1", "activity_published.v1", "session_closed.v1", "activity_closed.v1", "activity_cancelled.v1",
    "activity_cancelled.v2", "sessions_cancelled.v1", "need_passed_up.v1", "walked_in.v1", "unit_updated.v1",
    "offering_published.v1", "offering_published.v2", "offering_revised.v1", "commitment_begun.v1",
    "partner_profile_updated.v1", "partner_profile_updated.v2", "partner_profile_updated.v3",
    "branch_established.v1", "branch_renamed.v1", "committee_elected.v1", "grid_recorded.v1",
    "member_report_confirmed.v1", "report_withdrawn.v1", "meeting_concluded.v1", "contest_withdrawn.v1",
    "team_recorded.v1", "care_begun.v1", "door_moved.v1", "door_closed.v1", "round_cancelled.v1",
}  # fmt: skip

ELSEWHERE = {
    "activity_published.v2",
    "need_claimed.v1",
    "need_dispatched.v1",
    "resolution_undertaken.v1",
    "finding_reopened.v1",
}

OLDER = {
    "partner_applied.v1",
    "partner_applied.v2",
    "partner_applied.v3",
    "partner_reapplied.v1",
    "partner_reapplied.v2",
}


@pytest.mark.parametrize(
    ("source", "type", "changes", "expected"),
    CASES,
    ids=[f"{type}-{len(more)}" for _, type, more, _ in CASES],
)
def test_an_event_is_told_to_just_those_it_concerns(
    source: str, type: str, changes: dict[str, Any], expected: set[tuple[str, str]]
) -> None:
    assert news_of(source, begun(source), fact(source, type, **changes)) == expected


def test_an_applicant_is_called_by_its_kind_until_the_street_has_released_its_name() -> (
    None
):
    facts = [
        fact("partners", type)
        for type in (
            "partner_applied.v3",
            "partner_rejected.v1",
            "partner_reapplied.v3",
        )
    ]
    waiting = after("partners", *facts, fact("partners", "partner_profile_updated.v3"))
    assert {doc["words"]["partner"] for doc in told(waiting, "partners")} == {
        "社区商家"
    }
    approved = after("partners", facts[0], fact("partners", "partner_approved.v2"))
    assert told(approved, "partners")[-1]["words"] == {"partner": "青禾社区书店"}


def test_every_event_that_is_folded_is_looked_at_here() -> None:
    folded = {
        type for source, folds in FOLDS.items() if source != "notices" for type in folds
    }
    told = {type for _, type, _, _ in CASES} | SILENT | ELSEWHERE | OLDER
    assert folded == told | consents.FOLDS.keys()


@pytest.mark.parametrize("type", sorted(SILENT))
def test_what_concerns_nobody_yet_is_told_to_nobody(type: str) -> None:
    source = next(source for source, folds in FOLDS.items() if type in folds)
    assert news_of(source, begun(source), fact(source, type)) == set()


def test_a_claim_is_told_to_who_asked_and_its_deadlines_later_to_the_unit() -> None:
    docs = begun("cobuild")
    kinds = {
        ("need_claimed", "person/P1"),
        ("lease_ends_soon", UNIT),
        ("due_soon", UNIT),
    }
    claimed = fact("cobuild", "need_claimed.v1", commitment="C2")
    assert news_of("cobuild", docs, claimed) == kinds
    reminders = {
        doc["kind"]: doc["at"]
        for doc in told(docs, "cobuild")
        if doc["at"] > "2026-06-01T01:00:00.000Z"
    }
    lease = datetime.fromisoformat(claimed.data["lease_until"])
    assert datetime.fromisoformat(reminders["lease_ends_soon"]) == lease - timedelta(
        hours=4
    )
    assert reminders["due_soon"] == "2026-06-11T16:00:00.000Z"


def test_a_dispatched_need_is_told_to_the_unit_as_well() -> None:
    dispatched = fact("cobuild", "need_dispatched.v1", commitment="C2")
    assert ("need_dispatched", UNIT) in news_of("cobuild", begun("cobuild"), dispatched)


def test_what_the_community_undertakes_for_itself_is_answered_to_it() -> None:
    docs = begun("cobuild")
    undertaken = fact("cobuild", "resolution_undertaken.v1", need="N8", commitment="C8")
    news_of("cobuild", docs, undertaken)
    done = fact("cobuild", "need_fulfilled.v1", need="N8", commitment="C8")
    assert news_of("cobuild", docs, done) == {("need_fulfilled", OFFICE)}


def test_what_a_worker_raised_for_somebody_is_told_to_them_and_the_office_not_to_who_was_the_worker() -> (
    None
):
    docs = begun("cobuild")
    news_of(
        "cobuild",
        docs,
        fact("cobuild", "need_raised.v1", need="N8", by="P6", beneficiary="P9"),
    )
    rejected = news_of("cobuild", docs, fact("cobuild", "need_rejected.v1", need="N8"))
    assert rejected == {("need_rejected", "person/P9"), ("need_rejected", OFFICE)}
