"""Posting an activity, its way to being open, and how it is shown."""

from schemas.activities import contents
from schemas.activities import postings as asks
from services.activities.rules import changes, postings
from services.activities.table.columns import (
    ACTIVITY,
    DECIDERS,
    KEEPERS,
    REVIEW,
    STREET,
)
from services.activities.views import postings as answers
from services.district.authority import overseeing
from services.kit.entrypoints import command, query


class Postings:
    """The part of the table for activities."""

    # A table: an entry a line.
    # fmt: off
    draft_activity = command(asks.DraftActivity, postings.draft, by=KEEPERS, shows=ACTIVITY)
    revise_activity = command(asks.ReviseActivity, postings.revise, by=KEEPERS, shows=ACTIVITY)
    submit_activity = command(contents.OfActivity, postings.submit, by=KEEPERS, shows=ACTIVITY)
    return_activity = command(asks.ReturnActivity, postings.send_back, by=STREET, shows=ACTIVITY)
    publish_activity = command(contents.OfActivity, postings.publish, by=DECIDERS, shows=ACTIVITY)
    open_activity = command(contents.OfActivity, postings.open_signups, by=KEEPERS, shows=ACTIVITY)
    change_activity = command(asks.ChangeActivity, changes.change, by=KEEPERS, shows=ACTIVITY)
    cancel_activity = command(asks.CancelActivity, postings.cancel, by=DECIDERS, shows=ACTIVITY)
    archive_activity = command(contents.OfActivity, postings.archive, by=KEEPERS, shows=ACTIVITY)
    require_review = command(asks.RequireReview, postings.require_review, by=overseeing("street"), shows=REVIEW)
    get_activity = query(contents.OfActivity, answers.get_activity)
    list_activities = query(asks.ListActivities, answers.list_activities)
    # fmt: on
