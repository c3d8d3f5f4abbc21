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
            by=("partner_applied", "partner_reapplied"),
            until=("partner_approved", "partner_rejected", "partner_withdrawn"),
            of=("partner",),
        ),
        Task(
            "application_appealed",
            by=("partner_appealed",),
            until=("partner_appeal_decided", "partner_reapplied"),
            of=("partner",),
        ),
    ),
    "cobuild": (
        Task(
            "unit_to_approve",
            by=("unit_registered",),
            until=("unit_approved", "unit_rejected"),
            of=("unit",),
        ),
        Task(
            "application_appealed",
            by=("unit_appealed",),
            until=("unit_appeal_decided",),
            of=("unit",),
        ),
        Task("need_to_verify", by=("need_raised",), until=DECIDED, of=("need",)),
        Task(
            "need_appealed",
            by=("need_appealed",),
            until=("need_appeal_decided", "need_withdrawn"),
            of=("need",),
        ),
        Task(
            "need_question",
            by=("resident_asked",),
            until=("resident_answered", "need_fulfilled", *DECIDED),
            of=("need",),
        ),
        Task(
            "need_fulfilled",
            by=("need_fulfilled",),
            until=("need_confirmed", "need_disputed"),
            of=("need",),
        ),
        Task(
            "need_disputed",
            by=("need_disputed",),
            until=("need_sent_back", "need_closed"),
            of=("need",),
        ),
        Task(
            "need_overdue",
            by=("need_overdue",),
            until=("need_claimed", "need_dispatched", "need_withdrawn"),
            of=("need",),
            only=("clock", "claim"),
        ),
        Task(
            "need_overdue",
            by=("need_overdue",),
            until=("need_confirmed", "need_closed", "need_withdrawn"),
            of=("need",),
            only=("clock", "close"),
        ),
        Task(
            "need_dispatched",
            by=("need_dispatched",),
            until=("commitment_begun", *ENDS_OF_A_COMMITMENT),
            of=("commitment",),
        ),
        Task(
            "need_sent_back",
            by=("need_sent_back",),
            until=ENDS_OF_A_COMMITMENT,
            of=("commitment",),
        ),
        Task(
            "commitment_overdue",
            by=("commitment_overdue",),
            until=ENDS_OF_A_COMMITMENT,
            of=("commitment",),
        ),
        Task(
            "meeting_called",
            by=("meeting_called",),
            until=("meeting_concluded", "meeting_cancelled"),
            of=("meeting",),
        ),
    ),
    "branches": (
        Task(
            "report_to_confirm",
            by=("member_reported_in",),
            until=(
                "member_report_confirmed",
                "member_report_declined",
                "report_withdrawn",
            ),
            of=("report",),
        ),
        Task(
            "term_expiring",
            by=("term_expiring",),
            until=("secretary_appointed", *ENDS_OF_A_BRANCH),
            of=("branch",),
            only=("office", "secretary"),
        ),
        Task(
            "term_expiring",
            by=("term_expiring",),
            until=("committee_elected", *ENDS_OF_A_BRANCH),
            of=("branch",),
            only=("office", "committee"),
        ),
    ),
    "grids": (
        Task(
            "team_called",
            by=("finding_recorded", "finding_routed"),
            until=("finding_resolved", "finding_routed"),
            of=("finding",),
        ),
        Task(
            "finding_returned",
            by=("finding_returned",),
            until=("finding_routed", "finding_referred"),
            of=("finding",),
        ),
        Task(
            "followup_overdue",
            by=("followup_overdue",),
            until=("finding_resolved", "finding_routed"),
            of=("finding",),
        ),
    ),
    "activities": (
        Task(
            "activity_to_review",
            by=("activity_submitted",),
            until=("activity_published", "activity_returned", "activity_cancelled"),
            of=("activity",),
        ),
        Task(
            "activity_returned",
            by=("activity_returned",),
            until=("activity_submitted", "activity_published", "activity_cancelled"),
            of=("activity",),
        ),
        Task(
            "signup_to_review",
            by=("signup_requested",),
            until=ENDS_OF_A_REQUEST,
            of=("session", "sessions"),
            once=nobody_waits,
        ),
        Task(
            "seat_offered",
            by=("seat_offered",),
            until=(
                "offer_accepted",
                "offer_lapsed",
                "signup_cancelled",
                "waiting_promoted",
            ),
            of=("signup", "promoted"),
        ),
        Task(
            "hours_contested",
            by=("hours_contested",),
            until=("contest_settled", "contest_withdrawn"),
            of=("contest",),
        ),
        Task(
            "contest_overdue",
            by=("contest_overdue",),
            until=("contest_settled", "contest_withdrawn"),
            of=("contest",),
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
