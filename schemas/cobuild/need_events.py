"""What happens to a need."""

from schemas import fields
from schemas.appeals import Appealed
from schemas.cobuild.closing import SendBackNeed
from schemas.cobuild.needs import (
    CLOCKS,
    MOST_DELETED,
    MOST_MINUTES,
    MOST_SIMILAR,
    DecideNeedAppeal,
    OfNeed,
    RejectNeed,
    Similar,
    VerifyNeed,
    Wanted,
    Withdrawn,
)
from schemas.events import event

WAYS = ("beneficiary", "visit")


class Resumed(fields.Schema):
    """The clocks that stopped for a question run on, each to a later moment.

    `waited`: the working minutes of the question, where there is no such clock: not verified yet, or late already.
    """

    claim_by = fields.Instant()
    close_by = fields.Instant()
    waited = fields.Whole(0, MOST_MINUTES)


class OfCommitment(OfNeed):
    commitment = fields.Id(required=True)


@event("need_raised.v1")
class NeedRaised(Wanted, OfNeed):
    by = fields.Id(required=True)
    note = fields.Id(required=True)
    origin = fields.Id(metadata={"description": "由哪项走访发现而来"})
    similar = fields.Many(fields.Part(Similar), 0, MOST_SIMILAR, required=True)


class Clocks(fields.Schema):
    """By when somebody is to take it on, and by when it is to be done; `basis`: whose working days were counted."""

    claim_by = fields.Instant()
    close_by = fields.Instant(required=True)
    basis = fields.Text(300, required=True)


@event("need_verified.v1")
class NeedVerified(VerifyNeed, Clocks):
    """A question that was not answered by then is not waited for any more."""

    by = fields.Id(required=True)


@event("need_rejected.v1")
class NeedRejected(RejectNeed):
    by = fields.Id(required=True)


@event("need_appealed.v1")
class NeedAppealed(OfNeed, Appealed):
    pass


@event("need_appeal_decided.v1")
class NeedAppealDecided(DecideNeedAppeal):
    """Upheld, it is to be verified again; else it stays rejected for good."""

    by = fields.Id(required=True)


@event("resident_asked.v1")
class ResidentAsked(OfNeed):
    """Both clocks stop, with so many working minutes left on each; negative when it was late already."""

    note = fields.Id(required=True)
    by = fields.Id(required=True)
    claim_left = fields.Whole(-MOST_MINUTES, MOST_MINUTES)
    close_left = fields.Whole(-MOST_MINUTES, MOST_MINUTES)


@event("resident_answered.v1")
class ResidentAnswered(OfNeed, Resumed):
    note = fields.Id(required=True)
    by = fields.Id(required=True)


@event("need_overdue.v1")
class NeedOverdue(OfNeed):
    clock = fields.OneOf(CLOCKS, required=True)
    since = fields.Instant(required=True)


@event("need_confirmed.v1")
class NeedConfirmed(OfCommitment):
    """`minutes`: working time from raised to confirmed, without what was spent waiting for the resident."""

    by = fields.Id(required=True)
    way = fields.OneOf(WAYS, required=True)
    minutes = fields.Whole(0, MOST_MINUTES, required=True)
    in_time = fields.Truth(required=True)
    close_at = fields.Instant(required=True)
    score = fields.Whole(1, 5)
    note = fields.Id()


@event("need_rated.v1")
class NeedRated(OfNeed):
    by = fields.Id(required=True)
    score = fields.Whole(1, 5, required=True)
    note = fields.Id()


@event("need_disputed.v1")
class NeedDisputed(OfCommitment):
    by = fields.Id(required=True)
    note = fields.Id(required=True)


@event("need_sent_back.v1")
class NeedSentBack(SendBackNeed, OfCommitment):
    by = fields.Id(required=True)
    due_at = fields.Instant(required=True)


@event("need_closed.v1")
class NeedClosed(OfCommitment):
    """By time after it was confirmed, or by decision (`by`, `reason`) after a dispute."""

    by = fields.Id()
    reason = fields.Text(200)


@event("need_reopened.v1")
class NeedReopened(OfNeed, Clocks):
    by = fields.Id(required=True)
    note = fields.Id(required=True)


@event("need_withdrawn.v1")
class NeedWithdrawn(Withdrawn):
    """A commitment under way ends with it, through no fault of the unit's."""

    by = fields.Id(required=True)
    commitment = fields.Id()


@event("need_words_deleted.v1")
class NeedWordsDeleted(OfNeed):
    """What `by` wrote, or what was written for them, is gone from where it was kept beside the log."""

    by = fields.Id(required=True)
    notes = fields.Many(fields.Id(), 1, MOST_DELETED, required=True)
