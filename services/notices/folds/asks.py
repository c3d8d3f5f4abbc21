"""Which notices ask for something, and what settles each, by the log they are told from."""

from services.notices.folds.asking import Ask, nobody_asks

ENDS_OF_A_COMMITMENT = (
    "need_fulfilled", "commitment_declined", "commitment_withdrawn", "commitment_lapsed", "need_withdrawn",
)  # fmt: skip
ENDS_OF_A_REQUEST = (
    "signup_approved", "signup_declined", "signup_cancelled", "waiting_ended",
    "session_closed", "activity_closed", "sessions_cancelled", "activity_cancelled",
)  # fmt: skip
ENDS_OF_A_BRANCH = ("branch_merged", "branch_dissolved")
DECIDED = ("need_verified", "need_rejected", "need_withdrawn")

ASKS: dict[str, tuple[Ask, ...]] = {
    "partners": (
        Ask(
            "partner_to_approve",
            ("partner_applied", "partner_reapplied"),
            ("partner_approved", "partner_rejected", "partner_withdrawn"),
            ("partner",),
        ),
        Ask(
            "application_appealed",
            ("partner_appealed",),
            ("partner_appeal_decided", "partner_reapplied"),
            ("partner",),
        ),
    ),
    "cobuild": (
        Ask(
            "unit_to_approve",
            ("unit_registered",),
            ("unit_approved", "unit_rejected"),
            ("unit",),
        ),
        Ask(
            "application_appealed",
            ("unit_appealed",),
            ("unit_appeal_decided",),
            ("unit",),
        ),
        Ask("need_to_verify", ("need_raised",), DECIDED, ("need",)),
        Ask(
            "need_appealed",
            ("need_appealed",),
            ("need_appeal_decided", "need_withdrawn"),
            ("need",),
        ),
        Ask(
            "need_question",
            ("resident_asked",),
            ("resident_answered", "need_fulfilled", *DECIDED),
            ("need",),
        ),
        Ask(
            "need_fulfilled",
            ("need_fulfilled",),
            ("need_confirmed", "need_disputed"),
            ("need",),
        ),
        Ask(
            "need_disputed",
            ("need_disputed",),
            ("need_sent_back", "need_closed"),
            ("need",),
        ),
        Ask(
            "need_overdue",
            ("need_overdue",),
            ("need_claimed", "need_dispatched", "need_withdrawn"),
            ("need",),
            only=("clock", "claim"),
        ),
        Ask(
            "need_overdue",
            ("need_overdue",),
            ("need_confirmed", "need_closed", "need_withdrawn"),
            ("need",),
            only=("clock", "close"),
        ),
        Ask(
            "need_dispatched",
            ("need_dispatched",),
            ("commitment_begun", *ENDS_OF_A_COMMITMENT),
            ("commitment",),
        ),
        Ask(
            "need_sent_back", ("need_sent_back",), ENDS_OF_A_COMMITMENT, ("commitment",)
        ),
        Ask(
            "commitment_overdue",
            ("commitment_overdue",),
            ENDS_OF_A_COMMITMENT,
            ("commitment",),
        ),
        Ask(
            "meeting_called",
            ("meeting_called",),
            ("meeting_concluded", "meeting_cancelled"),
            ("meeting",),
        ),
    ),
    "branches": (
        Ask(
            "report_to_confirm",
            ("member_reported_in",),
            ("member_report_confirmed", "member_report_declined", "report_withdrawn"),
            ("report",),
        ),
        Ask(
            "term_expiring",
            ("term_expiring",),
            ("secretary_appointed", *ENDS_OF_A_BRANCH),
            ("branch",),
            ("office", "secretary"),
        ),
        Ask(
            "term_expiring",
            ("term_expiring",),
            ("committee_elected", *ENDS_OF_A_BRANCH),
            ("branch",),
            ("office", "committee"),
        ),
    ),
    "activities": (
        Ask(
            "activity_to_review",
            ("activity_submitted",),
            ("activity_published", "activity_returned", "activity_cancelled"),
            ("activity",),
        ),
        Ask(
            "activity_returned",
            ("activity_returned",),
            ("activity_submitted", "activity_published", "activity_cancelled"),
            ("activity",),
        ),
        Ask(
            "signup_to_review",
            ("signup_requested",),
            ENDS_OF_A_REQUEST,
            ("session", "sessions"),
            once=nobody_asks,
        ),
        Ask(
            "seat_offered",
            ("seat_offered",),
            ("offer_accepted", "offer_lapsed", "signup_cancelled", "waiting_promoted"),
            ("signup", "promoted"),
        ),
        Ask(
            "hours_contested",
            ("hours_contested",),
            ("contest_settled", "contest_withdrawn"),
            ("contest",),
        ),
        Ask(
            "contest_overdue",
            ("contest_overdue",),
            ("contest_settled", "contest_withdrawn"),
            ("contest",),
        ),
    ),
}
# What settles them and is told to nobody.
UNTOLD = {
    "branches": (
        "member_report_confirmed.v1",
        "report_withdrawn.v1",
        "committee_elected.v1",
    ),
    "cobuild": ("meeting_concluded.v1",),
    "activities": ("contest_withdrawn.v1",),
}
