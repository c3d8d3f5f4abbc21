"""Holding the sessions of an activity, and how they are answers."""

from schemas.activities import contents
from schemas.activities import sessions as asks
from services.activities.rules import online, sessions
from services.activities.table.columns import ACTIVITY, DECIDERS, KEEPERS
from services.activities.views import sessions as answers
from services.kit.entrypoints import command, due, query


class Sessions:
    """The part of the table for sessions."""

    # A table: an entry a line.
    # fmt: off
    start_activity = command(contents.OfSession, sessions.start, by=KEEPERS, shows=ACTIVITY)
    begin_session = due("sessions", {}, sessions.begin, by="begins_at")
    close_activity = command(asks.CloseSession, sessions.close, by=KEEPERS, shows=ACTIVITY)
    cancel_sessions = command(
        asks.CancelSessions, sessions.cancel_sessions, by=DECIDERS, shows=ACTIVITY)
    report_viewers = command(asks.ReportViewers, online.report_viewers, by=KEEPERS, shows=ACTIVITY)
    get_session = query(contents.OfSession, answers.get_session)
    list_sessions = query(asks.ListSessions, answers.list_sessions)
    close_report = query(contents.OfSession, answers.close_report, by=KEEPERS)
    # fmt: on
