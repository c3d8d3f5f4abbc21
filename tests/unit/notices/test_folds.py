"""Who is told what: every event that concerns somebody becomes a notice to just those."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from schemas.channels import LANGUAGES
from schemas.fields import instant
from schemas.notices.kinds import KINDS
from services.district import consents
from services.kit.log import Fact
from services.kit.views import Find, Overlay
from services.notices.folds import FOLDS
from services.notices.rules import news, reminders
from services.notices.service import Notices
from services.notices.views import texts
from tests.examples.activities import CONTENT, POSTING, SESSION, SIGNUP
from tests.given import NOW, asked, given_from, happened
from tests.unit.notices.stage import OTHER, after, begun, fact, news_of, told, waiting

R1, CHILD, R5, R6 = "person/R1", "person/R1-child", "person/R5", "person/R6"
# As logs have it from when whoever signed up named others by their ids.
NAMED_BY_ID = [{"person": person, "relation": "self"} for person in ("R1", "R1-child")]
UNIT, HOST, OFFICE, STREET = "unit/U1", "branch/B1", "510108015001", "510108015"
ACTIVITY_STREET = "510108002"

# Which log, which event, what is different in it; then what is told to whom.
CASES: list[tuple[str, str, dict[str, Any], set[tuple[str, str]]]] = [
    ("activities", "activity_submitted.v1", {}, {("activity_to_review", ACTIVITY_STREET)}),
    ("activities", "activity_returned.v1", {}, {("activity_returned", HOST)}),
    ("activities", "signup_confirmed.v1", {}, {("seat_confirmed", R1)}),
    ("activities", "signup_waitlisted.v1", {}, {("seat_waiting", R1)}),
    ("activities", "signup_requested.v1", {"signup": "G9"}, {("signup_to_review", HOST)}),
    ("activities", "signup_approved.v1", {}, {("request_approved", R1)}),
    ("activities", "signup_approved.v1", {"state": "waiting", "position": 3}, {("request_waiting", R1)}),
    ("activities", "signup_declined.v1", {}, {("request_declined", R1)}),
    ("activities", "signup_cancelled.v1", {"promoted": [OTHER]},
     {("signup_cancelled", R1), ("seat_promoted", R5), ("seat_promoted", R6)}),
    ("activities", "waiting_promoted.v1", {"promoted": [OTHER]}, {("seat_promoted", R5), ("seat_promoted", R6)}),
    ("activities", "seat_offered.v1", {"signup": OTHER}, {("seat_offered", R5), ("seat_offered", R6)}),
    ("activities", "offer_accepted.v1", {"signup": OTHER}, {("seat_confirmed", R5), ("seat_confirmed", R6)}),
    ("activities", "offer_lapsed.v1", {"signup": OTHER}, {("offer_lapsed", R5), ("offer_lapsed", R6)}),
    ("activities", "waiting_ended.v1", {"missed": [OTHER]}, {("waiting_ended", R5), ("waiting_ended", R6)}),
    ("activities", "signup_confirmed.v1", {"party": NAMED_BY_ID}, {("seat_confirmed", R1), ("seat_confirmed", CHILD)}),
    ("activities", "seat_passed_on.v1", {}, {("seat_passed_on", R1)}),
    ("activities", "seat_passed_on.v1", {"signup": OTHER, "person": "R6"},
     {("seat_passed_on", R5), ("seat_passed_on", R1), ("seat_passed_on", R6)}),
    ("activities", "party_joined.v1", {}, {("party_joined", R1)}),
    ("activities", "party_left.v1", {"person": "R1~child", "promoted": [OTHER]},
     {("party_left", R1), ("seat_promoted", R5), ("seat_promoted", R6)}),
    ("activities", "party_left.v1", {"signup": OTHER, "person": "R6"}, {("party_left", R5), ("party_left", R6)}),
    ("activities", "hours_corrected.v1", {}, {("hours_corrected", R1)}),
    ("activities", "hours_settled.v1", {}, {("hours_settled", R1)}),
    ("activities", "roles_changed.v1", {}, {("role_changed", R1)}),
    ("activities", "signup_confirmed.v1", {"role": "helper"}, {("seat_confirmed", R1)}),
    ("activities", "hours_contested.v1", {"contest": "C2"}, {("hours_contested", HOST)}),
    ("activities", "contest_overdue.v1", {},
     {("contest_overdue", HOST), ("contest_overdue", ACTIVITY_STREET), ("contest_overdue", f"{ACTIVITY_STREET}001")}),
    ("activities", "contest_settled.v1", {}, {("contest_upheld", R1)}),
    ("activities", "contest_settled.v1", {"upheld": False}, {("contest_dismissed", R1)}),
    ("activities", "certificate_issued.v1", {}, {("certificate_issued", R1)}),
    ("activities", "certificate_revoked.v1", {}, {("certificate_revoked", R1)}),
    ("activities", "person_commended.v1", {}, {("commended", R1)}),
    ("activities", "commendation_withdrawn.v1", {}, {("commendation_withdrawn", R1)}),
    ("cobuild", "unit_registered.v1", {"unit": "U2"}, {("unit_to_approve", STREET)}),
    ("cobuild", "unit_approved.v1", {}, {("unit_approved", "person/P1")}),
    ("cobuild", "unit_rejected.v1", {}, {("unit_rejected", "person/P1")}),
    ("cobuild", "unit_halted.v1", {}, {("unit_halted", UNIT)}),
    ("cobuild", "unit_freed.v1", {}, {("unit_freed", UNIT)}),
    ("cobuild", "offering_expired.v1", {}, {("offering_expired", UNIT)}),
    ("cobuild", "offering_used_up.v1", {}, {("offering_used_up", UNIT)}),
    ("cobuild", "meeting_called.v1", {"meeting": "M2"}, {("meeting_called", UNIT)}),
    ("cobuild", "meeting_cancelled.v1", {}, {("meeting_cancelled", UNIT)}),
    ("cobuild", "need_raised.v1", {"need": "N9"}, {("need_to_verify", OFFICE)}),
    (
        "cobuild",
        "need_raised.v1",
        {"need": "N9", "by": "P6", "beneficiary": "P9"},
        {("need_to_verify", OFFICE), ("need_raised_for", "person/P9")},
    ),
    ("cobuild", "need_verified.v1", {}, {("need_verified", "person/P1")}),
    ("cobuild", "unit_appealed.v1", {}, {("application_appealed", STREET)}),
    ("cobuild", "unit_appeal_decided.v1", {}, {("appeal_upheld", "person/P1")}),
    ("cobuild", "unit_approval_withdrawn.v1", {}, {("approval_withdrawn", "person/P1")}),
    ("cobuild", "unit_suspended.v1", {}, {("unit_suspended", UNIT)}),
    ("cobuild", "unit_reinstated.v1", {}, {("unit_reinstated", UNIT)}),
    ("cobuild", "unit_ended.v1", {}, {("unit_ended", UNIT)}),
    ("partners", "partner_appealed.v1", {}, {("application_appealed", STREET)}),
    ("partners", "partner_appeal_decided.v1", {"upheld": False}, {("appeal_dismissed", "person/P1")}),
    ("partners", "partner_approval_withdrawn.v1", {}, {("approval_withdrawn", "person/P1")}),
    ("cobuild", "need_appealed.v1", {}, {("need_appealed", OFFICE), ("need_appealed", STREET)}),
    ("cobuild", "need_appeal_decided.v1", {}, {("appeal_upheld", "person/P1")}),
    ("cobuild", "need_appeal_decided.v1", {"upheld": False}, {("appeal_dismissed", "person/P1")}),
    ("cobuild", "need_rejected.v1", {}, {("need_rejected", "person/P1")}),
    ("cobuild", "resident_asked.v1", {}, {("need_question", "person/P1")}),
    ("cobuild", "resident_answered.v1", {}, {("need_answered", OFFICE)}),
    ("cobuild", "need_overdue.v1", {}, {("need_overdue", OFFICE), ("need_overdue", STREET)}),
    ("cobuild", "commitment_postponed.v1", {}, {("need_postponed", "person/P1"), ("due_soon", UNIT)}),
    ("cobuild", "commitment_overdue.v1", {}, {("commitment_overdue", UNIT)}),
    ("cobuild", "commitment_declined.v1", {}, {("need_released", "person/P1")}),
    ("cobuild", "commitment_withdrawn.v1", {}, {("need_released", "person/P1")}),
    ("cobuild", "commitment_lapsed.v1", {}, {("need_released", "person/P1"), ("lease_ended", UNIT)}),
    ("cobuild", "need_suggested.v1", {}, {("need_suggested", UNIT)}),
    ("cobuild", "suggesting_ended.v1", {}, {("need_unanswered", OFFICE)}),
    ("cobuild", "suggesting_ended.v1", {"told": 0}, {("need_unmatched", OFFICE)}),
    ("cobuild", "commitment_discussed.v1", {}, {("commitment_message", OFFICE), ("commitment_message", "person/P1")}),
    ("cobuild", "commitment_discussed.v1", {"side": "beneficiary"},
     {("commitment_message", OFFICE), ("commitment_message", UNIT)}),
    ("cobuild", "time_proposed.v1", {}, {("time_proposed", OFFICE), ("time_proposed", "person/P1")}),
    ("cobuild", "time_agreed.v1", {}, {("time_agreed", UNIT), ("time_agreed", "person/P1")}),
    ("cobuild", "need_fulfilled.v1", {}, {("need_fulfilled", "person/P1")}),
    ("cobuild", "need_confirmed.v1", {}, {("need_confirmed", UNIT)}),
    ("cobuild", "need_disputed.v1", {}, {("need_disputed", UNIT), ("need_disputed", OFFICE)}),
    ("cobuild", "need_sent_back.v1", {}, {("need_sent_back", UNIT), ("due_soon", UNIT)}),
    ("cobuild", "need_closed.v1", {}, {("need_settled", UNIT), ("need_settled", "person/P1")}),
    ("cobuild", "need_reopened.v1", {}, {("need_reopened", OFFICE)}),
    ("cobuild", "need_withdrawn.v1", {}, {("need_withdrawn", UNIT)}),
    ("partners", "partner_reapplied.v3", {}, {("partner_to_approve", STREET)}),
    ("partners", "partner_approved.v1", {}, {("partner_approved", "person/P1")}),
    ("partners", "partner_approved.v2", {}, {("partner_approved", "person/P1")}),
    ("partners", "partner_rejected.v1", {}, {("partner_rejected", "person/P1")}),
    ("partners", "partner_suspended.v1", {}, {("partner_suspended", "partner/N1")}),
    ("partners", "partner_reinstated.v1", {}, {("partner_reinstated", "partner/N1")}),
    ("partners", "partner_withdrawn.v1", {}, {("partner_withdrawn", "partner/N1")}),
    ("branches", "secretary_appointed.v1", {}, {("secretary_appointed", "person/P7")}),
    ("branches", "term_expiring.v1", {}, {("term_expiring", HOST), ("term_expiring", STREET)}),
    ("branches", "branch_merged.v1", {"into": "B2"}, {("branch_merged", HOST), ("branch_merged", "branch/B2")}),
    ("branches", "branch_dissolved.v1", {}, {("branch_dissolved", HOST)}),
    ("branches", "member_reported_in.v2", {}, {("report_to_confirm", "person/P8")}),
    ("branches", "member_report_declined.v1", {}, {("report_declined", HOST)}),
    ("grids", "member_appointed.v1", {"member": "M9"}, {("member_appointed", "person/P3")}),
    ("grids", "member_relieved.v1", {}, {("member_relieved", "person/P3")}),
    ("grids", "member_term_ended.v1", {}, {("member_relieved", "person/P3")}),
    ("grids", "finding_recorded.v1", {"finding": "F9"},
     {("team_called", "person/P20"), ("followup_due", "person/P20")}),
    ("grids", "finding_referred.v1", {}, {("finding_referred", "person/P3")}),
    ("grids", "round_announced.v1", {"round": "R9"}, set()),
    ("grids", "round_announced.v1", {"round": "R9", "over": ["R1"], "override": "汛期排查"},
     {("burden_overridden", OFFICE), ("burden_overridden", STREET)}),
    ("grids", "round_opened.v1", {}, {("round_opened", "person/P3"), ("round_ends_soon", OFFICE)}),
    ("grids", "finding_routed.v1", {"route": "followup", "team": "T1", "due": "2026-06-09",
     "due_at": "2026-06-09T16:00:00.000Z"}, {("team_called", "person/P20"), ("followup_due", "person/P20")}),
    ("grids", "finding_routed.v1", {}, set()),
    ("grids", "finding_resolved.v1", {}, {("finding_resolved", "person/P3")}),
    ("grids", "finding_returned.v1", {}, {("finding_returned", OFFICE)}),
    ("grids", "followup_overdue.v1", {}, {("followup_overdue", OFFICE), ("followup_overdue", STREET)}),
    ("grids", "care_due.v1", {}, {("care_due", "person/P3")}),
    ("grids", "care_missed.v1", {}, {("care_missed", OFFICE)}),
]  # fmt: skip
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
NEVER = {"note", "words", "phone", "name", "by", "person", "people", "credit_code"}


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


def test_a_host_hears_that_a_reviewed_activity_is_published_and_not_of_one_it_published_itself() -> (
    None
):
    published = fact("activities", "activity_published.v2")
    docs = begun("activities")
    assert news_of("activities", docs, published) == set()
    submitted = fact("activities", "activity_submitted.v1")
    assert news_of("activities", docs, submitted, published) >= {
        ("activity_approved", HOST)
    }


def test_a_host_hears_once_that_sign_ups_wait_for_its_yes_and_again_when_it_had_decided_on_all() -> (
    None
):
    docs, to_review = begun("activities"), {("signup_to_review", HOST)}

    def asks(signup: str) -> Fact:
        return fact(
            "activities",
            "signup_requested.v1",
            signup=signup,
            by="R5",
            party=[{"person": "R5"}],
        )

    assert news_of("activities", docs, asks("A1")) == to_review
    assert news_of("activities", docs, asks("A2"), asks("A3"), asks("A4")) == set()
    decided = [
        fact("activities", "signup_approved.v1", signup="A1"),
        fact("activities", "signup_declined.v1", signup="A2"),
        fact("activities", "signup_cancelled.v1", signup="A3", promoted=[]),
    ]
    news_of("activities", docs, *decided)
    assert news_of("activities", docs, asks("A5")) == set(), "A4 still waits"
    news_of(
        "activities", docs, fact("activities", "waiting_ended.v1", missed=["A4", "A5"])
    )
    assert news_of("activities", docs, asks("A6")) == to_review
    news_of(
        "activities",
        docs,
        fact("activities", "signup_cancelled.v1", signup="A1", promoted=[]),
    )
    assert news_of("activities", docs, asks("A7")) == set(), (
        "what was decided is not decided twice"
    )


@pytest.mark.parametrize(
    ("type", "said", "led"),
    [
        ("seat_offered.v1", {"signup": OTHER}, {R5: OTHER, R6: OTHER}),
        ("waiting_promoted.v1", {"promoted": [OTHER]}, {R5: OTHER, R6: OTHER}),
        ("seat_passed_on.v1", {"signup": OTHER, "person": "R6"}, {R5: OTHER, R1: OTHER, R6: None}),
        ("party_left.v1", {"signup": OTHER, "person": "R6", "promoted": []}, {R5: OTHER, R6: None}),
    ],
)  # fmt: skip
def test_what_is_told_of_a_sign_up_leads_whoever_is_in_it_there(
    type: str, said: dict[str, object], led: dict[str, str | None]
) -> None:
    docs = begun("activities")
    before = {one["id"] for one in told(docs, "activities")}
    after("activities", fact("activities", type, **said), docs=docs)
    new = [one for one in told(docs, "activities") if one["id"] not in before]
    assert {one["to"]: one.get("signup") for one in new} == led


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


@pytest.mark.parametrize(
    ("first", "then", "kind"),
    [
        ("round_opened.v1", "round_cancelled.v1", "round_ends_soon"),
        ("finding_referred.v1", "finding_resolved.v1", "followup_due"),
        ("finding_referred.v1", "finding_routed.v1", "followup_due"),
    ],
)
def test_nobody_is_reminded_at_a_door_of_what_is_over(
    first: str, then: str, kind: str
) -> None:
    docs = begun("grids")
    after("grids", fact("grids", first), docs=docs)
    assert kind in {doc["kind"] for doc in told(docs, "grids")}
    after("grids", fact("grids", then), docs=docs)
    assert kind not in {doc["kind"] for doc in told(docs, "grids")}


def test_of_care_that_is_due_a_member_hears_once_a_morning() -> None:
    docs = begun("grids")
    due = [fact("grids", "care_due.v1"), fact("grids", "care_due.v1")]
    after("grids", *due, docs=docs)
    (first,) = [doc for doc in told(docs, "grids") if doc["kind"] == "care_due"]
    assert first["words"]["count"] == 2
    after("grids", *due[:1], docs=docs, now=NOW + timedelta(days=1))
    counts = [
        doc["words"]["count"]
        for doc in told(docs, "grids")
        if doc["kind"] == "care_due"
    ]
    assert counts == [2, 1]


def test_of_care_at_a_door_that_moved_those_hear_who_go_there_now() -> None:
    docs = begun("grids")
    there = fact(
        "grids", "member_appointed.v1", member="M2", person="P4", grid="W-0102"
    )
    after("grids", there, fact("grids", "door_moved.v1"), docs=docs)
    assert news_of("grids", docs, fact("grids", "care_due.v1")) == {
        ("care_due", "person/P4")
    }


@pytest.mark.parametrize("again", ["finding_reopened.v1", "finding_routed.v1"])
def test_whoever_was_told_that_it_is_done_hears_once_that_it_is_not(again: str) -> None:
    docs = begun("grids")
    heard = {("finding_reopened", "person/P3")}
    assert news_of("grids", docs, fact("grids", again)) == set()
    for _ in range(2):
        news_of("grids", docs, fact("grids", "finding_resolved.v1"))
        assert news_of("grids", docs, fact("grids", again)) == heard
        assert news_of("grids", docs, fact("grids", again)) == set()


SUCCESSOR = fact("grids", "member_appointed.v1", member="M2", person="P4")
RELIEVED = fact("grids", "member_relieved.v1")


@pytest.mark.parametrize(
    ("before", "tells"),
    [
        ([], {"person/P3"}),
        ([SUCCESSOR], {"person/P3"}),
        ([RELIEVED, SUCCESSOR], {"person/P4"}),
        ([RELIEVED], {OFFICE}),
        ([fact("grids", "door_moved.v1")], {OFFICE}),
        ([fact("grids", "door_closed.v1")], set()),
    ],
)
def test_a_door_is_told_by_who_found_it_while_they_go_there_and_then_by_who_does(
    before: list[Fact], tells: set[str]
) -> None:
    docs = after("grids", *before, docs=begun("grids"))
    told_now = news_of("grids", docs, fact("grids", "finding_resolved.v1"))
    assert told_now == {("finding_resolved", to) for to in tells}
    again = news_of("grids", docs, fact("grids", "finding_reopened.v1"))
    assert again == {("finding_reopened", to) for to in tells}


def test_what_a_worker_found_the_worker_tells() -> None:
    docs = begun("grids")
    after("grids", fact("grids", "finding_recorded.v1", by="P6"), RELIEVED, docs=docs)
    assert news_of("grids", docs, fact("grids", "finding_resolved.v1")) == {
        ("finding_resolved", "person/P6")
    }


def test_who_was_relieved_hears_of_no_round() -> None:
    docs = begun("grids")
    after("grids", fact("grids", "member_relieved.v1"), docs=docs)
    opened = news_of("grids", docs, fact("grids", "round_opened.v1"))
    assert {kind for kind, _ in opened} == {"round_ends_soon"}


def test_nobody_is_reminded_of_a_lease_that_no_longer_runs() -> None:
    docs = begun("cobuild")
    news_of("cobuild", docs, fact("cobuild", "commitment_begun.v1"))
    assert {doc["kind"] for doc in told(docs, "cobuild")} & {
        "lease_ends_soon",
        "due_soon",
    } == {"due_soon"}
    news_of("cobuild", docs, fact("cobuild", "need_fulfilled.v1"))
    assert not {doc["kind"] for doc in told(docs, "cobuild")} & {
        "lease_ends_soon",
        "due_soon",
    }


def test_a_host_is_told_once_at_its_end_of_a_session_it_has_not_closed() -> None:
    docs = begun("activities")
    [notice] = [
        doc for doc in told(docs, "activities") if doc["kind"] == "session_to_close"
    ]
    assert (notice["to"], notice["at"]) == (HOST, POSTING["ends_at"])
    moved = [
        {**plan, "ends_at": "2026-06-13T04:00:00.000Z"} for plan in CONTENT["sessions"]
    ]
    news_of(
        "activities", docs, fact("activities", "activity_changed.v1", sessions=moved)
    )
    [notice] = [
        doc for doc in told(docs, "activities") if doc["kind"] == "session_to_close"
    ]
    assert notice["at"] == "2026-06-13T04:00:00.000Z"


@pytest.mark.parametrize(
    "over",
    [
        "session_closed.v1",
        "activity_closed.v1",
        "sessions_cancelled.v1",
        "activity_cancelled.v2",
    ],
)
def test_a_host_is_not_told_of_a_session_that_was_closed_or_cancelled_in_time(
    over: str,
) -> None:
    docs = begun("activities")
    news_of("activities", docs, fact("activities", over))
    assert not [
        doc for doc in told(docs, "activities") if doc["kind"] == "session_to_close"
    ]
    changed = fact("activities", "activity_changed.v1")
    assert news_of("activities", docs, changed) == set(), "what is over stays over"


def test_what_a_host_was_told_of_late_stays_in_its_inbox_and_goes_no_further() -> None:
    docs = begun("activities")
    late = datetime.fromisoformat(POSTING["ends_at"]) + timedelta(hours=5)
    news_of("activities", docs, fact("activities", "session_closed.v1"), now=late)
    [notice] = [
        doc for doc in told(docs, "activities") if doc["kind"] == "session_to_close"
    ]
    assert notice["over"]


def test_what_the_community_undertakes_for_itself_is_answered_to_it() -> None:
    docs = begun("cobuild")
    undertaken = fact("cobuild", "resolution_undertaken.v1", need="N8", commitment="C8")
    news_of("cobuild", docs, undertaken)
    done = fact("cobuild", "need_fulfilled.v1", need="N8", commitment="C8")
    assert news_of("cobuild", docs, done) == {("need_fulfilled", OFFICE)}


def test_of_each_kind_there_is_a_text_in_every_language_and_it_says_all_it_means_to() -> (
    None
):
    """Every placeholder is in what the event told, else `texts.of` raises."""
    said: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for notice in every_notice():
        for language in LANGUAGES:
            words = texts.of(notice, language)
            assert words["heading"]
            assert "$" not in words["text"]
            said[language].add(notice["kind"])
    assert said == {language: set(KINDS) for language in LANGUAGES}


def test_what_is_told_of_a_seat_says_when_it_is_to_help() -> None:
    headings = []
    for role in ({}, {"role": "helper"}):
        docs = begun("activities")
        before = {one["id"] for one in told(docs, "activities")}
        after(
            "activities",
            fact("activities", "signup_confirmed.v1", signup="G9", **role),
            docs=docs,
        )
        [notice] = [one for one in told(docs, "activities") if one["id"] not in before]
        headings.append(
            [texts.of(notice, language)["heading"] for language in LANGUAGES]
        )
    assert headings[0] != headings[1]
    assert all(
        longer.startswith(short) for short, longer in zip(*headings, strict=True)
    )
    assert "（志愿者岗位）" in "".join(headings[1])


def test_there_is_no_text_of_a_kind_nobody_declared() -> None:
    for language in LANGUAGES:
        assert texts.TEMPLATES[language]["kinds"].keys() == set(KINDS)


def test_no_notice_carries_words_or_persons() -> None:
    for notice in every_notice():
        assert not notice["words"].keys() & NEVER, notice["kind"]


def every_notice() -> list[dict[str, Any]]:
    found = []
    for source, type, changes, _ in CASES:
        docs = begun(source)
        news_of(source, docs, fact(source, type, **changes))
        found += told(docs, source)
    docs = begun("cobuild")
    news_of("cobuild", docs, fact("cobuild", "need_claimed.v1", commitment="C2"))
    found += told(docs, "cobuild")
    docs = begun("grids")
    for type in ("finding_resolved.v1", "finding_reopened.v1"):
        news_of("grids", docs, fact("grids", type))
    found += told(docs, "grids")
    for type in OPENING:
        found += opened_by(type)
    docs = begun("activities")
    the_day_before = asked(
        now=datetime.fromisoformat(CONTENT["sessions"][0]["starts_at"])
        - timedelta(hours=25)
    )
    return found + carried(docs, reminders.ring(docs, {"after": []}, the_day_before))


OPENING = {
    "activity_changed.v1": news.open_changed,
    "sessions_cancelled.v1": news.open_cancelled,
    "signed_up_told.v1": news.open_message,
}


def opened_by(type: str) -> list[dict[str, Any]]:
    docs = begun("activities")
    event = happened(
        fact("activities", type, **({"title": "包粽子"} if "changed" in type else {}))
    )
    return carried(docs, OPENING[type](docs, event, asked()))


def carried(docs: Overlay, opened: Fact | None) -> list[dict[str, Any]]:
    assert opened is not None
    given_from(docs, Notices, "notices", opened)
    (one,) = docs.find(Find("news", {}, "carry_at"))
    given_from(docs, Notices, "notices", news.carry(docs, one, asked()))
    return told(docs, "notices")


def test_a_moment_is_told_in_the_time_of_the_district() -> None:
    notice = next(
        each
        for each in told(begun("activities"), "activities")
        if each["kind"] == "seat_confirmed"
    )
    said = texts.of(notice, "zh")["text"]
    assert said == "《端午包粽子》已留好座位：6月13日 周六 9:00，望平社区党群服务中心。"
    assert "Sat 13 Jun 9:00" in texts.of(notice, "en")["text"]


def test_a_day_is_told_in_words() -> None:
    notice = next(
        each
        for each in told(begun("cobuild"), "cobuild")
        if each["kind"] == "need_claimed"
    )
    assert "在 6月12日 周五 前做好" in texts.of(notice, "zh")["text"]


@pytest.mark.parametrize(
    ("moments", "zh", "en"),
    [
        (["2026-06-13T01:00:00.000Z", "2026-06-13T03:30:00.000Z"],
         "6月13日 周六 9:00–11:30", "Sat 13 Jun 9:00 to 11:30"),
        (["2026-06-13T12:00:00.000Z", "2026-06-13T16:30:00.000Z"],
         "6月13日 周六 20:00–6月14日 周日 0:30", "Sat 13 Jun 20:00 to Sun 14 Jun 0:30"),
        (["2026-06-13T01:00:00.000Z"], "6月13日 周六 9:00", "Sat 13 Jun 9:00"),
    ],
)  # fmt: skip
def test_a_change_tells_from_when_to_when_it_is(
    moments: list[str], zh: str, en: str
) -> None:
    words = {
        "title": "包粽子",
        "changed": ["ends_at"],
        "period": moments,
        "place": "二楼",
        "reason": "下雨",
        "renamed": "",
    }
    notice = {"kind": "session_changed", "words": words, "at": moments[0]}
    assert (
        f"《包粽子》的结束时间有变动，现为：{zh}，二楼。"
        in texts.of(notice, "zh")["text"]
    )
    assert f"It is now: {en}, 二楼." in texts.of(notice, "en")["text"]


def test_who_holds_a_seat_is_told_what_a_renamed_activity_was_called() -> None:
    notice = opened_by("activity_changed.v1")[0]
    assert texts.of(notice, "zh")["text"].startswith(
        "《端午包粽子》的名称有变动，现为：《包粽子》，6月13日 周六 "
    )
    assert texts.of(notice, "en")["text"].startswith(
        "“端午包粽子” has changed (name). It is now: “包粽子”, Sat "
    )


def test_a_party_of_a_proxy_is_told_with_the_one_who_signed_up() -> None:
    told_to = news_of("activities", begun("activities"), waiting("G3", "R9", "R10"))
    assert told_to == {("seat_waiting", "person/R9"), ("seat_waiting", "person/R10")}
    proxied = fact("activities", "signup_confirmed.v1", signup="G4", by="W1")
    assert ("seat_confirmed", "person/W1") in news_of(
        "activities", begun("activities"), proxied
    )


def test_activities_posted_before_sessions_were_listed_are_told_of_as_well() -> None:
    old = [
        fact("activities", f"activity_{step}.v1") for step in ("drafted", "published")
    ]
    docs = begun("activities")
    assert news_of(
        "activities", docs, *old, fact("activities", "signup_confirmed.v1", signup="G9")
    ) == {("seat_confirmed", R1)}
    assert docs.the("sessions", SESSION)["place"] == "望平社区党群服务中心"
    assert docs.the("signups", SIGNUP)["holds"] == SESSION


def test_why_a_sign_up_was_cancelled_is_told_where_the_host_said_it() -> None:
    docs = after(
        "activities",
        fact("activities", "signup_cancelled.v1", promoted=[], reason="场地变小"),
        docs=begun("activities"),
    )
    notice = next(
        each for each in told(docs, "activities") if each["kind"] == "signup_cancelled"
    )
    assert (
        texts.of(notice, "zh")["text"]
        == "《端午包粽子》（6月13日 周六 9:00）的报名已取消。原因：场地变小"
    )
    assert texts.of(notice, "en")["text"].endswith("is cancelled. Reason: 场地变小")


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


@pytest.mark.parametrize(
    ("before_the_end", "reminded"),
    [(timedelta(milliseconds=1), True), (timedelta(), False)],
)
def test_nobody_is_reminded_of_the_end_of_what_is_over_at_that_moment(
    before_the_end: timedelta, reminded: bool
) -> None:
    docs = begun("activities")
    ends = datetime.fromisoformat(POSTING["ends_at"])
    moved = [
        {**plan, "place": "三楼", "ends_at": instant(ends)}
        for plan in CONTENT["sessions"]
    ]
    before = {doc["id"] for doc in told(docs, "activities")}
    news_of(
        "activities",
        docs,
        fact("activities", "activity_changed.v1", sessions=moved),
        now=ends - before_the_end,
    )
    more = [
        doc
        for doc in told(docs, "activities")
        if doc["id"] not in before and doc["kind"] == "session_to_close"
    ]
    assert bool(more) == reminded


@pytest.mark.parametrize(
    ("gone", "left"), [("R1~child", ["R1"]), ("R1", ["R1", "R1~child"])]
)
def test_who_has_left_a_party_is_none_of_it_but_who_made_it_answers_for_it(
    gone: str, left: list[str]
) -> None:
    docs = begun("activities")
    grown = docs.the("signups", SIGNUP) | {"people": ["R1", "R1~child"]}
    docs.put("signups", grown)
    after("activities", fact("activities", "party_left.v1", person=gone), docs=docs)
    assert docs.the("signups", SIGNUP)["people"] == left


@pytest.mark.parametrize(
    ("gone", "to", "left"),
    [
        ("R6", "R7", ["R5", "R7"]),
        ("R6", "R5~child", ["R5"]),
        ("R5", "R7", ["R5", "R7", "R6"]),
    ],
)
def test_a_seat_passed_on_is_another_s_and_who_made_the_sign_up_stays(
    gone: str, to: str, left: list[str]
) -> None:
    docs = begun("activities")
    newcomer = {"person": to, "relation": "elder"}
    passed = {"signup": OTHER, "person": gone, "to": newcomer}
    after("activities", fact("activities", "seat_passed_on.v1", **passed), docs=docs)
    assert docs.the("signups", OTHER)["people"] == left
