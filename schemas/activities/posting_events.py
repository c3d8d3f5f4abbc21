"""What happens to an activity as a whole.

`activity_published.v1` and its kin told of one session beside the rest; `.v2` lists the sessions. Logs have both.
"""

from schemas import fields
from schemas.activities.contents import (
    CATEGORIES,
    MOST_SESSIONS,
    OfActivity,
    Session,
    Terms,
    all_help,
    audience,
    cohosts,
    helper_hours,
    host,
    hours,
    mode,
    seats,
)
from schemas.activities.postings import (
    MOST_LEFT_BEHIND,
    LeftBehind,
    RequireReview,
    ReturnActivity,
)
from schemas.area_codes import grid
from schemas.events import event
from schemas.recurrence import Rule


class About(fields.Schema):
    """What both versions say."""

    activity = fields.Id(required=True)
    host = host(required=True)
    title = fields.Text(60, required=True)
    summary = fields.Text(2000)
    audience = audience()
    category = fields.OneOf(CATEGORIES, required=True)
    campaign = fields.Text(30)
    community = fields.Division("community", required=True)
    place = fields.Text(100, required=True)


class OneSession(About):
    """An activity as it was posted when it had one session."""

    session = fields.Id(required=True)
    starts_at = fields.Instant(required=True)
    ends_at = fields.Instant(required=True)
    cutoff = fields.Instant(required=True)
    capacity = seats(required=True)


class Content(About):
    """An activity as posted, whole, so that who reads one event needs no earlier one. Sessions are in order of time."""

    grid = grid()
    hours = hours()
    mode = mode()
    helper_terms = fields.Part(Terms)
    helper_hours = helper_hours()
    all_help = all_help()
    cohosts = cohosts(required=True)
    sessions = fields.Many(fields.Part(Session), 1, MOST_SESSIONS, required=True)
    repeats = Rule()
    terms = fields.Part(Terms, required=True)


@event("activity_drafted.v1")
class ActivityDraftedWithOneSession(OneSession):
    pass


@event("activity_revised.v1")
class ActivityRevisedWithOneSession(OneSession):
    pass


@event("activity_published.v1")
class ActivityPublishedWithOneSession(OneSession):
    pass


@event("activity_drafted.v2")
class ActivityDrafted(Content):
    """`left_behind` tells what was said in the activity or template it was made from and does not hold for it."""

    left_behind = fields.Many(fields.Part(LeftBehind), 1, MOST_LEFT_BEHIND)


@event("activity_revised.v2")
class ActivityRevised(Content):
    pass


@event("activity_published.v2")
class ActivityPublished(Content):
    pass


@event("activity_changed.v1")
class ActivityChanged(Content):
    """As it is after the change: `sessions` are all that are not cancelled, `moved` those whose time is another now."""

    changed = fields.Many(fields.Text(30), 1, 20, required=True)
    moved = fields.Many(fields.Id(), 0, MOST_SESSIONS, required=True)
    reason = fields.Text(200, required=True)


@event("activity_submitted.v1")
class ActivitySubmitted(OfActivity):
    pass


@event("activity_returned.v1")
class ActivityReturned(ReturnActivity):
    pass


@event("activity_opened.v1")
class ActivityOpened(OfActivity):
    pass


@event("activity_archived.v1")
class ActivityArchived(OfActivity):
    pass


@event("activity_cancelled.v1")
class ActivityWithOneSessionCancelled(OfActivity):
    session = fields.Id(required=True)
    reason = fields.Text(200, required=True)
    offerings = fields.Many(fields.Id(), 0, 50, required=True)


@event("activity_cancelled.v2")
class ActivityCancelled(OfActivity):
    """`sessions` are those that will not be held because of it."""

    sessions = fields.Many(fields.Id(), 1, MOST_SESSIONS, required=True)
    reason = fields.Text(200, required=True)


@event("review_required.v1")
class ReviewRequired(RequireReview):
    pass
