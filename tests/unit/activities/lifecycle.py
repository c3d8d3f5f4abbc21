"""Histories of an activity, by where they end."""

from typing import Any

from services.activities.rules import postings
from services.kit.entrypoints import Asked
from services.kit.log import Fact
from tests.examples.activities import COMMANDS, SESSION
from tests.unit.activities.stage import (
    CLOSED,
    DRAFTED,
    OPENED,
    PUBLISHED,
    STARTED,
    fact,
    stage,
)

SUBMITTED = fact("activity_submitted.v1")
ARCHIVED = fact("activity_archived.v1")
CANCELLED = fact("activity_cancelled.v2", sessions=[SESSION], reason="雨")
HISTORIES = {
    "draft": [DRAFTED],
    "submitted": [DRAFTED, SUBMITTED],
    "published": [DRAFTED, PUBLISHED],
    "open": [DRAFTED, PUBLISHED, OPENED],
    "running": [DRAFTED, PUBLISHED, OPENED, STARTED],
    "closed": [DRAFTED, PUBLISHED, OPENED, STARTED, CLOSED],
    "archived": [DRAFTED, PUBLISHED, OPENED, STARTED, CLOSED, ARCHIVED],
    "cancelled": [DRAFTED, CANCELLED],
}


def draft(who: Asked, **changes: Any) -> Fact:
    return postings.draft(stage(), {**COMMANDS["draft_activity"], **changes}, who)
