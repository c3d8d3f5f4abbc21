"""Which notices ask for something, and what settles each, by the log they are told from."""

from services.notices.folds.tasks import Task, nobody_waits

ENDS_OF_A_COMMITMENT = (
    "need_fulfilled", "commitment_declined", "commitment_withdrawn", "commitment_lapsed", "need_withdrawn",
)  # fmt: skip
ENDS_OF_A_REQUEST = (
    "signup_approved", "signup_declined", "signup_cancelled", "waiting_ended",
    "session_closed", "activity_closed", "sessions_cancelled", "activity_cancelled",
)  # fmt: skip
ENDS_OF_A_BRANCH = ("branch_merged", "branch_dissolved")
DECIDED = ("need_verified", "need_rejected", "need_withdrawn")

TASKS: dict[str, tuple[Task, ...]] = {
    "partners": (
        Task(
            "partner_to_approve",
            ("partner_applied", "partner_reapplied"),
            ("partner_approved", "partner_rejected", "partner_withdrawn"),
            ("partner",),
        ),
        Task(
            "application_appealed",
            ("partner_appealed",),
            ("partner_appeal_decided", "partner_reapplied"),
            ("partner",),
        ),
    ),
    "cobuild": (
        Task(
            "unit_to_approve",
            ("unit_registered",),
            ("unit_approved", "unit_rejected"),
            ("unit",),
        ),
        Task(
            "application_appealed",
            ("unit_appealed",),
            ("unit_appeal_decided",),
            ("unit",),
        ),
        Task("need_to_verify", ("need_raised",), DECIDED, ("need",)),
        Task(
            "need_appealed",
            ("need_appealed",),
            ("need_appeal_decided", "need_withdrawn"),
            ("need",),
        ),
        Task(
            "need_question",
            ("resident_asked",),
            ("resident_answered", "need_fulfilled", *DECIDED),
            ("need",),
        ),
        Task(
            "need_fulfilled",
            ("need_fulfilled",),
            ("need_confirmed", "need_disputed"),
            ("need",),
        ),
        Task(
            "need_disputed",
            ("need_disputed",),
            ("need_sent_back", "need_closed"),
            ("need",),
        ),
        Task(
            "need_overdue",
            ("need_overdue",),
            ("need_claimed", "need_dispatched", "need_withdrawn"),
            ("need",),
            only=("clock", "claim"),
        ),
        Task(
            "need_overdue",
            ("need_overdue",),
            ("need_confirmed", "need_closed", "need_withdrawn"),
            ("need",),
            only=("clock", "close"),
        ),
        Task(
            "need_dispatched",
            ("need_dispatched",),
            ("commitment_begun", *ENDS_OF_A_COMMITMENT),
            ("commitment",),
        ),
        Task(
            "need_sent_back", ("need_sent_back",), ENDS_OF_A_COMMITMENT, ("commitment",)
        ),
        Task(
            "commitment_overdue",
            ("commitment_overdue",),
            ENDS_OF_A_COMMITMENT,
            ("commitment",),
        ),
        Task(
            "meeting_called",
            ("meeting_called",),
            ("meeting_concluded", "meeting_cancelled"),
            ("meeting",),
        ),
    ),
    "branches": (
        Task(
            "report_to_confirm",
            ("member_reported_in",),
            ("member_report_confirmed", "member_report_declined", "report_withdrawn"),
            ("report",),
        ),
        Task(
            "term_expiring",
            ("term_expiring",),
            ("secretary_appointed", *ENDS_OF_A_BRANCH),
            ("branch",),
            ("office", "secretary"),
        ),
        Task(
            "term_expiring",
            ("term_expiring",),
            ("committee_elected", *ENDS_OF_A_BRANCH),
            ("branch",),
            ("office", "committee"),
        ),
    ),
    "activities": (
        Task(
            "activity_to_review",
            ("activity_submitted",),
            ("activity_published", "activity_returned", "activity_cancelled"),
            ("activity",),
        ),
        Task(
            "activity_returned",
            ("activity_returned",),
            ("activity_submitted", "activity_published", "activity_cancelled"),
            ("activity",),
        ),
        Task(
            "signup_to_review",
            ("signup_requested",),
            ENDS_OF_A_REQUEST,
            ("session", "sessions"),
            once=nobody_waits,
        ),
        Task(
            "seat_offered",
            ("seat_offered",),
            ("offer_accepted", "offer_lapsed", "signup_cancelled", "waiting_promoted"),
            ("signup", "promoted"),
        ),
        Task(
            "hours_contested",
            ("hours_contested",),
            ("contest_settled", "contest_withdrawn"),
            ("contest",),
        ),
        Task(
            "contest_overdue",
            ("contest_overdue",),
            ("contest_settled", "contest_withdrawn"),
            ("contest",),
        ),
    ),
}
# What settles them and is told to nobody.
SILENT = {
    "branches": (
        "member_report_confirmed.v1",
        "report_withdrawn.v1",
        "committee_elected.v1",
    ),
    "cobuild": ("meeting_concluded.v1",),
    "activities": ("contest_withdrawn.v1",),
}
