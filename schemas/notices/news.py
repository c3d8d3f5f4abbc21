"""News of sessions: a change or cancellation on its way to everybody who holds a seat."""

from schemas import fields
from schemas.activities.contents import MOST_SESSIONS
from schemas.events import event

KINDS = ("session_changed", "session_cancelled", "host_message")
MOST_AT_ONCE = 100  # Sessions reminded of in one event.
OF_THE_WHOLE = ("summary", "audience", "mode")
OF_A_SESSION = ("place", "starts_at", "ends_at", "link")
TOLD = ("title", *OF_THE_WHOLE, *OF_A_SESSION)
MOST_SIGNUPS = 100
MOST_PEOPLE = 7 * MOST_SIGNUPS


class OfOneSession(fields.Schema):
    session = fields.Id(required=True)
    starts_at = fields.Instant(required=True)
    ends_at = fields.Instant()
    place = fields.Text(100, required=True)
    changed = fields.Many(fields.OneOf(TOLD), 0, len(TOLD), required=True)


class News(fields.Schema):
    """What is to be told, whole. `news` is the event that caused it; sessions nobody holds a seat in are left out.

    `title_before` is what a renamed activity was called.
    """

    news = fields.Id(required=True)
    kind = fields.OneOf(KINDS, required=True)
    activity = fields.Id(required=True)
    title = fields.Text(60, required=True)
    title_before = fields.Text(60)
    sessions = fields.Many(fields.Part(OfOneSession), 1, MOST_SESSIONS, required=True)


@event("news_opened.v1")
class NewsOpenedWithReason(News):
    reason = fields.Text(200, required=True)


@event("news_opened.v2")
class NewsOpened(News):
    """`reason` is that of a change or cancellation: a host's message has none."""

    reason = fields.Text(200)


@event("news_carried.v1")
class NewsCarried(fields.Schema):
    """Some of the people, after which sign-up it goes on, and whether it does."""

    news = fields.Text(40, required=True)
    people = fields.Many(fields.Id(), 0, MOST_PEOPLE, required=True)
    after = fields.Many(fields.Text(64), 0, 2, required=True)
    more = fields.Truth(required=True)


class SoonHeld(fields.Schema):
    session = fields.Id(required=True)
    activity = fields.Id(required=True)
    title = fields.Text(60, required=True)
    starts_at = fields.Instant(required=True)
    place = fields.Text(100, required=True)


@event("reminders_begun.v1")
class RemindersBegun(fields.Schema):
    """From now on those who have a seat are reminded, each day of the sessions until the end of the next."""

    ring_at = fields.Instant(required=True)


@event("reminders_rung.v1")
class RemindersRung(fields.Schema):
    """Of some of the sessions that are held soon; the others `after` the last looked at follow when there are `more`.

    `ring_at` is when the next ones are due.
    """

    sessions = fields.Many(fields.Part(SoonHeld), 0, MOST_AT_ONCE, required=True)
    after = fields.Many(fields.Text(64), 0, 2, required=True)
    more = fields.Truth(required=True)
    ring_at = fields.Instant(required=True)
