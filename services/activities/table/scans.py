"""Marks made elsewhere: walk-ins, scans sent later, paper lists, and marks undone."""

from schemas.activities import scans as asks
from services.activities.rules import corrections, scans, walkins
from services.activities.table.columns import KEEPERS, SEAT
from services.kit.config import Settings
from services.kit.entrypoints import command


class Scans:
    """The part of the table for scans."""

    # A table: an entry a line.
    # fmt: off
    walk_in = command(asks.WalkIn, walkins.walk_in, by=KEEPERS, shows=SEAT, given=Settings.door_key)
    record_scan = command(
        asks.RecordScan, scans.record_scan, by=KEEPERS, shows=SEAT, given=Settings.door_key)
    record_paper = command(asks.RecordPaper, scans.record_paper, by=KEEPERS, shows=SEAT)
    undo_check = command(asks.UndoCheck, corrections.undo_check, by=KEEPERS, shows=SEAT)
    # fmt: on
