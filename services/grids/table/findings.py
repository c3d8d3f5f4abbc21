"""Findings, and what becomes of them elsewhere."""

from schemas.grids import findings as schemas
from schemas.grids.kept import AskKept
from services.grids.rules import findings
from services.grids.table.roles import STAFF, TEAMS, WALKERS
from services.grids.views import findings as views
from services.kit.entrypoints import command, due, follows, query

FINDING = ("findings", "finding")


class Findings:
    record_finding = command(
        schemas.RecordFinding, findings.record, by=WALKERS, shows=FINDING
    )
    route_finding = command(
        schemas.RouteFinding, findings.route, by=STAFF, shows=FINDING
    )
    resolve_followup = command(
        schemas.OfFinding, findings.resolve, by=TEAMS, shows=FINDING
    )
    note_overdue = due(
        "findings", {"clock": "running"}, findings.note_overdue, by="due_at"
    )
    forget_finding = due(
        "findings", {"words_are": "kept"}, findings.forget, by="keep_until"
    )
    findings_kept = query(AskKept, views.count_kept, by=STAFF)
    get_finding = query(schemas.OfFinding, views.get_finding, by=TEAMS)
    list_findings = query(schemas.ListFindings, views.list_findings, by=STAFF)
    list_followups = query(schemas.ListFollowups, views.list_followups, by=TEAMS)

    follow_raised = follows("cobuild", "need_raised.v1", findings.follow_raised)
    follow_confirmed = follows("cobuild", "need_confirmed.v1", findings.follow_done)
    follow_closed = follows("cobuild", "need_closed.v1", findings.follow_done)
    follow_rejected = follows("cobuild", "need_rejected.v1", findings.follow_given_up)
    follow_withdrawn = follows("cobuild", "need_withdrawn.v1", findings.follow_given_up)
    follow_appealed = follows(
        "cobuild", "need_appeal_decided.v1", findings.follow_appealed
    )
    follow_disputed = follows("cobuild", "need_disputed.v1", findings.follow_reopened)
    follow_reopened = follows("cobuild", "need_reopened.v1", findings.follow_reopened)
