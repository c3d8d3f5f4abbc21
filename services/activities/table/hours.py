"""Hours: decided, counted again, settled, and what is on record of whom."""

from schemas.activities import hours as asks
from services.activities.rules import corrections, roles, settling
from services.activities.table.columns import ACTIVITY, DECIDERS, EVERYBODY, SEAT
from services.activities.views import records
from services.kit.entrypoints import command, due, query


class Hours:
    """The part of the table for hours."""

    # A table: an entry a line.
    # fmt: off
    correct_hours = command(asks.CorrectHours, corrections.correct_hours, by=DECIDERS, shows=SEAT)
    change_roles = command(asks.ChangeRoles, roles.change_roles, by=DECIDERS, shows=ACTIVITY)
    recount = due("recounts", {}, corrections.recount_due, by="recount_at")
    settle_hours = due("sessions", {}, settling.settle, by="settle_hours_at")
    my_record = query(asks.MyRecord, records.my_record, by=EVERYBODY)
    my_totals = query(asks.MyTotals, records.my_totals, by=EVERYBODY)
    resident_record = query(asks.ResidentRecord, records.resident_record, by=records.WORKERS)
    resident_totals = query(asks.ResidentTotals, records.resident_totals, by=records.WORKERS)
    # fmt: on
