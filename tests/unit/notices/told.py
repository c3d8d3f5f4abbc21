"""Every event and who is told of it; and what became of some, as notices."""

from typing import Any

from services.kit.log import Fact
from services.kit.views import Find, Overlay
from services.notices.rules import news
from services.notices.service import Notices
from tests.given import asked, given_from, happened
from tests.unit.notices.stage import OTHER, begun, fact, told

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
