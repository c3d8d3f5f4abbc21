"""The kinds of notices. Each has its text in `services/notices/views/templates`, in every language."""

OF_ACTIVITIES = (
    "seat_confirmed", "seat_waiting", "request_approved", "request_waiting", "request_declined", "signup_cancelled",
    "seat_promoted", "seat_offered", "offer_lapsed", "waiting_ended", "seat_passed_on", "party_joined",
    "party_left", "session_changed", "session_cancelled", "session_soon", "host_message",
    "hours_corrected", "hours_contested", "contest_overdue", "contest_upheld", "contest_dismissed",
    "certificate_issued", "certificate_revoked", "commended", "commendation_withdrawn", "activity_to_review",
    "activity_approved", "activity_returned", "signup_to_review", "session_to_close", "hours_settled",
    "role_changed",
)  # fmt: skip
OF_COBUILD = (
    "need_to_verify", "need_raised_for", "need_verified", "need_rejected", "need_question", "need_answered",
    "need_claimed", "need_released", "need_postponed", "need_fulfilled", "need_confirmed", "need_disputed",
    "need_sent_back", "need_settled", "need_reopened", "need_withdrawn", "need_overdue", "need_dispatched",
    "need_suggested", "need_unanswered", "need_unmatched", "commitment_message", "time_proposed", "time_agreed",
    "lease_ends_soon", "lease_ended", "due_soon", "commitment_overdue", "unit_to_approve", "unit_approved",
    "unit_rejected", "unit_halted", "unit_freed", "offering_expired", "offering_used_up", "meeting_called",
    "meeting_cancelled", "need_appealed", "appeal_upheld", "appeal_dismissed",
    "application_appealed", "approval_withdrawn", "unit_suspended", "unit_reinstated", "unit_ended",
)  # fmt: skip
OF_PARTNERS = (
    "partner_to_approve", "partner_approved", "partner_rejected", "partner_suspended", "partner_reinstated",
    "partner_withdrawn",
)  # fmt: skip
OF_BRANCHES = (
    "secretary_appointed", "term_expiring", "branch_merged", "branch_dissolved", "report_to_confirm", "report_declined",
)  # fmt: skip

OF_GRIDS = (
    "member_appointed", "member_relieved", "team_called", "followup_due", "finding_referred",
    "finding_resolved", "finding_reopened", "finding_returned", "followup_overdue", "care_due", "care_missed",
    "round_opened", "round_ends_soon", "burden_overridden",
)  # fmt: skip

KINDS = (*OF_ACTIVITIES, *OF_COBUILD, *OF_PARTNERS, *OF_BRANCHES, *OF_GRIDS)
