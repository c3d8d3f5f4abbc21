"""A need that was verified, told to the units it fits best, one after the other until one of them takes it on."""

from schemas import fields
from schemas.cobuild.matching import PARTS
from schemas.cobuild.needs import OfNeed
from schemas.cobuild.units import OfUnit
from schemas.events import event

MOST_TOLD = 3  # Units, before the community sees to it itself.


class PassUpNeed(OfNeed, OfUnit):
    """The unit it was told to cannot do it: the next one is told at once."""


@event("need_suggested.v1")
class NeedSuggested(OfNeed, OfUnit):
    """`unit` is told of it, with what speaks for its offering; unanswered by `answer_by`, the next one is."""

    offering = fields.Id(required=True)
    reasons = fields.Many(fields.Text(100), 1, len(PARTS), required=True)
    answer_by = fields.Instant(required=True)


@event("need_passed_up.v1")
class NeedPassedUp(PassUpNeed):
    by = fields.Id(required=True)


@event("suggesting_ended.v1")
class SuggestingEnded(OfNeed):
    """Nobody is left whom it fits, after `told` units were told."""

    told = fields.Whole(0, MOST_TOLD, required=True)
